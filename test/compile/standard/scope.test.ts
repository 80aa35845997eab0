/** Whose `Max` it is: names of the community's modules beside those of the specification. */
import { describe, expect, it } from 'vitest';
import { evaluateExpression } from '../../../src/cli/evaluateExpression.js';
import { DiagnosticError } from '../../../src/source/diagnostic.js';
import { SourceText } from '../../../src/source/text.js';

type Files = Readonly<Record<string, string>>;

/** The value of an expression in the scope of `Root`, of these module bodies. */
function evaluated(expression: string, files: Files, config: string | null = null): string {
  const source = (name: string): SourceText | null => {
    const body = files[name];
    if (body === undefined) return null;
    return new SourceText(`${name}.tla`, `---- MODULE ${name} ----\n${body}\n====\n`);
  };
  return evaluateExpression(new SourceText('expression', expression), {
    spec: source('Root'),
    config: config === null ? null : new SourceText('Root.cfg', config),
    findModule: source,
  }).text;
}

describe('an operator of a community module', () => {
  it('may have the name of an operator of another module that does not see it', () => {
    const files = {
      Root: 'EXTENDS Integers, Part\nMax(a) == a + 1',
      Part: 'LOCAL INSTANCE FiniteSetsExt\nLargest(S) == Max(S)',
    };
    expect(evaluated('<<Max(5), Largest({1, 7})>>', files)).toBe('<<6, 7>>');
  });

  it('clashes with an operator of the module that extends it', () => {
    const files = { Root: 'EXTENDS Integers, FiniteSetsExt\nMax(a) == a + 1' };
    expect(() => evaluated('Max(5)', files)).toThrow(DiagnosticError);
    expect(() => evaluated('Max(5)', files)).toThrow(/Max/);
  });

  it('is reached through a named instance, and infix', () => {
    const files = { Root: 'EXTENDS Integers\nS == INSTANCE SequencesExt\nINSTANCE Bitwise' };
    expect(evaluated('<<S!Last(<<1, 2>>), 6 & 3, 6 | 3>>', files)).toBe('<<2, 2, 7>>');
  });

  it('may be replaced by the configuration', () => {
    const files = {
      Root: 'EXTENDS Integers, FiniteSetsExt\nOther(S) == 99\nTop == Max({1, 2})',
    };
    expect(evaluated('Top', files)).toBe('2');
    expect(evaluated('Top', files, 'CONSTANT Max <- Other')).toBe('99');
  });

  it('may be passed to an operator, and take one of the specification', () => {
    const files = {
      Root: 'EXTENDS Integers, FiniteSetsExt, SequencesExt\nTwice(F(_), x) == <<F(x), F(x)>>\nLess(a, b) == a > b',
    };
    expect(evaluated('<<Twice(Max, {1, 2}), SetToSortSeq({1, 2}, Less)>>', files)).toBe(
      '<<<<2, 2>>, <<2, 1>>>>',
    );
  });
});

describe('a file of the name of a community module', () => {
  it('counts more than the module that comes with the program', () => {
    const files = { Root: 'EXTENDS Folds', Folds: 'Own == 5' };
    expect(evaluated('Own', files)).toBe('5');
    expect(() => evaluated('Own', { Root: 'EXTENDS Folds' })).toThrow(DiagnosticError);
  });

  it('does not replace a standard module', () => {
    const files = { Root: 'EXTENDS Sequences', Sequences: 'Own == 5' };
    expect(evaluated('Len(<<1>>)', files)).toBe('1');
  });
});

it('names the module that an unknown operator comes from', () => {
  const remedy = (): string => {
    try {
      return evaluated('FoldLeft(1, 2, 3)', { Root: 'EXTENDS Integers' });
    } catch (error) {
      return (error as DiagnosticError).diagnostics.map((one) => one.hint).join();
    }
  };
  expect(remedy()).toContain('Add `SequencesExt` to EXTENDS');
});
