/** Every mistake in an algorithm is found, and at its place. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseOptions, translateAlgorithm } from '../../src/pluscal/index.js';
import { pluscal } from '../../src/source/catalogue/pluscal.js';
import { type Diagnostic, DiagnosticError } from '../../src/source/diagnostic.js';
import { locate, spanText } from '../../src/source/text.js';
import { parseModule } from '../../src/syntax/parse.js';
import { parseAlgorithm } from '../../src/syntax/parsePluscal.js';
import { translate } from './algorithms.js';
import { readOracle } from './trees.js';

interface OracleMistake {
  readonly spec: string;
  readonly stage: string;
  readonly line: number;
  readonly column: number;
  readonly mistake: string;
}

const all: readonly OracleMistake[] = JSON.parse(
  readFileSync(new URL('../oracle/errors.json', import.meta.url), 'utf8'),
);

function mistakes(run: () => unknown): readonly Diagnostic[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  return [];
}

describe('the mistakes of the oracle', () => {
  for (const { spec, line, column, mistake } of all.filter((one) => one.stage === 'pcal')) {
    it(`${mistake} (${spec})`, () => {
      const { algorithm } = parseModule(readOracle(`errors/${spec}`));
      if (!algorithm) throw new Error(`no algorithm in ${spec}`);
      const found = mistakes(() => translateAlgorithm(parseAlgorithm(algorithm)));
      expect(found.map((one) => one.span && locate(one.span))).toEqual([
        { file: `errors/${spec}`, line, column },
      ]);
    });
  }
});

/** Code, the text that it underlines, and the algorithm. */
type Case = readonly [code: string, at: string, text: string];

const c = (body: string): string => `--algorithm A { variables x = 0, y = 0; ${body} }`;
const p = (body: string): string => `--algorithm A variables x = 0, y = 0; ${body} end algorithm`;

const cases: readonly Case[] = [
  ['PCL001', 'x', c('{ a: while x > 0 { skip } }')],
  ['PCL001', ';', c('{ a: x := ; }')],
  ['PCL001', 'in', c('{ a: with (z in S) skip }')],
  ['PCL001', 'x', p('begin a: if x > 0 x := 1; end if;')],
  ['PCL002', 'skip', p('begin a: x := 1 skip;')],
  ['PCL002', 'y', c('{ a: if (x = 0) { skip } y := 1 }')],
  ['PCL003', '=', c('{ a: x[1] = 1 }')],
  ['PCL004', 'while', '--algorithm A variable x = 0; begin a: while x do skip;'],
  ['PCL005', 'process', p('begin a: skip; end process;')],
  ['PCL004', 'if', p('begin a: if x = 0 then skip;')],
  ['PCL006', 'whyle', c('{ a: whyle x }')],
  ['PCL007', 'do', c('{ a: while (x > 0) do skip }')],
  ['PCL007', '{', p('begin a: while (x > 0) { skip };')],
  ['PCL008', 'b', c('{ a: b: skip }')],
  ['PCL008', 'b', c('{ a: { b: skip } }')],
  ['PCL009', ':=', '--algorithm A { variables x := 0; { skip } }'],
  ['PCL010', 'y := 1', c('{ a: if (x = 0) goto a; y := 1 }')],
  ['PCL010', 'skip', c('process (q = 1) { skip }')],
  ['PCL011', 'b', c('{ a: with (z \\in S) { b: skip } }')],
  ['PCL012', 'while (TRUE) skip', c('{ a: with (z \\in S) { while (TRUE) skip } }')],
  ['PCL013', 'x := 2', c('{ a: with (z \\in S) { x := 1; x := 2 } }')],
  ['PCL014', 'skip', c('{ a: with (z \\in S) { goto a; skip } }')],
  ['PCL015', 'a', c('process (q = 1) { a: skip; a: skip }')],
  ['PCL016', 'Done', c('{ Done: skip }')],
  ['PCL016', 'Error', c('{ Error: skip }')],
  ['PCL017', 'b', c('process (q = 1) { a: goto b } process (r = 2) { b: skip }')],
  ['PCL018', 'f', c('{ a: call f() }')],
  ['PCL019', 'f', c('procedure f(v) { b: return } { a: call f() }')],
  ['PCL020', 'return', c('{ a: return }')],
  ['PCL021', 'N', c('{ a: N := 1 }')],
  ['PCL022', 'x[1] := 2', c('{ a: x := 1 || x[1] := 2 }')],
  ['PCL023', 'z', c('{ a: with (z \\in S) z := 1 }')],
  ['PCL024', 'pc', c('{ a: pc := "a" }')],
  ['PCL026', 'A', '--algorithm A { { a: while (TRUE) skip } }'],
  ['PCL030', 'x', c('process (q = 1) variable x; { a: skip }')],
  ['PCL030', 'q', c('process (q = 1) { a: skip } process (q = 2) { b: skip }')],
  ['PCL030', 'm', c('macro m() { skip } macro m() { skip } { skip }')],
  ['PCL031', 'l', c('macro m() { l: skip } { skip }')],
  ['PCL032', 'while (TRUE) skip', c('macro m() { while (TRUE) skip } { skip }')],
  ['PCL033', 'm', c('macro n() { m() } macro m() { skip } { n() }')],
  ['PCL034', 'm', c('macro m(v) { skip } { m(1, 2) }')],
  ['PCL035', 'x + 1', c('macro m(v) { v := 0 } { m(x + 1) }')],
];

describe('mistakes are told where they are', () => {
  for (const [code, at, text] of cases) {
    it(`${code} at ${at}: ${text}`, () => {
      const [first] = mistakes(() => translate(text));
      expect(first).toMatchObject({ code });
      expect(first?.span && spanText(first.span)).toBe(at);
    });
  }

  it('every missing label is told at once', () => {
    const text = c('process (q = 1) { a: x := 1; x := 2; while (x > 0) skip }');
    const found = mistakes(() => translate(text));
    expect(found.map((one) => one.span && spanText(one.span))).toEqual([
      'x := 2',
      'while (x > 0) skip',
    ]);
  });

  it('mistakes of several kinds are told at once, in the order of the text', () => {
    const found = mistakes(() =>
      translate(
        c(`procedure f(v) variable x; { a: return }
           process (q = 1) {
             b: N := 1; goto z; y := 2;
             b: with (w \\in S) { l: w := 1; while (TRUE) skip; y := 1; y := 2 };
             call g(); c: call f(); d: return; e: pc := "a" } `),
      ),
    );
    expect(found.map((one) => `${one.code} ${one.span && spanText(one.span)}`)).toEqual([
      ...['PCL030 x', 'PCL021 N', 'PCL017 z', 'PCL010 y := 2', 'PCL015 b', 'PCL011 l'],
      ...['PCL023 w', 'PCL012 while (TRUE) skip', 'PCL013 y := 2', 'PCL018 g', 'PCL019 f'],
      ...['PCL020 return', 'PCL024 pc'],
    ]);
  });

  it('mistakes of macros are told at once, and each once', () => {
    const macros = 'macro m(v) { l: v := 1; goto z } macro n() { o(); while (TRUE) skip }';
    const found = mistakes(() => translate(c(`${macros} { a: m(1); b: m(x, x); c: n(); n(1) }`)));
    expect(found.map((one) => `${one.code} ${one.span && spanText(one.span)}`)).toEqual([
      ...['PCL031 l', 'PCL033 o', 'PCL032 while (TRUE) skip'],
      ...['PCL035 1', 'PCL034 m', 'PCL034 n'],
    ]);
    const twice = mistakes(() => translate(c('macro m() { goto z } { a: m(); b: m() }')));
    expect(twice.map(({ code }) => code)).toEqual(['PCL017']);
  });

  it('a mistake in a macro names the call, too', () => {
    const text = c('macro m(v) { z := v } { a: m(1) }');
    const [found] = mistakes(() => translate(text));
    expect(found?.notes.map((one) => one.span && spanText(one.span))).toEqual(['m(1)']);
  });

  it('what follows an endless loop is a warning', () => {
    const { warnings } = translate(p('begin a: while TRUE do x := 1; end while; y := 2;'));
    expect(warnings.map((one) => [one.code, one.severity])).toEqual([['PCL025', 'warning']]);
  });

  it('unknown options and missing values are told', () => {
    expect(mistakes(() => parseOptions('-wff'))[0]).toMatchObject({
      code: 'PCL040',
      hint: 'Did you mean `-wf`?',
    });
    expect(mistakes(() => parseOptions('-labelRoot'))[0]).toMatchObject({ code: 'PCL041' });
    const refused = ['-lineWidth 59', '-lineWidth x', '-labelRoot 1', '-spec PlusCal', '-writeAST'];
    const codes = refused.map((text) => mistakes(() => parseOptions(text))[0]?.code);
    expect(codes).toEqual(['PCL043', 'PCL043', 'PCL043', 'PCL042', 'PCL042']);
  });

  it('every code of the catalogue has an example', () => {
    // The last three are of the module around the algorithm: test/syntax/algorithmText.test.ts.
    const options = ['PCL040', 'PCL041', 'PCL042', 'PCL043', 'PCL044', 'PCL045', 'PCL046'];
    const tested = new Set([...cases.map(([code]) => code), 'PCL025', ...options]);

    expect(Object.keys(pluscal).filter((code) => !tested.has(code))).toEqual([]);
  });
});
