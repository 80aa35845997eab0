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
import { type Binding, bind, type Closure, type Context, enter } from '../context.js';
import { loopsOf } from '../expressions/binders.js';
import { withoutBrackets } from '../expressions/brackets.js';
import { compile } from '../expressions/index.js';
import { bindingOf, outermost } from '../expressions/names.js';
import { constantElements } from '../expressions/unroll.js';
import { type Layout, Leaf, type Slots } from '../layout.js';
import { LazyFunction, LazySet } from '../runtime/lazy.js';
import { accessOf, leavesAt } from './access.js';
import type { ReadSet } from './readSet.js';

/** So many copies of one place, and so many nodes in all, are looked at one by one. */
const copiesMax = 4096;
const nodesMax = 100_000;
/** Larger constant sets are not taken apart. */
const elementsMax = 64;

export class ExpressionReads {
  private nodes = 0;
  private copies = 1;
  /** Recursive definitions that are being looked at, or have been: their arguments are unknown. */
  private readonly recursive = new Set<string>();
  /** What `@` stands for, by the code that the context has for it. */
  private readonly updated = new Map<Code, readonly Slots[]>();

  constructor(
    private readonly layout: Layout,
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
        this.named(nameOf(expr) as string, argumentsOf(expr), context);
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
        this.loops(expr.bounds, context, (inner) =>
          this.visit(expr.kind === 'setMap' ? expr.value : expr.body, inner),
        );
        break;
      case 'choose':
      case 'setFilter':
        this.loops([expr.bound], context, (inner) =>
          this.visit(expr.kind === 'choose' ? expr.body : expr.predicate, inner),
        );
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
    else this.named(op, operands, context);
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

  private named(name: string, args: readonly Expr[], context: Context): void {
    const { analysis, specification } = context.unit.sources;
    const binding = context.bindings.get(name);
    if (binding !== undefined) {
      this.bound(binding, args, context);
      return;
    }
    const definition = analysis.definition(name);
    if (definition?.kind === 'functionDefinition') {
      this.once(name, () => {
        const home = outermost(context);
        const own = bind(home, [[definition.name.name, unknown(name, context)]]);
        this.loops(definition.bounds, own, (inner) => this.visit(definition.body, inner));
      });
    } else if (definition !== undefined) {
      const { params, body } = definition;
      const home: Context = { ...outermost(context), primed: context.primed };
      if (analysis.isRecursive(definition)) {
        this.arguments(args, context);
        const bindings = params.map((param, i) => {
          const arg = args[i];
          const isOperator = param.arity > 0 && arg !== undefined;
          const binding: Binding = isOperator
            ? { kind: 'alias', closure: { expr: arg, context } }
            : unknown(param.name.name, context);
          return [param.name.name, binding] as const;
        });
        this.once(name, () => this.visit(body, bind(home, bindings)));
        return;
      }
      this.visit(body, bind(home, this.parameters(params, args, context)));
    } else if (specification.variables.some((variable) => variable.name === name)) {
      this.into.addSlots(this.layout.variables.get(name) as Slots);
    } else {
      this.arguments(args, context);
    }
  }

  /** A recursive definition is looked at once, with arguments that may be anything. */
  private once(name: string, look: () => void): void {
    if (this.recursive.has(name)) return;
    this.recursive.add(name);
    look();
  }

  private bound(binding: Binding, args: readonly Expr[], context: Context): void {
    switch (binding.kind) {
      case 'code':
        // Its set, or the argument that it stands for, has been looked at.
        break;
      case 'closure':
        this.visit(binding.closure.expr, enter(binding.closure, context));
        break;
      case 'alias':
        this.arguments(args, context);
        this.operatorArgument(binding.closure, context);
        break;
      case 'operator': {
        const { params, body } = binding.definition;
        const home = primedAs(binding.context(), context);
        this.visit(body, bind(home, this.parameters(params, args, context)));
        break;
      }
      case 'function':
        throw new Error('a compiled operator argument outside of compiled code');
    }
  }

  parameters(
    params: readonly { readonly name: { readonly name: string }; readonly arity: number }[],
    args: readonly Expr[],
    context: Context,
  ): readonly (readonly [string, Binding])[] {
    return params.map((param, i) => {
      const expr = args[i];
      if (expr === undefined) throw new Error('too few arguments');
      return [param.name.name, bindingOf({ expr, context }, param.arity, context)] as const;
    });
  }

  /** Arguments that something is made of, operators among them. */
  private arguments(args: readonly Expr[], context: Context): void {
    for (const expr of args) {
      const inner = stripParens(expr);
      if (inner.kind === 'lambda' || this.isOperator(inner, context)) {
        this.operatorArgument({ expr: inner, context }, context);
      } else {
        this.visit(expr, context);
      }
    }
  }

  /** Whether a name stands for something that wants arguments. */
  private isOperator(expr: Expr, context: Context): boolean {
    if (expr.kind !== 'name') return false;
    const name = nameOf(expr) as string;
    const binding = context.bindings.get(name);
    if (binding !== undefined) return binding.kind === 'alias' || binding.kind === 'operator';
    const definition = context.unit.sources.analysis.definition(name);
    return definition?.kind === 'operator' && definition.params.length > 0;
  }

  /** An operator that is applied to what nobody knows. */
  private operatorArgument(closure: Closure, context: Context): void {
    const expr = stripParens(closure.expr);
    const home = enter(closure, context);
    if (expr.kind === 'lambda') {
      const names = expr.params.map(({ name }) => [name, unknown(name, context)] as const);
      this.visit(expr.body, bind(home, names));
      return;
    }
    if (expr.kind !== 'name') {
      this.everything();
      return;
    }
    const name = nameOf(expr) as string;
    const binding = home.bindings.get(name);
    if (binding?.kind === 'alias') {
      this.operatorArgument(binding.closure, home);
      return;
    }
    const { analysis } = context.unit.sources;
    const definition =
      binding?.kind === 'operator' ? binding.definition : analysis.definition(name);
    if (definition?.kind !== 'operator') return; // It is one of ours.
    const around = binding?.kind === 'operator' ? binding.context() : outermost(home);
    const bindings = definition.params.map(({ name: { name: param }, arity }) => {
      if (arity > 0) this.everything();
      return [param, unknown(param, context)] as const;
    });
    const look = () => this.visit(definition.body, bind(primedAs(around, home), bindings));
    if (analysis.isRecursive(definition)) this.once(name, look);
    else look();
  }
}

/** The context with variables read as in the other, where that reads their next values. */
function primedAs(context: Context, other: Context): Context {
  return { ...context, primed: context.primed || other.primed };
}

/** A bound name of which nothing is known. */
function unknown(name: string, { unit }: Context): Binding {
  return { kind: 'code', code: local(unit.local(name), 'any') };
}
