/** One constant expression in the scope of a specification, or of the usual standard modules. */

import { type CompileOptions, type ConstantValue, evaluateConstant } from '../compile/index.js';
import { EvaluationFailure } from '../explore/index.js';
import { parseConfig, resolveSpecification } from '../semantics/index.js';
import { DiagnosticError } from '../source/diagnostic.js';
import { SourceText } from '../source/text.js';
import { type Expr, type Module, parseExpression, parseModule } from '../syntax/index.js';
import { failureDiagnostic } from './failureDiagnostic.js';
import { translateModule } from './pipeline.js';

export interface EvaluationScope {
  readonly spec: SourceText | null;
  readonly config: SourceText | null;
  readonly findModule: (name: string) => SourceText | null;
  readonly host?: CompileOptions;
}

/** Mistakes and evaluation errors are thrown as diagnostics. */
export function evaluateExpression(source: SourceText, scope: EvaluationScope): ConstantValue {
  const expr = parseExpression(source);
  const root = scope.spec && translateModule(scope.spec).module;
  const specification = resolveSpecification(evaluationModule(expr, root), configuration(scope), {
    loadModule: (name) => {
      if (name === root?.name.name) return root;
      const found = scope.findModule(name);
      return found && translateModule(found).module;
    },
  });
  // Names in it have been resolved there, so this is what is evaluated.
  const resolved = specification.assumptions.at(-1)?.body;
  if (resolved === undefined) throw new Error('the assumption with the expression is gone');
  try {
    return evaluateConstant(resolved, specification, scope.host ?? {});
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    throw new DiagnosticError(failureDiagnostic(error));
  }
}

/**
 * A module of its own, so that names are resolved as in any other; the expression is an assumption
 * there, which is what must be constant. It has a behavior because every specification has one.
 */
function evaluationModule(expr: Expr, root: Module | null): Module {
  const scope = root?.name.name ?? 'Integers, Sequences, FiniteSets, Bags, TLC';
  const text = [
    '---- MODULE Evaluation ----',
    `EXTENDS ${scope}`,
    'VARIABLE evaluation',
    'EvaluationInit == evaluation = 0',
    "EvaluationNext == evaluation' = evaluation",
    '====',
  ].join('\n');
  const { module } = parseModule(new SourceText('<evaluation>', text));
  const assumption = { kind: 'assume', span: expr.span, name: null, body: expr } as const;
  return { ...module, units: [...module.units, assumption] };
}

/** Of the configuration only the constants count. */
function configuration({ config }: EvaluationScope) {
  const behavior = 'INIT EvaluationInit\nNEXT EvaluationNext\n';
  const own = parseConfig(new SourceText('<evaluation>', behavior));
  if (config === null) return own;
  const { source, constants, overrides } = parseConfig(config);
  return { ...own, source, constants, overrides };
}
