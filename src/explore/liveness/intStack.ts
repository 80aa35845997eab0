/** A stack, or a list, of whole numbers in a typed array. */
import type { Memory } from '../memory.js';

export class IntStack {
  items: Int32Array;
  size = 0;

  constructor(private readonly memory: Memory) {
    this.items = new Int32Array(256);
  }

  push(item: number): void {
    if (this.size === this.items.length) this.items = this.memory.doubled(this.items);
    this.items[this.size++] = item;
  }

  at(index: number): number {
    return this.items[index] as number;
  }
}
