/** What random behaviors were, for a person: how many, how long, and which labels took the steps. */
import type { GraphAction } from '../graph/index.js';
import { labelsOf, placeOf, sumOf } from './labels.js';
import type { Palette } from './palette.js';
import { count, counted, duration } from './quantity.js';
import { renderTable } from './table.js';

export interface SimulationSummary {
  readonly behaviors: number;
  readonly generated: number;
  readonly steps: number;
  /** States of the shortest and of the longest behavior. */
  readonly shortest: number;
  readonly longest: number;
  /** By the number of the action: how often it was chosen. */
  readonly taken: ArrayLike<number>;
  /** How many behaviors ended so. */
  readonly ends: Readonly<Record<keyof typeof endings, number>>;
}

/** Why behaviors ended, in the order of the report. */
const endings = {
  depth: 'reached the depth',
  stuttering: 'could only stay where they were',
  deadlock: 'came to a state without successors',
  constraint: 'left the constraints',
  violation: 'met what is violated',
};

export function simulationLines(counts: SimulationSummary, seconds: number): string {
  const { behaviors, generated, steps, shortest, longest } = counts;
  const mean = meanLength(counts).toFixed(1);
  const lengths =
    shortest === longest
      ? counted(longest, 'state')
      : `${count(shortest)} to ${count(longest)} states, ${mean} on average`;
  const perSecond = seconds === 0 ? '' : ` (${count(Math.round(steps / seconds))} steps/s)`;
  const ended = Object.entries(endings)
    .map(([end, words]) => [counts.ends[end as keyof typeof endings], words] as const)
    .filter(([times]) => times > 0)
    .map(([times, words]) => `${count(times)} ${words}`);
  return [
    behaviors === 0
      ? 'No behavior was completed.'
      : `${counted(behaviors, 'behavior')} of ${lengths}${ended.length > 0 ? `: ${ended.join(', ')}.` : '.'}`,
    `${counted(steps, 'step')}, ${counted(generated, 'state')} generated, in ${duration(seconds)}${perSecond}.`,
  ].join('\n');
}

/** In states. */
export function meanLength({ behaviors, steps }: SimulationSummary): number {
  return behaviors === 0 ? 0 : (steps + behaviors) / behaviors;
}

/** How often each label was chosen, and those that never were. */
export function frequencyLines(
  { taken, steps }: SimulationSummary,
  actions: readonly GraphAction[],
  isGenerated: (name: string) => boolean,
  paint: Palette,
): string {
  const labels = labelsOf(actions)
    .map((label) => ({ ...label, times: sumOf(label.actions, taken) }))
    .filter(({ name, times }) => times > 0 || !isGenerated(name));
  const rows = labels.map(({ name, location, times }) => [
    { text: name, ...(times === 0 ? { style: 'warning' as const } : {}) },
    { text: count(times) },
    { text: `${((times / Math.max(steps, 1)) * 100).toFixed(1)} %` },
    { text: placeOf(location), style: 'dim' as const },
  ]);
  const head = ['label', 'steps', 'share', 'place'];
  return renderTable({ head, align: ['left', 'right', 'right', 'left'], rows }, paint);
}
