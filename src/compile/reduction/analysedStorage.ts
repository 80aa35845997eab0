/**
 * Slots as the analysis of steps sees them: some may have a value that is known, since it is that
 * of the process whose steps are looked at. No value gets a code for being asked about.
 */
import type { Value } from '../../values/index.js';
import type { Code } from '../code.js';
import type { Layout, Leaf } from '../layout.js';
import { PackedStorage } from '../packedStorage.js';
import type { Unit } from '../unit.js';

export class AnalysedStorage extends PackedStorage {
  constructor(
    layout: Layout,
    private readonly known: ReadonlyMap<number, Value>,
  ) {
    super(layout);
  }

  protected override readLeaf(unit: Unit, variable: string, leaf: Leaf, primed: boolean): Code {
    const value = primed ? undefined : this.known.get(leaf.first);
    return value === undefined
      ? super.readLeaf(unit, variable, leaf, primed)
      : unit.constant(value);
  }

  override compareSlot(): undefined {
    return undefined;
  }
}
