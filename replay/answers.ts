/**
 * What a driver answers, checked before it is believed: a driver is a person's code, in this process
 * or at the end of a pipe, and an answer of a wrong form is its mistake, told with its name.
 */
import { ReplayError } from './compare.js';
import type { Data, Detection, ResetResult, StepResult } from './driver.js';

export interface DriverDescription {
  readonly name: string;
  readonly labels: readonly string[];
  readonly ghosts: Readonly<Record<string, string>>;
  readonly confirms: Readonly<Record<string, readonly string[]>>;
}

function refuse(driver: string, expected: string, found: unknown): never {
  const shown = found === undefined ? 'nothing' : JSON.stringify(found)?.slice(0, 120);
  throw new ReplayError('protocol', { driver, cause: `expected ${expected}, got ${shown}` });
}

function checkObject(data: unknown, driver: string, what: string): Record<string, unknown> {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  return isObject ? (data as Record<string, unknown>) : refuse(driver, what, data);
}

/** `driver` names it until its own name is known. */
export function checkDescription(data: unknown, driver: string): DriverDescription {
  const { name, labels, ghosts, confirms } = checkObject(data, driver, 'a description');
  if (!isStrings(labels)) refuse(driver, '"labels", an array of strings', labels);
  const reasons = checkObject(ghosts ?? {}, driver, '"ghosts", an object');
  return {
    name: typeof name === 'string' ? name : driver,
    labels,
    ghosts: reasons as Record<string, string>,
    confirms: checkConfirms(confirms ?? {}, driver),
  };
}

function checkConfirms(data: unknown, driver: string): Record<string, readonly string[]> {
  const confirms = checkObject(data, driver, '"confirms", an object');
  const wrong = Object.values(confirms).find((it) => !isStrings(it));
  if (wrong !== undefined) refuse(driver, 'arrays of strings in "confirms"', wrong);
  return confirms as Record<string, readonly string[]>;
}

function isStrings(data: unknown): data is readonly string[] {
  return Array.isArray(data) && data.every((it) => typeof it === 'string');
}

/** A reset may answer nothing at all. */
export function checkReset(data: unknown, driver: string): ResetResult {
  const { note } = checkObject(data ?? {}, driver, 'an object after the reset');
  if (note === undefined || note === null) return {};
  return typeof note === 'string' ? { note } : refuse(driver, '"note", a string', note);
}

export function checkState(data: unknown, driver: string): Readonly<Record<string, Data>> {
  return checkObject(data, driver, 'a state') as Record<string, Data>;
}

export function checkStep(data: unknown, driver: string): StepResult {
  const result = checkObject(data, driver, 'a step result');
  const reason = typeof result.reason === 'string' ? result.reason : '(no reason given)';
  const where = typeof result.function === 'string' ? result.function : null;
  switch (result.kind) {
    case 'done': {
      const events = isStrings(result.events) ? result.events : [];
      return { kind: 'done', events, function: where };
    }
    case 'blocked':
      return { kind: 'blocked', reason, function: where };
    case 'unmapped':
      return { kind: 'unmapped', reason };
    default:
      return refuse(driver, '"kind": "done", "blocked" or "unmapped"', data);
  }
}

export function checkDetections(data: unknown, driver: string): readonly Detection[] {
  if (!Array.isArray(data)) refuse(driver, 'an array of detections', data);
  return (data as unknown[]).map((it) => {
    const detection = checkObject(it, driver, 'a detection');
    return {
      kind: String(detection.kind),
      name: String(detection.name ?? ''),
      message: String(detection.message ?? ''),
      function: typeof detection.function === 'string' ? detection.function : null,
      evidence: isStrings(detection.evidence) ? detection.evidence : [],
    };
  });
}

export const secondsMaxDefault = 30;

/** An answer that does not come must not keep a person waiting for ever. */
export async function answerInTime<T>(
  answer: Promise<T>,
  secondsMax: number,
  driver: string,
  request: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const holes = { driver, seconds: String(secondsMax), request };
    timer = setTimeout(() => reject(new ReplayError('silent', holes)), secondsMax * 1000);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
