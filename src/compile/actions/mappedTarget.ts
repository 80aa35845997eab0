/**
 * What ENABLED assigns: besides the variables, those of an instanced module in whose place
 * expressions stand. `ENABLED A` of that module asks for next values of its own variables, whether
 * or not the expressions can take them ("Specifying Systems", 17.8).
 */
import { isSubstituted } from '../../semantics/instance.js';
import type { Span } from '../../source/text.js';
import type { Expr } from '../../syntax/ast.js';
import { nameOf } from '../analysis.js';
import type { Block } from '../block.js';
import type { Code } from '../code.js';
import type { Context } from '../context.js';
import { compile } from '../expressions/index.js';
import type { PackedStorage } from '../packedStorage.js';
import { value } from '../runtime/lazy.js';
import type { Unit } from '../unit.js';
import { type Meaning, meaningOf } from './meaning.js';
import { SuccessorTarget, type Target, type Then } from './target.js';

export class MappedTarget implements Target {
  private readonly variables: SuccessorTarget;

  constructor(storage: PackedStorage) {
    this.variables = new SuccessorTarget(storage);
  }

  variableOf(expr: Expr, context: Context): string | null {
    return this.variables.variableOf(expr, context) ?? mappedName(expr, context);
  }

  assignsIn(expr: Expr, context: Context): boolean {
    return this.variables.assignsIn(expr, context);
  }

  assign(variable: string, expr: Expr, context: Context, block: Block, then: Then): void {
    if (!isMapped(variable, context)) {
      this.variables.assign(variable, expr, context, block, then);
      return;
    }
    this.keep(variable, compile(expr, context), context.unit, block, expr.span, then);
  }

  assignCode(variable: string, code: Code, unit: Unit, block: Block, at: Span, then: Then): void {
    const { variables } = unit.sources.specification;
    const isVariable = variables.some(({ name }) => name === variable);
    if (isVariable) this.variables.assignCode(variable, code, unit, block, at, then);
    else this.keep(variable, code, unit, block, at, then);
  }

  /** No slot has it. */
  private keep(variable: string, code: Code, unit: Unit, block: Block, at: Span, then: Then): void {
    const made = `${unit.use('value', value)}(${unit.lifted(code)}, ${unit.site(at)})`;
    block.add(`${unit.mappedValue(variable).js} = ${made};`);
    then({ kind: 'packed' });
  }
}

/** Of `x'`, where an expression stands for x. */
function mappedName(expr: Expr, context: Context): string | null {
  const primed = meaningOf(expr, context, isMappedName);
  if (primed.expr.kind !== 'postfix' || primed.expr.op !== "'") return null;
  const named = meaningOf(primed.expr.operand, primed.context, isMappedName);
  return isMappedName(named) ? nameOf(named.expr) : null;
}

function isMappedName({ expr, context }: Meaning): boolean {
  return expr.kind === 'name' && isMapped(nameOf(expr) as string, context);
}

/** Whether an expression stands for the name, in an instance. */
export function isMapped(name: string, context: Context): boolean {
  if (context.bindings.has(name)) return false;
  const definition = context.unit.sources.analysis.definition(name);
  return definition !== undefined && isSubstituted(definition);
}

/** Whether there are any such names. */
export function hasMapped(unit: Unit): boolean {
  return [...unit.sources.specification.definitions.values()].some(isSubstituted);
}
