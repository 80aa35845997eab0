/** The codes of a specification's slots, shared by instances of it in several threads. */
import { type CodeLog, type CodeSharing, CodesStuck } from '../explore/model.js';
import type { Value } from '../values/index.js';
import type { Coding } from './compiledSpec.js';
import type { Leaf } from './layout.js';
import { checkEnumerated } from './runtime/lazy.js';
import { ValueEntries } from './valueEntries.js';

/** Registers are not among it: a specification that has them is not shared. */
interface Codes {
  readonly depths: readonly (readonly [string, number])[];
  /** By slot, how many codes there are. */
  readonly counts: readonly number[];
  /** The entry of each code, slot after slot: its length, and then its words. */
  readonly words: Int32Array;
}

export interface CodeOwner {
  coding(): Coding;
  adopt(coding: Coding): boolean;
  /** As they are now; others after a change of the layout, which agree on nothing. */
  leaves(): readonly Leaf[];
}

export class SharedCodes implements CodeSharing {
  private log: CodeLog | null = null;
  private entries = new ValueEntries();
  private leaves: readonly Leaf[] = [];
  /** How many codes of each slot others can know. */
  private published: number[] = [];
  /**
   * An entry of the log was not taken on to its end, as the stack or the memory was not enough:
   * until everybody begins anew, codes here are none that others know.
   */
  private isBroken = false;

  constructor(private readonly owner: CodeOwner) {}

  codes(): unknown {
    const { depths, dictionaries } = this.owner.coding();
    this.entries = new ValueEntries();
    this.isBroken = false;
    const words: number[] = [];
    for (const value of dictionaries.flat()) {
      const entry = this.entries.describe(value);
      this.entries.keep();
      words.push(entry.length);
      for (const word of entry) words.push(word);
    }
    const counts = dictionaries.map((values) => values.length);
    const codes: Codes = { depths: [...depths], counts, words: Int32Array.from(words) };
    return codes;
  }

  adopt(codes: unknown): boolean {
    const { depths, counts, words } = codes as Codes;
    this.entries = new ValueEntries();
    this.isBroken = false;
    let at = 0;
    const next = (): Value => {
      const first = at + 1;
      at = first + (words[at] as number);
      return this.entries.read(words.subarray(first, at), 0);
    };
    const dictionaries = counts.map((count) => Array.from({ length: count }, next));
    return this.owner.adopt({ depths: new Map(depths), dictionaries, registers: new Map() });
  }

  agreeIn(log: CodeLog): void {
    this.log = log;
    this.leaves = this.owner.leaves();
    this.ask();
  }

  standAlone(): void {
    for (const { dictionary } of this.leaves) dictionary.agree = null;
    this.published = this.leaves.map(({ dictionary }) => dictionary.values.length);
  }

  publish(): void {
    this.expectWhole();
    const { leaves, published } = this;
    leaves.forEach(({ dictionary: { values } }, slot) => {
      for (let code = published[slot] as number; code < values.length; code++) {
        if (!this.tell(slot, values[code] as Value)) throw new CodesStuck('others give codes, too');
        this.entries.keep();
      }
    });
    this.ask();
  }

  catchUp(): void {
    this.expectWhole();
    this.log?.read((entry) => {
      this.isBroken = true;
      const slot = entry[0] as number;
      const leaf = this.leaves[slot];
      if (leaf === undefined) throw new Error(`a code for the slot ${slot}`);
      leaf.dictionary.add(this.entries.read(entry, 1));
      this.isBroken = false;
    });
  }

  private expectWhole(): void {
    if (this.isBroken) throw new CodesStuck('an entry of the log was not taken on');
  }

  /** New values of all slots go to the log from now on. */
  private ask(): void {
    this.leaves.forEach(({ dictionary }, slot) => {
      dictionary.agree = (value) => this.agree(slot, value);
    });
  }

  private agree(slot: number, value: Value): number {
    const { dictionary } = this.leaves[slot] as Leaf;
    checkEnumerated(value, -1);
    for (;;) {
      this.catchUp();
      const known = dictionary.find(value);
      if (known >= 0) return known;
      if (!this.tell(slot, value)) continue;
      this.isBroken = true;
      this.entries.keep();
      const code = dictionary.add(value);
      this.isBroken = false;
      return code;
    }
  }

  /** False if the log has entries that were not read; if true, it is for the caller to keep it. */
  private tell(slot: number, value: Value): boolean {
    const { log, entries } = this;
    if (log === null) throw new Error('there is no log');
    return log.append([slot, ...entries.describe(value)]);
  }
}
