/** What `npm run bench` is asked for. */
import { describe, expect, it } from 'vitest';
import { benchOptions, runsOf, UsageError } from './arguments.js';

const ids = (...argv: string[]) => benchOptions(argv).cases.map((it) => it.id);
const usual = ['filter4', 'filterLive4', 'shootdown', 'writeback-base', 'writeback-b+e'];

describe('the cases', () => {
  it('are all but the large ones', () => {
    expect(ids()).toEqual(usual);
  });

  it('are all with --large', () => {
    expect(ids('--large').sort()).toEqual([...usual, 'filter5'].sort());
  });

  it('are those that are named, large or not', () => {
    expect(ids('--only', 'shootdown,filter5')).toEqual(['shootdown', 'filter5']);
  });
});

describe('the runs', () => {
  const runs = (...argv: string[]) => {
    const options = benchOptions(['--only', 'filter4,filter5', ...argv]);
    return options.cases.map((it) => runsOf(it, options));
  };

  it('are three, and one of a large case', () => {
    expect(runs()).toEqual([3, 1]);
  });

  it('are as many as asked for, of every case', () => {
    expect(runs('--runs', '5')).toEqual([5, 5]);
  });
});

it('the workers are one and two, or as asked for', () => {
  expect(benchOptions([]).workers).toEqual([1, 2]);
  expect(benchOptions(['--workers', '4,1,4']).workers).toEqual([4, 1]);
});

it.each([
  [['--runs', '0'], /--runs: 0/],
  [['--runs', 'many'], /--runs: many/],
  [['--workers', '1,'], /--workers/],
  [['--only', 'filter6'], /no case filter6; the cases are filter4/],
  [['--fast'], /--fast/],
  [['Filter.tla'], /Filter\.tla/],
])('refuses %j', (argv, message) => {
  expect(() => benchOptions(argv)).toThrow(UsageError);
  expect(() => benchOptions(argv)).toThrow(message);
});
