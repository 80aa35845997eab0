/**
 * Leads-to under weak fairness, decided naively on all states of a model: `from ~> to` is violated
 * exactly if a state where `from` holds and `to` does not leads, without `to`, into a strongly
 * connected part without `to`, in which every process that must go on does so or cannot. (A cycle
 * through all of the part is fair; with weak fairness alone no smaller part need be looked at. A
 * single state is such a part: stuttering is a behavior.)
 */
import type { SearchResult, StateVector } from '../../src/explore/index.js';
import type { Model } from '../../src/explore/model.js';

export interface FairModel {
  readonly model: Model;
  readonly result: SearchResult;
  /** The process that must go on and takes this action; null where nobody is obliged to. */
  readonly processOf: (action: number) => string | null;
}

export interface Edge {
  readonly to: number;
  readonly process: string | null;
}

export type Decide = (leadsTo: LeadsTo) => 'holds' | 'violated';

export interface LeadsTo {
  readonly from: (state: number) => boolean;
  readonly to: (state: number) => boolean;
  /** Only behaviors count in which this holds infinitely often. */
  readonly often?: (state: number) => boolean;
}

export function deciderOf(fair: FairModel): Decide {
  const edges = edgesOf(fair);
  const all = new Set(edges.flat().flatMap(({ process }) => process ?? []));
  return ({ from, to, often = () => true }) => {
    const seen = reach(
      edges.flatMap((_, state) => (from(state) && !to(state) ? [state] : [])),
      (state) => edges[state]?.flatMap((edge) => (to(edge.to) ? [] : [edge.to])) ?? [],
    );
    const isFair = (part: ReadonlySet<number>) => {
      const states = [...part];
      const goes = (process: string) =>
        states.some((state) => {
          const own = edges[state]?.filter((edge) => edge.process === process) ?? [];
          return own.length === 0 || own.some((edge) => part.has(edge.to));
        });
      return states.some(often) && [...all].every(goes);
    };
    return components(seen, edges).some(isFair) ? 'violated' : 'holds';
  };
}

/** Steps that change nothing are left out: fairness asks for none of them. */
export function edgesOf({ model, result, processOf }: FairModel): Edge[][] {
  const indices = new Map<string, number>();
  for (let i = 0; i < result.distinct; i += 1) indices.set(result.stateAt(i).join(), i);
  return Array.from({ length: result.distinct }, (_, state) => {
    const found: Edge[] = [];
    model.successors(result.stateAt(state), (next: StateVector, action) => {
      const to = indices.get(next.join());
      if (to === undefined) throw new Error('a successor that the search did not find');
      if (to !== state) found.push({ to, process: processOf(action) });
      return true;
    });
    return found;
  });
}

function reach(start: readonly number[], next: (state: number) => readonly number[]): Set<number> {
  const seen = new Set(start);
  const open = [...start];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const to of next(state)) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}

/** Strongly connected components of the part `within` (Kosaraju and Sharir). */
function components(within: ReadonlySet<number>, edges: readonly Edge[][]): Set<number>[] {
  const backward = new Map<number, number[]>([...within].map((state) => [state, []]));
  for (const state of within) {
    for (const { to } of edges[state] ?? []) backward.get(to)?.push(state);
  }
  const done = new Set<number>();
  const parts: Set<number>[] = [];
  for (const state of finishingOrder(within, edges).reverse()) {
    if (done.has(state)) continue;
    const part = reach([state], (at) => (backward.get(at) ?? []).filter((it) => !done.has(it)));
    for (const one of part) done.add(one);
    parts.push(part);
  }
  return parts;
}

function finishingOrder(within: ReadonlySet<number>, edges: readonly Edge[][]): number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  for (const root of within) {
    if (seen.has(root)) continue;
    seen.add(root);
    const path = [{ state: root, next: 0 }];
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const edge = edges[last.state]?.[last.next];
      last.next += 1;
      if (edge === undefined) {
        order.push(last.state);
        path.pop();
      } else if (within.has(edge.to) && !seen.has(edge.to)) {
        seen.add(edge.to);
        path.push({ state: edge.to, next: 0 });
      }
    }
  }
  return order;
}
