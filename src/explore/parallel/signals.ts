/**
 * How the members of a team, each in a thread of its own, wait for each other. A short wait is spent
 * looking, because to fall asleep and to be woken takes longer than most of them.
 */
import type { Phase } from './phases.js';
import { word } from './shared.js';

/** Some hundreds of microseconds. */
const looksMax = 20_000;

export function giveOrder(control: Int32Array, phase: Phase): void {
  Atomics.store(control, word.done, 0);
  Atomics.store(control, word.phase, phase);
  Atomics.add(control, word.order, 1);
  wake(control, word.order);
}

/** Waits for an order after the one with this number, and gives the number of that one. */
export function awaitOrder(control: Int32Array, known: number): number {
  for (let looks = 0; ; looks++) {
    const order = Atomics.load(control, word.order);
    if (order !== known) return order;
    if (looks > looksMax) sleep(control, word.order, known);
  }
}

export function reportDone(control: Int32Array): void {
  Atomics.add(control, word.done, 1);
  wake(control, word.done);
}

/** Whether so many others have done what they were ordered to; waits so long for it at most. */
export function areDone(control: Int32Array, others: number, milliseconds: number): boolean {
  let start = 0;
  for (let looks = 0; ; looks++) {
    const done = Atomics.load(control, word.done);
    if (done === others) return true;
    if (looks < looksMax) continue;
    if (start === 0) start = Date.now();
    const left = milliseconds - (Date.now() - start);
    if (left <= 0) return false;
    sleep(control, word.done, done, left);
  }
}

function sleep(control: Int32Array, at: number, known: number, milliseconds?: number): void {
  Atomics.add(control, word.asleep, 1);
  // Who changes the word from now on sees that somebody sleeps; before, there is no sleep.
  Atomics.wait(control, at, known, milliseconds);
  Atomics.sub(control, word.asleep, 1);
}

/** To wake somebody is a call of the system, and nearly always all of them are awake. */
function wake(control: Int32Array, at: number): void {
  if (Atomics.load(control, word.asleep) > 0) Atomics.notify(control, at);
}
