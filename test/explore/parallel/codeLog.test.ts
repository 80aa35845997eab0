/** The log of codes: all read it in one order, and nobody adds to what he has not read. */
import { describe, expect, it } from 'vitest';
import { CodesStuck } from '../../../src/explore/model.js';
import { SharedCodeLog } from '../../../src/explore/parallel/codeLog.js';
import { word } from '../../../src/explore/parallel/shared.js';

/** So many readers of one log with so many words. */
function logs(count: number, length: number) {
  const control = new Int32Array(new SharedArrayBuffer(16 * 4));
  const words = new Int32Array(new SharedArrayBuffer(length * 4));
  return {
    control,
    all: Array.from({ length: count }, () => new SharedCodeLog(control, words)),
  };
}

function two(length: number) {
  const { control, all } = logs(2, length);
  const [one, other] = all as [SharedCodeLog, SharedCodeLog];
  return { control, one, other };
}

function entriesOf(log: SharedCodeLog): number[][] {
  const entries: number[][] = [];
  log.read((entry) => entries.push([...entry]));
  return entries;
}

describe('a log of codes', () => {
  it('is read entry by entry, each once', () => {
    const { one, other } = two(100);
    expect(one.append([1, 2, 3])).toBe(true);
    expect(one.append([])).toBe(true);
    expect(one.append([-4])).toBe(true);
    expect(entriesOf(other)).toEqual([[1, 2, 3], [], [-4]]);
    expect(entriesOf(other)).toEqual([]);
    // Who has written them knows them.
    expect(entriesOf(one)).toEqual([]);
  });

  it('takes no entry of somebody who has not read all others', () => {
    const { one, other } = two(100);
    one.append([1]);
    expect(other.append([2])).toBe(false);
    expect(entriesOf(one)).toEqual([]);
    expect(entriesOf(other)).toEqual([[1]]);
    expect(other.append([2])).toBe(true);
    expect(entriesOf(one)).toEqual([[2]]);
  });

  it('has all entries in one order for everybody, whoever reads and writes when', () => {
    const { all } = logs(4, 10_000);
    const read = all.map(() => [] as number[][]);
    for (let turn = 0; turn < 500; turn++) {
      const log = all[(turn * 7) % 4] as SharedCodeLog;
      const known = read[(turn * 7) % 4] as number[][];
      const entry = Array.from({ length: turn % 4 }, (_, i) => turn * 10 + i);
      if (log.append(entry)) known.push(entry);
      else if (turn % 3 === 0) known.push(...entriesOf(log));
    }
    all.forEach((log, i) => {
      read[i]?.push(...entriesOf(log));
    });
    expect((read[0] ?? []).length).toBeGreaterThan(100);
    for (const one of read) expect(one).toEqual(read[0]);
  });

  it('may be added to while it is read, by who reads it', () => {
    const { one, other } = two(100);
    one.append([1]);
    one.append([2]);
    const answers: boolean[] = [];
    const seen: number[][] = [];
    other.read((entry) => {
      seen.push([...entry]);
      answers.push(other.append([10 + (entry[0] as number)]));
    });
    // After the first entry there is one more to read, after the second there is none.
    expect(seen).toEqual([[1], [2]]);
    expect(answers).toEqual([false, true]);
    expect(entriesOf(one)).toEqual([[12]]);
  });

  it('is full to the last word, and says so before it changes anything', () => {
    const { one, other } = two(10);
    one.append([1, 2, 3]);
    expect(() => one.append([1, 2, 3, 4, 5, 6])).toThrow(CodesStuck);
    expect(one.append([1, 2, 3, 4, 5])).toBe(true);
    expect(() => one.append([])).toThrow(CodesStuck);
    expect(entriesOf(other)).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4, 5],
    ]);
    // The lock was given back each time.
    expect(() => other.append([])).toThrow('the log is full');
  });

  it('begins anew for everybody, also where somebody has kept the lock', () => {
    const { control, one, other } = two(10);
    one.append([1, 2, 3]);
    entriesOf(other);
    control[word.lock] = 1;
    one.clear();
    other.rewind();
    expect(other.append([7])).toBe(true);
    expect(entriesOf(one)).toEqual([[7]]);
  });
});
