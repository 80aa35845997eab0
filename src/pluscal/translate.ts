/**
 * PlusCal to TLA+, with the names, shapes and order of the official translator (pcal.trans 1.12):
 * macros, labels, names, steps, actions, and the definitions around them.
 */
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Expr, Node, OperatorDefinition, Unit } from '../syntax/ast.js';
import type { Algorithm, Procedure, Process, Statement } from '../syntax/pluscalAst.js';
import { type ActionContext, makeAction } from './actions.js';
import {
  nextOfBody,
  nextOfProcesses,
  type Shape,
  specification,
  terminating,
  termination,
} from './behavior.js';
import { apply, chain, define, index, infix, name, string } from './build.js';
import { declare, initialPredicate, layOut, processSet } from './declarations.js';
import { checkJumps } from './jumps.js';
import { addLabels } from './labels.js';
import { expandMacros } from './macros.js';
import { Mistakes } from './mistakes.js';
import { defaultOptions, type TranslationOptions } from './options.js';
import { Calls } from './procedures.js';
import { renameSymbols } from './rename.js';
import { visitStatements } from './statements.js';
import { makeSteps, type Step, type StepContext, splitAtLabels } from './steps.js';
import { resolveNames } from './symbols.js';
import { checkTargets } from './targets.js';

/** What is known about one action; structurally the LabelInfo of semantics/specification.ts. */
export interface TranslatedLabel {
  /** The value of `pc`: the label, with its new name if it clashed. */
  readonly label: string;
  readonly owner: string | null;
  readonly processId: Expr | null;
  readonly span: Span;
}

export interface Translation {
  /** In order; the units of the define block are in their place. */
  readonly units: readonly Unit[];
  /** By the name of the action. */
  readonly labels: ReadonlyMap<string, TranslatedLabel>;
  /** What was renamed because of a clash, one line each. */
  readonly renames: readonly string[];
  /** Labels that were added. */
  readonly addedLabels: readonly string[];
  readonly warnings: readonly Diagnostic[];
  /** Comments that stand before a unit or a conjunct of Init. */
  readonly comments: ReadonlyMap<Node, string>;
  /** Whether the configuration is to check Termination. */
  readonly checksTermination: boolean;
  readonly options: TranslationOptions;
}

export function translateAlgorithm(
  algorithm: Algorithm,
  options: TranslationOptions = defaultOptions,
): Translation {
  const mistakes = new Mistakes();
  const expanded = expandMacros(algorithm, mistakes);
  // A call of a macro that is wrong leaves nothing to check in its place.
  mistakes.throwIfAny();
  const labelled = addLabels(expanded, options, mistakes);
  const names = resolveNames(labelled.algorithm, mistakes);
  checkTargets(labelled.algorithm, mistakes);
  checkJumps(labelled.algorithm, mistakes);
  mistakes.throwIfAny();
  const renamed = renameSymbols(labelled.algorithm, names);
  const translator = new Translator(renamed, options);
  return {
    units: translator.units(),
    labels: translator.labels,
    renames: names.report,
    addedLabels: labelled.added,
    warnings: translator.warnings,
    comments: translator.comments,
    checksTermination: options.termination && translator.shape.terminates,
    options,
  };
}

/** A process, a procedure, or the main body (null): what labels belong to. */
type Owner = Process | Procedure | null;

class Translator {
  readonly labels = new Map<string, TranslatedLabel>();
  readonly warnings: Diagnostic[] = [];
  readonly comments = new Map<Node, string>();
  readonly shape: Shape;
  private readonly multi: boolean;
  private readonly context: ActionContext;

  constructor(
    private readonly algorithm: Algorithm,
    private readonly options: TranslationOptions,
  ) {
    this.multi = algorithm.processes.length > 0;
    this.shape = shapeOf(algorithm);
    const { globals, locals, subscripted } = layOut(algorithm, this.shape.hasPc);
    this.context = { variables: [...globals, ...locals], subscripted, self: null };
  }

  units(): Unit[] {
    const { algorithm, multi, context, comments } = this;
    const { hasPc, terminates } = this.shape;
    const hasTerminating = terminates && hasPc && !this.options.noDoneDisjunct;
    const ends: Unit[] = [];
    if (hasTerminating) {
      const unit = terminating(algorithm);
      comments.set(unit, 'Allow infinite stuttering to prevent deadlock on termination.');
      ends.push(unit);
    }
    const procedures = algorithm.procedures.flatMap((one) => this.procedure(one));
    const body = multi
      ? algorithm.processes.flatMap((one) => this.process(one))
      : this.actions(algorithm.body, 'Done', null);
    // Where there is no pc, the only action of a uniprocess algorithm is Next itself.
    if (multi) ends.push(nextOfProcesses(algorithm, hasTerminating));
    else if (hasPc) ends.push(nextOfBody(algorithm, body, hasTerminating));
    ends.push(specification(algorithm, this.options));
    if (hasPc && terminates) ends.push(termination(algorithm));
    return [
      ...declare(algorithm, layOut(algorithm, hasPc), comments),
      ...(multi ? [processSet(algorithm)] : []),
      initialPredicate(algorithm, context, hasPc, comments),
      ...procedures,
      ...body,
      ...ends,
    ];
  }

  private procedure(procedure: Procedure): OperatorDefinition[] {
    return this.withDefinition(procedure, this.actions(procedure.body, 'Error', procedure));
  }

  private process(process: Process): OperatorDefinition[] {
    const actions = this.actions(process.body, 'Done', process);
    return this.shape.hasPc ? this.withDefinition(process, actions) : actions;
  }

  /** The actions, and the name of the process or procedure as their disjunction. */
  private withDefinition(
    owner: Process | Procedure,
    actions: OperatorDefinition[],
  ): OperatorDefinition[] {
    const { span } = owner.name;
    const params = this.params(owner);
    const args = params.map((one) => name(span, one));
    const all = actions.map((one) => apply(one.span, one.name.name, args));
    return [...actions, define(span, owner.name.name, params, chain(span, '\\/', all))];
  }

  private actions(body: readonly Statement[], end: string, owner: Owner): OperatorDefinition[] {
    const steps = makeSteps(body, end, this.stepContext(owner));
    const context = { ...this.context, self: this.self(owner) };
    return steps.map((step) => {
      const action = this.actionName(step, owner);
      this.labels.set(action, {
        label: step.label.name,
        owner: owner?.name.name ?? null,
        processId: owner && isSingle(owner) ? owner.id : null,
        span: step.span,
      });
      return makeAction(step, action, this.params(owner), context);
    });
  }

  private actionName(step: Step, owner: Owner): string {
    return this.shape.hasPc ? step.label.name : (owner?.name.name ?? 'Next');
  }

  private params(owner: Owner): readonly string[] {
    return this.multi && owner && !isSingle(owner) ? ['self'] : [];
  }

  private self(owner: Owner): ((at: Span) => Expr) | null {
    if (!this.multi) return null;
    return owner && isSingle(owner) ? () => owner.id : (at) => name(at, 'self');
  }

  private stepContext(owner: Owner): StepContext {
    const self = this.self(owner);
    const current = owner && 'params' in owner ? owner : null;
    const calls = new Calls(this.algorithm.procedures, current, self);
    return {
      hasPc: this.shape.hasPc,
      atLabel: (span, label) => {
        const pc = name(span, 'pc');
        return infix(span, '=', self ? index(pc, [self(span)]) : pc, string(span, label));
      },
      call: (statement, returnTo) => calls.call(statement, returnTo),
      tailCall: (statement) => calls.tailCall(statement),
      return: (statement) => calls.return(statement.span),
      unreachable: (statement) => {
        this.warnings.push(diagnose('PCL025', statement.span));
      },
    };
  }
}

function isSingle(owner: Process | Procedure): owner is Process {
  return 'binding' in owner && owner.binding === 'equals';
}

/** Finds out whether `pc` and Terminating are needed (ParseAlgorithm.checkBody). */
function shapeOf({ procedures, processes, body }: Algorithm): Shape {
  const bodies = processes.length > 0 ? processes.map((one) => one.body) : [body];
  const all = [...procedures.map((one) => one.body), ...bodies];
  let goesToDone = false;
  let refersToLabels = procedures.length > 0;
  for (const one of all) {
    visitStatements(one, (statement) => {
      if (statement.kind === 'goto') refersToLabels = true;
      if (statement.kind === 'goto' && statement.target.name === 'Done') goesToDone = true;
      if (statement.label && statement.label.modifier !== '') refersToLabels = true;
    });
  }
  const endless = bodies.map(endlessLoop);
  const hasInnerLabels = (loop: Extract<Statement, { kind: 'while' }>): boolean => {
    let found = false;
    visitStatements(loop.body, ({ label }) => {
      found ||= label !== null;
    });
    return found;
  };
  return {
    hasPc: refersToLabels || endless.some((one) => one === null || hasInnerLabels(one)),
    terminates: goesToDone || endless.every((one) => one === null),
  };
}

/** The loop, if the body is nothing but `label: while (TRUE)`. */
function endlessLoop(body: readonly Statement[]): Extract<Statement, { kind: 'while' }> | null {
  const { unlabelled, labelled } = splitAtLabels(body);
  const [only, ...others] = labelled[0]?.statements ?? [];
  if (unlabelled.length > 0 || labelled.length !== 1 || others.length > 0) return null;
  if (only?.kind !== 'while') return null;
  return only.condition.kind === 'boolean' && only.condition.value ? only : null;
}
