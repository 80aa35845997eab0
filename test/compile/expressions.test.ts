/** Constant expressions have the values, or the errors, that TLC gives them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileConstant, evaluateConstant } from '../../src/compile/compileConstant.js';
import { EvaluationFailure } from '../../src/explore/model.js';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { SourceText } from '../../src/source/text.js';
import type { Expr } from '../../src/syntax/ast.js';
import { parseExpression } from '../../src/syntax/parse.js';
import { formatValue, type Value } from '../../src/values/index.js';

interface Line {
  readonly text: string;
  readonly expected: string;
}

const file = new URL('../oracle/expressions.tsv', import.meta.url);
const lines: readonly Line[] = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [text, expected] = line.split('\t') as [string, string];
    return { text: text.replaceAll('␤', '\n'), expected };
  });

const parse = (text: string): Expr => parseExpression(new SourceText('expression', text));

/** Sets that TLC prints without enumerating them. */
const infinite = new Set(['Nat', 'Int', 'Seq({1})']);

describe('the value of a constant expression is TLC’s', () => {
  const withValue = lines.filter((line) => !line.expected.startsWith('ERROR'));

  it('in more than two hundred cases', () => {
    expect(withValue.length).toBeGreaterThan(200);
  });

  it.each(withValue)('$text', ({ text, expected }) => {
    if (infinite.has(expected)) {
      expect(evaluateConstant(parse(text)).text).toBe(expected);
    } else {
      const [actual, wanted] = [evaluate(text), evaluate(expected)];
      // Values are hash-consed: the same value is the same object.
      expect(formatValue(actual)).toBe(formatValue(wanted));
      expect(Object.is(actual, wanted)).toBe(true);
    }
  });
});

describe('an expression without a value is an evaluation error', () => {
  const failing = lines.filter((line) => line.expected.startsWith('ERROR eval'));

  it.each(failing)('$text', ({ text }) => {
    let failure: unknown;
    try {
      evaluate(text);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(EvaluationFailure);
    const { detail, message } = failure as EvaluationFailure;
    expect(detail).toMatchObject({ code: expect.stringMatching(/^EVL\d{3}$/) });
    expect((detail as { span: unknown }).span).not.toBeNull();
    expect(message).not.toMatch(/%\w+%|undefined/);
  });
});

function evaluate(text: string): Value {
  return compileConstant(parse(text));
}

it('leaves what does not parse to the parser', () => {
  expect(() => evaluate('1 +')).toThrow(DiagnosticError);
});
