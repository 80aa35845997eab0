/** A search as others see it: its result, what a later run goes on from, and the model's view. */
import { type Exploration, noState } from './exploration.js';
import type { SearchView, StateVector } from './model.js';
import type { Outcome, SearchResult } from './result.js';
import type { SearchSnapshot } from './snapshot.js';

export function resultOf(exploration: Exploration): SearchResult {
  const { found, checks, stopped, generated, next, hasInitialStates, isHalted } = exploration;
  const { violations } = checks;
  const outcome: Outcome = violations[0]?.kind ?? stopped ?? 'ok';
  const hasFailed = violations.some((violation) => violation.failure !== null);
  return {
    outcome,
    complete: hasInitialStates && next === found.size && !isHalted && !hasFailed,
    stopped,
    generated,
    distinct: found.distinct,
    depth: found.depth,
    violations,
    slotCount: found.slotCount,
    states: found.reader,
    isReduced: found.isReduced,
    bytes: found.bytes,
    expanded: next,
    reducedCount: exploration.expansion.reducedBelow(next),
    partlyExpanded: exploration.isWithinState ? exploration.successorCount : 0,
    predecessor: (state) => found.predecessor(state),
    action: (state) => found.action(state),
    depthOf: (state) => found.depthOf(state),
    level: (depth) => found.level(depth),
    isOutsideConstraint: (state) => found.isOutside(state),
    pathTo: (state) => found.pathTo(state),
    stateAt: (index) => found.stateAt(index),
  };
}

/** Live, so it is valid until the search goes on. A state cut short counts as not expanded. */
export function snapshotOf(exploration: Exploration): SearchSnapshot {
  const { found, checks, expansion, next, generated, isWithinState } = exploration;
  return {
    ...found.snapshot(),
    generated: isWithinState ? generated - exploration.successorCount : generated,
    expanded: next,
    reducedCount: expansion.reducedBelow(next),
    isCut: isWithinState,
    violations: checks.violations,
  };
}

/** `now`: the exploration at the moment of a question. */
export function viewOf(now: () => Exploration): SearchView {
  const levelOf = (state: StateVector): number => {
    const exploration = now();
    const { found, current } = exploration;
    // A key may itself ask for the level, so that keys cannot be used to find it.
    if (found.isReduced) return levelNear(exploration, state);
    const index = found.find(state);
    if (index >= 0) return found.depthOf(index);
    return current === noState ? 1 : found.depthOf(current) + 1;
  };
  return { levelOf, progress: () => now().progress() };
}

/** The level of the state that is being expanded, or of a successor of it. */
function levelNear({ found, current, vector }: Exploration, state: StateVector): number {
  if (current === noState) return 1;
  const level = found.depthOf(current);
  return state.every((code, slot) => code === vector[slot]) ? level : level + 1;
}
