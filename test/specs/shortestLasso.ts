/**
 * The length of a shortest fair lasso that violates `from ~> to`, by trying every state as the one
 * where the cycle begins: breadth first over states and the set of processes that are satisfied.
 */
import { type Edge, edgesOf, type FairModel, type LeadsTo } from './fairCycles.js';

interface Visit {
  readonly state: number;
  /** A bit for each process that has taken a step in the cycle, or could not in one of its states. */
  readonly done: number;
}

/** States of prefix and cycle together; null where there is no lasso. */
export function shortestLasso(fair: FairModel, { from, to }: LeadsTo): number | null {
  const edges = edgesOf(fair);
  const names = new Set(edges.flat().flatMap(({ process }) => process ?? []));
  const bits = new Map([...names].map((name, i) => [name, 1 << i]));
  const idle = edges.map((out) => {
    const able = new Set(out.map(({ process }) => process));
    return [...bits].reduce((sum, [name, bit]) => (able.has(name) ? sum : sum | bit), 0);
  });
  const bitOf = ({ process }: Edge) => (process === null ? 0 : (bits.get(process) as number));
  const all = (1 << bits.size) - 1;

  /** Steps of a shortest fair cycle through the state, none of its states in `to`. */
  const cycle = (start: number, below: number): number | null => {
    let level: Visit[] = [{ state: start, done: idle[start] as number }];
    const seen = new Set<number>();
    for (let steps = 1; level.length > 0 && steps < below; steps += 1) {
      const next: Visit[] = [];
      for (const { state, done } of level) {
        for (const edge of edges[state] ?? []) {
          if (to(edge.to)) continue;
          const visit = { state: edge.to, done: done | bitOf(edge) | (idle[edge.to] as number) };
          if (visit.state === start && visit.done === all) return steps;
          const key = visit.state * (all + 1) + visit.done;
          if (!seen.has(key)) next.push(visit);
          seen.add(key);
        }
      }
      level = next;
    }
    return null;
  };

  let best: number | null = null;
  for (const { state, depth } of pendingStates(edges, { from, to })) {
    if (best !== null && depth >= best) break;
    const prefix = depth - 1;
    const length = cycle(state, best === null ? Number.POSITIVE_INFINITY : best - prefix);
    if (length !== null) best = prefix + length;
  }
  return best;
}

/** States in which `to` is owed, by the length of a shortest way there; the initial state has 1. */
function* pendingStates(
  edges: readonly Edge[][],
  { from, to }: LeadsTo,
): Generator<{ readonly state: number; readonly depth: number }> {
  const seen = new Set<string>();
  const enter = (state: number, isOwed: boolean) => {
    const owed = !to(state) && (isOwed || from(state));
    // Whoever does not owe anything yet may also come to owe it by a later visit.
    const kinds = owed && !isOwed ? [true, false] : [owed];
    return kinds.flatMap((kind) => {
      const key = `${state} ${kind}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ state, owed: kind }];
    });
  };
  let level = enter(0, false);
  for (let depth = 1; level.length > 0; depth += 1) {
    for (const { state, owed } of level) if (owed) yield { state, depth };
    level = level.flatMap(({ state, owed }) =>
      (edges[state] ?? []).flatMap((edge) => enter(edge.to, owed)),
    );
  }
}
