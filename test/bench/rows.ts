/** One row a program and case: measured medians beside what is recorded, and the ratios. */
import type { BenchCase } from './cases.js';
import type { Measurement } from './measurement.js';
import type { RecordedCase, RecordedPeer } from './recorded.js';
import { unreducedSpin } from './spin.js';

export interface BenchRow {
  readonly case: string;
  readonly title: string;
  readonly program: string;
  readonly workers: number | null;
  /** Of another day and perhaps another machine. */
  readonly isRecorded: boolean;
  readonly distinct: number;
  /** Measured: the median. Recorded: the fastest. */
  readonly seconds: number;
  /** Every run; of a recorded row the fastest and the slowest, where there were several. */
  readonly allSeconds: readonly number[];
  readonly statesPerSecond: number;
  readonly bytesPerState: number | null;
  /** An upper bound: the peak of the whole process, shared among the states. */
  readonly isBytesPerStateBound: boolean;
  readonly peakBytes: number | null;
  /** States per second over those of Spin without reduction, measured in the same run. */
  readonly ratioToSpin: number | null;
  /** States per second over those of TLC's fastest recorded run with as many workers. */
  readonly ratioToRecordedTlc: number | null;
}

export interface MeasuredProgram {
  readonly name: string;
  readonly workers: number | null;
  readonly summary: Measurement;
  readonly allSeconds: readonly number[];
}

export function caseRows(
  benchCase: BenchCase,
  measured: readonly MeasuredProgram[],
  recorded: RecordedCase | undefined,
): readonly BenchRow[] {
  const spin = measured.find((it) => it.name === unreducedSpin)?.summary;
  const peers = recorded?.peers ?? [];
  return [
    ...measured.map((it) => measuredRow(benchCase, it, spin, recorded)),
    ...peers
      .filter((peer) => !measured.some((it) => it.name === peer.program))
      .map((peer) => recordedRow(benchCase, peer, recorded?.distinct)),
  ];
}

function measuredRow(
  { id, title }: BenchCase,
  { name, workers, summary, allSeconds }: MeasuredProgram,
  spin: Measurement | undefined,
  recorded: RecordedCase | undefined,
): BenchRow {
  const { distinct, seconds, peakBytes, storeBytesPerState } = summary;
  const statesPerSecond = distinct / seconds;
  const tlc = recorded?.peers.find((it) => it.program === 'TLC' && it.workers === workers);
  return {
    case: id,
    title,
    program: name,
    workers,
    isRecorded: false,
    distinct,
    seconds,
    allSeconds,
    statesPerSecond,
    bytesPerState: storeBytesPerState ?? (peakBytes === null ? null : peakBytes / distinct),
    isBytesPerStateBound: storeBytesPerState === null && peakBytes !== null,
    peakBytes,
    ratioToSpin: spin === undefined ? null : statesPerSecond / rate(spin),
    ratioToRecordedTlc:
      tlc === undefined || recorded === undefined
        ? null
        : statesPerSecond / (recorded.distinct / Math.min(...tlc.seconds)),
  };
}

function rate({ distinct, seconds }: Measurement): number {
  return distinct / seconds;
}

function recordedRow(
  { id, title }: BenchCase,
  peer: RecordedPeer,
  distinctOfTlc: number | undefined,
): BenchRow {
  const distinct = peer.distinct ?? distinctOfTlc;
  if (distinct === undefined) throw new Error(`${id}: ${peer.program} without states`);
  const seconds = Math.min(...peer.seconds);
  return {
    case: id,
    title,
    program: peer.program,
    workers: peer.workers ?? null,
    isRecorded: true,
    distinct,
    seconds,
    allSeconds: peer.seconds,
    statesPerSecond: distinct / seconds,
    bytesPerState: null,
    isBytesPerStateBound: false,
    peakBytes: peer.megabytes === undefined ? null : peer.megabytes * 2 ** 20,
    ratioToSpin: null,
    ratioToRecordedTlc: null,
  };
}
