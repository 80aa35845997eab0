/**
 * From steps to actions: assignments become primed equations, variables that the step has assigned
 * are primed where they are read, local variables of process sets and procedures are subscripted,
 * and every branch says what it leaves unchanged.
 */
import type { Span } from '../source/text.js';
import type { ExceptStep, Expr, Name } from '../syntax/ast.js';
import type { Assignment } from '../syntax/pluscalAst.js';
import {
  apply,
  atIndex,
  conj,
  define,
  disj,
  except,
  ifThenElse,
  index,
  infix,
  name,
  paren,
  prime,
  quantify,
  string,
  truth,
  unchanged,
  update,
} from './build.js';
import { needsParentheses } from './parentheses.js';
import { rewriteNames } from './rewrite.js';
import type { Flat, Step } from './steps.js';

export interface ActionContext {
  /** All variables in the order of their declaration. */
  readonly variables: readonly string[];
  /** Variables that are functions on processes: of process sets and of procedures. */
  readonly subscripted: ReadonlySet<string>;
  /** The process that takes the steps: `self`, or the id of a single one; null if uniprocess. */
  readonly self: ((at: Span) => Expr) | null;
}

type Names = ReadonlySet<string>;

const NOTHING: Names = new Set();

/** The definition of one label's action. */
export function makeAction(
  step: Step,
  actionName: string,
  params: readonly string[],
  context: ActionContext,
): ReturnType<typeof define> {
  const maker = new ActionMaker(context);
  const items = maker.sequence(step.statements, NOTHING);
  const rest = context.variables.filter((one) => !maker.assigned.has(one));
  if (rest.length > 0) items.push(unchanged(step.span, rest));
  return define(step.label.span, actionName, params, oneOrAll(step.span, items));
}

/** `e` with subscripts on local variables and primes on those in `assigned`. */
export function inStep(expr: Expr, context: ActionContext, assigned: Names, hidden: Names): Expr {
  return rewriteNames(expr, {
    hidden,
    name: (one: Name) => {
      const primed = assigned.has(one.name) ? prime(one) : one;
      const { self } = context;
      return self && context.subscripted.has(one.name) ? index(primed, [self(one.span)]) : primed;
    },
  });
}

/** A single conjunct stands without a bullet. */
function oneOrAll(span: Span, items: readonly Expr[]): Expr {
  const [only, ...others] = items;
  return only && others.length === 0 ? only : conj(span, items);
}

class ActionMaker {
  /** What the step has assigned so far on the current path, or on any path that has joined it. */
  assigned: Set<string>;

  constructor(
    private readonly context: ActionContext,
    assigned: Names = NOTHING,
  ) {
    this.assigned = new Set(assigned);
  }

  /** One conjunct for each statement. */
  sequence(statements: readonly Flat[], hidden: Names): Expr[] {
    return statements.map((one) => this.statement(one, hidden));
  }

  private statement(statement: Flat, hidden: Names): Expr {
    const { span } = statement;
    switch (statement.kind) {
      case 'guard':
        return this.read(statement.condition, hidden);
      case 'assert': {
        const message = string(span, statement.message);
        return apply(span, 'Assert', [this.read(statement.condition, hidden), message]);
      }
      case 'print':
        return apply(span, 'PrintT', [this.read(statement.value, hidden)]);
      case 'skip':
        return truth(span);
      case 'assign':
        return this.assign(span, statement.assignments, hidden);
      case 'if':
        return this.if(statement, hidden);
      case 'either':
        return disj(span, this.branches(span, statement.branches, hidden));
      case 'with':
        return this.with(statement, hidden);
    }
  }

  private read(expr: Expr, hidden: Names): Expr {
    return inStep(expr, this.context, this.assigned, hidden);
  }

  private if(statement: Extract<Flat, { kind: 'if' }>, hidden: Names): Expr {
    const { span } = statement;
    const condition = this.read(statement.condition, hidden);
    const [then, otherwise] = this.branches(span, [statement.then, statement.else], hidden);
    return ifThenElse(span, condition, then as Expr, otherwise as Expr);
  }

  /** The conjunctions of alternative branches; each leaves unchanged what only others assign. */
  private branches(
    span: Span,
    branches: readonly (readonly Flat[])[],
    hidden: Names,
  ): readonly Expr[] {
    const makers = branches.map(() => new ActionMaker(this.context, this.assigned));
    const items = branches.map((one, i) => (makers[i] as ActionMaker).sequence(one, hidden));
    const all = new Set(makers.flatMap((one) => [...one.assigned]));
    this.assigned = all;
    return items.map((conjuncts, i) => {
      const own = (makers[i] as ActionMaker).assigned;
      const rest = this.context.variables.filter((one) => all.has(one) && !own.has(one));
      const started = conjuncts.length > 0 ? conjuncts : [truth(span)];
      return conj(span, rest.length > 0 ? [...started, unchanged(span, rest)] : started);
    });
  }

  private with(statement: Extract<Flat, { kind: 'with' }>, hidden: Names): Expr {
    const { span, name: variable } = statement;
    const value = this.read(statement.value, hidden);
    const items = this.sequence(statement.body, new Set([...hidden, variable]));
    const body = oneOrAll(span, items);
    if (statement.binding === 'in') return quantify(span, '\\E', variable, value, body);
    return { kind: 'let', span, definitions: [define(span, variable, [], value)], body };
  }

  /** One equation for each variable, in alphabetical order as the official translator has it. */
  private assign(span: Span, assignments: readonly Assignment[], hidden: Names): Expr {
    const groups = new Map<string, Assignment[]>();
    for (const one of assignments) {
      const variable = one.variable.name;
      if (hidden.has(variable) || this.assigned.has(variable)) {
        throw new Error(`${variable} cannot be assigned here: the checks before are wrong`);
      }
      groups.set(variable, [...(groups.get(variable) ?? []), one]);
    }
    const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    // All right-hand sides are read in the state before the whole statement.
    const equations = sorted.map(([, group]) => this.equation(group, hidden));
    for (const [variable] of sorted) this.assigned.add(variable);
    return oneOrAll(span, equations);
  }

  private equation(group: readonly Assignment[], hidden: Names): Expr {
    const [first, ...more] = group as [Assignment, ...Assignment[]];
    const target = name(first.variable.span, first.variable.name);
    const whole = group.find((one) => one.path.length === 0);
    if (whole && more.length > 0) {
      throw new Error(`${target.name} is assigned twice: the checks before are wrong`);
    }
    const subscript = this.subscriptOf(target);
    const equals = (value: Expr): Expr => infix(first.span, '=', prime(target), value);
    if (whole && subscript.length === 0) {
      const value = this.read(first.value, hidden);
      return equals(needsParentheses(value) ? paren(value) : value);
    }
    const updates = group.map((one) =>
      update(
        one.span,
        [...subscript, ...one.path.map((step) => this.pathStep(step, hidden))],
        this.read(one.value, hidden),
      ),
    );
    return equals(except(first.span, target, updates));
  }

  private subscriptOf({ name: variable, span }: Name): ExceptStep[] {
    const { self, subscripted } = this.context;
    const isOfProcess = subscripted.has(variable) || variable === 'pc' || variable === 'stack';
    return self && isOfProcess ? [atIndex(span, [self(span)])] : [];
  }

  private pathStep(step: ExceptStep, hidden: Names): ExceptStep {
    return step.kind === 'field'
      ? step
      : { ...step, args: step.args.map((one) => this.read(one, hidden)) };
  }
}
