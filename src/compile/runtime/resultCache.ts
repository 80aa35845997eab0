/**
 * What operators have made of their operands before. Values are hash-consed, so equal operands are
 * identical, and a search applies the same operator to the same operands over and over: `tlb \ {e}`
 * in every state that has this `tlb`. The cache is lossy: a result may be overwritten by another,
 * and it grows, up to a limit, only while it is of no use.
 */
import type { RuntimeValue } from './lazy.js';

const lengthMin = 1 << 8;
const lengthMax = 1 << 16;

/** Anything else than a value is found by identity only where it is found at all. */
function hashOf(operand: unknown): number {
  if (typeof operand === 'number') return Math.imul(operand, 0x9e3779b1);
  if (typeof operand === 'string') return (operand.length << 7) ^ operand.charCodeAt(0);
  if (typeof operand === 'object') return (operand as { readonly hash?: number }).hash ?? 0;
  return operand === true ? 1 : 0;
}

export class ResultCache<T = RuntimeValue> {
  private length = lengthMin;
  private lefts: unknown[] = new Array(lengthMin).fill(undefined);
  private rights: unknown[] = new Array(lengthMin).fill(undefined);
  private results: (T | undefined)[] = new Array(lengthMin).fill(undefined);
  private overwritten = 0;

  /** The result for the two operands, if it is still there. */
  get(left: unknown, right: unknown): T | undefined {
    const place = this.placeOf(left, right);
    if (this.lefts[place] !== left || this.rights[place] !== right) return undefined;
    return this.results[place];
  }

  /** Gives the result back. */
  set(left: unknown, right: unknown, result: T): T {
    let place = this.placeOf(left, right);
    if (this.results[place] !== undefined && ++this.overwritten > this.length) {
      this.grow();
      place = this.placeOf(left, right);
    }
    this.lefts[place] = left;
    this.rights[place] = right;
    this.results[place] = result;
    return result;
  }

  private placeOf(left: unknown, right: unknown): number {
    const hash = Math.imul(hashOf(left) ^ 0x2c1b3c6d, 0x297a2d39) + hashOf(right);
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (mixed ^ (mixed >>> 13)) & (this.length - 1);
  }

  private grow(): void {
    this.overwritten = 0;
    if (this.length === lengthMax) return;
    this.length *= 4;
    this.lefts = new Array(this.length).fill(undefined);
    this.rights = new Array(this.length).fill(undefined);
    this.results = new Array(this.length).fill(undefined);
  }
}
