/**
 * What an instance of an action may read and write, and where its process must be. The walk follows
 * that of `actions/steps.ts`: the first mention of a next value assigns it, any later one tests it.
 */
import type { Except, Expr, Infix } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import type { Value } from '../../values/index.js';
import type { ActionInstance } from '../actions/instances.js';
import { argumentsOf, nameOf } from '../analysis.js';
import { bind, type Context, enter } from '../context.js';
import { isVariable } from '../expressions/access.js';
import { withoutBrackets } from '../expressions/brackets.js';
import { outermost } from '../expressions/names.js';
import { type Layout, Leaf, type Slots } from '../layout.js';
import { accessOf, type Key, leavesAt, meaningOf } from './access.js';
import { ExpressionReads } from './expressionReads.js';
import { parameters } from './nameReads.js';
import { ReadSet } from './readSet.js';

/** A slot must have one of the values. */
export interface Requirement {
  readonly slot: number;
  readonly values: readonly Value[];
}

export interface Footprint {
  readonly reads: ReadSet;
  /** The values that a slot may be given; null where they are not known. */
  readonly writes: ReadonlyMap<number, readonly Value[] | null>;
  /**
   * Comparisons that are evaluated first, in this order, and without which there is no step and no
   * error: all but the last that is evaluated are TRUE.
   */
  readonly first: readonly Requirement[];
}

type Assigned = ReadonlySet<string>;

const definitionDepthMax = 50;

/** `written` is what the generated code may write: it has the last word on that. */
export function footprintOf(
  { expr, context }: ActionInstance,
  layout: Layout,
  written: Int32Array,
): Footprint {
  const walk = new ActionWalk(layout);
  walk.step(expr, context, new Set());
  for (const slot of written) if (!walk.writes.has(slot)) walk.writes.set(slot, null);
  return walk;
}

class ActionWalk implements Footprint {
  readonly reads = new ReadSet();
  readonly writes = new Map<number, readonly Value[] | null>();
  readonly first: Requirement[] = [];
  private readonly expressions: ExpressionReads;
  private isAtStart = true;
  private depth = 0;

  constructor(private readonly layout: Layout) {
    this.expressions = new ExpressionReads(layout, this.reads);
  }

  /** Gives the variables that may have a next value afterwards, those from before among them. */
  step(expr: Expr, context: Context, assigned: Assigned): Assigned {
    switch (expr.kind) {
      case 'paren':
        return this.step(expr.inner, context, assigned);
      case 'junction':
        if (expr.op === '/\\') return this.conjuncts(expr.items, context, assigned);
        return this.disjuncts(expr.items, context, assigned);
      case 'infix':
        return this.infix(expr, context, assigned);
      case 'quantifier':
        if (expr.quantifier !== '\\E') return this.test(expr, context, assigned);
        return this.someElement(expr, context, assigned);
      case 'if':
      case 'case':
        return this.alternatives(expr, context, assigned);
      case 'let':
        // What it defines may be evaluated before the body.
        this.isAtStart = false;
        return this.step(expr.body, this.expressions.define(expr, context), assigned);
      case 'prefix':
        if (expr.op === 'UNCHANGED') return this.unchanged(expr.operand, context, assigned);
        return this.test(expr, context, assigned);
      case 'boxAction':
      case 'angleAction':
        return this.infix(withoutBrackets(expr), context, assigned);
      case 'name':
      case 'apply':
        return this.named(expr, context, assigned);
      default:
        return this.test(expr, context, assigned);
    }
  }

  private conjuncts(items: readonly Expr[], context: Context, before: Assigned): Assigned {
    return items.reduce((assigned, item) => this.step(item, context, assigned), before);
  }

  private disjuncts(items: readonly Expr[], context: Context, assigned: Assigned): Assigned {
    if (items.length > 1) this.isAtStart = false;
    return union(items.map((item) => this.step(item, context, assigned)));
  }

  private infix(expr: Infix, context: Context, assigned: Assigned): Assigned {
    const { op, left, right } = expr;
    if (op === '/\\') return this.conjuncts([left, right], context, assigned);
    if (op === '\\/') return this.disjuncts([left, right], context, assigned);
    const variable = op === '=' || op === '\\in' ? nextOf(left, context) : null;
    if (variable === null || assigned.has(variable)) return this.test(expr, context, assigned);
    this.isAtStart = false;
    if (op === '=') this.assign(variable, right, context);
    else {
      this.expressions.visit(right, context);
      this.write(this.slotsOf(variable), null);
    }
    return new Set([...assigned, variable]);
  }

  private someElement(
    expr: Extract<Expr, { kind: 'quantifier' }>,
    context: Context,
    assigned: Assigned,
  ): Assigned {
    this.isAtStart = false;
    const all: Assigned[] = [];
    this.expressions.loops(expr.bounds, context, (inner) => {
      all.push(this.step(expr.body, inner, assigned));
    });
    return union([assigned, ...all]);
  }

  private alternatives(
    expr: Extract<Expr, { kind: 'if' | 'case' }>,
    context: Context,
    assigned: Assigned,
  ): Assigned {
    const all = this.expressions.alternatives(expr, context);
    if (all.length === 1) return this.step(all[0] as Expr, context, assigned);
    this.isAtStart = false;
    const isCondition = new Set(
      expr.kind === 'if' ? [expr.condition] : expr.arms.map(({ guard }) => guard),
    );
    const after = all.map((one) => {
      if (!isCondition.has(one)) return this.step(one, context, assigned);
      this.expressions.visit(one, context);
      return assigned;
    });
    return union(after);
  }

  private unchanged(expr: Expr, context: Context, assigned: Assigned): Assigned {
    const inner = stripParens(expr);
    this.isAtStart = false;
    if (inner.kind === 'tuple') {
      return inner.elements.reduce((all, one) => this.unchanged(one, context, all), assigned);
    }
    if (inner.kind === 'name') {
      if (isVariable(inner.name, context)) {
        if (assigned.has(inner.name)) this.expressions.visit(inner, context);
        return new Set([...assigned, inner.name]);
      }
      const meaning = meaningOf(nameOf(inner) as string, context);
      if (meaning !== null) return this.unchanged(meaning.expr, meaning.context, assigned);
    }
    this.expressions.visit(inner, context);
    return assigned;
  }

  private named(
    expr: Extract<Expr, { kind: 'name' | 'apply' }>,
    context: Context,
    assigned: Assigned,
  ): Assigned {
    const { analysis } = context.unit.sources;
    const name = nameOf(expr) as string;
    const isStep = analysis.isAction(expr, context) || analysis.branches(expr, context);
    if (!isStep) return this.test(expr, context, assigned);
    const binding = context.bindings.get(name);
    if (binding?.kind === 'closure') {
      return this.step(binding.closure.expr, enter(binding.closure, context), assigned);
    }
    const definition =
      binding?.kind === 'operator' ? binding.definition : analysis.definition(name);
    if (definition?.kind !== 'operator' || this.depth === definitionDepthMax) {
      return this.anything(assigned);
    }
    const home = binding?.kind === 'operator' ? binding.context() : outermost(context);
    const args = parameters(definition.params, argumentsOf(expr), context);
    this.depth++;
    const inner = { ...bind(home, args), assigned: context.assigned };
    const after = this.step(definition.body, inner, assigned);
    this.depth--;
    return after;
  }

  /** What is not understood may read and write all of the state. */
  private anything(assigned: Assigned): Assigned {
    this.isAtStart = false;
    this.expressions.everything();
    for (const slots of this.layout.variables.values()) this.write(slots, null);
    return assigned;
  }

  private test(expr: Expr, context: Context, assigned: Assigned): Assigned {
    if (this.isAtStart) this.isAtStart = this.demand(expr, context);
    this.expressions.visit(expr, context);
    return assigned;
  }

  /** Notes the comparisons of a conjunction; false where something else may follow unnoted. */
  private demand(expr: Expr, context: Context): boolean {
    const inner = stripParens(expr);
    if (inner.kind === 'infix' && (inner.op === '=' || inner.op === '\\in')) {
      const test = this.expressions.comparison(inner, context);
      if (test === null) return false;
      this.first.push({ slot: test.leaf.first, values: test.values });
      return true;
    }
    if (inner.kind === 'junction' && inner.op === '/\\') {
      return inner.items.every((item) => this.demand(item, context));
    }
    if (inner.kind === 'quantifier' && inner.quantifier === '\\A') {
      let isAll = inner.bounds.every(({ set }) => {
        return set !== null && this.expressions.known(set, context) !== undefined;
      });
      if (!isAll) return false;
      this.expressions.loops(inner.bounds, context, (within) => {
        isAll &&= this.demand(inner.body, within);
      });
      return isAll;
    }
    return false;
  }

  private assign(variable: string, expr: Expr, context: Context): void {
    const slots = this.slotsOf(variable);
    const whole = stripParens(expr);
    const isItself = (one: Expr): boolean => {
      const inner = stripParens(one);
      return inner.kind === 'name' && inner.name === variable && isVariable(variable, context);
    };
    if (isItself(whole)) return;
    if (whole.kind === 'except' && !(slots instanceof Leaf) && isItself(whole.function)) {
      this.assignParts(variable, whole, context);
      return;
    }
    this.expressions.visit(expr, context);
    this.write(slots, slots instanceof Leaf ? this.constants(expr, context) : null);
  }

  /** `x' = [x EXCEPT ![a].b = e, …]` reads of x what `@` and the keys read. */
  private assignParts(variable: string, expr: Except, context: Context): void {
    for (const { path, value } of expr.updates) {
      const keys = path.map((step): Key => {
        if (step.kind === 'field') return { name: step.name.name };
        const [first] = step.args;
        const { args, span } = step;
        const key = args.length === 1 ? first : ({ kind: 'tuple', elements: args, span } as const);
        return { expr: key as Expr, context };
      });
      const { slots, isWhole } = leavesAt(this.layout, { variable, keys }, (key) => {
        const known = this.expressions.keyOf(key);
        if (known === undefined) this.expressions.visit(key.expr, context);
        return known;
      });
      const inner = this.expressions.withAt(slots, context);
      this.expressions.visit(value, inner);
      for (const one of slots) {
        // What is changed in parts is what it was but for these.
        if (!isWhole) this.reads.addSlots(one);
        const isOne = isWhole && one instanceof Leaf;
        this.write(one, isOne ? this.constants(value, inner) : null);
      }
    }
  }

  /** The values that an expression may have, where each of them is a constant in its text. */
  private constants(expr: Expr, context: Context): readonly Value[] | null {
    const inner = stripParens(expr);
    const branches = inner.kind === 'if' ? [inner.then, inner.else] : null;
    if (branches !== null) {
      const values = branches.map((branch) => this.constants(branch, context));
      return values.includes(null) ? null : (values as Value[][]).flat();
    }
    const known = this.expressions.known(inner, context);
    return known === undefined ? null : [known];
  }

  private slotsOf(variable: string): Slots {
    const slots = this.layout.variables.get(variable);
    if (slots === undefined) throw new Error(`no slots for ${variable}`);
    return slots;
  }

  private write({ first, count }: Slots, values: readonly Value[] | null): void {
    for (let slot = first; slot < first + count; slot++) {
      const before = this.writes.get(slot);
      const isKnown = before !== null && values !== null;
      this.writes.set(slot, isKnown ? [...(before ?? []), ...values] : null);
    }
  }
}

/** The variable whose next value the expression is. */
function nextOf(expr: Expr, context: Context): string | null {
  const access = accessOf(expr, context);
  return access?.primed && access.keys.length === 0 ? access.variable : null;
}

function union(all: readonly Assigned[]): Assigned {
  return new Set(all.flatMap((one) => [...one]));
}
