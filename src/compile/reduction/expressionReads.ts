/**
 * What evaluating an expression may read: a walk over the tree that decides what the compiler
 * decides, too (constant conditions, elements of constant sets, keys of slots), and takes in
 * everything else. Whatever it cannot follow counts as a read of all slots; so do expressions whose
 * copies, one per element of constant sets, would be too many.
 */
import type { Bound, Expr, Infix, Let } from '../../syntax/ast.js';
import { parts, stripParens } from '../../syntax/walk.js';
import type { Value } from '../../values/index.js';
import { argumentsOf, nameOf } from '../analysis.js';
import { type Code, local } from '../code.js';
import { type Binding, bind, type Closure, type Context } from '../context.js';
import { loopsOf } from '../expressions/binders.js';
import { withoutBrackets } from '../expressions/brackets.js';
import { compile } from '../expressions/index.js';
import { constantElements } from '../expressions/unroll.js';
import { type Layout, Leaf, type Slots } from '../layout.js';
import { LazyFunction, LazySet } from '../runtime/lazy.js';
import { accessOf, leavesAt } from './access.js';
import { NameReads, type Reader, unknown } from './nameReads.js';
import type { ReadSet } from './readSet.js';

/** So many copies of one place, and so many nodes in all, are looked at one by one. */
const copiesMax = 4096;
const nodesMax = 100_000;
/** Larger constant sets are not taken apart. */
const elementsMax = 64;

type Binder = Extract<
  Expr,
  { kind: 'quantifier' | 'setMap' | 'function' | 'choose' | 'setFilter' }
>;

export class ExpressionReads implements Reader {
  private nodes = 0;
  private copies = 1;
  private readonly names: NameReads = new NameReads(this);
  /** What `@` stands for, by the code that the context has for it. */
  private readonly updated = new Map<Code, readonly Slots[]>();

  constructor(
    readonly layout: Layout,
    readonly into: ReadSet,
  ) {}

  visit(expr: Expr, context: Context): void {
    if (++this.nodes > nodesMax) {
      this.everything();
      return;
    }
    switch (expr.kind) {
      case 'name':
      case 'apply':
        this.names.visit(nameOf(expr) as string, argumentsOf(expr), context);
        break;
      case 'index':
      case 'field':
        this.access(expr, context);
        break;
      case 'at':
        for (const slots of this.updated.get(context.at as Code) ?? []) this.into.addSlots(slots);
        break;
      case 'infix':
        this.infix(expr, context);
        break;
      case 'junction':
        this.junction(expr.op, expr.items, context);
        break;
      case 'if':
      case 'case':
        for (const one of this.alternatives(expr, context)) this.visit(one, context);
        break;
      case 'prefix':
        this.operator(expr.op, [expr.operand], context);
        break;
      case 'postfix':
        if (expr.op === "'") this.visit(expr.operand, { ...context, primed: true });
        else this.operator(expr.op, [expr.operand], context);
        break;
      case 'quantifier':
      case 'setMap':
      case 'function':
      case 'choose':
      case 'setFilter':
        this.binder(expr, context);
        break;
      case 'let':
        this.visit(expr.body, this.define(expr, context));
        break;
      case 'except':
        this.visitAll(
          parts(expr).map((part) => part.expr),
          this.withAt([], context),
        );
        break;
      case 'lambda':
      case 'fairness':
        this.everything();
        break;
      case 'boxAction':
      case 'angleAction':
        this.visit(withoutBrackets(expr), context);
        break;
      default:
        // The rest binds no names.
        this.visitAll(
          parts(expr).map((part) => part.expr),
          context,
        );
    }
  }

  private binder(expr: Binder, context: Context): void {
    const bounds = 'bounds' in expr ? expr.bounds : [expr.bound];
    this.loops(bounds, context, (inner) => {
      if (expr.kind === 'setMap') this.visit(expr.value, inner);
      else this.visit(expr.kind === 'setFilter' ? expr.predicate : expr.body, inner);
    });
  }

  visitAll(exprs: readonly Expr[], context: Context): void {
    for (const expr of exprs) this.visit(expr, context);
  }

  /** What is not understood may see all of the state. */
  everything(): void {
    for (const slots of this.layout.variables.values()) this.into.addSlots(slots);
  }

  /** The value of a constant expression; undefined for any other. */
  known(expr: Expr, context: Context): Value | undefined {
    const code = compile(expr, context);
    if (code.known !== undefined) return code.known;
    const made = code.free.size > 0 ? undefined : context.unit.evaluate(code);
    return made instanceof LazySet || made instanceof LazyFunction ? undefined : made;
  }

  /** The expressions of IF or CASE that may be evaluated, conditions first; constants decide. */
  alternatives(expr: Extract<Expr, { kind: 'if' | 'case' }>, context: Context): readonly Expr[] {
    if (expr.kind === 'case') return parts(expr).map((part) => part.expr);
    const condition = this.known(expr.condition, context);
    if (condition === true) return [expr.then];
    if (condition === false) return [expr.else];
    return [expr.condition, expr.then, expr.else];
  }

  /** Binds the names of the bounds, to each element of constant sets, and reads the sets. */
  loops(bounds: readonly Bound[], context: Context, inside: (context: Context) => void): void {
    const loops = loopsOf(bounds, context);
    if (loops === null) {
      this.everything();
      return;
    }
    for (const bound of bounds) if (bound.set !== null) this.visit(bound.set, context);
    const walk = (at: number, inner: Context): void => {
      const loop = loops[at];
      if (loop === undefined) {
        inside(inner);
        return;
      }
      const name = loop.bindings[0]?.[0] as string;
      const elements = constantElements(compile(loop.set, context), context, elementsMax);
      const count = elements?.length ?? 0;
      if (elements === null || loop.bindings.length > 1 || this.copies * count > copiesMax) {
        walk(at + 1, bind(inner, loop.bindings));
        return;
      }
      const before = this.copies;
      this.copies *= Math.max(1, count);
      for (const element of elements) {
        const binding: Binding = { kind: 'code', code: context.unit.constant(element) };
        walk(at + 1, bind(inner, [[name, binding]]));
      }
      this.copies = before;
    };
    walk(0, context);
  }

  /** The context of a LET's body. */
  define(expr: Let, context: Context): Context {
    let inner = context;
    const recursive = expr.definitions.some((unit) => unit.kind === 'recursive');
    for (const unit of expr.definitions) {
      if (unit.kind === 'recursive') continue;
      if (unit.kind === 'functionDefinition') {
        const own = bind(inner, [[unit.name.name, unknown(unit.name.name, context)]]);
        this.loops(unit.bounds, own, (inside) => this.visit(unit.body, inside));
        inner = own;
      } else if (unit.kind !== 'operator' || recursive) {
        this.everything();
      } else if (unit.params.length === 0) {
        const closure: Closure = { expr: unit.body, context: inner };
        inner = bind(inner, [[unit.name.name, { kind: 'closure', closure, code: null }]]);
      } else {
        const home = inner;
        const binding: Binding = {
          kind: 'operator',
          definition: unit,
          context: () => home,
          compiled: null,
        };
        inner = bind(inner, [[unit.name.name, binding]]);
      }
    }
    return inner;
  }

  /** The context in which `@` stands for these slots. */
  withAt(slots: readonly Slots[], context: Context): Context {
    const at = local(context.unit.local('at'), 'any');
    this.updated.set(at, slots);
    return { ...context, at };
  }

  /** `a = b` and the like as a test of one slot; null where it is something else. */
  comparison(
    expr: Infix,
    context: Context,
  ): { readonly leaf: Leaf; readonly values: readonly Value[] } | null {
    const sides = [[expr.left, expr.right] as const, [expr.right, expr.left] as const];
    const isMember = expr.op === '\\in' || expr.op === '\\notin';
    for (const [side, other] of isMember ? sides.slice(0, 1) : sides) {
      const access = accessOf(side, context);
      // The next value of a variable is not a test of the old one.
      if (access === null || access.primed) continue;
      const keys = access.keys.map((key) => ('name' in key ? key.name : this.keyOf(key)));
      if (keys.includes(undefined)) continue;
      const { slots, isWhole } = leavesAt(this.layout, access, (key) => this.keyOf(key));
      const [leaf] = slots;
      if (!(leaf instanceof Leaf) || slots.length > 1 || !isWhole) continue;
      const values = isMember
        ? constantElements(compile(other, context), context, elementsMax)
        : this.values(other, context);
      if (values !== null) return { leaf, values };
    }
    return null;
  }

  /** Of the keys of a path: the known one, or undefined. */
  keyOf({ expr, context }: Closure): Value | undefined {
    return this.known(expr, context);
  }

  private values(expr: Expr, context: Context): readonly Value[] | null {
    const value = this.known(expr, context);
    return value === undefined ? null : [value];
  }

  private infix(expr: Infix, context: Context): void {
    const { op, left, right } = expr;
    const { analysis } = context.unit.sources;
    if (analysis.definition(op) !== undefined) {
      this.operator(op, [left, right], context);
      return;
    }
    switch (op) {
      case '/\\':
      case '\\/':
        this.junction(op, [left, right], context);
        break;
      case '=>':
        this.visit(left, context);
        if (this.known(left, context) !== false) this.visit(right, context);
        break;
      case '=':
      case '#':
      case '\\in':
      case '\\notin': {
        const test = this.comparison(expr, context);
        if (test !== null) this.into.addTest(test.leaf, test.values);
        else this.visitAll([left, right], context);
        break;
      }
      default:
        this.operator(op, [left, right], context);
    }
  }

  private junction(op: string, items: readonly Expr[], context: Context): void {
    for (const item of items) {
      this.visit(item, context);
      if (this.known(item, context) === (op === '\\/')) return;
    }
  }

  /** An operator that is a symbol, and may be the user's own. */
  private operator(op: string, operands: readonly Expr[], context: Context): void {
    if (context.unit.sources.analysis.definition(op) === undefined)
      this.visitAll(operands, context);
    else this.names.visit(op, operands, context);
  }

  private access(expr: Expr, context: Context): void {
    const access = accessOf(expr, context);
    if (access === null) {
      this.visitAll(
        parts(stripParens(expr)).map((part) => part.expr),
        context,
      );
      return;
    }
    const { slots } = leavesAt(this.layout, access, (key) => {
      const known = this.keyOf(key);
      if (known === undefined) this.visit(key.expr, key.context);
      return known;
    });
    for (const one of slots) this.into.addSlots(one);
  }
}
