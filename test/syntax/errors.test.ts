import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, DiagnosticError } from '../../src/source/diagnostic.js';
import { parseExpression, parseModule } from '../../src/syntax/parse.js';
import { text } from './shape.js';

function diagnosticOf(run: () => unknown): Diagnostic {
  try {
    run();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0] as Diagnostic;
    throw error;
  }
  throw new Error('it parses');
}

function place({ span }: Diagnostic): string {
  const { line, column } = span?.source.position(span.start) ?? { line: 0, column: 0 };
  return `${line}:${column}`;
}

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
    ['THEOREM ASSUME NEW x PROVE x', '2:9', 'SYN011', '`ASSUME … PROVE` is not supported.'],
    ['A == name:: x', '2:10', 'SYN011', 'A label of an expression'],
    ['A == /\\ x =\n     y', '3:6', 'SYN014', '`y` stands at or left of the bullet `/\\`'],
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
    const source = `${'('.repeat(5000)}1${')'.repeat(5000)}`;
    expect(diagnosticOf(() => parseExpression(text(source))).code).toBe('SYN016');
  });
});
