/**
 * Variables in slots. In generated code `s` is the state and `n` its successor, which equals `s`
 * except where the step has assigned something so far. Whole values of split variables are put
 * together at most once per state.
 */
import type { Span } from '../source/text.js';
import { formatValue, type Value } from '../values/index.js';
import { type Code, combine } from './code.js';
import { type Layout, Leaf, read, type Slots } from './layout.js';
import { Row } from './rows.js';
import { apply } from './runtime/functions.js';
import { value } from './runtime/lazy.js';
import { readAt } from './slotPaths.js';
import { initialName, type SlotComparison, type Storage } from './storage.js';
import type { Unit } from './unit.js';

export class PackedStorage implements Storage {
  /** Split variables whose whole value some code asks for. */
  private readonly whole = new Set<string>();
  /** By the slots below which the row begins; a part and the whole may begin at the same slot. */
  private readonly rows = new Map<Slots, Map<string, Row | null>>();

  constructor(readonly layout: Layout) {}

  slots(variable: string): Slots {
    const slots = this.layout.variables.get(variable);
    if (slots === undefined) throw new Error(`the variable ${variable} has no slots`);
    return slots;
  }

  read(unit: Unit, variable: string, primed: boolean, _at: Span | null): Code {
    const slots = this.slots(variable);
    const code = this.readSlots(unit, variable, slots, primed);
    if (primed || slots instanceof Leaf) return code;
    this.whole.add(variable);
    return { ...code, js: `(${initialName(variable)} ??= ${code.js})`, safe: true };
  }

  /** The code of a part of a variable, as it is in `s` or `n`. */
  readSlots(unit: Unit, variable: string, slots: Slots, primed: boolean): Code {
    if (slots instanceof Leaf) return this.readLeaf(unit, variable, slots, primed);
    const tree = unit.use(`${variable}$slots`, slots);
    return {
      js: `${unit.use('read', read)}(${tree}, ${primed ? 'n' : 's'})`,
      type: 'value',
      free: new Set([token(variable, primed)]),
      safe: false,
      atomic: true,
    };
  }

  protected readLeaf(unit: Unit, variable: string, leaf: Leaf, primed: boolean): Code {
    const number = leaf.first;
    const values = unit.use(`d${number}$`, leaf.dictionary.values);
    const vector = primed ? 'n' : 's';
    return {
      js: `${values}[${vector}[${number}]]`,
      type: 'value',
      free: new Set([primed ? token(variable, primed) : `#s[${number}]`]),
      safe: true,
      atomic: true,
      slot: { vector, number },
    };
  }

  readPath(
    unit: Unit,
    variable: string,
    primed: boolean,
    path: readonly Code[],
    at: Span | null,
  ): Code | null {
    const { slots, rest } = this.descend(unit, this.slots(variable), path);
    if (slots === null) return null;
    if (rest.length === 0) return this.readSlots(unit, variable, slots, primed);
    const site = unit.site(at);
    if (slots instanceof Leaf) {
      const run = unit.use('apply', apply);
      return rest.reduce(
        (f, key) => combine(unit, [f, key], 'any', ([js, k]) => `${run}(${js}, ${k}, ${site})`),
        this.readLeaf(unit, variable, slots, primed),
      );
    }
    const run = unit.use('readAt', readAt);
    const tree = unit.use(`${variable}$slots`, slots);
    const vector = primed ? 'n' : 's';
    const row = this.row(unit, variable, slots, rest);
    const made = combine(unit, rest, 'any', (js) => {
      if (row !== null) return `${row}.read(${vector}, ${js[0]}, ${site})`;
      return `${run}(${tree}, ${vector}, [${js.join(', ')}], ${site})`;
    });
    const free = new Set([...made.free, token(variable, primed)]);
    if (made.free.size > 0) return { ...made, free };
    // All keys are constant, though not known: they are still computed once.
    const keys = rest.map((key) => unit.lifted(key)).join(', ');
    return { ...made, js: `${run}(${tree}, ${vector}, [${keys}], ${site})`, free };
  }

  /** The name of the row that the first key chooses from; null if there is none. */
  row(unit: Unit, variable: string, from: Slots, path: readonly Code[]): string | null {
    const keys = path.slice(1).map((key) => knownKey(unit, key));
    if (keys.includes(undefined)) return null;
    const rows = this.rows.get(from) ?? new Map<string, Row | null>();
    this.rows.set(from, rows);
    const id = keys.map((key) => formatValue(key as Value)).join('.');
    if (!rows.has(id)) rows.set(id, Row.of(from, keys as Value[]));
    const row = rows.get(id) ?? null;
    return row === null ? null : unit.use(`${variable}$row`, row);
  }

  /** As far down as the keys are known; `slots` is null if one is outside the domain. */
  descend(
    unit: Unit,
    from: Slots,
    path: readonly Code[],
  ): { readonly slots: Slots | null; readonly rest: readonly Code[] } {
    let slots = from;
    for (let i = 0; i < path.length; i++) {
      if (slots instanceof Leaf) return { slots, rest: path.slice(i) };
      const key = knownKey(unit, path[i] as Code);
      if (key === undefined) return { slots, rest: path.slice(i) };
      const child = slots.child(key);
      if (child === undefined) return { slots: null, rest: [] };
      slots = child;
    }
    return { slots, rest: [] };
  }

  compareSlot(unit: Unit, slot: number, to: Value): SlotComparison | undefined {
    const { dictionary } = this.layout.leaves[slot] as Leaf;
    return {
      code: dictionary.code(to),
      isMixed: `${unit.use(`D${slot}$`, dictionary)}.isMixed`,
    };
  }

  declarations(): readonly string[] {
    const caches = [...this.whole].map(initialName);
    return [
      'let s;',
      `const n = new Int32Array(${this.layout.leaves.length});`,
      ...caches.map((name) => `let ${name};`),
      `function load(state) { s = state; ${caches.map((name) => `${name} = undefined; `).join('')}}`,
    ];
  }
}

function token(variable: string, primed: boolean): string {
  return `#${variable}${primed ? "'" : ''}`;
}

/** The value of a constant key, computed now: it decides which slot is meant. */
function knownKey(unit: Unit, key: Code): Value | undefined {
  if (key.known !== undefined || key.free.size > 0) return key.known;
  const known = unit.evaluate(key);
  return known === undefined ? undefined : value(known, -1);
}
