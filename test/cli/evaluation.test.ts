/** What a person sees of errors of evaluation, of warnings, and of what the spec prints. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, json } from './runCli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A specification with its configuration, as files. */
function spec(name: string, body: string, config = 'INIT Init NEXT Next'): string {
  const file = join(folder, `${name}.tla`);
  writeFileSync(file, `---- MODULE ${name} ----\n${body}\n====\n`);
  writeFileSync(join(folder, `${name}.cfg`), config);
  return file;
}

describe('an expression without a value', () => {
  const body = [
    'EXTENDS Integers, Sequences',
    'VARIABLE x',
    'Squares == <<1, 4>>',
    'Square(i) == Squares[i]',
    'Init == x = 1',
    "Next == x' = x + 1",
    'Inv == Square(x) = x * x',
  ].join('\n');

  it('is shown with its values, its place, the definitions that led there, and the trace', async () => {
    const file = spec('Lookup', body, 'INIT Init NEXT Next INVARIANT Inv');
    const { exitCode, out } = await cli('check', file);
    expect(exitCode).toBe(76);
    const told = [
      'the function <<1, 4>> is applied to 3, which is not in its domain 1..2',
      `${file}:5:14`,
      '5 │ Square(i) == Squares[i]',
      '^~~~~~~~~~',
      'called from here',
      `${file}:8:8`,
      '8 │ Inv == Square(x) = x * x',
      'State 3:',
      'x: 2 → 3',
    ];
    let from = 0;
    for (const words of told) {
      const at = out.indexOf(words, from);
      expect(at, `${words} in\n${out}`).toBeGreaterThanOrEqual(from);
      from = at;
    }
  });

  it('has its place in the document, too', async () => {
    const file = spec('Lookup', body, 'INIT Init NEXT Next INVARIANT Inv');
    const { exitCode, document } = await json('check', file);
    expect(exitCode).toBe(76);
    expect(document).toMatchObject({
      result: 'evaluation-error',
      location: { line: 5, column: 14 },
      trace: { steps: [{}, {}, {}] },
    });
  });

  it('ends a run before it begins, if it is an assumption', async () => {
    const file = spec('Assumed', 'ASSUME 1 = "a"\nVARIABLE x\nInit == x = 1\nNext == UNCHANGED x');
    const { exitCode, out } = await cli('check', file);
    expect(exitCode).toBe(75);
    expect(out).toContain('1 and "a" are of different kinds');
    expect(out).toContain('ASSUME 1 = "a"');
    expect(out).not.toContain('State 1');
  });

  it('is named with its remedy by eval', async () => {
    const { exitCode, err } = await cli('eval', 'CHOOSE x \\in {1, 2} : x > 2');
    expect(exitCode).toBe(75);
    expect(err).toContain('error[EVL007]: no element of {1, 2} satisfies the CHOOSE');
    expect(err).toContain('CHOOSE needs a witness');
  });
});

it('warns once of an EXCEPT that changes nothing', async () => {
  const body = [
    'EXTENDS Integers',
    'VARIABLE f',
    'Init == f = [i \\in 1..2 |-> 0]',
    "Next == \\/ f' = [f EXCEPT ![3] = 1]",
    "        \\/ f' = [f EXCEPT ![1] = 1 - @]",
  ].join('\n');
  const { exitCode, err } = await cli('check', spec('Except', body));
  expect(exitCode).toBe(0);
  expect(err.match(/warning\[EVL028\]/g)).toHaveLength(1);
  expect(err).toContain('3 is not in the domain of <<0, 0>>');
});

describe('what a specification prints', () => {
  const body = [
    'EXTENDS Integers, TLC',
    'VARIABLE x',
    'Init == x = 0',
    'Next == x < 2 /\\ PrintT(<<"at", x>>) /\\ x\' = x + 1',
  ].join('\n');
  const config = 'INIT Init NEXT Next CHECK_DEADLOCK FALSE';

  it('comes on standard output, once for each evaluation', async () => {
    const { out } = await cli('check', spec('Printing', body, config));
    expect(out.split('\n').slice(0, 2)).toEqual(['<<"at", 0>>', '<<"at", 1>>']);
    expect(out.match(/<<"at"/g)).toHaveLength(2);
  });

  it('leaves standard output to the document with --json', async () => {
    const file = spec('Printing', body, config);
    const { out, err } = await cli('check', file, '--json');
    expect(JSON.parse(out)).toMatchObject({ result: 'ok' });
    expect(err).toBe('<<"at", 0>>\n<<"at", 1>>\n');
  });

  it('is printed once by eval, before the value', async () => {
    const { out } = await cli('eval', 'Print("seen", 5) + 1');
    expect(out).toBe('"seen"  5\n6\n');
  });
});

it.each([
  ['1 .. 3', '1..3'],
  ['3 .. 1', '{}'],
  ['SUBSET {1, 2}', '{{}, {1}, {2}, {1, 2}}'],
  ['[1..2 -> {7}]', '{<<7, 7>>}'],
  ['Nat', 'Nat'],
  ['(2 :> 2) @@ (3 :> 3)', '(2 :> 2 @@ 3 :> 3)'],
  ['"two words" :> 1', '("two words" :> 1)'],
  ['[i \\in 1..90 |-> i]', `<<${Array.from({ length: 90 }, (_, i) => i + 1).join(', ')}>>`],
  ['JavaTime > 1000000', 'TRUE'],
])('eval prints %s as %s', async (expression, text) => {
  const { exitCode, out } = await cli('eval', '--', expression);
  expect(exitCode).toBe(0);
  expect(out).toBe(`${text}\n`);
});
