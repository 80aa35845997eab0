/** Spin's figures, read from what its verifier printed for filter.pml. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spinMeasurement } from './spin.js';
import { readSpinReport } from './spinOutput.js';

const output = (name: string) =>
  readFileSync(new URL(`spinOutputs/${name}.txt`, import.meta.url), 'utf8');

describe('the output of a complete search', () => {
  it('without reduction', () => {
    expect(readSpinReport(output('unreduced'))).toEqual({
      isReduced: false,
      stored: 516_337,
      transitions: 1_768_220,
      stateVector: 48,
      statesMegabytes: 24.219,
      hashTableMegabytes: 128,
      totalMegabytes: 609.885,
      seconds: 0.29,
    });
  });

  it('with reduction', () => {
    const report = readSpinReport(output('reduced'));
    expect(report).toMatchObject({ isReduced: true, stored: 255_002, statesMegabytes: 14.062 });
  });

  it('of so many states that Spin prints them with an exponent', () => {
    const text = output('unreduced').replace('516337 states', '1.2345679e+08 states');
    expect(readSpinReport(text).stored).toBe(123_456_790);
  });

  it('gives the bytes of a state that Spin itself names: 29 as stored and 20 of overhead', () => {
    const measurement = spinMeasurement(readSpinReport(output('unreduced')), 640_000_000);
    expect(measurement).toMatchObject({ distinct: 516_337, seconds: 0.29, peakBytes: 640_000_000 });
    expect(measurement.storeBytesPerState).toBeCloseTo(29 + 20, 0);
  });
});

describe('a search that does not count', () => {
  it.each([
    ['tooDeep', /not complete/],
    ['outOfMemory', /not complete/],
    ['violated', /found an error/],
  ])('%s', (name, message) => {
    expect(() => readSpinReport(output(name))).toThrow(message);
  });

  it('one that printed nothing that is known', () => {
    expect(() => readSpinReport('Segmentation fault')).toThrow(/no number of errors/);
  });
});
