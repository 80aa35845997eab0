/**
 * Variables in slots. In generated code `s` is the state and `n` its successor, which equals `s`
 * except where the step has assigned something so far. Whole values of split variables are put
 * together at most once per state.
 */
import type { StateVector } from '../explore/model.js';
import type { Span } from '../source/text.js';
import type { Value } from '../values/index.js';
import { type Code, combine } from './code.js';
import { type Layout, Leaf, read, type Slots, Split, store } from './layout.js';
import { apply, except, type OnOutside } from './runtime/functions.js';
import { type RuntimeValue, value } from './runtime/lazy.js';
import { initialName, type Storage } from './storage.js';
import type { Unit } from './unit.js';

export class PackedStorage implements Storage {
  /** Split variables whose whole value some code asks for. */
  private readonly whole = new Set<string>();

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

  private readLeaf(unit: Unit, variable: string, leaf: Leaf, primed: boolean): Code {
    const number = leaf.first;
    const values = unit.use(`d${number}$`, leaf.dictionary.values);
    const vector = primed ? 'n' : 's';
    return {
      js: `${values}[${vector}[${number}]]`,
      type: 'value',
      free: new Set([token(variable, primed)]),
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
    const made = combine(unit, rest, 'any', (js) => {
      return `${run}(${tree}, ${vector}, [${js.join(', ')}], ${site})`;
    });
    const free = new Set([...made.free, token(variable, primed)]);
    if (made.free.size > 0) return { ...made, free };
    // All keys are constant, though not known: they are still computed once.
    const keys = rest.map((key) => unit.lifted(key)).join(', ');
    return { ...made, js: `${run}(${tree}, ${vector}, [${keys}], ${site})`, free };
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

  compareSlot(unit: Unit, slot: number, to: Value) {
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

/** `v[k1][k2]` with keys that are known only now. */
function readAt(
  from: Split,
  vector: StateVector,
  keys: readonly RuntimeValue[],
  site: number,
): RuntimeValue {
  let slots: Slots = from;
  for (let i = 0; i < keys.length; i++) {
    const child: Slots | undefined =
      slots instanceof Split ? slots.child(value(keys[i] as RuntimeValue, site)) : undefined;
    if (child === undefined) {
      return keys
        .slice(i)
        .reduce((f: RuntimeValue, key) => apply(f, key, site), read(slots, vector));
    }
    slots = child;
  }
  return read(slots, vector);
}

/** `[v EXCEPT ![k1][k2] = e]` in the slots of v; outside the domain nothing changes. */
export function storeAt(
  from: Slots,
  vector: StateVector,
  keys: readonly RuntimeValue[],
  compute: (old: RuntimeValue) => RuntimeValue,
  site: number,
  onOutside: OnOutside,
): void {
  let slots: Slots = from;
  let depth = 0;
  for (; depth < keys.length && slots instanceof Split; depth++) {
    const key = value(keys[depth] as RuntimeValue, site);
    const child: Slots | undefined = slots.child(key);
    if (child === undefined) {
      onOutside(read(slots, vector), key, site);
      return;
    }
    slots = child;
  }
  const old = read(slots, vector);
  const rest = keys.slice(depth);
  store(
    slots,
    rest.length === 0 ? value(compute(old), site) : except(old, rest, compute, site, onOutside),
    vector,
  );
}

/** Takes an assignment back. */
export function restore(
  vector: StateVector,
  from: StateVector,
  first: number,
  count: number,
): void {
  for (let i = first; i < first + count; i++) vector[i] = from[i] as number;
}
