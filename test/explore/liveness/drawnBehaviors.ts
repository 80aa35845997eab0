/**
 * Drawn graphs with atoms and fairness, and formulas as text: `[]`, `<>`, `~`, `/\`, `\/`, `=>`,
 * `~>`, names of atoms over states, `<a>` for the atom over steps a, `WF(a)` and `SF(a)`.
 */
import {
  explore,
  type Formula,
  LivenessCheck,
  type LivenessViolation,
  type Model,
  type SearchResult,
  type TemporalModel,
} from '../../../src/explore/index.js';
import { drawnToy, type Toy, toyModel } from '../toyModels.js';

export interface DrawnAtoms {
  /** The states in which each holds. */
  readonly states?: Readonly<Record<string, readonly number[]>>;
  /** The actions that decide each atom over steps. */
  readonly actions?: Readonly<Record<string, readonly number[]>>;
  /** Atoms over steps that are evaluated: the pairs of states, as `'1 2'`. */
  readonly steps?: Readonly<Record<string, readonly string[]>>;
}

export interface Drawing extends DrawnAtoms {
  readonly paths: readonly string[];
  readonly assume?: string;
  readonly toy?: Omit<Toy, 'initial' | 'next'>;
}

export interface Decided {
  readonly violation: LivenessViolation | null;
  readonly search: SearchResult;
  readonly temporal: TemporalModel;
}

/** The temporal part of a model whose states have one slot. */
export function temporalOf(
  { states = {}, actions = {}, steps = {} }: DrawnAtoms,
  assume: string,
  properties: readonly string[],
): TemporalModel {
  const stateNames = Object.keys(states);
  const stepNames = [...Object.keys(actions), ...Object.keys(steps)];
  const conditions: { strength: 'weak' | 'strong'; step: number; enabled: number | null }[] = [];
  const fair = (strength: 'weak' | 'strong', name: string): number => {
    const step = stepNames.indexOf(name);
    const known = conditions.findIndex((one) => one.strength === strength && one.step === step);
    if (known >= 0) return known;
    // Where an atom over states says that it is enabled, that counts.
    const told = stateNames.indexOf(`${name}Enabled`);
    return conditions.push({ strength, step, enabled: told < 0 ? null : told }) - 1;
  };
  const read = (text: string) => parseFormula(text, stateNames, stepNames, fair);
  const assumption = read(assume);
  const formulas = properties.map((text) => ({ name: text, formula: read(text) }));
  const holdsIn = Object.values(states).map((all) => new Set(all));
  const pairs = Object.values(steps).map((all) => new Set(all));
  return {
    stateAtomCount: stateNames.length,
    stateAtoms(state, bits) {
      holdsIn.forEach((all, i) => {
        if (all.has(state[0] as number)) set(bits, i);
      });
    },
    stepAtoms: [
      ...Object.values(actions).map((all) => {
        return { kind: 'actions', actions: all, guards: [], change: null } as const;
      }),
      ...Object.values(steps).map(() => ({ kind: 'evaluated' }) as const),
    ],
    evaluateStep(from, to, bits) {
      pairs.forEach((all, i) => {
        if (all.has(`${from[0]} ${to[0]}`)) set(bits, Object.keys(actions).length + i);
      });
    },
    conditions,
    assumption,
    properties: formulas,
  };
}

function set(bits: Int32Array, atom: number): void {
  bits[atom >>> 5] = (bits[atom >>> 5] as number) | (1 << (atom & 31));
}

/** Explores the drawing and decides one formula, in pieces of the given size. */
export function decide(drawing: Drawing, property: string, piece = 1000): Decided {
  const model = toyModel(drawnToy(drawing.paths, drawing.toy));
  const temporal = temporalOf(drawing, drawing.assume ?? 'TRUE', [property]);
  return { ...decideModel(model, temporal, piece), temporal };
}

export function decideModel(
  model: Model,
  temporal: TemporalModel,
  piece = 1000,
): { readonly violation: LivenessViolation | null; readonly search: SearchResult } {
  const search = explore(model, { checkDeadlock: false });
  const check = new LivenessCheck(model, temporal, search);
  for (let count = 0; check.advance(piece); count++) {
    if (count > 1_000_000) throw new Error('it does not end');
  }
  const { violations, failure, stopped } = check.result();
  if (failure !== null || stopped !== null) throw new Error('no answer');
  return { violation: violations[0] ?? null, search };
}

/** `1 2 (3 4)`: the states of the lasso, its cycle in parentheses; `holds` where there is none. */
export function shown({ violation, search }: Pick<Decided, 'violation' | 'search'>): string {
  if (violation === null) return 'holds';
  const codes = violation.states.map((state) => search.stateAt(state)[0] as number);
  const prefix = codes.slice(0, violation.loop);
  return [...prefix, `(${codes.slice(violation.loop).join(' ')})`].join(' ');
}

type FairnessNumber = (strength: 'weak' | 'strong', name: string) => number;

export function parseFormula(
  text: string,
  stateNames: readonly string[],
  stepNames: readonly string[],
  fair: FairnessNumber,
): Formula {
  const tokens = text.match(/\[\]|<>|~>|=>|\/\\|\\\/|<\w+>|[WS]F\(\w+\)|\w+|[~()]/g) ?? [];
  let at = 0;
  const numbered = (names: readonly string[], name: string): number => {
    const number = names.indexOf(name);
    if (number < 0) throw new Error(`no atom ${name} in ${text}`);
    return number;
  };
  const unary = (): Formula => {
    const token = tokens[at++];
    if (token === undefined) throw new Error(`${text} ends too early`);
    if (token === '~') return { kind: 'not', operand: unary() };
    if (token === '[]') return { kind: 'always', operand: unary() };
    if (token === '<>') return { kind: 'eventually', operand: unary() };
    if (token === '(') {
      const inner = implication();
      if (tokens[at++] !== ')') throw new Error(`no ) in ${text}`);
      return inner;
    }
    if (token === 'TRUE' || token === 'FALSE') return { kind: 'constant', value: token === 'TRUE' };
    const fairness = /^([WS])F\((\w+)\)$/.exec(token);
    if (fairness !== null) {
      const strength = fairness[1] === 'W' ? 'weak' : 'strong';
      return { kind: 'fair', condition: fair(strength, fairness[2] as string) };
    }
    if (token.startsWith('<')) {
      return { kind: 'step', atom: numbered(stepNames, token.slice(1, -1)) };
    }
    return { kind: 'state', atom: numbered(stateNames, token) };
  };
  const joined = (op: string, kind: 'and' | 'or', inner: () => Formula): Formula => {
    const operands = [inner()];
    while (tokens[at] === op) {
      at++;
      operands.push(inner());
    }
    return operands.length === 1 ? (operands[0] as Formula) : { kind, operands };
  };
  const disjunction = () => joined('\\/', 'or', () => joined('/\\', 'and', unary));
  const implication = (): Formula => {
    const left = disjunction();
    const op = tokens[at];
    if (op !== '=>' && op !== '~>') return left;
    at++;
    const right = implication();
    const not: Formula = { kind: 'not', operand: left };
    if (op === '=>') return { kind: 'or', operands: [not, right] };
    const later: Formula = { kind: 'eventually', operand: right };
    return { kind: 'always', operand: { kind: 'or', operands: [not, later] } };
  };
  const formula = implication();
  if (at !== tokens.length) throw new Error(`${text}: ${tokens.slice(at).join(' ')} is left`);
  return formula;
}
