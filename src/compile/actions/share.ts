/**
 * What follows a branching conjunct follows each of its branches. It is generated once per set of
 * variables that the branches assign, as a local function, unless it is short or used once.
 */
import { Block } from '../block.js';
import type { Assigned } from '../context.js';
import type { Unit } from '../unit.js';
import type { AssignedVariables, Continue } from './steps.js';

/** Up to so many lines are repeated rather than called. */
const repeatedLineMax = 8;

interface Rest {
  readonly body: Block;
  readonly places: Block[];
}

export interface Shared {
  readonly next: Continue;
  /** To be called when all branches are generated. */
  close(): void;
}

export function share(next: Continue, before: AssignedVariables, block: Block, unit: Unit): Shared {
  const functions = block.reserve();
  const rests = new Map<string, Rest>();
  return {
    next(assigned, inner) {
      const key = [...assigned.keys()].sort().join(' ');
      let rest = rests.get(key);
      if (rest === undefined) {
        rest = { body: new Block(), places: [] };
        rests.set(key, rest);
        next(visibleToAll(assigned, before), rest.body);
      }
      rest.places.push(inner.reserve());
    },
    close() {
      for (const { body, places } of rests.values()) {
        if (places.length === 1 || body.lineCount <= repeatedLineMax) {
          for (const place of places) place.include(body);
          continue;
        }
        const name = unit.local('rest');
        functions.nest(`const ${name} = () =>`, (inner) => inner.include(body), ';');
        for (const place of places) place.add(`${name}();`);
      }
    },
  };
}

/** A local of one branch is not seen by the others; the slots have the value as well. */
function visibleToAll(assigned: AssignedVariables, before: AssignedVariables): AssignedVariables {
  const packed: Assigned = { kind: 'packed' };
  return new Map(
    [...assigned].map(([name, how]) => [name, before.get(name) === how ? how : packed]),
  );
}
