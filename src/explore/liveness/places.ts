/**
 * Which places of an automaton lie on a cycle on which every promise may be kept, and which lead to
 * such a place: only these are worth a search.
 */
import type { Automaton } from './automaton.js';

export interface Places {
  /** On a cycle that may be accepted, or reachable from one: strongly connected parts lie there. */
  readonly core: readonly number[];
  /** From which a core place can be reached, and that are none. */
  readonly outer: readonly number[];
}

export function placesOf({ nodes, promiseCount }: Automaton): Places {
  const reach = nodes.map((_, from) => reachable(nodes, from));
  const all = 2 ** promiseCount - 1;
  const isAccepting = (place: number): boolean => {
    const cycle = nodes.flatMap((_, other) =>
      reach[place]?.has(other) && reach[other]?.has(place) ? [other] : [],
    );
    if (cycle.length === 0) return false;
    return cycle.reduce((kept, other) => kept | (nodes[other]?.kept ?? 0), 0) === all;
  };
  const accepting = nodes.flatMap((_, place) => (isAccepting(place) ? [place] : []));
  const leads = (place: number) =>
    accepting.includes(place) || accepting.some((one) => reach[place]?.has(one));
  const isCore = (place: number) =>
    accepting.includes(place) || accepting.some((one) => reach[one]?.has(place));
  const useful = nodes.flatMap((_, place) => (leads(place) ? [place] : []));
  return {
    core: useful.filter(isCore),
    outer: useful.filter((place) => !isCore(place)),
  };
}

/** In one step or more. */
function reachable(nodes: Automaton['nodes'], from: number): ReadonlySet<number> {
  const found = new Set(nodes[from]?.next ?? []);
  for (const place of found) for (const next of nodes[place]?.next ?? []) found.add(next);
  return found;
}
