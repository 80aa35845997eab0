/** A step that leaves variables open: a fault that keeps what the step has made so far. */
import type { Value } from '../values/index.js';
import type { Choice } from './compiledSpec.js';
import { Fault, type Site } from './runtime/fault.js';

export class UnfinishedStepFault extends Fault {
  readonly choices: readonly Choice[];

  constructor(
    site: Site,
    holes: Readonly<Record<string, string>>,
    readonly action: number,
    /** The next values of the variables that have one. */
    readonly values: ReadonlyMap<string, Value>,
    before: readonly Choice[],
    stack: readonly unknown[],
  ) {
    super('EVL018', site, holes);
    this.choices = chosenIn(before, stack);
  }
}

/** The choices made before the action began, and those that its code has put on a stack. */
export function chosenIn(before: readonly Choice[], stack: readonly unknown[]): readonly Choice[] {
  const made: Choice[] = [...before];
  for (let i = 0; i < stack.length; i += 2) {
    made.push({ name: stack[i] as string, value: stack[i + 1] as Value });
  }
  return made;
}
