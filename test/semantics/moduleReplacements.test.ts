/** `name <- [M] other`: TLC's meaning, and what is said where it has none. */
import { describe, expect, it } from 'vitest';
import { printExpression } from '../../src/syntax/print.js';
import { mistakes, places, resolve } from './fromText.js';

const module = (name: string, body: string): string => `---- MODULE ${name} ----\n${body}\n====\n`;
const behavior = 'VARIABLE s\nInit == s = 0\nNext == UNCHANGED s\n';

const Low = module(
  'Low',
  'EXTENDS Naturals\nCONSTANT C\nSize == 9\nGrow(x) == <<x, C>>\nTwice == <<Size, Grow(Size)>>',
);
const spec =
  `EXTENDS Sequences\n${behavior}Small == 2\nWrap(x) == {x}\nSize == 7\n` +
  'I == INSTANCE Low WITH C <- 1\nJ(c) == INSTANCE Low WITH C <- c\nAll == <<Size, I!Size, J(3)!Size>>';
const modules = { Low };

function bodies(constants: string): Readonly<Record<string, string>> {
  const found = resolve({ spec, modules, config: `INIT Init NEXT Next CONSTANT ${constants}` });
  return Object.fromEntries(
    [...found.definitions].map(([name, unit]) => [name, printExpression(unit.body)]),
  );
}

describe('a replacement in one module', () => {
  it('changes the definition in every instance of the module, and no other one of that name', () => {
    const found = bodies('Size <- [Low] Small');
    expect(found).toMatchObject({ 'I!Size': 'Small', 'J!Size': 'Small', Size: '7' });
    expect(found['I!Twice']).toBe('<<I!Size, I!Grow(I!Size)>>');
  });

  it('hands on the arguments of the operator, but not those of the instance', () => {
    const found = bodies('Grow <- [Low] Wrap');
    expect(found).toMatchObject({ 'I!Grow': 'Wrap(x)', 'J!Grow': 'Wrap(x)' });
  });

  it('changes a definition that comes by EXTENDS for all who see it', () => {
    const texts = {
      spec: `EXTENDS Mid\n${behavior}Small == 2\nB == Size`,
      modules: { Mid: module('Mid', 'EXTENDS Base\nM == Size'), Base: module('Base', 'Size == 9') },
    };
    for (const name of ['Mid', 'Base', 'Root']) {
      const config = `INIT Init NEXT Next CONSTANT Size <- [${name}] Small`;
      const { definitions } = resolve({ ...texts, config });
      expect(printExpression(definitions.get('Size')?.body as never)).toBe('Small');
    }
  });

  it('replaces a standard operator as a replacement without a module does', () => {
    for (const name of ['Low', 'Naturals']) {
      const config = `INIT Init NEXT Next CONSTANT Nat <- [${name}] Small`;
      expect([...resolve({ spec, modules, config }).overrides]).toEqual([['Nat', 'Small']]);
    }
  });

  it('without a module changes what instances of the defining module use, too', () => {
    const Face = module(
      'Face',
      'CONSTANT C\nNone == CHOOSE x : x \\notin C\nPair(x) == <<x, None>>',
    );
    const Inner = module('Inner', 'EXTENDS Face\nGiven == Pair(None)');
    const text =
      `EXTENDS Face\n${behavior}I == INSTANCE Inner\nTwo(x) == {x}\n` +
      'Own == <<None, I!None, I!Given>>';
    const config = 'INIT Init NEXT Next CONSTANTS C = {c} None = None Pair <- Two';
    const found = resolve({ spec: text, modules: { Face, Inner }, config });
    const body = (name: string) => printExpression(found.definitions.get(name)?.body as never);
    expect([body('I!None'), body('I!Pair'), body('I!Given')]).toEqual([
      'None',
      'Two(x)',
      'I!Pair(I!None)',
    ]);
    expect(found.constants.get('None')).toMatchObject({ kind: 'model', name: 'None' });
  });

  it('gives a definition a value', () => {
    const config = 'INIT Init NEXT Next CONSTANT Size = [Low] 4';
    const found = resolve({ spec, modules, config });
    expect(printExpression(found.definitions.get('I!Size')?.body as never)).toBe('Low::Size');
    expect(found.constants.get('Low::Size')).toMatchObject({ kind: 'number', value: 4 });
  });

  it('changes what an INSTANCE in a LET has copied', () => {
    const local = `${behavior}Small == 2\nB == LET L == INSTANCE Low WITH C <- 1 IN L!Size`;
    const config = 'INIT Init NEXT Next CONSTANT Size <- [Low] Small';
    const { definitions } = resolve({ spec: local, modules, config });
    expect(printExpression(definitions.get('B')?.body as never)).toBe(
      'LET L!Size == Small IN L!Size',
    );
  });

  const wrong: readonly (readonly [string, string, string, RegExp])[] = [
    ['of no such module', 'Size <- [Lo] Small', '2:10 CFG116', /mean `Low`/],
    ['of no such name', 'Sizee <- [Low] Small', '2:1 CFG117', /mean `Size`/],
    ['of a constant', 'C <- [Low] Small', '2:1 CFG117', /a constant there/],
    ['by no such definition', 'Size <- [Low] Smal', '2:15 CFG104', /mean `Small`/],
    ['with another number of arguments', 'Grow <- [Low] Small', '2:1 CFG108', /as many/],
    [
      'by what is replaced, too',
      'Twice <- [Low] Size Size <- [Low] Small',
      '2:16 CFG118',
      /do not follow/,
    ],
    ['by a value, with arguments', 'Grow = [Low] 3', '2:1 CFG109', /<- Definition/],
  ];
  for (const [title, constants, place, hint] of wrong) {
    it(`is refused ${title}`, () => {
      const texts = { spec, modules, config: `INIT Init NEXT Next CONSTANT\n${constants}` };
      expect(places(texts)[0]).toBe(`Root.cfg:${place}`);
      expect(mistakes(texts)[0]?.hint).toMatch(hint);
    });
  }

  it('is refused where replacements follow each other in a circle', () => {
    const config = 'INIT Init NEXT Next CONSTANT Small <- Size Size <- Small';
    expect(places({ spec, modules, config })).toEqual([
      'Root.cfg:1:39 CFG118',
      'Root.cfg:1:52 CFG118',
    ]);
  });
});
