/** Runs of `check --json` that are compared: everything but how long they took, and in how much. */
import { json } from '../runCli.js';

export interface ComparableRun {
  readonly exitCode: number;
  // biome-ignore lint/suspicious/noExplicitAny: documents are compared as a whole
  readonly document: any;
}

export async function comparable(...argv: readonly string[]): Promise<ComparableRun> {
  return withoutCost(await json('check', ...argv, '--quiet'));
}

export function withoutCost({ exitCode, document }: ComparableRun): ComparableRun {
  const { seconds: _, states, ...rest } = document;
  const { bytesPerState: __, ...numbers } = states;
  return { exitCode, document: { ...rest, states: numbers } };
}
