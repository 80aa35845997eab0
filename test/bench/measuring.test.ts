/** Which runs count, and what several of them amount to. */
import { describe, expect, it } from 'vitest';
import { cli } from '../cli/runCli.js';
import { cases } from './cases.js';
import { type ProcessRun, peakInStatus, runProcess } from './childProcess.js';
import { measurementOf } from './counterplay.js';
import { InvalidRun, type Measurement, median, summarize, Unsupported } from './measurement.js';
import { readRecorded } from './recorded.js';
import { runInTurns } from './session.js';

const folder = new URL('.', import.meta.url).pathname;
const recorded = readRecorded(folder).cases;
const filter4 = cases.find((it) => it.id === 'filter4');
if (filter4 === undefined) throw new Error('the case filter4 is gone');

const run = (states: object, others: Partial<ProcessRun> = {}, document = {}): ProcessRun => ({
  exitCode: 0,
  out: JSON.stringify({ result: 'ok', message: null, complete: true, states, ...document }),
  err: '',
  seconds: 2,
  peakBytes: 1000,
  ...others,
});
const states = { generated: 2_202_344, distinct: 612_717, depth: 155 };

describe('a run of ours', () => {
  it('is measured from outside', () => {
    expect(measurementOf(run(states), filter4, 1, recorded.filter4)).toEqual({
      distinct: 612_717,
      seconds: 2,
      peakBytes: 1000,
      storeBytesPerState: null,
    });
  });

  it("has its store's bytes where the program says them", () => {
    const saying = run({ ...states, bytesPerState: 21.5 });
    const measurement = measurementOf(saying, filter4, 1, recorded.filter4);
    expect(measurement.storeBytesPerState).toBe(21.5);
  });

  it.each([
    ['failed', run(states, { exitCode: 1, out: '', err: 'out of memory' }), /out of memory/],
    ['was killed', run(states, { exitCode: null }), /exit code null/],
    ['stopped at a limit', run(states, {}, { complete: false, message: 'Stop.' }), /Stop\./],
    ['lost a state', run({ ...states, distinct: 612_716 }), /distinct: 612716, .* 612717/],
    ['lost a step', run({ ...states, generated: 1 }), /generated: 1, .* 2202344/],
    ['went deeper', run({ ...states, depth: 156 }), /depth: 156, .* 155/],
  ])('does not count when it %s', (_, wrong, message) => {
    const measure = () => measurementOf(wrong, filter4, 1, recorded.filter4);
    expect(measure).toThrow(InvalidRun);
    expect(measure).toThrow(message);
  });

  it('is no run with two workers when the program has one', () => {
    const warned = run(states, { err: 'warning[USE071]: --workers 2 is accepted, but …' });
    expect(() => measurementOf(warned, filter4, 2, recorded.filter4)).toThrow(Unsupported);
    expect(measurementOf(warned, filter4, 1, recorded.filter4).distinct).toBe(612_717);
  });
});

describe('several runs', () => {
  const measurement = (seconds: number, others: Partial<Measurement> = {}): Measurement => ({
    distinct: 10,
    seconds,
    peakBytes: null,
    storeBytesPerState: null,
    ...others,
  });
  const program = (name: string, ...runs: (Measurement | Error)[]) => ({
    name,
    workers: null,
    measure: async () => {
      const next = runs.shift();
      if (next === undefined || next instanceof Error) throw next ?? new Error('run too often');
      return next;
    },
  });

  it('have a median', () => {
    expect(median([10, 9, 100])).toBe(10);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow();
  });

  it('are summarized number by number', () => {
    const runs = [measurement(3, { peakBytes: 5 }), measurement(1), measurement(2)];
    expect(summarize(runs)).toEqual(measurement(2, { peakBytes: 5 }));
  });

  it('must find the same states', () => {
    expect(() => summarize([measurement(1), measurement(1, { distinct: 11 })])).toThrow(
      '10 states in one run, 11 in another',
    );
  });

  it('are taken in turns; what does not count costs only its own row', async () => {
    const said: string[] = [];
    const programs = [
      program('good', measurement(1), measurement(3)),
      program('bad', measurement(1), new InvalidRun('it broke')),
      program('unable', new Unsupported('not here')),
    ];
    const outcome = await runInTurns(filter4, programs, 2, (text) => said.push(text));
    expect(said.map((text) => text.replace('Filter, n = 4: ', ''))).toEqual([
      'good, run 1 of 2',
      'bad, run 1 of 2',
      'unable, run 1 of 2',
      'good, run 2 of 2',
      'bad, run 2 of 2',
    ]);
    expect(outcome.measured).toEqual([
      { name: 'good', workers: null, summary: measurement(2), allSeconds: [1, 3] },
    ]);
    expect(outcome.problems).toEqual(['Filter, n = 4, bad: it broke']);
    expect([...outcome.unsupported.values()]).toEqual(['not here']);
  });

  it("do not hide a mistake of the benchmark's own", async () => {
    const programs = [program('broken', new TypeError('a mistake'))];
    await expect(runInTurns(filter4, programs, 1, () => {})).rejects.toThrow('a mistake');
  });
});

describe('a child process', () => {
  it('gives what it printed, its exit code, and its time', async () => {
    const script =
      'setTimeout(() => { console.log("o"); console.error("e"); process.exit(3) }, 200)';
    const result = await runProcess(process.execPath, ['-e', script]);
    expect(result).toMatchObject({ exitCode: 3, out: 'o\n', err: 'e\n' });
    expect(result.seconds).toBeGreaterThan(0.2);
  });

  it('that cannot be started is an error', async () => {
    await expect(runProcess('/no/such/program', [])).rejects.toThrow('ENOENT');
  });

  it('has its peak in the status that Linux shows', () => {
    expect(peakInStatus('Name:\tpan\nVmPeak:\t  999 kB\nVmHWM:\t  119744 kB\n')).toBe(122_617_856);
    expect(peakInStatus('Name:\tpan\nState:\tZ (zombie)\n')).toBeNull();
  });
});

describe("the benchmark's specs have the numbers of TLC", () => {
  it.each([
    ['filterLive3', 'FilterLive.tla', 'FilterLive3.cfg'],
    ['filter4', 'Filter.tla', 'Filter4.cfg'],
  ])('%s', async (id, spec, config) => {
    const args = [`${folder}${spec}`, '--config', `${folder}${config}`, '--json', '--quiet'];
    const { out, err } = await cli('check', ...args);
    expect(err).toBe('');
    const { distinct, generated, depth } = recorded[id] ?? {};
    const { states, result, properties } = JSON.parse(out);
    expect(states).toMatchObject({ distinct, generated, depth });
    expect(result).toBe('ok');
    const answers = properties.map((it: { result: string }) => it.result);
    expect(answers).toEqual(properties.map(() => 'holds'));
  });
});
