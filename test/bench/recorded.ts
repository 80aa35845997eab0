/** What TLC and other peers took on a machine of the past: `recorded.json`, never measured here. */
import { readFileSync } from 'node:fs';

export interface RecordedPeer {
  readonly program: string;
  readonly workers?: number;
  /** In the peer's own grain, where that is not TLC's. */
  readonly distinct?: number;
  /** One time, or the fastest and the slowest. */
  readonly seconds: readonly number[];
  readonly megabytes?: number;
}

export interface RecordedCase {
  readonly distinct: number;
  readonly generated?: number;
  readonly depth?: number;
  readonly peers: readonly RecordedPeer[];
}

export interface Recorded {
  readonly machine: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, RecordedCase>>;
}

/** `folder`: where the benchmark's specs are. */
export function readRecorded(folder: string): Recorded {
  return JSON.parse(readFileSync(`${folder}/recorded.json`, 'utf8')) as Recorded;
}
