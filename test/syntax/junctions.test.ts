import { describe, expect, it } from 'vitest';
import { markJunctions } from '../../src/syntax/junctions.js';
import { scanTokens } from '../../src/syntax/tokens.js';
import { shapeOf, text, unitsOf } from './shape.js';

const lines = (...all: string[]) => all.join('\n');

describe('lists by column', () => {
  it('one bullet at the same column is one item more', () => {
    expect(shapeOf(lines('/\\ a', '/\\ b', '/\\ c'))).toBe('and[a, b, c]');
  });

  it('lists nest to the right', () => {
    const source = lines('/\\ \\/ a', '   \\/ b', '/\\ c');
    expect(shapeOf(source)).toBe('and[or[a, b], c]');
  });

  it('a bullet further right, after an operand, is an infix operator', () => {
    expect(shapeOf(lines('\\/ a', '   /\\ b', '\\/ c'))).toBe('or[(a /\\ b), c]');
  });

  it('a bullet further left ends the list and is an infix operator outside', () => {
    expect(shapeOf(lines('  /\\ a', '  /\\ b', '\\/ c'))).toBe('(and[a, b] \\/ c)');
  });

  it('another bullet at the same column ends the list, too', () => {
    expect(shapeOf(lines('/\\ a', '\\/ b'))).toBe('(and[a] \\/ b)');
  });

  it('any operator at or left of the column ends the list', () => {
    expect(shapeOf(lines('  /\\ a', '=> b'))).toBe('(and[a] => b)');
  });

  it('\\land and \\lor begin no list', () => {
    expect(shapeOf(lines('/\\ a', '\\land b'))).toBe('(and[a] /\\ b)');
  });

  it('a parenthesis ends the lists inside it', () => {
    expect(shapeOf('(/\\ a /\\ b) \\/ c')).toBe('(<and[(a /\\ b)]> \\/ c)');
  });

  it('a comma ends a list of its bracket, but not the list around a quantifier', () => {
    expect(shapeOf('F(/\\ a, b)')).toBe('F(/\\ a, b)');
    const source = lines('/\\ \\E x \\in S, y \\in T : x', '/\\ b');
    expect(shapeOf(source)).toBe('and[\\E(x), b]');
  });

  it('THEN and ELSE end the lists of an IF, on the same line, too', () => {
    expect(shapeOf('IF /\\ a THEN \\/ b ELSE /\\ c')).toBe('if(and[a], or[b], and[c])');
  });

  it('IN and the next definition end the lists of a LET', () => {
    expect(shapeOf('LET f == /\\ a g == /\\ b IN /\\ c')).toBe('let(and[c])');
  });

  it('-> and [] end the lists of a CASE, but [] as a prefix does not', () => {
    expect(shapeOf('CASE /\\ a -> /\\ b [] OTHER -> c')).toBe('CASE /\\ a -> /\\ b [] OTHER -> c');
    expect(shapeOf(lines('/\\ []a', '/\\ []b'))).toBe('and[([] a), ([] b)]');
  });

  it('the next unit ends all lists', () => {
    const units = unitsOf(lines('A == /\\ a', '     /\\ b', 'B == c', 'VARIABLE d'));
    expect(units.map(({ kind }) => kind)).toEqual(['operator', 'operator', 'variables']);
  });

  it('a subscript does not begin the next operand', () => {
    const source = lines('/\\ [][A]_vars', '/\\ <><<A>>_<<x, y>>', '/\\ WF_vars(A)');
    expect(shapeOf(source)).toBe('and[([] [A]_vars), (<> <<A>>_<<x, y>>), WF_vars(A)]');
  });

  it('an operator passed as an argument begins no list', () => {
    expect(shapeOf('Fold(/\\, TRUE, s)')).toBe('Fold(/\\, TRUE, s)');
  });

  it('a tab reaches to the next column after a multiple of eight', () => {
    expect(shapeOf(lines('\t/\\ a', '        /\\ b'))).toBe('and[a, b]');
  });

  it('comments and strings hide bullets', () => {
    const source = lines('/\\ a (* /\\ x (* \\/ y *) *)', '(* z *) \\* /\\ w', '/\\ "/\\\\ b"');
    expect(shapeOf(source)).toBe('and[a, "/\\\\ b"]');
  });
});

describe('the marked text', () => {
  it('maps back to the source', () => {
    const source = text('A == (* note *)\n  /\\ x\n  /\\ yy');
    const { tokens } = scanTokens(source, 0, source.text.length);
    const layout = markJunctions(source, tokens, source.text.length);
    expect(layout.text).toBe('A == \uE000/\\ x\uE001 /\\ yy\uE002'.replace('\uE001 ', ' \uE001'));
    const at = layout.text.indexOf('yy');
    expect(layout.startInSource(at)).toBe(source.text.indexOf('yy'));
    expect(layout.endInSource(layout.text.length)).toBe(source.text.length);
  });

  it('ends lists at the separators and keywords of a surrounding language', () => {
    const source = text('await /\\ a /\\ b; x := /\\ c do /\\ d');
    const { tokens } = scanTokens(source, 0, source.text.length);
    const layout = markJunctions(source, tokens, source.text.length, {
      separators: new Set([';', ':=']),
      keywords: new Set(['await', 'do']),
    });
    expect(layout.text).toBe(
      'await \uE000/\\ a /\\ b\uE002; x := \uE000/\\ c\uE002 do \uE000/\\ d\uE002',
    );
  });
});
