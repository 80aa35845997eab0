/** How big a round is, and how long the leader goes on alone after rounds that came to nothing. */
import { blockCountMax, statesMax } from './shared.js';

const blockSizeMax = 32;
/** So many blocks for each member: the last one that is taken should not take long. */
const blocksEach = 32;
/** After rounds that came to nothing, a stretch alone is 2 to this power times as long at most. */
const failuresMax = 10;

export class RoundSize {
  private successorsOfState = 8;
  /** Rounds in a row that came to nothing. */
  private failures = 0;

  constructor(
    private readonly memberCount: number,
    /** How many successors a member may generate. */
    private readonly room: number,
  ) {}

  /** As many states as there is room for the successors of, if they have as many as others. */
  statesOf(rest: number, wanted: number): number {
    const { memberCount, room } = this;
    const fitting = Math.floor((memberCount * room) / 2 / this.successorsOfState);
    const most = Math.min(rest, statesMax(room), Math.max(wanted, 4 * memberCount));
    return Math.max(1, Math.min(most, fitting));
  }

  /** For so many states: blocks have 2 to this power of them. */
  blockShiftOf(states: number): number {
    const even = states / (this.memberCount * blocksEach);
    const roomy = this.room / 4 / this.successorsOfState;
    const blockSize = Math.min(blockSizeMax, even, roomy);
    return 31 - Math.clz32(Math.max(1, blockSize, states / blockCountMax));
  }

  succeed(states: number, generated: number): void {
    this.failures = 0;
    this.successorsOfState = Math.max(1, generated / states);
  }

  /** What stopped the round is that many states away: gives how many to expand alone now. */
  fail(states: number): number {
    const { failures } = this;
    this.failures = Math.min(failures + 1, failuresMax);
    return states << failures;
  }

  forgetFailures(): void {
    this.failures = 0;
  }
}
