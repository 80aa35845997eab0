import { describe, expect, it } from 'vitest';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { spanText } from '../../src/source/text.js';
import { parseExpression } from '../../src/syntax/parse.js';
import { shapeOf, text } from './shape.js';

// Expectations by hand from the table of operators in Specifying Systems and the observations in
// pluscal-semantics.md, section 7.
describe('precedence', () => {
  it.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['a - b - c', '((a - b) - c)'],
    ['a + b - c', '(a + (b - c))'],
    ['-2 ^ 2', '(-. (2 ^ 2))'],
    ['-7 \\div 2', '(-. (7 \\div 2))'],
    ['-7 % 3', '((-. 7) % 3)'],
    ['- -a', '(-. (-. a))'],
    ['~a = b', '(~ (a = b))'],
    ['a = ~b', '(a = (~ b))'],
    ['a = ~b /\\ c', '((a = (~ b)) /\\ c)'],
    ['~a /\\ b', '((~ a) /\\ b)'],
    ['a => b \\/ c', '(a => (b \\/ c))'],
    ['a <=> b => c', '((a <=> b) => c)'],
    ['[]P => <>Q', '(([] P) => (<> Q))'],
    ['[]<>P', '([] (<> P))'],
    ['P ~> Q', '(P ~> Q)'],
    ["UNCHANGED x /\\ x' = 1", "((UNCHANGED x) /\\ ((x') = 1))"],
    ["a' + b", "((a') + b)"],
    ['DOMAIN f \\cup S', '((DOMAIN f) \\cup S)'],
    ['SUBSET S \\X T', null],
    ['DOMAIN f[x]', '(DOMAIN f[x])'],
    ['1 .. n + 1', '(1 .. (n + 1))'],
    ['x \\in S \\cup T', '(x \\in (S \\cup T))'],
    ['k :> v @@ f', '((k :> v) @@ f)'],
    ['A \\X B \\X C', '(A \\X B \\X C)'],
    ['(A \\X B) \\X C', '(<(A \\X B)> \\X C)'],
    ['a \\cdot b \\cdot c', '((a \\cdot b) \\cdot c)'],
    ['1 + IF a THEN 1 ELSE 2 + 5', '(1 + if(a, 1, (2 + 5)))'],
    ['a /\\ \\E x : x \\/ b', '(a /\\ \\E((x \\/ b)))'],
  ])('%s', (source, expected) => {
    if (expected === null) expect(() => shapeOf(source)).toThrow('no order of precedence');
    else expect(shapeOf(source)).toBe(expected);
  });

  it('refuses a prime under a prefix operator whose range reaches it', () => {
    expect(() => shapeOf("UNCHANGED x'")).toThrow("`UNCHANGED` and `'` have no order");
    expect(shapeOf("UNCHANGED (x')")).toBe("(UNCHANGED <(x')>)");
  });

  it('names both operators of a conflict and points at the second', () => {
    try {
      parseExpression(text('a /\\ b \\/ c'));
      expect.unreachable();
    } catch (error) {
      const [diagnostic] = (error as DiagnosticError).diagnostics;
      expect(error).toBeInstanceOf(DiagnosticError);
      expect(diagnostic?.message).toBe('`/\\` and `\\/` have no order of precedence.');
      expect(diagnostic?.span && spanText(diagnostic.span)).toBe('\\/');
      expect(diagnostic?.notes[0]?.span?.start).toBe(2);
    }
  });

  it.each([
    ['a \\land b', 'a ∧ b', '(a /\\ b)'],
    ['a \\lor b', 'a ∨ b', '(a \\/ b)'],
    ['\\lnot a', '¬a', '(~ a)'],
    ['a \\equiv b', 'a ⇔ b', '(a <=> b)'],
    ['a /= b', 'a ≠ b', '(a # b)'],
    ['a =< b', 'a ≤ b', '(a <= b)'],
    ['a \\leq b', 'a <= b', '(a <= b)'],
    ['a \\geq b', 'a ≥ b', '(a >= b)'],
    ['A \\union B', 'A ∪ B', '(A \\cup B)'],
    ['A \\intersect B', 'A ∩ B', '(A \\cap B)'],
    ['A \\times B', 'A × B', '(A \\X B)'],
    ['s \\circ t', 's ∘ t', '(s \\o t)'],
    ['a \\oplus b', 'a ⊕ b', '(a (+) b)'],
    ['a .. b', 'a ‥ b', '(a .. b)'],
    ['[]P', '□P', '([] P)'],
  ])('reads %s and %s alike', (ascii, unicode, expected) => {
    expect(shapeOf(ascii)).toBe(expected);
    expect(shapeOf(unicode)).toBe(expected);
  });
});
