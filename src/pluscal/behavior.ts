/** The end of the translation: Terminating, Next, Spec with its fairness, Termination. */
import type { Span } from '../source/text.js';
import type { Expr, OperatorDefinition, Unit } from '../syntax/ast.js';
import type { Algorithm, Label, Procedure, Process, Statement } from '../syntax/pluscalAst.js';
import {
  apply,
  chain,
  conj,
  define,
  index,
  infix,
  name,
  paren,
  prefix,
  quantify,
  set,
  string,
} from './build.js';
import type { TranslationOptions } from './options.js';
import { visitStatements } from './statements.js';

/** What of the translation the shape of the algorithm makes superfluous. */
export interface Shape {
  readonly hasPc: boolean;
  /** Whether the algorithm can finish, so that Terminating and Termination make sense. */
  readonly terminates: boolean;
}

export function terminating(algorithm: Algorithm): Unit {
  const { span } = algorithm;
  const stutter = prefix(span, 'UNCHANGED', name(span, 'vars'));
  const done = allDone(algorithm);
  return define(
    span,
    'Terminating',
    [],
    algorithm.processes.length > 0
      ? conj(span, [done, stutter])
      : infix(span, '/\\', done, stutter),
  );
}

export function termination(algorithm: Algorithm): Unit {
  const { span } = algorithm;
  return define(span, 'Termination', [], prefix(span, '<>', paren(allDone(algorithm))));
}

function allDone({ span, processes }: Algorithm): Expr {
  const pc = name(span, 'pc');
  const done = (at: Expr): Expr => infix(span, '=', at, string(span, 'Done'));
  return processes.length > 0
    ? quantify(span, '\\A', 'self', name(span, 'ProcSet'), done(index(pc, [name(span, 'self')])))
    : done(pc);
}

/** Next of a multiprocess algorithm: single processes, then procedures, then process sets. */
export function nextOfProcesses(algorithm: Algorithm, hasTerminating: boolean): Unit {
  const { span, processes, procedures } = algorithm;
  const self = name(span, 'self');
  const disjuncts: Expr[] = [];
  for (const one of processes) {
    if (one.binding === 'equals') disjuncts.push(name(one.span, one.name.name));
  }
  if (procedures.length > 0) {
    const all = procedures.map((one) => apply(one.span, one.name.name, [self]));
    const ids = name(span, 'ProcSet');
    disjuncts.push(paren(quantify(span, '\\E', 'self', ids, chain(span, '\\/', all))));
  }
  for (const one of processes) {
    if (one.binding === 'equals') continue;
    const action = apply(one.span, one.name.name, [self]);
    disjuncts.push(paren(quantify(one.span, '\\E', 'self', one.id, action)));
  }
  return next(span, disjuncts, hasTerminating);
}

/** Next of a uniprocess algorithm: procedures, then the labels of the main body. */
export function nextOfBody(
  algorithm: Algorithm,
  actions: readonly OperatorDefinition[],
  hasTerminating: boolean,
): Unit {
  const { span, procedures } = algorithm;
  const disjuncts = [
    ...procedures.map((one) => name(one.span, one.name.name)),
    ...actions.map((one) => name(one.span, one.name.name)),
  ];
  return next(span, disjuncts, hasTerminating);
}

function next(span: Span, disjuncts: readonly Expr[], hasTerminating: boolean): Unit {
  const all = hasTerminating ? [...disjuncts, name(span, 'Terminating')] : disjuncts;
  return define(span, 'Next', [], chain(span, '\\/', all));
}

export function specification(algorithm: Algorithm, options: TranslationOptions): Unit {
  const { span } = algorithm;
  const vars = name(span, 'vars');
  const box: Expr = { kind: 'boxAction', span, action: name(span, 'Next'), subscript: vars };
  const safety = infix(span, '/\\', name(span, 'Init'), prefix(span, '[]', box));
  const fairness = fairnessOf(algorithm, options);
  const body = fairness.length === 0 ? safety : conj(span, [safety, ...fairness]);
  return define(span, 'Spec', [], body);
}

function fairnessOf(algorithm: Algorithm, options: TranslationOptions): readonly Expr[] {
  const { span, processes } = algorithm;
  if (options.fairness === 'off') return [];
  const asked = options.fairness;
  // Weak and strong fairness of the only process are both taken as weak fairness of Next.
  const ofNext =
    algorithm.fair || asked === 'next' || (processes.length === 0 && asked !== 'none')
      ? [fair(span, 'WF', name(span, 'Next'))]
      : [];
  return [...ofNext, ...processes.flatMap((one) => processFairness(algorithm, one, options))];
}

function processFairness(
  algorithm: Algorithm,
  process: Process,
  options: TranslationOptions,
): readonly Expr[] {
  const { span } = process;
  const wanted = process.fairness === 'none' ? options.fairness : process.fairness;
  if (wanted !== 'weak' && wanted !== 'strong') return [];
  const strength = wanted === 'weak' ? 'WF' : 'SF';
  const isSet = process.binding === 'in';
  const self = isSet ? name(span, 'self') : process.id;
  const ofBody = fairBody(process, strength, self, isSet ? [self] : []);
  const called = calledProcedures(algorithm, process);
  const all = [...ofBody, ...called.flatMap((one) => fairBody(one, strength, self, [self]))];
  const formula = chain(span, '/\\', all);
  return [isSet ? quantify(span, '\\A', 'self', process.id, formula) : formula];
}

/** Fairness of all steps of a process or procedure, but for labels marked `-`; `+` adds to it. */
function fairBody(
  { span, name: id, body }: Process | Procedure,
  strength: 'WF' | 'SF',
  self: Expr,
  args: readonly Expr[],
): readonly Expr[] {
  const marked = (modifier: Label['modifier']): Label[] => {
    const found: Label[] = [];
    visitStatements(body, ({ label }) => {
      if (label?.modifier === modifier) found.push(label);
    });
    return found;
  };
  const exempt = marked('-').map((label) => string(label.span, label.name));
  const action = apply(span, id.name, args);
  const at = index(name(span, 'pc'), [self]);
  const [only, ...others] = exempt;
  const elsewhere =
    only && others.length === 0
      ? infix(span, '#', at, only)
      : infix(span, '\\notin', at, set(span, exempt));
  const whole = only ? infix(span, '/\\', paren(elsewhere), action) : action;
  const plus = strength === 'WF' ? marked('+') : [];
  return [
    fair(span, strength, whole),
    ...plus.map((label) => fair(label.span, 'SF', apply(label.span, label.name, args))),
  ];
}

function fair(span: Span, strength: 'WF' | 'SF', action: Expr): Expr {
  return { kind: 'fairness', span, strength, subscript: name(span, 'vars'), action };
}

/** The procedures that the process calls: directly, in the order of the text; then indirectly. */
function calledProcedures(algorithm: Algorithm, process: Process): readonly Procedure[] {
  const callees = (body: readonly Statement[]): string[] => {
    const found: string[] = [];
    visitStatements(body, (one) => {
      if (one.kind === 'call') found.push(one.procedure.name);
    });
    return found;
  };
  const byName = new Map(algorithm.procedures.map((one) => [one.name.name, one]));
  const called = new Set(callees(process.body));
  for (const one of called) {
    // What is added here is visited in its turn; the order within is that of the declarations.
    const reached = new Set(callees(byName.get(one)?.body ?? []));
    for (const { name: id } of algorithm.procedures) if (reached.has(id.name)) called.add(id.name);
  }
  return [...called].flatMap((one) => byName.get(one) ?? []);
}
