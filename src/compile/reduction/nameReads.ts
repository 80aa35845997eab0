/**
 * What is read where a name stands, or an operator is applied: definitions are entered, with their
 * arguments bound; recursive ones are looked at once, with arguments that may be anything.
 */
import type { Bound, Expr } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import { nameOf } from '../analysis.js';
import { local } from '../code.js';
import { type Binding, bind, type Closure, type Context, enter } from '../context.js';
import { bindingOf, outermost } from '../expressions/names.js';
import type { Layout, Slots } from '../layout.js';
import type { ReadSet } from './readSet.js';

/** Who looks at the expressions that names lead to. */
export interface Reader {
  readonly layout: Layout;
  readonly into: ReadSet;
  visit(expr: Expr, context: Context): void;
  /** What is not understood may see all of the state. */
  everything(): void;
  loops(bounds: readonly Bound[], context: Context, inside: (context: Context) => void): void;
}

export class NameReads {
  /** Recursive definitions that are being looked at, or have been. */
  private readonly recursive = new Set<string>();

  constructor(private readonly reader: Reader) {}

  visit(name: string, args: readonly Expr[], context: Context): void {
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
        this.reader.loops(definition.bounds, own, (inner) =>
          this.reader.visit(definition.body, inner),
        );
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
        this.once(name, () => this.reader.visit(body, bind(home, bindings)));
        return;
      }
      this.reader.visit(body, bind(home, parameters(params, args, context)));
    } else if (specification.variables.some((variable) => variable.name === name)) {
      this.reader.into.addSlots(this.reader.layout.variables.get(name) as Slots);
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
        this.reader.visit(binding.closure.expr, enter(binding.closure, context));
        break;
      case 'alias':
        this.arguments(args, context);
        this.operatorArgument(binding.closure, context);
        break;
      case 'operator': {
        const { params, body } = binding.definition;
        const home = primedAs(binding.context(), context);
        this.reader.visit(body, bind(home, parameters(params, args, context)));
        break;
      }
      case 'function':
        throw new Error('a compiled operator argument outside of compiled code');
    }
  }

  /** Arguments that something is made of, operators among them. */
  private arguments(args: readonly Expr[], context: Context): void {
    for (const expr of args) {
      const inner = stripParens(expr);
      if (inner.kind === 'lambda' || this.isOperator(inner, context)) {
        this.operatorArgument({ expr: inner, context }, context);
      } else {
        this.reader.visit(expr, context);
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
      this.reader.visit(expr.body, bind(home, names));
      return;
    }
    if (expr.kind !== 'name') {
      this.reader.everything();
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
      if (arity > 0) this.reader.everything();
      return [param, unknown(param, context)] as const;
    });
    const look = () => this.reader.visit(definition.body, bind(primedAs(around, home), bindings));
    if (analysis.isRecursive(definition)) this.once(name, look);
    else look();
  }
}

/** The context with variables read as in the other, where that reads their next values. */
function primedAs(context: Context, other: Context): Context {
  return { ...context, primed: context.primed || other.primed };
}

/** A bound name of which nothing is known. */
export function unknown(name: string, { unit }: Context): Binding {
  return { kind: 'code', code: local(unit.local(name), 'any') };
}

/** Binds the parameters of a definition that is entered. */
export function parameters(
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
