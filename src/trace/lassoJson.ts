/** The fields of a trace in JSON that only lassos and refinements have; all may be missing. */
import { encodeItf, type Itf } from '../values/index.js';
import { fairnessSentences } from './cycleFairness.js';
import type { Reader } from './json.js';
import type { CycleFairness, Trace } from './trace.js';

export interface LassoJson {
  readonly fairness?: readonly FairnessJson[];
  readonly refinement?: {
    readonly instance: string;
    readonly states: readonly Readonly<Record<string, Itf>>[];
  };
}

/** Places are indices of steps, as `loop` is; the text counts states from 1. */
interface FairnessJson extends CycleFairness {
  readonly text: string;
}

export function lassoToJson(trace: Trace): LassoJson {
  const { fairness, refinement } = trace;
  const texts = fairnessSentences(trace);
  const told = fairness?.map((one, i) => ({ ...one, text: texts[i] ?? '' }));
  const states = refinement?.states.map((state) => {
    return Object.fromEntries([...state].map(([name, value]) => [name, encodeItf(value)]));
  });
  return {
    ...(told === undefined ? {} : { fairness: told }),
    ...(states === undefined || refinement === undefined
      ? {}
      : { refinement: { instance: refinement.instance, states } }),
  };
}

export function readLasso(
  read: Reader,
  root: Readonly<Record<string, unknown>>,
  at: string,
  stepCount: number,
): Pick<Trace, 'fairness' | 'refinement'> {
  const fairness = read.nullable(root.fairness, (it) => {
    const all = read.array(it, `${at}/fairness`);
    return all.map((one, i) => readFairness(read, one, `${at}/fairness/${i}`, stepCount));
  });
  const refinement = read.nullable(root.refinement, (it) => {
    const { instance, states } = read.object(it, `${at}/refinement`);
    const all = read.array(states, `${at}/refinement/states`);
    return {
      instance: read.string(instance, `${at}/refinement/instance`),
      states: all.map((state, i) => read.values(state, `${at}/refinement/states/${i}`)),
    };
  });
  return {
    ...(fairness === null ? {} : { fairness }),
    ...(refinement === null ? {} : { refinement }),
  };
}

function readFairness(read: Reader, data: unknown, at: string, stepCount: number): CycleFairness {
  const one = read.object(data, at);
  const strength = read.nullable(one.strength, (it) => {
    if (it === 'weak' || it === 'strong') return it;
    return read.expected(`${at}/strength`, '"weak", "strong" or null', it);
  });
  const places = (field: 'enabledIn' | 'takenFrom') =>
    read.array(one[field], `${at}/${field}`).map((it, i) => {
      const isPlace = typeof it === 'number' && Number.isInteger(it) && it >= 0 && it < stepCount;
      return isPlace ? it : read.expected(`${at}/${field}/${i}`, 'the index of a state', it);
    });
  return {
    strength,
    subject: read.string(one.subject, `${at}/subject`),
    enabledIn: places('enabledIn'),
    takenFrom: places('takenFrom'),
  };
}
