/** Facts about expressions that the compiler asks for, computed once per definition. */
import type { Definition, Specification } from '../semantics/specification.js';
import type { Apply, Expr, InstancePrefix, Name } from '../syntax/ast.js';
import { children, walk } from '../syntax/walk.js';
import type { Context } from './context.js';

const actionPrefixes = new Set(['UNCHANGED', 'ENABLED']);

/** The name of an application in the specification's flat map of definitions. */
export function qualified(prefix: readonly InstancePrefix[], name: string): string {
  return [...prefix.map((one) => one.name.name), name].join('!');
}

type Configured = Pick<Specification, 'constants' | 'definitions' | 'overrides'>;

export class Analysis {
  private readonly actions = new Map<string, boolean>();
  private readonly branching = new Map<string, boolean>();
  private readonly recursion = new Map<string, boolean>();

  constructor(private readonly specification: Configured) {}

  /** What a name stands for after the configuration's substitutions. */
  target(name: string): string {
    return this.specification.overrides.get(name) ?? name;
  }

  /** None where the configuration gives a value instead. */
  definition(name: string): Definition | undefined {
    const target = this.target(name);
    if (this.specification.constants.has(target)) return undefined;
    return this.specification.definitions.get(target);
  }

  /** Whether the value may depend on the next state: it has a prime, or something used has one. */
  isAction(expr: Expr, context: Context | null): boolean {
    let found = false;
    walk(expr, (inner) => {
      if (found) return false;
      if (inner.kind === 'postfix' && inner.op === "'") found = true;
      if (inner.kind === 'prefix' && actionPrefixes.has(inner.op)) found = true;
      if (inner.kind === 'boxAction' || inner.kind === 'angleAction') found = true;
      const name = nameOf(inner);
      if (name !== null && this.isActionName(name, context)) found = true;
      return !found;
    });
    return found;
  }

  private isActionName(name: string, context: Context | null): boolean {
    const binding = context?.bindings.get(name);
    if (binding !== undefined) {
      if (binding.kind === 'closure' || binding.kind === 'alias') {
        return this.isAction(binding.closure.expr, binding.closure.context);
      }
      return binding.kind === 'operator' && this.isAction(binding.definition.body, null);
    }
    return this.throughDefinition(name, this.actions, (body) => this.isAction(body, null));
  }

  /** Whether a conjunct of this form is several steps in one: it has a disjunction or \E on top. */
  branches(expr: Expr, context: Context | null): boolean {
    switch (expr.kind) {
      case 'paren':
        return this.branches(expr.inner, context);
      case 'junction':
        return expr.op === '\\/' || expr.items.some((item) => this.branches(item, context));
      case 'infix':
        if (expr.op === '\\/') return true;
        if (expr.op === '=>') return this.branches(expr.right, context);
        return (
          expr.op === '/\\' &&
          (this.branches(expr.left, context) || this.branches(expr.right, context))
        );
      case 'quantifier':
        if (expr.quantifier === '\\A') return this.branches(expr.body, context);
        return expr.quantifier === '\\E';
      case 'if':
        return this.branches(expr.then, context) || this.branches(expr.else, context);
      case 'case': {
        const values = expr.arms.map((arm) => arm.value);
        if (expr.other) values.push(expr.other);
        return values.some((value) => this.branches(value, context));
      }
      case 'let':
        return this.branches(expr.body, context);
      case 'name':
      case 'apply': {
        const name = nameOf(expr) as string;
        const binding = context?.bindings.get(name);
        if (binding?.kind === 'closure') {
          return this.branches(binding.closure.expr, binding.closure.context);
        }
        if (binding?.kind === 'operator') return this.branches(binding.definition.body, null);
        if (binding !== undefined) return false;
        return this.throughDefinition(name, this.branching, (body) => this.branches(body, null));
      }
      default:
        return false;
    }
  }

  private throughDefinition(
    name: string,
    known: Map<string, boolean>,
    test: (body: Expr) => boolean,
  ): boolean {
    const definition = this.definition(name);
    if (definition === undefined) return false;
    const key = definition.name.name;
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, false); // For a definition that uses itself.
    const answer = test(definition.body);
    known.set(key, answer);
    return answer;
  }

  /** Whether the definition uses itself, directly or through others. */
  isRecursive(definition: Definition): boolean {
    const key = definition.name.name;
    let answer = this.recursion.get(key);
    if (answer === undefined) {
      const seen = new Set<string>();
      const visit = (body: Expr): boolean => {
        for (const name of namesIn(body)) {
          const used = this.definition(name);
          if (used === undefined) continue;
          if (used.name.name === key) return true;
          if (seen.has(used.name.name)) continue;
          seen.add(used.name.name);
          if (visit(used.body)) return true;
        }
        return false;
      };
      answer = visit(definition.body);
      this.recursion.set(key, answer);
    }
    return answer;
  }
}

/** The name that an expression applies, if it is an application. */
export function nameOf(expr: Expr): string | null {
  if (expr.kind === 'name') return qualified(expr.prefix, expr.name);
  if (expr.kind === 'apply') return qualified(expr.prefix, expr.name.name);
  if (expr.kind === 'infix' || expr.kind === 'prefix' || expr.kind === 'postfix') return expr.op;
  return null;
}

export function argumentsOf(expr: Name | Apply): readonly Expr[] {
  return expr.kind === 'apply' ? expr.args : [];
}

export function namesIn(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  walk(expr, (inner) => {
    const name = nameOf(inner);
    if (name !== null) names.add(name);
  });
  return names;
}

/** How often a name occurs, and whether an occurrence may be evaluated more than once. */
export function occurrences(expr: Expr, name: string, repeated = false): number {
  if (nameOf(expr) === name) return repeated ? 2 : 1;
  const repeats = repeated || repeating.has(expr.kind);
  return children(expr).reduce((sum, child) => sum + occurrences(child, name, repeats), 0);
}

const repeating = new Set<Expr['kind']>([
  'quantifier',
  'choose',
  'setFilter',
  'setMap',
  'function',
  'let',
  'lambda',
]);

/** Whether any of the names stands inside a prime: then it is the expression that is meant. */
export function isPrimedIn(expr: Expr, names: ReadonlySet<string>): boolean {
  let found = false;
  walk(expr, (inner) => {
    const primes =
      (inner.kind === 'postfix' && inner.op === "'") ||
      (inner.kind === 'prefix' && actionPrefixes.has(inner.op));
    if (primes && [...namesIn(inner.operand)].some((name) => names.has(name))) found = true;
    return !found;
  });
  return found;
}

/** Whether evaluating the expression always evaluates the name, so that it may be evaluated first. */
export function isStrictIn(expr: Expr, name: string): boolean {
  const strict = (inner: Expr): boolean => isStrictIn(inner, name);
  switch (expr.kind) {
    case 'name':
      return expr.name === name;
    case 'paren':
      return strict(expr.inner);
    case 'prefix':
    case 'postfix':
      return strict(expr.operand);
    case 'infix':
      if (expr.op === '/\\' || expr.op === '\\/' || expr.op === '=>') return strict(expr.left);
      return strict(expr.left) || strict(expr.right);
    case 'junction':
      return expr.items[0] !== undefined && strict(expr.items[0]);
    case 'if':
      return strict(expr.condition) || (strict(expr.then) && strict(expr.else));
    case 'case':
      return expr.arms[0] !== undefined && strict(expr.arms[0].guard);
    case 'index':
      return strict(expr.function) || expr.args.some(strict);
    case 'field':
      return strict(expr.record);
    case 'except':
      return strict(expr.function);
    case 'tuple':
    case 'setEnumeration':
      return expr.elements.some(strict);
    case 'record':
      return expr.fields.some((field) => strict(field.value));
    case 'quantifier':
    case 'setMap':
    case 'function':
      return expr.bounds.some((bound) => bound.set !== null && strict(bound.set));
    case 'choose':
    case 'setFilter':
      return expr.bound.set !== null && strict(expr.bound.set);
    default:
      return false;
  }
}
