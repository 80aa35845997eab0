/** Values for laws: all small ones, and random larger ones from a seed. */
import {
  ModelValue,
  makeFunction,
  makeRecord,
  makeSet,
  makeTuple,
  type Value,
} from '../../src/values/index.js';

export const modelNames: readonly string[] = ['m1', 'm2', 'A_1', 'B_1'];

const atoms: readonly Value[] = [
  false,
  true,
  -1,
  0,
  7,
  '',
  'a',
  'b',
  ...modelNames.map((name) => ModelValue.of(name)),
];

/** Atoms, and every kind of compound of up to two of them, of like and unlike kinds. */
export function smallValues(): Value[] {
  const all: Value[] = [...atoms, makeSet([]), makeTuple([])];
  const few: readonly Value[] = [true, 0, 7, 'a', ModelValue.of('m1'), makeSet([]), makeTuple([])];
  for (const one of few) {
    all.push(makeSet([one]), makeTuple([one]), makeRecord(new Map([['f', one]])));
    all.push(makeFunction([[one, 0]]));
    for (const other of few) {
      all.push(makeSet([one, other]), makeTuple([one, other]));
      all.push(makeFunction([[0, one]]), makeFunction([...new Map([[one, other]])]));
    }
  }
  return [...new Set(all)];
}

/** What the elements of one random value have in common, so that TLC could compare them. */
type Kind = (draw: Draw, depth: number) => Value;

export class Draw {
  private bits: number;

  constructor(seed: number) {
    this.bits = (seed + 1) * 0x9e37;
  }

  /** From 0 below `count`. */
  below(count: number): number {
    this.bits = (Math.imul(this.bits, 0x41c64e6d) + 0x3039) & 0x7fffffff;
    return (this.bits >>> 8) % count;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  shuffled<T>(list: readonly T[]): T[] {
    const rest = [...list];
    return list.map(() => rest.splice(this.below(rest.length), 1)[0] as T);
  }
}

const texts: readonly string[] = [
  '',
  'plain',
  'two words',
  'a "quote"',
  'back\\slash',
  'line\nbreak',
  'tab\tand\r\f',
  '#tag',
  '√ç',
];

const integer: Kind = (draw) => draw.of([0, 1, 2, 3, -5, 2147483647, -2147483648]);
const text: Kind = (draw) => draw.of(texts);
const truth: Kind = (draw) => draw.below(2) === 0;
const model: Kind = (draw) => ModelValue.of(draw.of(['m1', 'm2']));

const many = (kind: Kind, draw: Draw, depth: number): Value[] =>
  Array.from({ length: draw.below(4) }, () => kind(draw, depth));

/** A kind of its own for every level, so that what stands side by side is of one kind. */
function anyKind(draw: Draw, depth: number): Kind {
  const simple = draw.of([integer, text, truth, model]);
  if (depth === 0) return simple;
  const inner = anyKind(draw, depth - 1);
  const keys = draw.of([integer, text, inner]);
  const compounds: readonly Kind[] = [
    simple,
    (d, at) => makeSet(many(inner, d, at)),
    (d, at) => makeTuple(many(inner, d, at)),
    (d, at) => makeFunction(many(keys, d, at).map((key) => [key, inner(d, at)])),
    (d, at) =>
      makeRecord(
        new Map([
          ['f', inner(d, at)],
          ['g_2', simple(d, at)],
        ]),
      ),
  ];
  return draw.of(compounds);
}

/** A value that TLC could make: what it has in one set is of one kind. */
export function randomValue(seed: number): Value {
  const draw = new Draw(seed);
  const depth = 1 + draw.below(3);
  return anyKind(draw, depth)(draw, depth);
}
