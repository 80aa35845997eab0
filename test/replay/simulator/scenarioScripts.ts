/** The scenarios of section 4 of the writeback dossier as scripts, step by step as in its tables. */
import type { MachineConfig } from '../../../replay/simulator/index.js';
import { Play } from './play.js';

const FILES = { a: 1, b: 1, c: 1 };

function start(build: string, debugVm: boolean, more: Partial<MachineConfig> = {}): Play {
  return new Play({ build, files: FILES, debugVm, inFlightCheck: 'off', ...more });
}

/** Stale wake across reuse, BUG_ON. */
export function s1(build: string): Play {
  const play = start(build, true);
  play.writes('W', { file: 'a', bytes: 'a[0] ' });
  play.flusher('F', 'a');
  play.ends('F');
  play.clearsAndStalls(1);
  play.truncater('T', 'a');
  play.ends('T');
  play.writes('W2', { file: 'b', bytes: 'b[0] ' });
  play.flusher('F2', 'b');
  play.ends('F2');
  play.writes('W3', { file: 'b', bytes: 'b[0], again ' });
  play.integrityWriter('B', 'b');
  play.sleeps('B');
  play.ends('A1');
  play.past('B', '2.5.5');
  return play;
}

/** From here on wb1's completion has cleared the bit and stalls, and wb2 is at the device. */
export function secondWritebackOfOnePage(play: Play): void {
  play.writes('W', { file: 'a', bytes: 'a[0] ' });
  play.flusher('F', 'a');
  play.ends('F');
  play.writes('W2', { file: 'a', bytes: 'a[0], again ' });
  play.flusher('F2', 'a');
  play.past('F2', '2.5.1');
  play.clearsAndStalls(1);
  play.ends('F2');
}

/** Stale wake on the same page, BUG_ON. */
export function s2(build: string): Play {
  const play = start(build, true);
  secondWritebackOfOnePage(play);
  play.writes('W3', { file: 'a', bytes: 'a[0], once more ' });
  play.integrityWriter('B', 'a');
  play.sleeps('B');
  play.past('A1', 'C6');
  play.past('B', '2.5.5');
  return play;
}

/** The founding email's scenario up to the DMA: wrong data are about to be written. */
export function s3UntilDma(build: string, more: Partial<MachineConfig> = {}): Play {
  const play = start(build, false, more);
  play.writes('W', { file: 'a', bytes: 'a[0] ' });
  play.flusher('F', 'a');
  play.ends('F');
  play.clearsAndStalls(1);
  play.truncater('T', 'a');
  play.ends('T');
  play.writes('W2', { file: 'b', bytes: 'b[0] ' });
  play.flusher('F2', 'b');
  play.ends('F2');
  play.truncater('T2', 'b');
  play.sleeps('T2');
  play.past('A1', 'C6');
  play.ends('T2');
  play.writes('W3', { file: 'c', bytes: 'c[0] ' });
  return play;
}

export function s3(build: string): Play {
  const play = s3UntilDma(build);
  play.ends('DMA2');
  return play;
}

/** wb2 is in flight, and truncate has freed the page and the block; wb1's completion has ended. */
export function truncateIsFooled(
  build: string,
  debugVm: boolean,
  more: Partial<MachineConfig> = {},
): Play {
  const play = start(build, debugVm, more);
  secondWritebackOfOnePage(play);
  play.truncater('T', 'a');
  play.sleeps('T');
  play.past('A1', 'C6');
  play.ends('T');
  play.ends('A1');
  return play;
}

/** Wrong data on disk without prior reuse. */
export function s3Prime(build: string): Play {
  const play = truncateIsFooled(build, false);
  play.writes('W3', { file: 'b', bytes: 'b[0] ' });
  play.ends('DMA2');
  return play;
}

/** Truncate returns with a write in flight, which lands later. */
export function s4(build: string, more: Partial<MachineConfig> = {}): Play {
  const play = truncateIsFooled(build, false, more);
  play.ends('DMA2');
  return play;
}

/** A page is freed with PG_writeback set. */
export function p4(build: string): Play {
  return truncateIsFooled(build, true);
}
