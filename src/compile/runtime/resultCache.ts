/**
 * What operators have made of their operands before. Values are hash-consed, so equal operands are
 * identical, and a search applies the same operator to the same operands over and over: `tlb \ {e}`
 * in every state that has this `tlb`. The cache is lossy: a result may be overwritten by another,
 * and it grows, up to a limit, only when that has happened often.
 */
import type { RuntimeValue } from './lazy.js';

/** How many results there is room for. */
const roomMin = 1 << 8;
const roomMax = 1 << 18;

/** A result lies beside its operands, and two results beside each other. */
const leftAt = 0;
const rightAt = 1;
const resultAt = 2;
const wordsEach = 3;
const wordsOfTwo = 2 * wordsEach;

/** Anything else than a value is found by identity only where it is found at all. */
function hashOf(operand: unknown): number {
  if (typeof operand === 'number') return Math.imul(operand, 0x9e3779b1);
  if (typeof operand === 'string') return (operand.length << 7) ^ operand.charCodeAt(0);
  if (typeof operand === 'object') return (operand as { readonly hash?: number } | null)?.hash ?? 0;
  return operand === true ? 1 : 0;
}

export class ResultCache<T = RuntimeValue> {
  private room = roomMin;
  private words: unknown[] = new Array(roomMin * wordsEach).fill(undefined);
  private overwritten = 0;

  /** The result for the two operands, if it is still there. */
  get(left: unknown, right: unknown): T | undefined {
    const { words } = this;
    const first = this.placeOf(left, right);
    if (words[first + leftAt] === left && words[first + rightAt] === right) {
      return words[first + resultAt] as T | undefined;
    }
    const second = first + wordsEach;
    if (words[second + leftAt] === left && words[second + rightAt] === right) {
      return words[second + resultAt] as T | undefined;
    }
    return undefined;
  }

  /** Gives the result back. */
  set(left: unknown, right: unknown, result: T): T {
    if (this.put(left, right, result) && ++this.overwritten * 4 > this.room) this.grow();
    return result;
  }

  /** Whether another result had to make room. */
  private put(left: unknown, right: unknown, result: unknown): boolean {
    const { words } = this;
    const first = this.placeOf(left, right);
    const isLost = words[first + wordsEach + resultAt] !== undefined;
    // The older one of the two makes room.
    for (let i = first; i < first + wordsEach; i++) words[i + wordsEach] = words[i];
    words[first + leftAt] = left;
    words[first + rightAt] = right;
    words[first + resultAt] = result;
    return isLost;
  }

  /** The first of the two places where the result may be. */
  private placeOf(left: unknown, right: unknown): number {
    const hash = Math.imul(hashOf(left) ^ 0x2c1b3c6d, 0x297a2d39) + hashOf(right);
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return ((mixed ^ (mixed >>> 13)) & ((this.room >>> 1) - 1)) * wordsOfTwo;
  }

  private grow(): void {
    this.overwritten = 0;
    if (this.room === roomMax) return;
    const { words } = this;
    this.room *= 4;
    this.words = new Array(this.room * wordsEach).fill(undefined);
    for (let i = 0; i < words.length; i += wordsEach) {
      const result = words[i + resultAt];
      if (result !== undefined) this.put(words[i + leftAt], words[i + rightAt], result);
    }
  }
}
