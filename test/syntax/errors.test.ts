import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/source/diagnostic.js';
import { parseExpression, parseModule } from '../../src/syntax/parse.js';
import { diagnosticsOf, place } from './mistakes.js';
import { text } from './shape.js';

const diagnosticOf = (run: () => unknown): Diagnostic => diagnosticsOf(run)[0] as Diagnostic;

interface Mistake {
  readonly file: string;
  readonly stage: string;
  readonly line: number;
  readonly column: number;
  readonly mistake: string;
}

const oracle = new URL('../oracle/', import.meta.url);
const mistakes = JSON.parse(readFileSync(new URL('errors.json', oracle), 'utf8')) as Mistake[];
/** Names of modules and files are the loader's to check. */
const ofTheLoader = ['WrongName.tla', 'NoSuchModule.tla'];

describe('the mistakes of the oracle', () => {
  const syntactic = mistakes.filter(
    ({ stage, file }) => stage === 'parse' && !ofTheLoader.includes(file),
  );

  it.each(syntactic)('$mistake ($file)', ({ file, line, column }) => {
    const content = readFileSync(new URL(`errors/${file}`, oracle), 'utf8');
    expect(place(diagnosticOf(() => parseModule(text(content, file))))).toBe(`${line}:${column}`);
  });

  it('modules whose mistake lies elsewhere parse', () => {
    const others = mistakes.filter(({ stage, file }) => stage !== 'parse' && /\.tla$/.test(file));
    expect(others.length).toBeGreaterThan(20);
    for (const { file } of others) {
      const content = readFileSync(new URL(`errors/${file}`, oracle), 'utf8');
      expect(() => parseModule(text(content, file))).not.toThrow();
    }
  });
});

describe('a mistake in a module', () => {
  // The body begins in line 2 of the module.
  it.each<[string, string, string, string]>([
    [
      'A == 1 +\nB == 2',
      '3:1',
      'SYN004',
      'Expected an expression after `+`, found the definition of `B`.',
    ],
    ['A == F()', '2:8', 'SYN004', 'Expected an expression after `(`, found `)`.'],
    ['A == (1 + 2\nB == 1', '2:6', 'SYN005', '`(` is never closed.'],
    ['A == [a |-> {1, 2]', '2:13', 'SYN005', '`{` is never closed.'],
    ['A == 1)', '2:7', 'SYN012', '`)` closes nothing.'],
    ['A == 1 *)\nB == 2', '2:8', 'SYN012', '`*)` closes nothing.'],
    ['VARIABLES x, IN', '2:14', 'SYN006', '`IN` is a reserved word and cannot be a name.'],
    [
      'VARIABLES x,\nCONSTANT N',
      '3:1',
      'SYN001',
      'Unexpected `CONSTANT` after `,`; expected a name.',
    ],
    ['VARIABLES x,\nA == 1', '3:1', 'SYN001', 'Unexpected the definition of `A` after `,`'],
    ['CASE == 1', '2:1', 'SYN006', '`CASE` is a reserved word and cannot be a name.'],
    ['A == r.IF', '2:8', 'SYN006', '`IF` is a reserved word and cannot be a name.'],
    ['A == 1\nB = x', '3:3', 'SYN007', 'A definition is written with `==`, not `=`.'],
    ['A(x) = x + 1', '2:6', 'SYN007', 'A definition is written with `==`, not `=`.'],
    ['A == \\E x = S : x', '2:11', 'SYN013', 'A bound variable ranges over a set with `\\in`'],
    ['A == 1 2', '2:8', 'SYN015', 'follow each other without an operator: `2` after `1`.'],
    ['A == IF x THEN 1', '3:1', 'SYN001', 'expected `ELSE` of the `IF` in line 2.'],
    ['A == \\A x \\in S x', '2:17', 'SYN001', 'expected `:` of the `\\A` in line 2.'],
    ['A == [f EXCEPT ![1] == 2]', '2:21', 'SYN001', 'Unexpected `==` after `]`; expected `=`.'],
    ['A == "abc', '2:6', 'SYN003', 'This string has no closing quote on its line.'],
    ['A == 1 (* no end', '2:8', 'SYN002', 'This comment is never closed.'],
    ['A == F!2', '2:8', 'SYN011', 'Selecting a part of a formula is not supported.'],
    ['A == /\\ x =\n     y', '3:6', 'SYN014', '`y` stands at or left of the bullet `/\\`'],
    [
      'A == /\\ IF x\n   THEN 1 ELSE 2',
      '3:4',
      'SYN014',
      '`THEN` stands at or left of the bullet `/\\`',
    ],
    ['A == /\\ \\E x \\in S\n  : x', '3:3', 'SYN014', '`:` stands at or left of the bullet `/\\`'],
  ])('%s', (body, where, code, message) => {
    const diagnostic = diagnosticOf(() =>
      parseModule(text(`---- MODULE Test ----\n${body}\n====\n`)),
    );
    expect(diagnostic.message).toContain(message);
    expect(`${place(diagnostic)} ${diagnostic.code}`).toBe(`${where} ${code}`);
  });

  it('a text without a module', () => {
    const diagnostic = diagnosticOf(() => parseModule(text('A == 1')));
    expect(diagnostic.code).toBe('SYN009');
  });

  it('a module without an end', () => {
    const diagnostic = diagnosticOf(() => parseModule(text('---- MODULE Open ----\nA == 1\n')));
    expect(diagnostic.message).toBe('Module Open has no end.');
    expect(place(diagnostic)).toBe('3:1');
  });

  it('says where an unclosed bracket is missed', () => {
    const source = text('---- MODULE Test ----\nA == (1 + 2\nB == 1\n====\n');
    const { notes } = diagnosticOf(() => parseModule(source));
    expect(notes[0]?.span?.start).toBe(source.text.indexOf('B =='));
  });
});

describe('several mistakes in a module', () => {
  // The body begins in line 2 of the module.
  it.each<[string, string, readonly string[]]>([
    [
      'one for each definition',
      'A == 1 +\nB == 2\nC == (1\nD == {1, 2}\nE(x) == x x\nF == 1',
      ['3:1 SYN004', '4:6 SYN005', '6:11 SYN015'],
    ],
    [
      'in declarations',
      'VARIABLE IF\nCONSTANT N,\nASSUME N > \n----\nA == 1 2',
      [...['2:10 SYN006', '4:1 SYN001', '5:1 SYN004', '6:8 SYN015']],
    ],
    [
      'after a LET without IN, from the next definition at the margin',
      'A == LET x == 1\n         y == 2\nB == 1\nC == 1 2',
      ['4:1 SYN001', '5:8 SYN015'],
    ],
    [
      'in a module inside',
      '---- MODULE Inner ----\nA == )\n====\nB == ]',
      [...['3:6 SYN012', '5:6 SYN012']],
    ],
    [
      'after a head that is wrong',
      'EXTENDS A,\nB == 1 2\nC == 1 2',
      ['3:1 SYN001', '3:8 SYN015', '4:8 SYN015'],
    ],
  ])('%s', (_name, body, expected) => {
    const source = text(`---- MODULE Test ----\n${body}\n====\n`);
    const found = diagnosticsOf(() => parseModule(source));
    expect(found.map((one) => `${place(one)} ${one.code}`)).toEqual(expected);
  });

  it('not more than anybody reads', () => {
    const body = Array.from({ length: 100 }, (_, i) => `A${i} == 1 +`).join('\n');
    const source = text(`---- MODULE Test ----\n${body}\n====\n`);
    expect(diagnosticsOf(() => parseModule(source))).toHaveLength(20);
  });
});

describe('a mistake in an expression', () => {
  it.each([
    ['1 + * 2', '1:5', 'Expected an expression after `+`, found `*`.'],
    ['{1, 2', '1:1', '`{` is never closed.'],
    ['', '1:1', 'Unexpected the end of the text; expected an expression.'],
  ])('%s', (source, where, message) => {
    const diagnostic = diagnosticOf(() => parseExpression(text(source)));
    expect(diagnostic.message).toContain(message);
    expect(place(diagnostic)).toBe(where);
  });

  it('nested beyond all reason is refused, not a crash', () => {
    const source = `${'('.repeat(40_000)}1${')'.repeat(40_000)}`;
    expect(diagnosticOf(() => parseExpression(text(source))).code).toBe('SYN016');
  });
});
