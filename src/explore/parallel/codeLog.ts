/**
 * The codes that are new since a team began to share them, in the order in which they were given:
 * an append-only list in shared memory that each member reads at its own pace. Entries are the
 * slot, the length of the text, and the text, a unit of UTF-16 in each half of a word.
 */
import { type CodeLog, CodesStuck } from '../model.js';
import { word } from './shared.js';

/** A member that holds the lock for so long will never give it back. */
const patienceMs = 10_000;
/** Some tens of microseconds. */
const looksMax = 1000;

export class SharedCodeLog implements CodeLog {
  private readAt = 0;
  private readonly units: Uint16Array;

  constructor(
    private readonly control: Int32Array,
    private readonly words: Int32Array,
  ) {
    this.units = new Uint16Array(words.buffer, words.byteOffset, words.length * 2);
  }

  locked<T>(work: () => T): T {
    const { control } = this;
    const start = Date.now();
    for (let looks = 0; Atomics.compareExchange(control, word.lock, 0, 1) !== 0; looks++) {
      // To add a value takes less time than to fall asleep.
      if (looks < looksMax) continue;
      Atomics.wait(control, word.lock, 1, 1);
      if (Date.now() - start > patienceMs) throw new CodesStuck('a member keeps the lock');
    }
    try {
      return work();
    } finally {
      Atomics.store(control, word.lock, 0);
    }
  }

  append(slot: number, text: string): void {
    const { words, units, control } = this;
    const length = Atomics.load(control, word.logLength);
    if (length !== this.readAt) throw new Error('the log must be read before it is added to');
    const end = length + 2 + ((text.length + 1) >>> 1);
    if (end > words.length) throw new CodesStuck('the log is full');
    words[length] = slot;
    words[length + 1] = text.length;
    const at = (length + 2) * 2;
    for (let i = 0; i < text.length; i++) units[at + i] = text.charCodeAt(i);
    Atomics.store(control, word.logLength, end);
    this.readAt = end;
  }

  read(sink: (slot: number, text: string) => void): void {
    const { words, control } = this;
    const length = Atomics.load(control, word.logLength);
    while (this.readAt < length) {
      const at = this.readAt;
      const count = words[at + 1] as number;
      // Before the sink is called, which may append.
      this.readAt = at + 2 + ((count + 1) >>> 1);
      sink(words[at] as number, this.text((at + 2) * 2, count));
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

  private text(at: number, count: number): string {
    // In pieces: a call cannot have any number of arguments.
    const pieces: string[] = [];
    for (let from = 0; from < count; from += 4096) {
      const to = Math.min(count, from + 4096);
      pieces.push(String.fromCharCode(...this.units.subarray(at + from, at + to)));
    }
    return pieces.join('');
  }
}
