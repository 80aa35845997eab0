/**
 * What the control flow becomes: labelled steps. Each label is one step; `while`, `goto`, `call`,
 * `return` and falling through become assignments to `pc` and `stack`; what is left inside a step
 * are assignments, tests and choices. The shapes and the order are the official translator's.
 */
import type { Span } from '../source/text.js';
import type { Expr } from '../syntax/ast.js';
import type { Assignment, Label, Statement } from '../syntax/pluscalAst.js';

/** A statement within a step: nothing here moves control except assignments to `pc`. */
export type Flat =
  | { readonly kind: 'guard'; readonly span: Span; readonly condition: Expr }
  | {
      readonly kind: 'assert';
      readonly span: Span;
      readonly condition: Expr;
      readonly message: string;
    }
  | { readonly kind: 'print'; readonly span: Span; readonly value: Expr }
  | { readonly kind: 'skip'; readonly span: Span }
  | { readonly kind: 'assign'; readonly span: Span; readonly assignments: readonly Assignment[] }
  | {
      readonly kind: 'if';
      readonly span: Span;
      readonly condition: Expr;
      readonly then: readonly Flat[];
      readonly else: readonly Flat[];
    }
  | {
      readonly kind: 'either';
      readonly span: Span;
      readonly branches: readonly (readonly Flat[])[];
    }
  | {
      readonly kind: 'with';
      readonly span: Span;
      readonly name: string;
      readonly binding: 'equals' | 'in';
      readonly value: Expr;
      readonly body: readonly Flat[];
    };

/** One label with everything up to the next: one action. */
export interface Step {
  readonly label: Label;
  readonly span: Span;
  readonly statements: readonly Flat[];
}

/** What the statements of one process or procedure need to know of the algorithm around them. */
export interface StepContext {
  /** False where the algorithm needs no `pc` at all. */
  readonly hasPc: boolean;
  /** `pc = "label"`, in the form that the process needs. */
  atLabel(span: Span, label: string): Expr;
  call(statement: Extract<Statement, { kind: 'call' }>, returnTo: string): readonly Flat[];
  /** `call` directly followed by `return`. */
  tailCall(statement: Extract<Statement, { kind: 'call' }>): readonly Flat[];
  return(statement: Extract<Statement, { kind: 'return' }>): readonly Flat[];
  /** Called for statements that no step can reach. */
  unreachable(statement: Statement): void;
}

/** `pc := "label"` */
export function jump(span: Span, label: string): Flat {
  const value: Expr = { kind: 'string', span, value: label };
  const assignment = { span, variable: { span, name: 'pc' }, path: [], value };
  return { kind: 'assign', span, assignments: [assignment] };
}

/** The steps of a body whose labels are complete; control goes to `end` after the last one. */
export function makeSteps(
  body: readonly Statement[],
  end: string,
  context: StepContext,
): readonly Step[] {
  return new Steps(context).labelled(body, end);
}

/** A flattened sequence: what is in the step itself, and the steps that begin inside it. */
interface Flattened {
  readonly statements: readonly Flat[];
  readonly inner: readonly Step[];
  /** Whether control still has to be sent to the next label. */
  readonly fallsThrough: boolean;
}

class Steps {
  constructor(private readonly context: StepContext) {}

  /** A sequence that begins with a label, as the steps it makes, in order. */
  labelled(statements: readonly Statement[], end: string): readonly Step[] {
    const groups = splitAtLabels(statements).labelled;
    return groups.flatMap((group, i) => this.step(group, groups[i + 1]?.label.name ?? end));
  }

  private step({ label, statements }: LabelledGroup, next: string): readonly Step[] {
    const [first, ...rest] = statements;
    if (!first) throw new Error(`the label ${label.name} has no statement`);
    const flat =
      first.kind === 'while'
        ? this.while(first, label, rest, next)
        : this.closed(statements, next, first.span);
    const guard: Flat[] = this.context.hasPc
      ? [
          {
            kind: 'guard',
            span: label.span,
            condition: this.context.atLabel(label.span, label.name),
          },
        ]
      : [];
    return [
      { label, span: shownAt(first), statements: [...guard, ...flat.statements] },
      ...flat.inner,
    ];
  }

  private while(
    loop: Extract<Statement, { kind: 'while' }>,
    label: Label,
    rest: readonly Statement[],
    next: string,
  ): Flattened {
    const { unlabelled, labelled } = splitAtLabels(loop.body);
    const body = this.closed(unlabelled, labelled[0]?.label.name ?? label.name, loop.span);
    const steps = labelled.flatMap((group, i) =>
      this.step(group, labelled[i + 1]?.label.name ?? label.name),
    );
    if (isTrue(loop.condition)) {
      if (rest[0]) this.context.unreachable(rest[0]);
      return { ...body, inner: [...steps, ...body.inner] };
    }
    const after = this.closed(rest, next, loop.span);
    const test: Flat = {
      kind: 'if',
      span: loop.span,
      condition: loop.condition,
      // biome-ignore lint/suspicious/noThenProperty: the tree's own word, never awaited.
      then: body.statements,
      else: after.statements,
    };
    return {
      statements: [test],
      inner: [...steps, ...body.inner, ...after.inner],
      fallsThrough: false,
    };
  }

  /** As `open`, with the jump to `next` added if control falls through. */
  private closed(statements: readonly Statement[], next: string, around: Span): Flattened {
    const flat = this.open(statements, next);
    return flat.fallsThrough && this.context.hasPc
      ? withJump(flat, statements, next, around)
      : flat;
  }

  /** Flattens unlabelled statements; only the last can move control (the label rules see to it). */
  private open(statements: readonly Statement[], next: string): Flattened {
    const result: Flat[] = [];
    for (const [i, statement] of statements.entries()) {
      const following = statements[i + 1];
      if (statement.kind === 'call' && following?.kind === 'return') {
        result.push(...this.context.tailCall(statement));
        return { statements: result, inner: [], fallsThrough: false };
      }
      if (statement.kind === 'call' && following?.kind === 'goto') {
        result.push(...this.context.call(statement, following.target.name));
        return { statements: result, inner: [], fallsThrough: false };
      }
      const flat = this.statement(statement, next, following === undefined);
      result.push(...flat.statements);
      if (following === undefined) return { ...flat, statements: result };
    }
    return { statements: result, inner: [], fallsThrough: true };
  }

  private statement(statement: Statement, next: string, isLast: boolean): Flattened {
    const { span } = statement;
    const plain = (one: Flat): Flattened => ({ statements: [one], inner: [], fallsThrough: true });
    const moved = (all: readonly Flat[]): Flattened => ({
      statements: all,
      inner: [],
      fallsThrough: false,
    });
    switch (statement.kind) {
      case 'assign':
      case 'print':
        return plain(statement);
      case 'skip':
        return plain({ kind: 'skip', span });
      case 'await':
        return plain({ kind: 'guard', span, condition: statement.condition });
      case 'assert':
        return plain({ ...statement, message: assertMessage(statement) });
      case 'goto':
        return moved([jump(span, statement.target.name)]);
      case 'call':
        return moved(this.context.call(statement, next));
      case 'return':
        return moved(this.context.return(statement));
      case 'with': {
        const body = this.open(statement.body, next);
        const name = statement.name.name;
        return { ...body, statements: [{ ...statement, name, body: body.statements }] };
      }
      case 'if':
        return this.if(statement, next, isLast);
      case 'either':
        return this.either(statement, next, isLast);
      default:
        // `while` begins a step, and macros are gone.
        throw new Error(`${statement.kind} inside a step`);
    }
  }

  private if(
    statement: Extract<Statement, { kind: 'if' }>,
    next: string,
    isLast: boolean,
  ): Flattened {
    const branches = this.branches(statement, [statement.then, statement.else], next, isLast);
    const [then, otherwise] = branches.bodies;
    const flat: Flat = {
      kind: 'if',
      span: statement.span,
      condition: statement.condition,
      // biome-ignore lint/suspicious/noThenProperty: the tree's own word, never awaited.
      then: then ?? [],
      else: otherwise ?? [],
    };
    return { statements: [flat], inner: branches.inner, fallsThrough: branches.fallsThrough };
  }

  private either(
    statement: Extract<Statement, { kind: 'either' }>,
    next: string,
    isLast: boolean,
  ): Flattened {
    const { bodies, inner, fallsThrough } = this.branches(
      statement,
      statement.branches,
      next,
      isLast,
      // The official order of inner steps: of `if` first those behind labels, of `either` last.
      'nestedFirst',
    );
    const flat: Flat = { kind: 'either', span: statement.span, branches: bodies };
    return { statements: [flat], inner, fallsThrough };
  }

  /**
   * Branches of one statement. If none moves control, one jump after the statement is enough;
   * otherwise each branch gets its own.
   */
  private branches(
    around: Statement,
    branches: readonly (readonly Statement[])[],
    next: string,
    isLast: boolean,
    order: 'labelledFirst' | 'nestedFirst' = 'labelledFirst',
  ): { bodies: (readonly Flat[])[]; inner: readonly Step[]; fallsThrough: boolean } {
    const parts = branches.map((branch) => {
      const { unlabelled, labelled } = splitAtLabels(branch);
      const target = labelled[0]?.label.name ?? next;
      return { unlabelled, labelled, target, flat: this.open(unlabelled, target) };
    });
    const stays = parts.every((one) => one.labelled.length === 0 && one.flat.fallsThrough);
    if (!stays && !isLast) throw new Error('control moves in the middle of a step');
    const bodies = parts.map(({ unlabelled, target, flat }) =>
      stays || !flat.fallsThrough || !this.context.hasPc
        ? flat.statements
        : withJump(flat, unlabelled, target, around.span).statements,
    );
    const nested = parts.map((one) => one.flat.inner);
    const behind = parts.map((one) =>
      one.labelled.flatMap((group, i) => this.step(group, one.labelled[i + 1]?.label.name ?? next)),
    );
    const inner =
      order === 'nestedFirst'
        ? parts.flatMap((_, i) => [...(nested[i] ?? []), ...(behind[i] ?? [])])
        : [...behind.flat(), ...nested.flat()];
    return { bodies, inner, fallsThrough: stays };
  }
}

/** The jump belongs to the last statement before it; `around` is for where there is none. */
function withJump(
  flat: Flattened,
  statements: readonly Statement[],
  next: string,
  around: Span,
): Flattened {
  const span = statements.at(-1)?.span ?? around;
  return { ...flat, statements: [...flat.statements, jump(span, next)], fallsThrough: false };
}

interface LabelledGroup {
  readonly label: Label;
  readonly statements: readonly Statement[];
}

/** The statements before the first label, and each label with the statements up to the next. */
export function splitAtLabels(statements: readonly Statement[]): {
  readonly unlabelled: readonly Statement[];
  readonly labelled: readonly LabelledGroup[];
} {
  const unlabelled: Statement[] = [];
  const labelled: { label: Label; statements: Statement[] }[] = [];
  for (const one of statements) {
    const last = labelled.at(-1);
    if (one.label) labelled.push({ label: one.label, statements: [one] });
    else (last?.statements ?? unlabelled).push(one);
  }
  return { unlabelled, labelled };
}

/** `TRUE` or `(TRUE)`: a loop that does not end. */
export function isTrue(condition: Expr): boolean {
  const inner = condition.kind === 'paren' ? condition.inner : condition;
  return inner.kind === 'boolean' && inner.value;
}

function assertMessage(statement: Extract<Statement, { kind: 'assert' }>): string {
  const { span, macroCall } = statement;
  const at = position(span);
  const from = macroCall ? ` of macro called at ${position(macroCall)}` : '';
  return `Failure of assertion at ${at}${from}.`;
}

function position(span: Span): string {
  const { line, column } = span.source.position(span.start);
  return `line ${line}, column ${column}`;
}

/** Where a person looks for a step: a macro's call, and what an endless loop does first. */
function shownAt(first: Statement): Span {
  const inner = first.kind === 'while' && isTrue(first.condition) ? first.body[0] : undefined;
  return inner === undefined ? (first.macroCall ?? first.span) : shownAt(inner);
}
