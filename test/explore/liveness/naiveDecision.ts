/**
 * A second decision procedure, as plain as possible: the tableau of all truth assignments to the
 * temporal subformulas (Manna and Pnueli), its product with the drawn graph, and the greatest fixed
 * point of "each promise can be kept again" (Emerson and Lei 1986). No automaton, no normal form,
 * no components; fairness is a formula like any other.
 */
import type { Formula, TemporalModel } from '../../../src/explore/index.js';

export interface PlainGraph {
  readonly initial: readonly number[];
  /** Staying in a state is possible everywhere and is not listed. */
  readonly steps: readonly {
    readonly from: number;
    readonly to: number;
    readonly atoms: readonly number[];
  }[];
  readonly stateCount: number;
  readonly atomsOf: (state: number) => readonly number[];
  /** The step atoms of which `ENABLED` is true. */
  readonly enabledIn: (state: number) => readonly number[];
}

interface Leaving {
  readonly from: number;
  readonly to: number;
  readonly atoms: readonly number[];
}

interface Node {
  readonly leaving: Leaving;
  readonly truth: readonly boolean[];
}

/** Whether some behavior of the graph satisfies the formula. */
export function isSatisfiable(graph: PlainGraph, formula: Formula, model: TemporalModel): boolean {
  // ENABLED becomes an atom over states, with a number that no other atom has.
  const enabledBase = 1000;
  const plain = withoutFairness(formula, model, enabledBase);
  const temporal: (Formula & { kind: 'always' | 'eventually' })[] = [];
  collect(plain, temporal);
  const value = (one: Formula, node: Node): boolean => {
    switch (one.kind) {
      case 'constant':
        return one.value;
      case 'state': {
        const { from } = node.leaving;
        if (one.atom < enabledBase) return graph.atomsOf(from).includes(one.atom);
        return graph.enabledIn(from).includes(one.atom - enabledBase);
      }
      case 'step':
        return node.leaving.atoms.includes(one.atom);
      case 'not':
        return !value(one.operand, node);
      case 'and':
        return one.operands.every((part) => value(part, node));
      case 'or':
        return one.operands.some((part) => value(part, node));
      case 'fair':
        throw new Error('fairness has been replaced');
      default:
        return node.truth[numberOf(one, temporal)] === true;
    }
  };
  const stays = Array.from({ length: graph.stateCount }, (_, state) => ({
    from: state,
    to: state,
    atoms: [],
  }));
  const all: Node[] = [...graph.steps, ...stays].flatMap((leaving) =>
    Array.from({ length: 2 ** temporal.length }, (_, bits) => ({
      leaving,
      truth: temporal.map((_, i) => ((bits >> i) & 1) === 1),
    })),
  );
  // []P is P and more, and P is enough for <>P: other assignments follow nothing.
  const nodes = all.filter((node) =>
    temporal.every((one, k) => {
      const inner = value(one.operand, node);
      return one.kind === 'always' ? inner || !node.truth[k] : !inner || node.truth[k] === true;
    }),
  );
  const now = nodes.map((node) => temporal.map((one) => value(one.operand, node)));
  const byState = new Map<number, number[]>();
  nodes.forEach(({ leaving }, i) => {
    byState.set(leaving.from, [...(byState.get(leaving.from) ?? []), i]);
  });
  const follows = (i: number, j: number): boolean =>
    temporal.every((one, k) => {
      const [here, later, inner] = [nodes[i]?.truth[k], nodes[j]?.truth[k], now[i]?.[k]];
      return here === (one.kind === 'always' ? inner && later : inner || later);
    });
  const next = nodes.map(({ leaving }, i) =>
    (byState.get(leaving.to) ?? []).filter((j) => follows(i, j)),
  );
  const before: number[][] = nodes.map(() => []);
  next.forEach((all, i) => {
    for (const j of all) before[j]?.push(i);
  });
  // <>P is kept where P holds, and a false []P where P is false.
  const isKept = (k: number, i: number): boolean => {
    const here = nodes[i]?.truth[k];
    return temporal[k]?.kind === 'eventually'
      ? !here || now[i]?.[k] === true
      : here === true || !now[i]?.[k];
  };
  let alive = new Set(nodes.keys());
  for (;;) {
    const size = alive.size;
    for (let k = -1; k < temporal.length; k++) {
      const goal = [...alive].filter((i) => k < 0 || isKept(k, i));
      // Those with a step inside from which the goal can be reached.
      const reaches = new Set(goal);
      for (const i of reaches)
        for (const j of before[i] as number[]) if (alive.has(j)) reaches.add(j);
      alive = new Set([...alive].filter((i) => (next[i] as number[]).some((j) => reaches.has(j))));
    }
    if (alive.size === size) break;
  }
  return [...alive].some((i) => {
    const node = nodes[i] as Node;
    return graph.initial.includes(node.leaving.from) && value(plain, node);
  });
}

function withoutFairness(formula: Formula, model: TemporalModel, enabledBase: number): Formula {
  const inner = (one: Formula) => withoutFairness(one, model, enabledBase);
  switch (formula.kind) {
    case 'fair': {
      const { strength, step } = model.conditions[formula.condition] as {
        strength: string;
        step: number;
      };
      const never: Formula = { kind: 'not', operand: { kind: 'state', atom: enabledBase + step } };
      const again = (operand: Formula): Formula => ({
        kind: 'always',
        operand: { kind: 'eventually', operand },
      });
      const taken = again({ kind: 'step', atom: step });
      if (strength === 'weak') return { kind: 'or', operands: [again(never), taken] };
      const stopped: Formula = { kind: 'eventually', operand: { kind: 'always', operand: never } };
      return { kind: 'or', operands: [stopped, taken] };
    }
    case 'not':
    case 'always':
    case 'eventually':
      return { ...formula, operand: inner(formula.operand) };
    case 'and':
    case 'or':
      return { ...formula, operands: formula.operands.map(inner) };
    default:
      return formula;
  }
}

function collect(formula: Formula, into: Formula[]): void {
  if ('operand' in formula) collect(formula.operand, into);
  if ('operands' in formula) for (const one of formula.operands) collect(one, into);
  if (formula.kind !== 'always' && formula.kind !== 'eventually') return;
  if (numberOf(formula, into) < 0) into.push(formula);
}

/** Equal formulas are one. */
function numberOf(formula: Formula, all: readonly Formula[]): number {
  const text = JSON.stringify(formula);
  return all.findIndex((one) => JSON.stringify(one) === text);
}
