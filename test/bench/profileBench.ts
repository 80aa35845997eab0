/**
 * `npm run bench -- --profile`: what the inner loop of a search spends its time on. A sampling
 * profiler cannot tell, because the compiler merges the loop into one piece; so the steps of all
 * states are taken again after the search, first only read and generated, and then with one more
 * part of the work each time.
 */
import { loadFiles } from '../../src/cli/exploration.js';
import { explore } from '../../src/explore/index.js';
import type { Model } from '../../src/explore/model.js';
import { hashWords } from '../../src/explore/stateHash.js';
import { gatheredMax, type StateStore } from '../../src/explore/store.js';
import { count } from '../../src/report/quantity.js';
import type { BenchCase } from './cases.js';

/** Of a large case only so many states are searched. */
const statesMax = 8_000_000;
/** Each pass is made so often, and the fastest one counts. */
const passes = 3;

export interface ProfilePart {
  readonly name: string;
  readonly seconds: number;
}

export interface Profile {
  readonly title: string;
  readonly states: number;
  readonly generated: number;
  readonly seconds: number;
  /** They add up to the time of the search. */
  readonly parts: readonly ProfilePart[];
}

export function profileOf({ title, spec, config }: BenchCase): Profile {
  const { loaded } = loadFiles({ spec, config }, { path: [] });
  const { compiled } = loaded;
  const [result, seconds] = timed(() => {
    return explore(compiled, { everyProperty: true, maxStates: statesMax });
  });
  const { generated } = result;
  // A search hands out its store as something to read.
  const store = result.states as StateStore;
  const expanded = result.expanded;
  const read = fastest(() => readAll(store, expanded, compiled));
  const generate = fastest(() => generateAll(store, expanded, compiled));
  const gather = fastest(() => gatherAll(store, expanded, compiled, () => {}));
  const touch = fastest(() => gatherAll(store, expanded, compiled, () => store.touchGathered()));
  const lookUp = fastest(() => {
    gatherAll(store, expanded, compiled, () => {
      store.touchGathered();
      // No new state has room; there is none.
      store.insertGathered(0, 0);
    });
  });
  const hash = (fastest(() => hashAll(store)) * generated) / store.size;
  const check =
    fastest(() => checkAll(store, compiled)) - fastest(() => readAll(store, store.size, compiled));
  const parts = [
    { name: 'reading states', seconds: read },
    { name: 'guards and actions', seconds: generate - read },
    { name: 'encoding', seconds: gather - generate - hash },
    { name: 'hashing', seconds: hash },
    { name: 'look-up: waiting for memory', seconds: touch - gather },
    { name: 'look-up: comparing', seconds: lookUp - touch },
    { name: 'invariants', seconds: Math.max(0, check) },
  ];
  const rest = parts.reduce((left, part) => left - part.seconds, seconds);
  const last = { name: 'new states, growing, and whatever is done once', seconds: rest };
  return { title, states: store.size, generated, seconds, parts: [...parts, last] };
}

export function profilePage({ title, states, generated, seconds, parts }: Profile): string {
  const lines = parts.map((part) => {
    const share = `${((part.seconds / seconds) * 100).toFixed(0)} %`;
    const each = `${((part.seconds / generated) * 1e9).toFixed(0)} ns`;
    return `${part.name.padEnd(48)}${share.padStart(6)}${each.padStart(9)}`;
  });
  return [
    `${title}: ${count(states)} states, ${count(generated)} generated, ${seconds.toFixed(1)} s`,
    `${'one worker'.padEnd(48)}${'share'.padStart(6)}${'each'.padStart(9)}`,
    ...lines,
  ].join('\n');
}

function readAll(store: StateStore, end: number, { slotCount }: Model): void {
  const state = new Int32Array(slotCount);
  for (let index = 0; index < end; index++) store.read(index, state);
}

function generateAll(store: StateStore, end: number, model: Model): void {
  const state = new Int32Array(model.slotCount);
  for (let index = 0; index < end; index++) {
    store.read(index, state);
    model.successors(state, () => true);
  }
}

/** Calls `take` with the store full of successors, over and over. */
function gatherAll(store: StateStore, end: number, model: Model, take: () => void): void {
  const state = new Int32Array(model.slotCount);
  const written = Array.from({ length: model.actionCount }, (_, action) => {
    return model.slotsWritten?.(action) ?? null;
  });
  let gathered = 0;
  for (let index = 0; index < end; index++) {
    store.read(index, state);
    store.gatherFrom(index, state);
    model.successors(state, (successor, action) => {
      gathered = store.gather(successor, written[action] ?? null) + 1;
      if (gathered === gatheredMax) {
        take();
        store.forgetGathered();
      }
      return true;
    });
  }
  store.forgetGathered();
}

function hashAll(store: StateStore): number {
  const { arena, packing } = store.arrays;
  const { wordCount } = packing;
  const recordsEach = (arena.list[0]?.length ?? 0) / wordCount;
  let sum = 0;
  for (let index = 0; index < store.size; index++) {
    const chunk = arena.list[Math.floor(index / recordsEach)] as Int32Array;
    sum ^= hashWords(chunk, (index % recordsEach) * wordCount, wordCount);
  }
  return sum;
}

function checkAll(store: StateStore, model: Model): void {
  const state = new Int32Array(model.slotCount);
  for (let index = 0; index < store.size; index++) {
    store.read(index, state);
    for (const invariant of model.invariants) invariant.holds(state);
  }
}

function fastest(work: () => unknown): number {
  const times = Array.from({ length: passes }, () => timed(work)[1]);
  return Math.min(...times);
}

function timed<T>(work: () => T): readonly [T, number] {
  const start = performance.now();
  return [work(), (performance.now() - start) / 1000];
}
