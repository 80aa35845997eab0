/** The variables of the translation and their initial values: VARIABLES, vars, ProcSet, Init. */
import { fail } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Expr, Node, Unit } from '../syntax/ast.js';
import type { Algorithm, Process, VariableDeclaration } from '../syntax/pluscalAst.js';
import { type ActionContext, inStep } from './actions.js';
import {
  bound,
  chain,
  conj,
  define,
  functionOf,
  identifier,
  infix,
  name,
  paren,
  set,
  string,
  truth,
  tuple,
} from './build.js';
import { needsParentheses } from './parentheses.js';
import { initialOf } from './procedures.js';

export interface Layout {
  /** `pc`, the global variables, `stack`. */
  readonly globals: readonly string[];
  /** Those of procedures (parameters first) and then of processes. */
  readonly locals: readonly string[];
  /** The local variables that are functions on processes. */
  readonly subscripted: ReadonlySet<string>;
}

export function layOut(algorithm: Algorithm, hasPc: boolean): Layout {
  const names = (all: readonly VariableDeclaration[]): string[] => all.map((one) => one.name.name);
  const { procedures, processes } = algorithm;
  const ofProcedures = procedures.flatMap((one) => names([...one.params, ...one.variables]));
  const ofSets = processes.filter((one) => one.binding === 'in').map((one) => one.variables);
  return {
    globals: [
      ...(hasPc ? ['pc'] : []),
      ...names(algorithm.variables),
      ...(procedures.length > 0 ? ['stack'] : []),
    ],
    locals: [...ofProcedures, ...processes.flatMap((one) => names(one.variables))],
    subscripted: new Set(processes.length > 0 ? [...ofProcedures, ...ofSets.flatMap(names)] : []),
  };
}

/** CONSTANT, VARIABLES, the define block in its place, and `vars`. */
export function declare(
  algorithm: Algorithm,
  { globals, locals }: Layout,
  comments: Map<Node, string>,
): Unit[] {
  const { span } = algorithm;
  const variables = (names: readonly string[]): Unit[] =>
    names.length === 0
      ? []
      : [{ kind: 'variables', span, names: names.map((one) => identifier(span, one)) }];
  const all = [...globals, ...locals];
  if (all.length === 0) fail('PCL026', algorithm.name.span);
  const declared = algorithm.define[0]
    ? [...variables(globals), ...algorithm.define, ...variables(locals)]
    : variables(all);
  if (algorithm.define[0]) comments.set(algorithm.define[0], 'define statement');
  const vars = define(
    span,
    'vars',
    [],
    tuple(
      span,
      all.map((one) => name(span, one)),
    ),
  );
  return [...defaultInitValue(algorithm), ...declared, vars];
}

function defaultInitValue({ span, variables, procedures, processes }: Algorithm): Unit[] {
  const all = [
    variables,
    ...procedures.flatMap((one) => [one.params, one.variables]),
    ...processes.map((one) => one.variables),
  ].flat();
  if (all.every((one) => one.initial)) return [];
  const id = identifier(span, 'defaultInitValue');
  return [{ kind: 'constants', span, declarations: [{ span, name: id, arity: 0 }] }];
}

/** The set of all process ids. */
export function processSet({ span, processes }: Algorithm): Unit {
  const parts = processes.map((one) =>
    one.binding === 'in' ? paren(one.id) : set(one.id.span, [one.id]),
  );
  return define(span, 'ProcSet', [], chain(span, '\\cup', parts));
}

export function initialPredicate(
  algorithm: Algorithm,
  context: ActionContext,
  hasPc: boolean,
  comments: Map<Node, string>,
): Unit {
  const { span, variables, procedures, processes } = algorithm;
  const multi = processes.length > 0;
  const items: Expr[] = [];
  const group = (title: string, conjuncts: readonly Expr[]): void => {
    if (conjuncts[0]) comments.set(conjuncts[0], title);
    items.push(...conjuncts);
  };
  group('Global variables', variables.map(plainInitial));
  for (const one of procedures) {
    const initial = multi
      ? (declaration: VariableDeclaration) =>
          onProcesses(declaration, name(declaration.span, 'ProcSet'), context)
      : plainInitial;
    group(`Procedure ${one.name.name}`, [...one.params, ...one.variables].map(initial));
  }
  for (const one of processes) {
    const initials = one.variables.map((declaration) => processInitial(declaration, one, context));
    group(`Process ${one.name.name}`, initials);
  }
  if (procedures.length > 0) {
    const empty = tuple(span, []);
    items.push(infix(span, '=', name(span, 'stack'), multi ? onAll(span, empty) : empty));
  }
  if (hasPc) items.push(infix(span, '=', name(span, 'pc'), firstLabels(algorithm)));
  return define(span, 'Init', [], conj(span, items));
}

/** `v = e` or `v \in S`, in parentheses where the official translator puts them. */
function plainInitial(declaration: VariableDeclaration): Expr {
  const value = initialOf(declaration);
  return relate(declaration, needsParentheses(value) ? paren(value) : value);
}

function relate(declaration: VariableDeclaration, value: Expr): Expr {
  const op = declaration.initial?.kind === 'in' ? '\\in' : '=';
  return infix(declaration.span, op, name(declaration.name.span, declaration.name.name), value);
}

function processInitial(
  declaration: VariableDeclaration,
  process: Process,
  context: ActionContext,
): Expr {
  const { span } = declaration;
  if (process.binding === 'equals') return relate(declaration, initialOf(declaration));
  if (declaration.initial?.kind !== 'in') return onProcesses(declaration, process.id, context);
  // An earlier variable in the set is taken at an arbitrary process, as the official one does.
  const anyProcess = (at: Span): Expr => ({
    kind: 'choose',
    span: at,
    bound: bound(at, 'self', process.id),
    body: truth(at),
  });
  const range = inStep(
    declaration.initial.value,
    { ...context, self: anyProcess },
    new Set(),
    new Set(),
  );
  return relate(declaration, { kind: 'functionSet', span, domain: process.id, range });
}

/** `v = [self \in ids |-> e]` */
function onProcesses(declaration: VariableDeclaration, ids: Expr, context: ActionContext): Expr {
  const bySelf = { ...context, self: (at: Span) => name(at, 'self') };
  const value = inStep(initialOf(declaration), bySelf, new Set(), new Set());
  return infix(
    declaration.span,
    '=',
    name(declaration.name.span, declaration.name.name),
    functionOf(declaration.span, 'self', ids, value),
  );
}

const onAll = (span: Span, value: Expr): Expr =>
  functionOf(span, 'self', name(span, 'ProcSet'), value);

function firstLabels({ span, processes, body }: Algorithm): Expr {
  const first = (statements: Algorithm['body']): Expr => {
    const label = statements[0]?.label;
    if (!label) throw new Error('a body without a first label');
    return string(label.span, label.name);
  };
  const [only, ...others] = processes;
  if (!only) return first(body);
  if (others.length === 0) return onAll(span, first(only.body));
  const arms = processes.map((one) => {
    const isOf = infix(
      one.span,
      one.binding === 'in' ? '\\in' : '=',
      name(one.span, 'self'),
      one.id,
    );
    return { span: one.span, guard: isOf, value: first(one.body) };
  });
  return onAll(span, { kind: 'case', span, arms, other: null });
}
