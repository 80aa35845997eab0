/**
 * The codes that are new since a team began to share them, in the order in which they were given:
 * an append-only list in shared memory that each member reads at its own pace. An entry is its
 * length, and then its words.
 */
import { type CodeLog, CodesStuck } from '../model.js';
import { word } from './shared.js';

/** A member that holds the lock for so long will never give it back. */
const patienceMs = 10_000;
/** Some tens of microseconds; to add an entry takes less than one. */
const looksMax = 1000;

export class SharedCodeLog implements CodeLog {
  private readAt = 0;

  constructor(
    private readonly control: Int32Array,
    private readonly words: Int32Array,
  ) {}

  append(entry: readonly number[]): boolean {
    const { control, words } = this;
    this.lock();
    try {
      const length = control[word.logLength] as number;
      if (length !== this.readAt) return false;
      const end = length + 1 + entry.length;
      if (end > words.length) throw new CodesStuck('the log is full');
      words[length] = entry.length;
      words.set(entry, length + 1);
      Atomics.store(control, word.logLength, end);
      this.readAt = end;
      return true;
    } finally {
      Atomics.store(control, word.lock, 0);
    }
  }

  read(sink: (entry: Int32Array) => void): void {
    const { words, control } = this;
    const length = Atomics.load(control, word.logLength);
    while (this.readAt < length) {
      const first = this.readAt + 1;
      // Before the sink is called, which may append.
      this.readAt = first + (words[first - 1] as number);
      sink(words.subarray(first, this.readAt));
    }
  }

  /** For the leader, when nobody else is at work: everybody begins anew. */
  clear(): void {
    Atomics.store(this.control, word.lock, 0);
    Atomics.store(this.control, word.logLength, 0);
    this.readAt = 0;
  }

  /** For the others. */
  rewind(): void {
    this.readAt = 0;
  }

  private lock(): void {
    const { control } = this;
    let start = 0;
    for (let looks = 0; Atomics.compareExchange(control, word.lock, 0, 1) !== 0; looks++) {
      if (looks < looksMax) continue;
      // Whoever has it was put to sleep by the system.
      Atomics.wait(control, word.lock, 1, 1);
      if (start === 0) start = Date.now();
      if (Date.now() - start > patienceMs) throw new CodesStuck('a member keeps the lock');
    }
  }
}
