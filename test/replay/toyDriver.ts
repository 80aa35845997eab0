/** A counter as an implementation, and traces of it: `x` counts, `log` is a ghost. */
import type { Data, Detection, Driver, StepResult } from '../../replay/driver.js';
import type { Trace } from '../../src/trace/trace.js';
import type { Value } from '../../src/values/index.js';

export interface ToyFaults {
  /** The label that the implementation refuses, and when. */
  readonly blocksAt?: number;
  /** Adds one too many at this value. */
  readonly skipsAt?: number;
  /** Fires when the counter reaches this value. */
  readonly detectsAt?: number;
  readonly detection?: Partial<Detection>;
  readonly labels?: readonly string[];
  readonly ghosts?: Readonly<Record<string, string>>;
  /** Extra variables in its state. */
  readonly extra?: Readonly<Record<string, Data>>;
  /** Fires in every second run only. */
  readonly unsteady?: boolean;
}

export function toyDriver(faults: ToyFaults = {}): Driver {
  let x = 0;
  let runs = 0;
  let fired: Detection[] = [];
  return {
    name: 'toy',
    ghosts: faults.ghosts ?? { log: 'the counter keeps no log' },
    confirms: { Small: ['BUG_ON'], Tiny: ['BUG_ON:counter'] },
    labels: faults.labels ?? ['inc'],
    reset(init) {
      x = Number((init.state.x as { '#bigint': string })['#bigint']);
      runs++;
      fired = [];
    },
    step(): StepResult {
      if (x === faults.blocksAt) {
        return { kind: 'blocked', reason: 'asleep', function: 'wait_on_counter' };
      }
      x += x === faults.skipsAt ? 2 : 1;
      if (x === faults.detectsAt && !(faults.unsteady && runs % 2 === 0)) {
        fired.push({
          kind: 'BUG_ON',
          name: 'counter',
          message: `counter is ${x}`,
          function: 'inc',
          evidence: [],
          ...faults.detection,
        });
      }
      return { kind: 'done', events: [`inc: counter is ${x}`], function: 'inc' };
    },
    state: () => ({ x, ...faults.extra }),
    detections: () => fired,
  };
}

/** x goes from 0 to `last`, by one. */
export function counting(last: number, property: string | null = 'Small'): Trace {
  const state = (x: number): ReadonlyMap<string, Value> =>
    new Map<string, Value>([
      ['x', x],
      ['log', `log ${x}`],
    ]);
  const choices = new Map();
  return {
    spec: 'Counter.tla',
    constants: new Map(),
    property,
    steps: Array.from({ length: last + 1 }, (_, x) => ({
      action: x === 0 ? null : 'inc',
      process: x === 0 ? null : 'P',
      choices,
      location: x === 0 ? null : { file: 'Counter.tla', line: 7, column: 3 },
      state: state(x),
    })),
    loop: null,
  };
}
