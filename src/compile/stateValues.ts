/** States between the vectors of a search and the values of the variables. */
import type { StateVector } from '../explore/model.js';
import { hashValue } from '../values/index.js';
import type { StateValues } from './compiledSpec.js';
import { type Layout, read, type Slots, store } from './layout.js';

/** In the order of declaration. */
export function decoded(state: StateVector, layout: Layout): StateValues {
  return new Map([...layout.variables].map(([name, slots]) => [name, read(slots, state)]));
}

export function encoded(state: StateValues, layout: Layout): StateVector {
  const vector = new Int32Array(layout.leaves.length);
  for (const [name, value] of state) store(slotsOf(name, layout), value, vector);
  return vector;
}

export function slotsOf(variable: string, layout: Layout): Slots {
  const slots = layout.variables.get(variable);
  if (slots === undefined) throw new Error(`no slots for ${variable}`);
  return slots;
}

/** The same for equal states, whatever their layouts are. */
export function hashState(state: StateValues): number {
  const values = [...state.values()];
  return values.reduce<number>((sum, one) => (Math.imul(sum, 31) + hashValue(one)) | 0, 0);
}
