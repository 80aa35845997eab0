/**
 * Where labels must and must not stand, and which are added. The rules are those of the PlusCal
 * manual (section "The rules for labels"); where the official translator checks one only while
 * generating code, it is checked here. A label is added only where the algorithm is uniprocess and
 * has none at all, or on request (`-label`); otherwise a missing one is an error.
 */
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Algorithm, Procedure, Statement } from '../syntax/pluscalAst.js';
import type { Mistakes } from './mistakes.js';
import type { TranslationOptions } from './options.js';
import { mapBodies, visitStatements } from './statements.js';

export interface Labelled {
  readonly algorithm: Algorithm;
  /** The names of the labels that were added, in the order of their numbers. */
  readonly added: readonly string[];
}

/** Checks the labels of an algorithm without macros, and adds those that may be added. */
export function addLabels(
  algorithm: Algorithm,
  options: TranslationOptions,
  mistakes: Mistakes,
): Labelled {
  const labeller = new Labeller(algorithm, options, mistakes);
  const procedures = (): readonly Procedure[] =>
    algorithm.procedures.map((one) => ({ ...one, body: labeller.label(one.body, one) }));
  // The official translator numbers the labels in this order.
  const labelled =
    algorithm.processes.length > 0
      ? {
          ...algorithm,
          processes: algorithm.processes.map((one) => ({
            ...one,
            body: labeller.label(one.body, null),
          })),
          procedures: procedures(),
        }
      : {
          ...algorithm,
          procedures: procedures(),
          body: labeller.label(algorithm.body, null),
        };
  const mayAdd = options.label || (algorithm.processes.length === 0 && !labeller.hasLabels);
  if (!mayAdd) for (const one of labeller.missing) mistakes.addDiagnostic(one);
  return { algorithm: labelled, added: labeller.added };
}

/** The variables assigned so far in the current step, each with the place where. */
type Assigned = ReadonlyMap<string, Span>;

interface Context {
  readonly procedure: Procedure | null;
  readonly inWith: boolean;
}

interface Outcome {
  readonly statements: readonly Statement[];
  readonly assigned: Assigned;
  /** Why the statement after this sequence needs a label; null if it does not. */
  readonly after: Reason | null;
}

type Reason = 'first' | 'while' | 'jump' | 'inner' | { readonly again: string; readonly at: Span };

const NOTHING: Assigned = new Map();

class Labeller {
  readonly missing: Diagnostic[] = [];
  readonly added: string[] = [];
  readonly hasLabels: boolean;
  private readonly typed = new Set<string>();
  private next = 1;

  constructor(
    private readonly algorithm: Algorithm,
    private readonly options: TranslationOptions,
    private readonly mistakes: Mistakes,
  ) {
    const { procedures, processes, body } = algorithm;
    for (const one of [...procedures, ...processes]) this.collect(one.body);
    this.collect(body);
    this.hasLabels = this.typed.size > 0;
  }

  label(body: readonly Statement[], procedure: Procedure | null): readonly Statement[] {
    return this.sequence(body, { procedure, inWith: false }, NOTHING, 'first').statements;
  }

  private collect(statements: readonly Statement[]): void {
    visitStatements(statements, ({ label }) => {
      if (!label) return;
      if (label.name === 'Done' || label.name === 'Error') {
        this.mistakes.add('PCL016', label.span, { label: label.name });
      }
      this.typed.add(label.name);
    });
  }

  private sequence(
    statements: readonly Statement[],
    context: Context,
    assignedBefore: Assigned,
    first: Reason | null,
  ): Outcome {
    const result: Statement[] = [];
    let assigned = assignedBefore;
    let need = first;
    let hasLabel = false;
    for (const [i, original] of statements.entries()) {
      let statement = original;
      if (statement.label && context.inWith) this.mistakes.add('PCL011', statement.label.span);
      if (statement.label) assigned = NOTHING;
      const joined = isJoined(statements[i - 1], statement);
      if (need && !joined) {
        if (context.inWith) this.mistakes.add('PCL014', statement.span);
        else statement = this.need(statement, need);
        assigned = NOTHING;
      }
      const own = joined ? [] : this.assignedBy(statement, statements[i + 1], context);
      const outcome = this.statement(statement, context, assigned, own);
      statement = outcome.statement;
      assigned = outcome.assigned;
      need = outcome.after;
      const isLabelled = statement.label !== null && !context.inWith;
      hasLabel ||= isLabelled || outcome.after === 'inner';
      result.push(statement);
    }
    return { statements: result, assigned, after: hasLabel ? 'inner' : need };
  }

  /** One statement, given what was assigned before it in its step and what it assigns itself. */
  private statement(
    statement: Statement,
    context: Context,
    assigned: Assigned,
    own: readonly string[],
  ): { statement: Statement; assigned: Assigned; after: Reason | null } {
    switch (statement.kind) {
      case 'while':
        return this.while(statement, context);
      case 'if':
      case 'either':
        return this.branches(statement, context, assigned);
      case 'with':
        return this.with(statement, context, assigned);
      default: {
        const ownAt: Assigned = new Map(own.map((name) => [name, statement.span]));
        const again = own.find((name) => assigned.has(name));
        const jump = ['call', 'return', 'goto'].includes(statement.kind) ? 'jump' : null;
        if (again === undefined) {
          return { statement, assigned: new Map([...assigned, ...ownAt]), after: jump };
        }
        const at = assigned.get(again) as Span;
        if (context.inWith) {
          const notes = [{ message: 'it is assigned here before', span: at }];
          this.mistakes.add('PCL013', statement.span, { variable: again }, { notes });
          return { statement, assigned, after: jump };
        }
        return { statement: this.need(statement, { again, at }), assigned: ownAt, after: jump };
      }
    }
  }

  private while(
    statement: Extract<Statement, { kind: 'while' }>,
    context: Context,
  ): { statement: Statement; assigned: Assigned; after: Reason | null } {
    if (context.inWith) this.mistakes.add('PCL012', statement.span);
    const labelled = context.inWith
      ? statement
      : (this.need(statement, 'while') as typeof statement);
    const body = this.sequence(statement.body, context, NOTHING, null);
    // What follows a while runs in the step of its test, and nothing is assigned there yet.
    return {
      statement: { ...labelled, body: body.statements },
      assigned: NOTHING,
      after: null,
    };
  }

  private branches(
    statement: Statement,
    context: Context,
    assigned: Assigned,
  ): { statement: Statement; assigned: Assigned; after: Reason | null } {
    let union = assigned;
    let after: Reason | null = null;
    const changed = mapBodies(statement, (body) => {
      const outcome = this.sequence(body, context, assigned, null);
      union = new Map([...union, ...outcome.assigned]);
      if (outcome.after) after = 'inner';
      return outcome.statements;
    });
    return { statement: changed, assigned: union, after };
  }

  private with(
    statement: Extract<Statement, { kind: 'with' }>,
    context: Context,
    assigned: Assigned,
  ): { statement: Statement; assigned: Assigned; after: Reason | null } {
    // An outermost `with` can still get a label before it; inside one, nothing can be added.
    const before = context.inWith ? assigned : NOTHING;
    const inner = this.sequence(statement.body, { ...context, inWith: true }, before, null);
    const changed = { ...statement, body: inner.statements };
    const again = context.inWith
      ? undefined
      : [...inner.assigned.keys()].find((name) => assigned.has(name));
    if (again === undefined) {
      return {
        statement: changed,
        assigned: new Map([...assigned, ...inner.assigned]),
        after: inner.after && 'inner',
      };
    }
    const at = assigned.get(again) as Span;
    return {
      statement: this.need(changed, { again, at }),
      assigned: inner.assigned,
      after: inner.after && 'inner',
    };
  }

  private assignedBy(
    statement: Statement,
    following: Statement | undefined,
    context: Context,
  ): readonly string[] {
    const { procedures } = this.algorithm;
    switch (statement.kind) {
      case 'assign':
        return statement.assignments.map((one) => one.variable.name);
      case 'return':
        // As the official translator has it: a return counts for the variables of all procedures.
        return ['stack', ...procedures.flatMap(localsOf)];
      case 'call': {
        const callee = statement.procedure.name;
        const returns = following?.kind === 'return' && isJoined(statement, following);
        const isAll = returns || callee === context.procedure?.name.name;
        const touched = procedures.filter((one) => isAll || one.name.name === callee);
        return ['stack', ...touched.flatMap(localsOf)];
      }
      default:
        return [];
    }
  }

  /** The statement with a label; if it has none, one is made up and its absence noted. */
  private need(statement: Statement, reason: Reason): Statement {
    if (statement.label) return statement;
    this.missing.push(missingLabel(statement, reason));
    let name: string;
    do {
      name = `${this.options.labelRoot}${this.next++}`;
    } while (this.typed.has(name));
    this.added.push(name);
    return { ...statement, label: { span: statement.span, name, modifier: '' } };
  }
}

/** `call …; return` and `call …; goto l` are one statement to the rules. */
function isJoined(previous: Statement | undefined, statement: Statement): boolean {
  const isJump = statement.kind === 'return' || statement.kind === 'goto';
  return previous?.kind === 'call' && isJump && !statement.label;
}

const localsOf = (procedure: Procedure): string[] =>
  [...procedure.params, ...procedure.variables].map((one) => one.name.name);

function missingLabel(statement: Statement, reason: Reason): Diagnostic {
  const at = statement.macroCall ?? statement.span;
  if (typeof reason === 'object') {
    const why = `\`${reason.again}\` is assigned a second time in the same step`;
    const notes = [{ message: 'it is assigned here before', span: reason.at }];
    return diagnose('PCL010', at, { why }, { notes });
  }
  const why = {
    first: 'the first statement of a body starts a step',
    while: 'every `while` starts a step',
    jump: 'the statement before it is a call, return or goto',
    inner: 'the statement before it contains a label, call, return or goto',
  }[reason];
  return diagnose('PCL010', at, { why });
}
