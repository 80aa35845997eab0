/** From a variable's slots to those of a part, along keys that are known only while code runs. */
import type { StateVector } from '../explore/model.js';
import { read, type Slots, Split, store } from './layout.js';
import { apply, except, type OnOutside } from './runtime/functions.js';
import { type RuntimeValue, value } from './runtime/lazy.js';

/** `v[k1][k2]` with keys that are known only now. */
export function readAt(
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
