/**
 * The replay loop: put the driver into the trace's initial state, take every step, compare every
 * state, collect what the implementation's own detectors say. A replay stops at the first step that
 * is blocked or diverges. Every trace is played twice: a run that cannot be repeated proves nothing.
 */
import type { Trace, TraceStep } from '../src/trace/trace.js';
import { encodeItf, type Value } from '../src/values/index.js';
import { compareStates, ReplayError } from './compare.js';
import {
  CYCLE_ROUNDS,
  type Data,
  type DriverStep,
  type ReplayDriver,
  type StepResult,
} from './driver.js';
import type { Difference, ReplayDetection, ReplayVerdict, VerdictKind } from './verdict.js';

/** Replays one trace. Throws a ReplayError where there is nothing to replay or to compare. */
export async function replay(trace: Trace, driver: ReplayDriver): Promise<ReplayVerdict> {
  refuseNonsense(trace, driver);
  const steps = [...trace.steps, ...(trace.closing === undefined ? [] : [trace.closing])];
  const unmapped = steps.find((it) => it.action && !driver.labels.includes(it.action));
  if (unmapped) {
    const reason = `driver ${driver.name} has no step for label ${unmapped.action}`;
    return { ...new Run(trace, driver).verdict('unmapped'), reason };
  }
  const first = await new Run(trace, driver).play();
  const second = await new Run(trace, driver).play();
  if (JSON.stringify(first) === JSON.stringify(second)) return first;
  const reason = `the second run of the same steps came to: ${second.verdict}`;
  return { ...first, verdict: 'flaky', reason };
}

function refuseNonsense(trace: Trace, driver: ReplayDriver): void {
  const [initial] = trace.steps;
  if (initial === undefined || trace.steps.length < 2) throw new ReplayError('empty-trace', {});
  for (const variable of Object.keys(driver.ghosts)) {
    if (!initial.state.has(variable)) {
      const variables = [...initial.state.keys()].join(', ');
      throw new ReplayError('unknown-ghost', { driver: driver.name, variable, variables });
    }
  }
}

/** One playing of the trace; the fields are what the verdict will say. */
class Run {
  private matched = 0;
  private at: number | null = null;
  private difference: Difference | null = null;
  private reason: string | null = null;
  private function: string | null = null;
  private note: string | undefined;
  private readonly detections: ReplayDetection[] = [];
  private readonly events: (readonly string[])[] = [];

  constructor(
    private readonly trace: Trace,
    private readonly driver: ReplayDriver,
  ) {}

  async play(): Promise<ReplayVerdict> {
    const [initial, ...steps] = this.trace.steps as [TraceStep, ...TraceStep[]];
    const constants = toData(this.trace.constants);
    const { property } = this.trace;
    const init = { property, constants, state: toData(initial.state) };
    this.note = (await this.driver.reset(init))?.note;
    if (!(await this.agrees(initial, 0))) return this.verdict('diverged');
    for (const [i, step] of [...steps, ...this.furtherRounds()].entries()) {
      const stop = await this.step(step, i + 1);
      if (stop) return this.verdict(stop);
    }
    return this.verdict(this.judge());
  }

  /** What is left of the first round of a lasso's cycle, and the other rounds. */
  private furtherRounds(): readonly TraceStep[] {
    const cycle = cycleOf(this.trace);
    if (cycle === null) return [];
    const rounds = Array<readonly TraceStep[]>(CYCLE_ROUNDS).fill(cycle).flat();
    return rounds.slice(this.trace.steps.length - 1 - (this.trace.loop as number));
  }

  /** Takes a step and compares; returns the verdict if the replay must stop here. */
  private async step(step: TraceStep, index: number): Promise<VerdictKind | null> {
    const result = await this.driver.step(driverStep(step));
    if (result.kind !== 'done') return this.refused(result, index);
    this.events.push(result.events);
    await this.collect(index);
    if (!(await this.agrees(step, index))) {
      this.function = result.function ?? null;
      return 'diverged';
    }
    this.matched++;
    return null;
  }

  private refused(result: Exclude<StepResult, { kind: 'done' }>, index: number): VerdictKind {
    this.reason = result.reason;
    if (result.kind === 'unmapped') return 'unmapped';
    this.at = index;
    this.function = result.function;
    return 'blocked';
  }

  /** New detections fired in the step just taken; the driver lists all since `reset`. */
  private async collect(step: number): Promise<void> {
    const all = await this.driver.detections();
    for (const { kind, name, message, function: where, evidence } of all.slice(
      this.detections.length,
    )) {
      this.detections.push({ kind, name, step, message, function: where, evidence });
    }
  }

  private async agrees(step: TraceStep, index: number): Promise<boolean> {
    const { ghosts, name } = this.driver;
    this.difference = compareStates(step.state, await this.driver.state(), ghosts, name);
    if (this.difference !== null) this.at = index;
    return this.difference === null;
  }

  private judge(): VerdictKind {
    if (this.detections.length === 0) return 'unobserved';
    const kinds = this.trace.property && this.driver.confirms[this.trace.property];
    const confirms = (it: ReplayDetection) =>
      kinds && (kinds.includes(it.kind) || kinds.includes(`${it.kind}:${it.name}`));
    return this.detections.some(confirms) ? 'confirmed' : 'confirmed otherwise';
  }

  verdict(verdict: VerdictKind): ReplayVerdict {
    return {
      property: this.trace.property,
      verdict,
      steps: this.trace.steps.length - 1 + this.furtherRounds().length,
      matched: this.matched,
      at: this.at,
      detections: this.detections,
      difference: this.difference,
      reason: this.reason,
      function: this.function,
      ...(this.note === undefined ? {} : { note: this.note }),
      events: this.events,
    };
  }
}

/**
 * The steps of one round, of which the trace itself has at least all but the last. A trace made
 * elsewhere may repeat the state where the cycle began, instead of telling the step that leads back.
 */
function cycleOf({ loop, steps, closing }: Trace): readonly TraceStep[] | null {
  const start = loop === null ? undefined : steps[loop];
  if (loop === null || start === undefined) return null;
  const cycle = steps.slice(loop + 1);
  if (closing !== undefined) return [...cycle, { ...closing, state: start.state }];
  const isClosed = toJson(start.state) === toJson((steps.at(-1) as TraceStep).state);
  return isClosed && cycle.length > 0 ? cycle : null;
}

function driverStep(step: TraceStep): DriverStep {
  return {
    action: step.action as string,
    process: step.process === null ? null : encodeItf(step.process),
    choices: toData(step.choices),
  };
}

function toData(values: ReadonlyMap<string, Value>): Record<string, Data> {
  return Object.fromEntries([...values].map(([name, value]) => [name, encodeItf(value)]));
}

const toJson = (state: ReadonlyMap<string, Value>) => JSON.stringify(toData(state));
