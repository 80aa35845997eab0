/** The values that a slot has taken, numbered in the order of their appearance. */
import { hashValue, ModelValue, type Value } from '../values/index.js';
import { checkEnumerated } from './runtime/lazy.js';

/** Integers from 0 below this are found without a hash. */
const smallMax = 1 << 10;

export class Dictionary {
  readonly values: Value[] = [];
  /** Whether there are values of several kinds, so that comparing two of them may be an error. */
  isMixed = false;
  private kind: string | null = null;
  /** Code + 1 of each small integer, 0 where it has none. */
  private small = new Int32Array(8);
  /** Code + 1 of the other values, open addressing; JavaScript's Map costs several times as much. */
  private table = new Int32Array(16);
  private tabled = 0;
  /** Gives the code of a value that has none here, where others give codes, too. */
  agree: ((value: Value) => number) | null = null;

  code(value: Value): number {
    const known = this.find(value);
    if (known >= 0) return known;
    return this.agree === null ? this.add(value) : this.agree(value);
  }

  /** The code of the value, or -1. */
  find(value: Value): number {
    if (isSmall(value)) return value < this.small.length ? (this.small[value] as number) - 1 : -1;
    return (this.table[this.placeOf(value)] as number) - 1;
  }

  /** Gives the next code to a value that has none. */
  add(value: Value): number {
    return isSmall(value) ? this.addSmall(value) : this.addOther(value, this.placeOf(value));
  }

  /** Makes the codes those of the list; false if the codes that were given already are others. */
  adopt(values: readonly Value[]): boolean {
    if (this.values.some((value, code) => values[code] !== value)) return false;
    this.agree = null;
    return values.every((value, code) => this.code(value) === code);
  }

  private placeOf(value: Value): number {
    const { table, values } = this;
    const last = table.length - 1;
    let place = scattered(value) & last;
    for (;;) {
      const known = table[place] as number;
      if (known === 0 || values[known - 1] === value) return place;
      place = (place + 1) & last;
    }
  }

  private addSmall(value: number): number {
    if (value >= this.small.length) {
      const larger = new Int32Array(2 ** (32 - Math.clz32(value)));
      larger.set(this.small);
      this.small = larger;
    }
    const count = this.append(value);
    this.small[value] = count;
    return count - 1;
  }

  private addOther(value: Value, place: number): number {
    const count = this.append(value);
    this.table[place] = count;
    if (++this.tabled * 2 > this.table.length) this.growTable();
    return count - 1;
  }

  private growTable(): void {
    this.table = new Int32Array(this.table.length * 2);
    this.values.forEach((value, code) => {
      if (!isSmall(value)) this.table[this.placeOf(value)] = code + 1;
    });
  }

  /** Gives the number of values. */
  private append(value: Value): number {
    // The codes are of variables. The place is not known here, but where it was called from.
    checkEnumerated(value, -1);
    this.noteKind(value);
    return this.values.push(value);
  }

  private noteKind(value: Value): void {
    // Untyped model values may be compared with everything; typed ones are a kind of their own.
    if (value instanceof ModelValue && value.name[1] !== '_') return;
    const kind = kindOf(value);
    if (this.kind !== null && this.kind !== kind) this.isMixed = true;
    this.kind = kind;
    if (kind === 'object') this.isMixed = true; // Their elements may be of several kinds.
  }
}

function isSmall(value: Value): value is number {
  return typeof value === 'number' && value >= 0 && value < smallMax;
}

function scattered(value: Value): number {
  const mixed = Math.imul(hashValue(value), 0x45d9f3b);
  return mixed ^ (mixed >>> 15);
}

function kindOf(value: Value): string {
  if (value instanceof ModelValue) return `model ${value.name[0]}`;
  return typeof value;
}
