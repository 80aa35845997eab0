/**
 * Labels as kernel steps. A label begins at one of its entry steps and goes on while the thread's
 * next step is one that it also covers: labels are coarser than the kernel only where nobody is
 * scheduled in between. The step names are the simulator's.
 */
import type { StepResult } from '../driver.js';
import { formatChange, type Machine, type Stop } from '../simulator/index.js';

export interface LabelSteps {
  /** Where a thread rests before it takes the label's step. */
  readonly entry: readonly string[];
  /** What else belongs to the label, once it has begun. */
  readonly through: readonly string[];
}

export type Labels = Readonly<Record<string, LabelSteps>>;

/** A put_page that may be the last one. */
export const FREEING = ['F1', 'F2', 'F4', 'F5'];
export const LOOKUP = ['2.2.1', '2.2.2', '2.2.3'];

export function label(entry: readonly string[], through: readonly string[] = []): LabelSteps {
  return { entry, through };
}

/** The label before whose step a thread rests that takes `step` next; null if none begins there. */
export function labelAt(labels: Labels, step: string): string | null {
  const found = Object.entries(labels).find(([, { entry }]) => entry.includes(step));
  return found?.[0] ?? null;
}

/** Takes all the kernel steps of a label, or none. */
export function runLabel(
  machine: Machine,
  thread: string,
  name: string,
  label: LabelSteps,
): StepResult {
  const next = machine.peek(thread);
  if (next === null || !label.entry.includes(next.step)) {
    const at = next === null ? 'not running' : `before ${describeStop(next)}`;
    const reason = `${name} begins at ${label.entry.join(' or ')}, but ${thread} is ${at}`;
    return { kind: 'blocked', reason, function: next?.function ?? null };
  }
  const events: string[] = [];
  let last = next.function;
  for (;;) {
    const outcome = machine.step(thread);
    if (outcome.kind === 'blocked') {
      return { kind: 'blocked', reason: outcome.reason, function: outcome.function };
    }
    const { after } = outcome;
    if (after?.stack.includes('lock_page') && after.function !== 'lock_page') {
      const { pages } = machine.describe();
      const reason = `PG_locked is held by ${pages[0]?.lockHolder ?? 'nobody'}`;
      return { kind: 'blocked', reason, function: 'lock_page' };
    }
    last = outcome.before.function;
    events.push(`${outcome.before.function}: ${outcome.before.description}`);
    events.push(...outcome.events.map((event) => `  ${formatChange(event)}`));
    if (after === null || !label.through.includes(after.step)) break;
  }
  return { kind: 'done', events, function: last };
}

export function describeStop(stop: Stop): string {
  return `${stop.function} ${stop.step} (${stop.description})`;
}
