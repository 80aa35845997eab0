/**
 * What calls and returns do within one step: they push and pop frames of `stack`, and set and
 * restore the variables of the procedure. The frame saves the old values, so recursion works. The
 * quirks of a call that is directly followed by return are the official translator's: it replaces
 * the frame, restores the caller's local variables and not its parameters, and leaves the stack
 * alone if the procedure calls itself.
 */
import type { Span } from '../source/text.js';
import type { Expr } from '../syntax/ast.js';
import type { Assignment, Call, Procedure, VariableDeclaration } from '../syntax/pluscalAst.js';
import { apply, field, index, infix, name, record, string, tuple } from './build.js';
import { type Flat, jump } from './steps.js';

export class Calls {
  constructor(
    private readonly procedures: readonly Procedure[],
    /** The procedure whose body the statements are in. */
    private readonly current: Procedure | null,
    private readonly self: ((at: Span) => Expr) | null,
  ) {}

  call(call: Call, returnTo: string): readonly Flat[] {
    const procedure = this.procedure(call);
    const push = this.push(call, procedure, string(call.span, returnTo), this.stack(call.span));
    return [
      assign(call.span, [push, ...parameters(call, procedure)]),
      ...this.enter(call, procedure),
    ];
  }

  tailCall(call: Call): readonly Flat[] {
    const { current } = this;
    if (!current) throw new Error('a tail call outside procedures was not refused');
    const procedure = this.procedure(call);
    const set = [...parameters(call, procedure)];
    if (current.name.name !== procedure.name.name) {
      const returnTo = field(this.head(call.span), 'pc');
      const rest = apply(call.span, 'Tail', [this.stack(call.span)]);
      set.unshift(this.push(call, procedure, returnTo, rest));
      set.unshift(...current.variables.map((one) => this.restore(call.span, one)));
    }
    const first = set.length > 0 ? [assign(call.span, set)] : [];
    return [...first, ...this.enter(call, procedure)];
  }

  return(span: Span): readonly Flat[] {
    const { current } = this;
    if (!current) throw new Error('a return outside procedures was not refused');
    const restored = [...current.variables, ...current.params];
    return [
      assign(span, [set(span, 'pc', field(this.head(span), 'pc'))]),
      ...restored.map((one) => assign(span, [this.restore(span, one)])),
      assign(span, [set(span, 'stack', apply(span, 'Tail', [this.stack(span)]))]),
    ];
  }

  private procedure(call: Call): Procedure {
    const wanted = call.procedure.name;
    const found = this.procedures.find((one) => one.name.name === wanted);
    if (!found) throw new Error(`a call of the unknown procedure ${wanted} was not refused`);
    return found;
  }

  /** Local variables get their initial values one after the other, then control moves. */
  private enter(call: Call, procedure: Procedure): readonly Flat[] {
    const { span } = call;
    const entry = procedure.body[0]?.label;
    if (!entry) throw new Error(`procedure ${procedure.name.name} has no first label`);
    return [
      ...procedure.variables.map((one) => assign(span, [set(span, one.name.name, initialOf(one))])),
      jump(span, entry.name),
    ];
  }

  private push(call: Call, procedure: Procedure, returnTo: Expr, rest: Expr): Assignment {
    const { span } = call;
    const saved = [...procedure.variables, ...procedure.params].map((one): [string, Expr] => [
      one.name.name,
      name(span, one.name.name),
    ]);
    const frame = record(span, [
      ['procedure', string(span, procedure.name.name)],
      ['pc', returnTo],
      ...saved,
    ]);
    return set(span, 'stack', infix(span, '\\o', tuple(span, [frame]), rest));
  }

  private restore(span: Span, { name: variable }: VariableDeclaration): Assignment {
    return set(span, variable.name, field(this.head(span), variable.name));
  }

  private head(span: Span): Expr {
    return apply(span, 'Head', [this.stack(span)]);
  }

  private stack(span: Span): Expr {
    const stack = name(span, 'stack');
    return this.self ? index(stack, [this.self(span)]) : stack;
  }
}

/** What a variable is at the start; `defaultInitValue` where the algorithm does not say. */
export function initialOf(declaration: VariableDeclaration): Expr {
  return declaration.initial?.value ?? name(declaration.name.span, 'defaultInitValue');
}

function parameters(call: Call, procedure: Procedure): readonly Assignment[] {
  return procedure.params.map((param, i) => set(call.span, param.name.name, call.args[i] as Expr));
}

function set(span: Span, variable: string, value: Expr): Assignment {
  return { span, variable: { span, name: variable }, path: [], value };
}

function assign(span: Span, assignments: readonly Assignment[]): Flat {
  return { kind: 'assign', span, assignments };
}
