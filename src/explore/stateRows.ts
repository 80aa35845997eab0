/** State vectors one after the other in one array, which grows as needed and is used again. */
import type { StateVector } from './model.js';

export class StateRows {
  private words: Int32Array;
  count = 0;

  constructor(private readonly slotCount: number) {
    this.words = new Int32Array(slotCount * 16);
  }

  /** Takes a copy. */
  add(state: StateVector): void {
    const { slotCount } = this;
    const at = this.count++ * slotCount;
    if (at + slotCount > this.words.length) {
      const grown = new Int32Array(Math.max(this.words.length * 2, slotCount));
      grown.set(this.words);
      this.words = grown;
    }
    for (let slot = 0; slot < slotCount; slot++) this.words[at + slot] = state[slot] as number;
  }

  /** Copies the state of this number. */
  read(number: number, into: StateVector): void {
    if (number < 0 || number >= this.count) throw new Error(`there is no state ${number}`);
    const at = number * this.slotCount;
    for (let slot = 0; slot < this.slotCount; slot++) into[slot] = this.words[at + slot] as number;
  }

  clear(): void {
    this.count = 0;
  }
}
