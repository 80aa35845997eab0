/**
 * Levels: constant, state, action, temporal ("Specifying Systems", 17.2). The level of an
 * application depends on those of its arguments, so a definition is summed up once: its own
 * level, which parameters raise it, and the highest level each parameter may have.
 * Run on flat definitions, after names are checked. Limit: a recursive use counts as constant.
 */
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Expr, Identifier, Unit } from '../syntax/ast.js';
import { children, parts, stripParens } from '../syntax/walk.js';
import type { Definition } from './specification.js';

export const Level = { constant: 0, state: 1, action: 2, temporal: 3 } as const;
export type Level = (typeof Level)[keyof typeof Level];

/** The level of an expression: at least `base`, and that of each argument for `params`. */
interface Sum {
  readonly base: Level;
  readonly params: ReadonlySet<string>;
}

interface Summary extends Sum {
  readonly names: readonly string[];
  readonly limits: ReadonlyMap<string, Level>;
}

const none: ReadonlySet<string> = new Set();

/** What stands around an expression: parameters of the definition, LET definitions. */
interface Context {
  /** The limits found so far for the parameters of the definition being summed up. */
  readonly limits: Map<string, Level>;
  readonly params: ReadonlySet<string>;
  readonly local: Map<string, Summary>;
}

export class LevelChecker {
  private readonly summaries = new Map<string, Summary | null>();

  constructor(
    private readonly definitions: ReadonlyMap<string, Definition>,
    private readonly variables: ReadonlySet<string>,
    private readonly overrides: ReadonlyMap<string, string>,
    private readonly report: (one: Diagnostic) => void,
  ) {}

  /** Reports every mistake in the definition. */
  definition(name: string): Level {
    return this.summary(name)?.base ?? this.ofName(name);
  }

  /** The level of a formula outside any definition; reports its mistakes. */
  expression(expr: Expr): Level {
    return this.sum(expr, { limits: new Map(), params: none, local: new Map() }).base;
  }

  /** Where `expr` gets a level above `max`: a prime, a variable, or a reference that has it. */
  culprit(expr: Expr, max: Level): Expr {
    const silent = new LevelChecker(this.definitions, this.variables, this.overrides, () => {});
    for (const child of children(expr)) {
      const isEnabled = expr.kind === 'prefix' && expr.op === 'ENABLED';
      if (!isEnabled && silent.expression(child) > max) return silent.culprit(child, max);
    }
    return expr;
  }

  private ofName(name: string): Level {
    return this.variables.has(name) ? Level.state : Level.constant;
  }

  private summary(name: string): Summary | undefined {
    const other = this.overrides.get(name);
    if (other !== undefined && other !== name) return this.summary(other);
    const known = this.summaries.get(name);
    if (known !== undefined) return known ?? undefined;
    const unit = this.definitions.get(name);
    if (!unit) return undefined;
    this.summaries.set(name, null);
    const summary = this.sumUp(unit, new Map());
    this.summaries.set(name, summary);
    return summary;
  }

  private sumUp(unit: Definition, local: Map<string, Summary>): Summary {
    const names = unit.kind === 'operator' ? unit.params.map((param) => param.name.name) : [];
    const limits = new Map<string, Level>();
    const context = { limits, params: new Set(names), local };
    return { ...this.max(exprsOf(unit), context), names, limits };
  }

  private max(exprs: readonly Expr[], context: Context): Sum {
    return merge(exprs.map((expr) => this.sum(expr, context)));
  }

  private sum(expr: Expr, context: Context): Sum {
    switch (expr.kind) {
      case 'name':
      case 'apply':
        return this.reference(expr, context);
      case 'postfix':
        if (expr.op === "'") return this.prime(expr, context);
        break;
      case 'prefix':
        return this.prefix(expr, context);
      case 'infix':
        if (isConnective(expr.op)) return this.connective([expr.left, expr.right], context);
        if (expr.op === '~>' || expr.op === '-+->') {
          this.noAction(expr.left, context);
          this.noAction(expr.right, context);
          return { base: Level.temporal, params: none };
        }
        break;
      case 'junction':
        return this.connective(expr.items, context);
      case 'boxAction':
      case 'angleAction':
        this.atMost(
          expr.action,
          Level.action,
          expr.kind === 'boxAction' ? '[A]_v' : '<<A>>_v',
          context,
        );
        this.atMost(expr.subscript, Level.state, 'the subscript', context);
        return { base: Level.action, params: none };
      case 'fairness':
        this.atMost(expr.action, Level.action, `${expr.strength}_v(A)`, context);
        this.atMost(expr.subscript, Level.state, 'the subscript', context);
        return { base: Level.temporal, params: none };
      case 'quantifier':
        if (expr.quantifier.length > 2) {
          this.max(children(expr), context);
          return { base: Level.temporal, params: none };
        }
        break;
      case 'let':
        return this.let(expr.definitions, expr.body, context);
      default:
    }
    return this.max(
      parts(expr).map((part) => part.expr),
      context,
    );
  }

  private prime(expr: Expr & { readonly kind: 'postfix' }, context: Context): Sum {
    const operand = this.sum(expr.operand, context);
    if (operand.base > Level.state) this.report(diagnose('SEM101', expr.span));
    this.limit(operand.params, Level.state, context);
    return { base: Level.action, params: none };
  }

  private prefix(expr: Expr & { readonly kind: 'prefix' }, context: Context): Sum {
    const inner = stripParens(expr.operand);
    switch (expr.op) {
      case '[]':
      case '<>': {
        const kind = expr.op === '[]' ? 'boxAction' : 'angleAction';
        const { base } = this.sum(expr.operand, context);
        if (base === Level.action && inner.kind !== kind) {
          this.report(diagnose(expr.op === '[]' ? 'SEM102' : 'SEM106', expr.span));
        }
        return { base: Level.temporal, params: none };
      }
      case 'ENABLED':
        this.atMost(expr.operand, Level.action, 'ENABLED', context);
        return { base: Level.state, params: none };
      case 'UNCHANGED':
        this.atMost(expr.operand, Level.state, 'UNCHANGED', context);
        return { base: Level.action, params: none };
      default:
        return this.sum(expr.operand, context);
    }
  }

  /** Actions and temporal formulas do not mix: the result would be neither. */
  private connective(items: readonly Expr[], context: Context): Sum {
    const sums = items.map((item) => this.sum(item, context));
    const total = merge(sums);
    if (total.base < Level.temporal) return total;
    items.forEach((item, i) => {
      if (sums[i]?.base === Level.action) this.report(diagnose('SEM106', item.span));
    });
    return total;
  }

  private noAction(expr: Expr, context: Context): void {
    if (this.sum(expr, context).base === Level.action) this.report(diagnose('SEM106', expr.span));
  }

  private atMost(expr: Expr, max: Level, place: string, context: Context): void {
    const { base, params } = this.sum(expr, context);
    if (base > max) this.tooHigh(expr.span, max, base, place);
    this.limit(params, max, context);
  }

  private tooHigh(at: Span, max: Level, found: Level, place: string): void {
    const holes = { place, expected: formOf(max), what: featureOf(found) };
    this.report(diagnose('SEM105', at, holes));
  }

  private limit(params: ReadonlySet<string>, max: Level, context: Context): void {
    for (const param of params) {
      const known = context.limits.get(param) ?? Level.temporal;
      if (max < known) context.limits.set(param, max);
    }
  }

  private reference(expr: Expr & { readonly kind: 'name' | 'apply' }, context: Context): Sum {
    const name = expr.kind === 'name' ? expr.name : expr.name.name;
    const args = expr.kind === 'apply' ? expr.args : [];
    if (context.params.has(name)) {
      const rest = this.max(args, context);
      return { base: rest.base, params: new Set([...rest.params, name]) };
    }
    const summary = context.local.get(name) ?? this.summary(name);
    if (!summary) {
      const rest = this.max(args, context);
      const own = this.ofName(name);
      return own > rest.base ? { ...rest, base: own } : rest;
    }
    let base = summary.base;
    const params = new Set<string>();
    args.forEach((arg, i) => {
      const param = summary.names[i] ?? '';
      const one = arg.kind === 'lambda' ? this.sum(arg.body, context) : this.sum(arg, context);
      const limit = summary.limits.get(param) ?? Level.temporal;
      if (one.base > limit) this.tooHigh(arg.span, limit, one.base, `argument ${i + 1} of ${name}`);
      this.limit(one.params, limit, context);
      if (!summary.params.has(param)) return;
      if (one.base > base) base = one.base;
      for (const inner of one.params) params.add(inner);
    });
    // A LET definition may depend on the parameters around it.
    for (const inner of summary.params) if (context.params.has(inner)) params.add(inner);
    return { base, params };
  }

  private let(units: readonly Unit[], body: Expr, context: Context): Sum {
    const local = new Map(context.local);
    for (const unit of units) {
      if (unit.kind !== 'operator' && unit.kind !== 'functionDefinition') continue;
      const own = unit.kind === 'operator' ? unit.params.map((param) => param.name) : [];
      const inner = { ...context, local, params: union(context.params, own) };
      const sum = this.max(exprsOf(unit), inner);
      const names = own.map((name) => name.name);
      local.set(unit.name.name, { ...sum, names, limits: context.limits });
    }
    return this.sum(body, { ...context, local });
  }
}

function merge(sums: readonly Sum[]): Sum {
  let base: Level = Level.constant;
  const params = new Set<string>();
  for (const one of sums) {
    if (one.base > base) base = one.base;
    for (const param of one.params) params.add(param);
  }
  return { base, params };
}

function exprsOf(unit: Definition): readonly Expr[] {
  if (unit.kind === 'operator') return [unit.body];
  return [...unit.bounds.flatMap((bound) => (bound.set ? [bound.set] : [])), unit.body];
}

function union(params: ReadonlySet<string>, more: readonly Identifier[]): ReadonlySet<string> {
  return new Set([...params, ...more.map((name) => name.name)]);
}

function isConnective(op: string): boolean {
  return op === '/\\' || op === '\\/' || op === '=>' || op === '<=>';
}

/** `a state predicate`, …: what has at most this level. */
export function formOf(level: Level): string {
  const forms = ['a constant', 'a state function', 'an action', 'a temporal formula'] as const;
  return forms[level];
}

/** What an expression of this level has that a lower one has not. */
export function featureOf(level: Level): string {
  const features = ['only constants', 'a variable', 'a prime', 'a temporal operator'] as const;
  return features[level];
}
