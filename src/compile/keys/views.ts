/** Keys for VIEW: states with the same value of the view share one. */
import type { StateKeys, StateVector } from '../../explore/model.js';
import type { Value } from '../../values/index.js';
import { Dictionary } from '../dictionary.js';

export class Views implements StateKeys {
  readonly slotCount = 1;
  private readonly dictionary = new Dictionary();
  private readonly key = new Int32Array(1);

  constructor(
    private readonly view: (state: StateVector) => Value,
    /** With a symmetry, the view is that of the state that stands for the others. */
    private readonly orbits: StateKeys | null,
  ) {}

  slotSize(): number {
    return this.dictionary.values.length;
  }

  keyOf(state: StateVector): StateVector {
    const shown = this.orbits === null ? state : this.orbits.keyOf(state);
    this.key[0] = this.dictionary.code(this.view(shown));
    return this.key;
  }
}
