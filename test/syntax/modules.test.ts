import { describe, expect, it } from 'vitest';
import { spanText } from '../../src/source/text.js';
import type { Expr, Unit } from '../../src/syntax/ast.js';
import { parseExpression, parseModule } from '../../src/syntax/parse.js';
import { printUnit } from '../../src/syntax/print.js';
import { shape, text, unitsOf } from './shape.js';

const lines = (...all: string[]) => all.join('\n');

function bodyOf(unit: Unit | undefined): Expr {
  if (unit?.kind !== 'operator') throw new Error(`not an operator definition: ${unit?.kind}`);
  return unit.body;
}

describe('a module', () => {
  it('begins at its header and ends at its ====, whatever stands around it', () => {
    const source = text('"notes (* \n---- MODULE M ----\nEXTENDS A, B\nX == 1\n====\n" more (*');
    const { module } = parseModule(source);
    expect(module.name.name).toBe('M');
    expect(module.extends.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(module.units.map(({ kind }) => kind)).toEqual(['operator']);
    expect(spanText(module.span)).toBe('---- MODULE M ----\nEXTENDS A, B\nX == 1\n====');
  });

  it('declares, assumes and states', () => {
    const units = unitsOf(
      lines(
        'CONSTANTS N, F(_, _), _ ++ _',
        'VARIABLE x',
        'RECURSIVE G(_)',
        'ASSUME Positive == N > 0',
        'THEOREM N \\in 1..3',
        'LOCAL INSTANCE Naturals',
        '--------',
      ),
    );
    expect(units.map((unit) => printUnit(unit))).toEqual([
      'CONSTANTS N, F(_, _), _ ++ _',
      'VARIABLE x',
      'RECURSIVE G(_)',
      'ASSUME Positive == N > 0',
      'THEOREM N \\in 1..3',
      'LOCAL INSTANCE Naturals',
      '-'.repeat(78),
    ]);
  });

  it('defines operators of every fixity, functions and instances', () => {
    const units = unitsOf(
      lines(
        'Plain == 1',
        'Higher(f(_), x) == f(x)',
        'a (+) b == a',
        '-. a == a',
        'a ^+ == a',
        'f[x \\in S, <<y, z>> \\in T] == x',
        'I(n) == INSTANCE Inner WITH size <- n, + <- Plus',
        'LOCAL Hidden == 2',
      ),
    );
    const names = units.map((unit) => ('name' in unit && unit.name ? unit.name.name : unit.kind));
    expect(names).toEqual(['Plain', 'Higher', '(+)', '-.', '^+', 'f', 'I', 'Hidden']);
    expect(units.map((unit) => ('fixity' in unit ? unit.fixity : unit.kind))).toEqual([
      ...['named', 'named', 'infix', 'prefix', 'postfix'],
      ...['functionDefinition', 'moduleDefinition', 'named'],
    ]);
    expect(units.at(-1)).toMatchObject({ local: true });
    expect(units[1]).toMatchObject({ params: [{ arity: 1 }, { arity: 0 }] });
    expect(units[6]).toMatchObject({
      instance: { substitutions: [{ name: { name: 'size' } }, { name: { name: '+' } }] },
    });
  });

  it('contains modules', () => {
    const [inner, after] = unitsOf(lines('---- MODULE Inner ----', 'A == 1', '====', 'B == 2'));
    expect(inner).toMatchObject({ kind: 'submodule', module: { name: { name: 'Inner' } } });
    expect(after).toMatchObject({ kind: 'operator', name: { name: 'B' } });
  });

  it('leaves proofs out and keeps what they prove', () => {
    const units = unitsOf(
      lines(
        'THEOREM One == A = B BY A, B DEF A, B',
        'Between == 1',
        'LEMMA /\\ a',
        '      /\\ b',
        '<1>1. a BY DEF Between',
        '<1>2. b',
        '  <2>1. c OBVIOUS',
        '  <2> QED BY <2>1',
        '<1>3. QED BY <1>1, <1>2, Isa DEF Between',
        'After(x) == x',
        'COROLLARY After(1) PROOF OMITTED',
      ),
    );
    expect(units.map(({ kind }) => kind)).toEqual([
      ...['theorem', 'operator', 'theorem', 'operator', 'theorem'],
    ]);
    expect(units[2]?.kind === 'theorem' && shape(units[2].body)).toBe('and[a, b]');
  });
});

describe('what only proofs use', () => {
  it('theorems that say ASSUME … PROVE are read and left out', () => {
    const units = unitsOf(
      lines(
        'VARIABLE x',
        'THEOREM First == ASSUME NEW y \\in S, NEW CONSTANT c, NEW VARIABLE v,',
        '                        /\\ y > 1',
        '                        /\\ c = 2  PROVE y = c',
        'PROOF OBVIOUS',
        'LEMMA ASSUME ASSUME a PROVE b, CONSTANT d, VARIABLE w PROVE d',
        'After == 1',
      ),
    );
    expect(units.map(({ kind }) => kind)).toEqual(['variables', 'operator']);
  });

  it('labels are read and left out', () => {
    const body = lines(
      'Plain == /\\ 1',
      '         /\\ \\A x \\in S : x = 2',
      'Labelled == /\\ one:: 1',
      '            /\\ \\A x \\in S : two(x):: x = 2',
    );
    const [plain, labelled] = unitsOf(body).map(bodyOf);
    expect(labelled && shape(labelled)).toBe(plain && shape(plain));
  });
});

describe('words and letters', () => {
  it('sets of numbers have letters of their own', () => {
    expect(parseExpression(text('ℕ \\cup ℤ \\cup ℝ \\cup ℕx'))).toMatchObject({
      left: { left: { left: { name: 'Nat' }, right: { name: 'Int' } }, right: { name: 'Real' } },
      right: { name: 'ℕx' },
    });
  });

  it('names have letters of any script', () => {
    const units = unitsOf('VARIABLE größe, _привет\nŻółw(λ) == λ + größe');
    expect(units[1]).toMatchObject({ name: { name: 'Żółw' }, params: [{ name: { name: 'λ' } }] });
  });

  it('tabs reach the next multiple of eight, so lists may be indented with them', () => {
    const units = unitsOf('A ==\n\t/\\ a\n        /\\ b\n    \t/\\ \\/ c\n\t   \\/ d');
    expect(shape(bodyOf(units[0]))).toBe('and[a, b, or[c, d]]');
  });

  it('line breaks may be those of any system', () => {
    const windows = unitsOf('A ==\r\n  /\\ a\r\n  /\\ b \\* c\r\nB == 1\r\n');
    expect(shape(bodyOf(windows[0]))).toBe('and[a, b]');
    expect(windows).toHaveLength(2);
  });
});

describe('the algorithm of a module', () => {
  const body = lines(
    '---- MODULE M ----',
    '(* PlusCal options (-wf) *)',
    '(* A note about --algorithm in words. (* nested *)',
    '--algorithm Two {',
    '  variable x = "}"; (* } *)',
    '  { x := 1; }',
    "} and more prose that isn't part of it *)",
  );

  it('runs from its keyword to its brace', () => {
    const source = text(lines(body.replace('--algorithm in words', 'it'), '===='));
    const { algorithm } = parseModule(source);
    expect(algorithm && source.text.slice(algorithm.start, algorithm.end)).toBe(
      lines('--algorithm Two {', '  variable x = "}"; (* } *)', '  { x := 1; }', '}'),
    );
    expect(algorithm?.options).toBe('-wf');
    expect(source.text.slice(0, algorithm?.insertAt).endsWith('part of it *)')).toBe(true);
  });

  it('runs to `end algorithm` in P-syntax', () => {
    const source = text(
      '---- MODULE M ----\n(* --fair algorithm A\nbegin skip;\nend algorithm; *)\n====',
    );
    const { algorithm } = parseModule(source);
    expect(algorithm && source.text.slice(algorithm.start, algorithm.end)).toBe(
      '--fair algorithm A\nbegin skip;\nend algorithm',
    );
  });

  it('makes the units between the markers stale, whatever they are', () => {
    const source = text(
      lines(
        '---- MODULE M ----',
        'Before == 1',
        '(* --algorithm A { { skip; } } *)',
        '\\* BEGIN TRANSLATION (chksum(pcal) = "1")',
        'VARIABLE pc == = ',
        '\\* END TRANSLATION',
        'After == 2',
        '====',
      ),
    );
    const { module, algorithm, translation } = parseModule(source);
    expect(module.units.map((unit) => 'name' in unit && unit.name?.name)).toEqual([
      'Before',
      'After',
    ]);
    expect(translation && source.text.slice(translation.begin, translation.end)).toBe(
      'VARIABLE pc == = \n',
    );
    expect(algorithm?.insertAt).toBe(translation?.begin);
    expect(translation?.header).toContain('chksum');
  });

  it('without an algorithm, what stands between the markers counts', () => {
    const source = text(
      '---- MODULE M ----\n\\* BEGIN TRANSLATION\nVARIABLE pc\n\\* END TRANSLATION\n====',
    );
    const { module, algorithm, translation } = parseModule(source);
    expect(algorithm).toBeNull();
    expect(translation).not.toBeNull();
    expect(module.units).toHaveLength(1);
  });

  it('in a line comment is none', () => {
    const source = text('---- MODULE M ----\n\\* --algorithm A { { skip; } }\n====');
    expect(parseModule(source).algorithm).toBeNull();
  });
});

describe('spans', () => {
  it('are of the source, with comments and lists in between', () => {
    const [unit] = unitsOf(
      lines('Next == /\\ x = (* one *) 1', '        /\\ \\E y \\in {1, 2} :', '             y = x'),
    );
    const body = bodyOf(unit);
    expect(body.kind === 'junction' && body.items.map(({ span }) => spanText(span))).toEqual([
      'x = (* one *) 1',
      lines('\\E y \\in {1, 2} :', '             y = x'),
    ]);
    expect(spanText(body.span).startsWith('/\\ x')).toBe(true);
    expect(spanText(body.span).endsWith('y = x')).toBe(true);
  });

  it('cover operators with their operands', () => {
    const e = parseExpression(text("  a + f[1].g'  * b "));
    expect(spanText(e.span)).toBe("a + f[1].g'  * b");
  });

  it('are of the part that was asked for', () => {
    const source = text('ignored 1 + 2 ignored');
    const e = parseExpression(source, 8, 13);
    expect(spanText(e.span)).toBe('1 + 2');
  });
});

describe('literals', () => {
  it('strings have their escapes resolved', () => {
    const e = parseExpression(text('"a\\"b\\\\c\\td"'));
    expect(e).toMatchObject({ kind: 'string', value: 'a"b\\c\td' });
  });

  it.each(['12', '\\b101', '\\O17', '\\hfF', '3.5'])('the number %s is kept as written', (one) => {
    expect(parseExpression(text(one))).toMatchObject({ kind: 'number', text: one });
  });

  it('a set of memberships is a filter; in parentheses it is a map', () => {
    expect(parseExpression(text('{x \\in S : x \\in T}')).kind).toBe('setFilter');
    expect(parseExpression(text('{(x \\in S) : x \\in T}')).kind).toBe('setMap');
  });
});
