/**
 * Names and arguments inside expressions: every name is declared, no name hides another, every
 * operator has as many arguments as it takes (the rules of SANY's semantic analysis). All mistakes
 * are reported, none stops the check. Names that mean a definition under another name (LOCAL ones,
 * those of an INSTANCE) are noted in a side table for `retarget.ts`.
 */
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import { type Span, span } from '../source/text.js';
import type {
  Bound,
  Expr,
  FunctionDefinition,
  Identifier,
  Infix,
  InstancePrefix,
  Let,
  ModuleDefinition,
  OperatorDefinition,
  Parameter,
  Unit,
} from '../syntax/ast.js';
import { parts, stripParens } from '../syntax/walk.js';
import type { Instance } from './instances.js';
import { countArguments, describe, type Entry, Scope } from './scope.js';
import { type OuterNames, unknownName } from './unknownName.js';

/** What `I(x) == INSTANCE M WITH …` inside a LET defines there; null after a mistake. */
export type LetInstance = (unit: ModuleDefinition, scope: Scope) => Instance | null;

export class NameChecker {
  /** For each name node whose definition is kept under another name: that name. */
  readonly targets = new Map<Expr, string>();
  /** For each LET with an INSTANCE: its units, with the copied definitions in their places. */
  readonly expanded = new Map<Expr, readonly Unit[]>();

  constructor(
    private readonly module: string,
    private readonly outer: OuterNames,
    private readonly report: (one: Diagnostic) => void,
    private readonly instance: LetInstance,
  ) {}

  expression(expr: Expr, scope: Scope, inUpdate = false): void {
    switch (expr.kind) {
      case 'name':
      case 'apply':
        this.reference(expr, scope, inUpdate);
        return;
      case 'prefix':
      case 'postfix':
        this.operator(expr, expr.op, expr.span, 1, scope);
        break;
      case 'infix':
        this.operator(expr, expr.op, symbolSpan(expr), 2, scope);
        break;
      case 'at':
        if (!inUpdate) this.report(diagnose('SEM008', expr.span));
        return;
      case 'lambda':
        this.report(diagnose('SEM010', expr.span));
        this.lambdaBody(expr, scope);
        return;
      case 'let':
        this.let(expr, scope, inUpdate);
        return;
      case 'except':
        this.expression(expr.function, scope, inUpdate);
        for (const update of expr.updates) {
          for (const step of update.path) {
            if (step.kind === 'index') this.all(step.args, scope, inUpdate);
          }
          this.expression(update.value, scope, true);
        }
        return;
      case 'record':
      case 'recordSet':
        this.fieldNames(expr.fields.map((field) => field.name));
        break;
      default:
    }
    for (const part of parts(expr)) {
      const inner = part.names.length > 0 ? this.bind(part.names, scope) : scope;
      this.expression(part.expr, inner, inUpdate);
    }
  }

  /** Parameters and body of a definition whose own name is handled by the caller. */
  definition(unit: OperatorDefinition | FunctionDefinition, scope: Scope): void {
    if (unit.kind === 'operator') {
      this.expression(unit.body, this.parameters(unit.params, scope));
      return;
    }
    // The sets are outside the scope of the function's name; the body is inside.
    this.boundSets(unit.bounds, scope);
    const inner = new Scope(scope);
    inner.add(definitionEntry(unit, this.module));
    const names = unit.bounds.flatMap((bound) => bound.names);
    this.expression(unit.body, this.bind(names, inner));
  }

  /** A scope with the parameters of a definition. */
  parameters(params: readonly Parameter[], scope: Scope): Scope {
    const inner = new Scope(scope);
    for (const param of params) {
      this.addBound(param.name, new Array<number>(param.arity).fill(0), inner);
    }
    return inner;
  }

  /** Whether the name is free in the scope; if not, the clash is reported. */
  isFree(name: Identifier, scope: Scope, code: 'SEM002' | 'SEM003'): boolean {
    const found = scope.find(name.name);
    if (!found) return true;
    const notes = found.span
      ? [{ message: `it is ${describe(found)} here`, span: found.span }]
      : [];
    const holes = { name: name.name, what: describe(found) };
    this.report(diagnose(code, name.span, holes, { notes }));
    return false;
  }

  /** An argument for a parameter that takes `arity` arguments itself (0: a value). */
  argument(arg: Expr, arity: number, index: number, operator: string, scope: Scope): void {
    if (arity === 0) {
      this.expression(arg, scope);
      return;
    }
    const inner = stripParens(arg);
    if (inner.kind === 'lambda' && inner.params.length === arity) {
      this.lambdaBody(inner, scope);
      return;
    }
    if (inner.kind === 'name') {
      const entry = this.lookUp(inner, scope);
      if (!entry) return;
      const rest = entry.parameters.length - prefixArguments(inner.prefix).length;
      if (rest === arity) return;
    } else {
      this.expression(inner, scope);
    }
    const holes = { index, name: operator, arity: countArguments(arity) };
    this.report(diagnose('SEM009', arg.span, holes));
  }

  private all(exprs: readonly Expr[], scope: Scope, inUpdate: boolean): void {
    for (const expr of exprs) this.expression(expr, scope, inUpdate);
  }

  private boundSets(bounds: readonly Bound[], scope: Scope): void {
    for (const bound of bounds) if (bound.set) this.expression(bound.set, scope);
  }

  private lambdaBody(expr: Expr & { readonly kind: 'lambda' }, scope: Scope): void {
    this.expression(expr.body, this.bind(expr.params, scope));
  }

  private bind(names: readonly Identifier[], scope: Scope): Scope {
    const inner = new Scope(scope);
    for (const name of names) this.addBound(name, [], inner);
    return inner;
  }

  private addBound(name: Identifier, parameters: readonly number[], scope: Scope): void {
    this.isFree(name, scope, 'SEM003');
    scope.add({
      name: name.name,
      kind: 'bound',
      parameters,
      span: name.span,
      module: null,
      target: name.name,
      local: false,
    });
  }

  private fieldNames(names: readonly Identifier[]): void {
    const seen = new Set<string>();
    for (const name of names) {
      if (seen.has(name.name)) this.report(diagnose('SEM017', name.span, { name: name.name }));
      seen.add(name.name);
    }
  }

  /** The entry of a name with its instance prefix; reports and gives undefined if there is none. */
  private lookUp(
    expr: Expr & { readonly kind: 'name' | 'apply' },
    scope: Scope,
  ): Entry | undefined {
    const name = expr.kind === 'name' ? expr.name : expr.name.name;
    const path = [...expr.prefix.map((one) => one.name.name), name].join('!');
    const entry = scope.find(path);
    if (entry && entry.kind !== 'instance') {
      if (entry.target !== name || expr.prefix.length > 0) this.targets.set(expr, entry.target);
      return entry;
    }
    const at = expr.kind === 'name' ? expr.span : expr.name.span;
    const first = expr.prefix[0]?.name;
    const missing = first && !scope.find(first.name) ? first : { name: path, span: at };
    this.report(unknownName(missing.name, missing.span, scope, this.outer));
    return undefined;
  }

  private reference(
    expr: Expr & { readonly kind: 'name' | 'apply' },
    scope: Scope,
    inUpdate: boolean,
  ): void {
    const args = [...prefixArguments(expr.prefix), ...(expr.kind === 'apply' ? expr.args : [])];
    const entry = this.lookUp(expr, scope);
    if (!entry) {
      for (const arg of args) if (stripParens(arg).kind !== 'lambda') this.expression(arg, scope);
      return;
    }
    const takes = entry.parameters.length;
    if (takes !== args.length) {
      const given = args.length === 0 ? 'none is given' : `${args.length} given`;
      const verb = args.length === 1 ? 'is' : 'are';
      const holes = {
        name: entry.name,
        arity: countArguments(takes),
        given: args.length === 0 ? given : `${args.length} ${verb} given`,
      };
      const notes = entry.span ? [{ message: 'it is defined here', span: entry.span }] : [];
      this.report(diagnose('SEM004', expr.span, holes, { notes }));
    }
    args.forEach((arg, i) => {
      const arity = entry.parameters[i] ?? 0;
      if (arity === 0) this.expression(arg, scope, inUpdate);
      else this.argument(arg, arity, i + 1, entry.name, scope);
    });
  }

  private operator(expr: Expr, op: string, at: Span, arity: number, scope: Scope): void {
    const entry = scope.find(op);
    if (!entry) this.report(unknownName(op, at, scope, this.outer));
    else if (entry.parameters.length !== arity) {
      const holes = {
        name: op,
        arity: countArguments(entry.parameters.length),
        given: `${arity} ${arity === 1 ? 'is' : 'are'} given`,
      };
      this.report(diagnose('SEM004', at, holes));
    } else if (entry.target !== op) this.targets.set(expr, entry.target);
  }

  private let(expr: Let, outer: Scope, inUpdate: boolean): void {
    const scope = new Scope(outer);
    const announced = new Map<string, Parameter>();
    const units = expr.definitions.flatMap((unit) => this.letUnit(unit, scope, announced));
    if (expr.definitions.some((unit) => !units.includes(unit))) this.expanded.set(expr, units);
    for (const one of announced.values()) this.notDefined(one);
    this.expression(expr.body, scope, inUpdate);
  }

  /** Enters what the unit defines; the result stands in its place. */
  private letUnit(unit: Unit, scope: Scope, announced: Map<string, Parameter>): readonly Unit[] {
    switch (unit.kind) {
      case 'recursive':
        for (const one of unit.declarations) this.announce(one, announced, scope);
        return [unit];
      case 'operator':
      case 'functionDefinition': {
        const promised = announced.get(unit.name.name);
        if (promised) this.fulfil(promised, unit, announced);
        else this.isFree(unit.name, scope, 'SEM002');
        this.definition(unit, scope);
        scope.add(definitionEntry(unit, null));
        return [unit];
      }
      case 'moduleDefinition':
        return this.letInstance(unit, scope);
      default:
        // The grammar of TLA+ has only instances with a name here.
        this.report(diagnose('SEM019', unit.span));
        return [];
    }
  }

  private letInstance(unit: ModuleDefinition, scope: Scope): readonly Unit[] {
    this.isFree(unit.name, scope, 'SEM002');
    const instance = this.instance(unit, scope);
    if (!instance) return [];
    for (const entry of instance.entries) scope.add(entry);
    scope.add(instanceEntry(unit, null));
    return instance.units;
  }

  /** RECURSIVE: the name is in scope from here on, and `announced` remembers the promise. */
  announce(declaration: Parameter, announced: Map<string, Parameter>, scope: Scope): void {
    const { name, arity } = declaration;
    if (!this.isFree(name, scope, 'SEM002')) return;
    announced.set(name.name, declaration);
    scope.add({
      name: name.name,
      kind: 'definition',
      parameters: new Array<number>(arity).fill(0),
      span: name.span,
      module: this.module,
      target: name.name,
      local: false,
    });
  }

  /** The definition of an announced operator. */
  fulfil(
    promised: Parameter,
    unit: OperatorDefinition | FunctionDefinition,
    announced: Map<string, Parameter>,
  ): void {
    announced.delete(unit.name.name);
    const arity = unit.kind === 'operator' ? unit.params.length : 0;
    if (promised.arity === arity) return;
    const holes = {
      name: unit.name.name,
      arity: countArguments(promised.arity),
      other: countArguments(arity),
    };
    const notes = [{ message: 'it is declared here', span: promised.span }];
    this.report(diagnose('SEM012', unit.name.span, holes, { notes }));
  }

  notDefined(declaration: Parameter): void {
    this.report(diagnose('SEM011', declaration.span, { name: declaration.name.name }));
  }
}

/** The entry that a definition makes. */
export function definitionEntry(
  unit: OperatorDefinition | FunctionDefinition,
  module: string | null,
  target = unit.name.name,
): Entry {
  return {
    name: unit.name.name,
    kind: 'definition',
    parameters: unit.kind === 'operator' ? unit.params.map((param) => param.arity) : [],
    span: unit.name.span,
    module,
    target,
    local: unit.local,
  };
}

/** The entry that the name of an instance makes. */
export function instanceEntry(unit: ModuleDefinition, module: string | null): Entry {
  const { name, params, local } = unit;
  return {
    name: name.name,
    kind: 'instance',
    parameters: params.map((param) => param.arity),
    span: name.span,
    module,
    target: name.name,
    local,
  };
}

function prefixArguments(prefix: readonly InstancePrefix[]): readonly Expr[] {
  return prefix.flatMap((one) => one.args);
}

/** The operator's own place, which the tree does not keep: it is between the operands. */
function symbolSpan(expr: Infix): Span {
  const { source, end } = expr.left.span;
  const after = expr.right.span;
  if (after.source !== source || after.start < end) return expr.span;
  const between = source.text.slice(end, after.start);
  const start = end + (between.length - between.trimStart().length);
  const length = /^\S+/.exec(between.trimStart())?.[0].length ?? 0;
  return length > 0 ? span(source, start, start + length) : expr.span;
}
