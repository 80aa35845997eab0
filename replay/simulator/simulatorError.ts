/** A mistake of whoever uses the simulator: what is wrong and what to do about it. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';

  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${problem}; ${remedy}`);
  }
}
