/**
 * Pseudo-random numbers that are the same on every machine: xoshiro128** 1.1 (Blackman and Vigna,
 * "Scrambled Linear Pseudorandom Number Generators", 2021), on 32-bit integers only. Its state is
 * filled by the finalizer of MurmurHash3, so that seeds that are near each other begin apart.
 */
export class Random {
  private constructor(
    private a: number,
    private b: number,
    private c: number,
    private d: number,
  ) {}

  /** Of these words, each a whole number from 0 to 2^53 - 1. */
  static of(...words: readonly number[]): Random {
    let hash = words.length;
    for (const word of words) {
      hash = mixed(hash, word % 2 ** 32);
      hash = mixed(hash, Math.floor(word / 2 ** 32));
    }
    // All zero is the one state that the generator never leaves.
    return new Random(mixed(hash, 1) | 1, mixed(hash, 2), mixed(hash, 3), mixed(hash, 4));
  }

  /** The generator in this very state, not all of it zero. */
  static withState(a: number, b: number, c: number, d: number): Random {
    return new Random(a, b, c, d);
  }

  /** 32 random bits as a number from 0. */
  bits(): number {
    const { b } = this;
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9);
    this.c ^= this.a;
    this.d ^= b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= b << 9;
    this.d = rotated(this.d, 11);
    return result >>> 0;
  }

  /** A whole number from 0 below `count`, each as likely as the others; `count` is 1 to 2^32. */
  below(count: number): number {
    if (!(count >= 1 && count <= 2 ** 32)) throw new Error(`there is no number below ${count}`);
    // Numbers in the last, shorter stretch would make the small ones likelier.
    const whole = 2 ** 32 - (2 ** 32 % count);
    for (;;) {
      const bits = this.bits();
      if (bits < whole) return bits % count;
    }
  }
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function mixed(hash: number, word: number): number {
  let bits = Math.imul(hash, 31) + word + 0x9e3779b9;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
