/**
 * Asks before memory is taken. The arrays of a search grow by doubling, so a single step may lead
 * from half of a limit far beyond it; whoever owns the search is asked before that step.
 */

/** There is no memory for one more state. Whatever was found before stays as it is. */
export class MemoryLimit extends Error {
  constructor(bytes: number) {
    super(`there is no memory for ${bytes} more bytes`);
    this.name = 'MemoryLimit';
  }
}

export class Memory {
  /**
   * `mayTake` is asked for each array, small ones included; its memory comes on top. `isShared`:
   * several threads will use the arrays.
   */
  constructor(
    private readonly mayTake: (bytes: number) => boolean = () => true,
    private readonly isShared = false,
  ) {}

  /** Zeros. Throws MemoryLimit. */
  array(length: number): Int32Array {
    const bytes = length * Int32Array.BYTES_PER_ELEMENT;
    if (!this.mayTake(bytes)) throw new MemoryLimit(bytes);
    try {
      return this.small(length);
    } catch (error) {
      // The system has no more, or an array cannot be so long.
      if (error instanceof RangeError) throw new MemoryLimit(bytes);
      throw error;
    }
  }

  /** As `array`, for one so small that nobody is asked. */
  small(length: number): Int32Array {
    if (!this.isShared) return new Int32Array(length);
    return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
  }

  /** A copy of twice the length. Throws MemoryLimit. */
  doubled(array: Int32Array): Int32Array {
    const larger = this.array(array.length * 2);
    larger.set(array);
    return larger;
  }
}
