/** TLC's configuration language: what is read, and what is said about mistakes in it. */
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/semantics/config/parseConfig.js';
import type { ConfigValue } from '../../src/semantics/specification.js';
import { type Diagnostic, DiagnosticError } from '../../src/source/diagnostic.js';
import { locate, SourceText } from '../../src/source/text.js';

const parse = (text: string) => parseConfig(new SourceText('Some.cfg', text));

function mistakes(text: string): readonly Diagnostic[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  return [];
}

/** `line:column code` of every mistake. */
function places(text: string): readonly string[] {
  return mistakes(text).map((one) => {
    if (!one.span) throw new Error(`${one.code} has no place`);
    const { line, column } = locate(one.span);
    return `${line}:${column} ${one.code}`;
  });
}

function show(value: ConfigValue): string {
  switch (value.kind) {
    case 'set':
      return `{${value.elements.map(show).join(', ')}}`;
    case 'model':
      return value.name;
    default:
      return JSON.stringify(value.value);
  }
}

const names = (all: readonly { readonly name: string }[]) => all.map((one) => one.name);

describe('reading a configuration', () => {
  it('reads every kind of value, in nested comments and over several lines', () => {
    const { constants } = parse(
      [
        '(* values; (* comments nest *) and keywords repeat *)',
        'CONSTANT A = 3',
        'CONSTANTS B = "two words" C = {{1}, {2,3}, {}}',
        '  D = TRUE \\* a boolean = 4',
        '  E = {e1, "x", FALSE}',
        '  F = F',
      ].join('\n'),
    );
    expect(constants.map((one) => `${one.name} = ${show(one.value)}`)).toEqual([
      'A = 3',
      'B = "two words"',
      'C = {{1}, {2, 3}, {}}',
      'D = true',
      'E = {e1, "x", false}',
      'F = F',
    ]);
  });

  it('collects the names of repeated statements in order', () => {
    const read = parse('INVARIANTS A B\nINIT I NEXT N INVARIANT C\nPROPERTY P\nPROPERTIES Q');
    expect(names(read.invariants)).toEqual(['A', 'B', 'C']);
    expect(names(read.properties)).toEqual(['P', 'Q']);
    expect([read.init?.name, read.next?.name, read.specification]).toEqual(['I', 'N', null]);
  });

  it('reads the statements that shape the search', () => {
    const read = parse(
      'SPECIFICATION S CONSTRAINT C ACTION_CONSTRAINTS D E SYMMETRY F VIEW G ALIAS H\n' +
        'POSTCONDITION J CHECK_DEADLOCK FALSE CONSTANT K <- L',
    );
    expect(names(read.constraints)).toEqual(['C']);
    expect(names(read.actionConstraints)).toEqual(['D', 'E']);
    expect([read.symmetry, read.view, read.alias, read.postcondition].map((x) => x?.name)).toEqual([
      'F',
      'G',
      'H',
      'J',
    ]);
    expect(read.overrides.map((one) => [one.name, one.replacement.name])).toEqual([['K', 'L']]);
    expect(read.checkDeadlock).toBe(false);
  });

  it('checks for deadlock when the file does not say', () => {
    expect(parse('SPECIFICATION Spec').checkDeadlock).toBe(true);
  });

  it('gives every item its place', () => {
    const read = parse('INVARIANTS\n  A\n    B');
    expect(read.invariants.map((one) => locate(one.span))).toEqual([
      { file: 'Some.cfg', line: 2, column: 3 },
      { file: 'Some.cfg', line: 3, column: 5 },
    ]);
  });
});

describe('mistakes in a configuration', () => {
  it('suggests the keyword that was meant', () => {
    const [one] = mistakes('SPECIFICATON Spec');
    expect(one).toMatchObject({ code: 'CFG001', kind: 'config' });
    expect(one?.hint).toBe('Did you mean `SPECIFICATION`?');
  });

  it('suggests the keyword even where a constant could stand', () => {
    const [one] = mistakes('CONSTANT A = 1\nINVARANT Inv');
    expect(one?.hint).toContain('`INVARIANT`');
  });

  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['a tuple is not a value', 'CONSTANT C = <<1, 2>>', ['1:14 CFG004']],
    ['a negative number is not a value', 'CONSTANT C = -1', ['1:14 CFG004']],
    ['an interval is not a value', 'CONSTANT C = 1 .. 3\nINIT I', ['1:16 CFG004']],
    ['a constant without a value', 'CONSTANT C\nINIT I', ['1:10 CFG003']],
    ['a value that is missing at the end', 'CONSTANT C =', ['1:10 CFG004']],
    ['a set that is not closed', 'CONSTANT C = {1, 2\nINIT I', ['1:14 CFG008']],
    ['a comment that is not closed', 'INIT I (* more (* *)', ['1:8 CFG008']],
    ['a string that is not closed', 'CONSTANT C = "a\nINIT I', ['1:14 CFG008']],
    ['a statement without its name', 'INIT\nNEXT N', ['1:1 CFG002']],
    ['a constant given twice', 'CONSTANT C = 1\nC = 2', ['2:1 CFG006']],
    ['INIT given twice', 'INIT I\nINIT J', ['2:1 CFG005']],
    ['SPECIFICATION with INIT', 'SPECIFICATION S\nINIT I', ['2:6 CFG009']],
    ['CHECK_DEADLOCK without a value', 'CHECK_DEADLOCK maybe', ['1:16 CFG007']],
    ['a module without a name', 'CONSTANT Nat <- [1]Small', ['1:18 CFG002']],
    ['a module that is not closed', 'CONSTANT Nat <- [M Small', ['1:17 CFG008']],
    ['two replacements in one module', 'CONSTANT A <- [M]B\nA <- [M]C', ['2:1 CFG006']],
    ['a value for arguments', 'CONSTANT F(1) = 2', ['1:10 CFG010']],
    [
      'all mistakes of a file',
      'INITT I\nCONSTANT C = <<\nNEXT',
      ['1:1 CFG001', '2:14 CFG004', '3:1 CFG002'],
    ],
  ];
  for (const [mistake, text, expected] of table) {
    it(mistake, () => expect(places(text)).toEqual(expected));
  }
});
