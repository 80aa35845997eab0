/** EXTENDS, LOCAL and INSTANCE: what becomes visible, and under which name it is kept. */
import { describe, expect, it } from 'vitest';
import { printExpression } from '../../src/syntax/print.js';
import { mistakes, places, resolve, type Texts } from './fromText.js';

const module = (name: string, body: string): string => `---- MODULE ${name} ----\n${body}\n====\n`;
const behavior = 'VARIABLE s\nInit == s = 0\nNext == UNCHANGED s\n';

/** `name(params) == body` of each definition that is not Init or Next. */
function definitions(texts: Texts): readonly string[] {
  const all = [...resolve(texts).definitions].filter(([name]) => !/^(Init|Next)$/.test(name));
  return all.map(([name, unit]) => {
    const params = unit.kind === 'operator' ? unit.params.map((one) => one.name.name) : [];
    const head = params.length > 0 ? `${name}(${params.join(', ')})` : name;
    return `${head} == ${printExpression(unit.body)}`;
  });
}

describe('EXTENDS', () => {
  it('brings declarations and definitions through a chain of modules', () => {
    const modules = {
      Mid: module('Mid', 'EXTENDS Low\nTwo == {One}'),
      Low: module('Low', 'CONSTANT C\nVARIABLE low\nASSUME C = C\nOne == C'),
    };
    const spec = `EXTENDS Mid\n${behavior}Three == Two`;
    const config = 'INIT Init NEXT Next CONSTANT C = 1';
    const found = resolve({ spec, modules, config });
    expect(found.variables.map((one) => one.name)).toEqual(['low', 's']);
    expect(found.assumptions.length).toBe(1);
    expect(found.constants.get('C')).toMatchObject({ kind: 'number', value: 1 });
    expect(definitions({ spec, modules, config })).toEqual([
      'One == C',
      'Two == {One}',
      'Three == Two',
    ]);
  });

  it('takes a module once, however many ways lead to it', () => {
    const modules = {
      L: module('L', 'EXTENDS Base'),
      R: module('R', 'EXTENDS Base'),
      Base: module('Base', 'B == 1'),
    };
    expect(definitions({ spec: `EXTENDS L, R\n${behavior}`, modules })).toEqual(['B == 1']);
  });

  it('does not hand on what a standard module uses', () => {
    const spec = `EXTENDS Sequences\n${behavior}A == 1 + 1`;
    expect(places({ spec })).toEqual(['Root.tla:6:8 SEM001']);
  });

  it('tells of a module that does not exist', () => {
    const [one] = mistakes({ spec: `EXTENDS Natural\n${behavior}` });
    expect(one).toMatchObject({ code: 'SEM005', hint: 'Did you mean `Naturals`?' });
  });

  it('tells of a module that comes with the tools but not with this program', () => {
    const [one] = mistakes({ spec: `EXTENDS RealTime\n${behavior}` });
    expect(one?.code).toBe('SEM015');
  });

  it('tells of modules that extend each other', () => {
    const modules = { A: module('A', 'EXTENDS B'), B: module('B', 'EXTENDS A') };
    const [one] = mistakes({ spec: `EXTENDS A\n${behavior}`, modules });
    expect(one?.message).toContain('A → B → A');
  });

  it('of the modules of the proof system brings what these extend, and theorems need nothing', () => {
    const spec =
      `EXTENDS TLAPS, FiniteSetTheorems, SequenceTheorems, NaturalsInduction\n${behavior}` +
      'Sized(S) == IF IsFiniteSet(S) THEN Cardinality(S) + Len(<<>>) ELSE -1\n' +
      'LEMMA Small == \\A S : Sized(S) = 0\nBY FS_Induction, SMT, IsaM("auto") DEF Sized';
    expect(definitions({ spec })).toHaveLength(1);
  });

  it('of one of these modules takes the copy beside the specification', () => {
    const modules = { TLAPS: module('TLAPS', 'Mine == 7') };
    expect(definitions({ spec: `EXTENDS TLAPS\n${behavior}B == Mine`, modules })).toContain(
      'Mine == 7',
    );
  });

  describe('of two modules that define one name', () => {
    const modules = {
      L: module('L', 'B == {1}\nOne == B'),
      R: module('R', 'B(x) == {x}\nTwo == B(2)\nASSUME B(1) = {1}'),
    };

    it('takes the first for itself, leaves each module its own, and warns, as SANY does', () => {
      const spec = `EXTENDS L, R\n${behavior}Three == B`;
      const { warnings, assumptions } = resolve({ spec, modules });
      expect(warnings.map((one) => one.code)).toEqual(['SEM018']);
      expect(warnings[0]?.message).toContain('here it is that of L');
      expect(definitions({ spec, modules })).toEqual([
        'B == {1}',
        'One == B',
        'R::B(x) == {x}',
        'Two == R::B(2)',
        'Three == B',
      ]);
      expect(assumptions.map((one) => printExpression(one.body))).toEqual(['R::B(1) = {1}']);
    });

    it('keeps them apart on every way that leads to them', () => {
      const both = { ...modules, C: module('C', 'EXTENDS R\nFour == B(4)') };
      const spec = `EXTENDS L, R, C\n${behavior}Three == <<B, Four>>`;
      expect(definitions({ spec, modules: both })).toEqual([
        'B == {1}',
        'One == B',
        'R::B(x) == {x}',
        'Two == R::B(2)',
        'Four == R::B(4)',
        'Three == <<B, Four>>',
      ]);
    });

    it('tells a definition of a standard operator from that of a module', () => {
      const own = { L: module('L', 'Len(s) == <<s>>\nOne == Len(1)') };
      const spec = `EXTENDS L, Sequences\n${behavior}Two == Len(<<>>)`;
      expect(definitions({ spec, modules: own })).toEqual([
        'L::Len(s) == <<s>>',
        'One == L::Len(1)',
        'Two == L::Len(<<>>)',
      ]);
    });

    it('takes two declarations for one, and refuses a declaration beside a definition', () => {
      const own = {
        L: module('L', 'VARIABLE v\nCONSTANT C\nIn == v = C'),
        R: module('R', 'VARIABLE v\nCONSTANT C\nOut == v # C'),
      };
      const spec = `EXTENDS L, R\n${behavior}`;
      const config = 'INIT Init NEXT Next CONSTANT C = 1';
      expect(resolve({ spec, modules: own, config }).variables.map((one) => one.name)).toEqual([
        'v',
        's',
      ]);
      const other = { L: own.L, R: module('R', 'v == 1') };
      expect(places({ spec, modules: other })).toEqual(['Root.tla:2:12 SEM002']);
    });
  });

  it('keeps a LOCAL name apart from that of an instance called like the module', () => {
    const modules = {
      Low: module('Low', 'LOCAL Sq == 1\nArea == Sq'),
      Other: module('Other', 'Sq == 2'),
    };
    const spec = `EXTENDS Low\n${behavior}Low == INSTANCE Other\nB == <<Low!Sq, Area>>`;
    expect(definitions({ spec, modules })).toEqual([
      'Low::Sq == 1',
      'Area == Low::Sq',
      'Low!Sq == 2',
      'B == <<Low!Sq, Area>>',
    ]);
  });

  it('keeps a name apart that means a standard operator inside an extended module', () => {
    const text = 'LOCAL INSTANCE Sequences\nL(x) == Len(x \\o x)';
    const modules = { Low: module('Low', text) };
    const spec = `EXTENDS Low\n${behavior}Len(x) == x\na \\o b == a\nB == Len(1 \\o 2) = L(<<>>)`;
    expect(definitions({ spec, modules })).toEqual([
      'L(x) == Len(x \\o x)',
      'Root::Len(x) == x',
      'Root::\\o(a, b) == a',
      'B == Root::Len(Root::\\o(1, 2)) = L(<<>>)',
    ]);
  });

  it('refuses a variable of that kind', () => {
    const modules = { Low: module('Low', 'LOCAL INSTANCE Sequences\nL(x) == Len(x)') };
    const spec = `EXTENDS Low\nVARIABLE Len\n${behavior}`;
    expect(places({ spec, modules })).toEqual(['Root.tla:3:10 SEM016']);
  });

  it('refuses a definition that a standard module has', () => {
    const [one] = mistakes({ spec: `EXTENDS Sequences\n${behavior}Len(x) == x` });
    expect(one?.message).toBe('`Len` is already defined by the standard module Sequences');
  });
});

describe('LOCAL', () => {
  const modules = { Low: module('Low', 'LOCAL Sq(x) == {x}\nArea(x) == Sq(x)') };

  it('is not visible outside, and clashes with nothing there', () => {
    const spec = `EXTENDS Low\n${behavior}Sq(x) == <<x>>\nB == Sq(Area(1))`;
    expect(definitions({ spec, modules })).toEqual([
      'Low::Sq(x) == {x}',
      'Area(x) == Low::Sq(x)',
      'Sq(x) == <<x>>',
      'B == Sq(Area(1))',
    ]);
    expect(places({ spec: `EXTENDS Low\n${behavior}B == Sq(1)`, modules })).toHaveLength(1);
  });

  it('hides the module of a LOCAL INSTANCE from those who extend', () => {
    const inner = { Low: module('Low', 'LOCAL INSTANCE Naturals\nOne == 0 + 1') };
    expect(resolve({ spec: `EXTENDS Low\n${behavior}B == One`, modules: inner }).module).toBe(
      'Root',
    );
    const spec = `EXTENDS Low\n${behavior}B == 1 + 1`;
    expect(places({ spec, modules: inner })).toEqual(['Root.tla:6:8 SEM001']);
  });
});

describe('INSTANCE', () => {
  const Meter = module(
    'Meter',
    "CONSTANTS Max, Nudge(_)\nVARIABLE val\nInc == val # Max /\\ val' = Nudge(val)\nRoom(k) == <<k, Inc>>",
  );

  it('puts names in directly and expressions as definitions', () => {
    const spec =
      `VARIABLE a\nInit == a = 0\nNext == UNCHANGED a\nOne(x) == x\n` +
      'A == INSTANCE Meter WITH val <- a, Max <- {5}, Nudge <- One\nB == A!Inc /\\ A!Room(2) = 1';
    expect(definitions({ spec, modules: { Meter } })).toEqual([
      'One(x) == x',
      'A!Max == {5}',
      "A!Inc == a # A!Max /\\ a' = One(a)",
      'A!Room(k) == <<k, A!Inc>>',
      'B == A!Inc /\\ A!Room(2) = 1',
    ]);
  });

  it('gives parameters of the instance to every copy', () => {
    const spec =
      `VARIABLE a\nInit == a = 0\nNext == UNCHANGED a\n` +
      'A(m) == INSTANCE Meter WITH val <- a, Max <- m, Nudge <- LAMBDA z : <<z, m>>\nB == A(4)!Room(2)';
    expect(definitions({ spec, modules: { Meter } })).toEqual([
      'A!Nudge(m, z) == <<z, m>>',
      "A!Inc(m) == a # m /\\ a' = A!Nudge(m, a)",
      'A!Room(m, k) == <<k, A!Inc(m)>>',
      'B == A!Room(4, 2)',
    ]);
  });

  it('takes what is not substituted from the names in scope', () => {
    const spec =
      `VARIABLE val\nInit == val = 0\nNext == UNCHANGED val\nMax == 3\nNudge(k) == k\n` +
      'INSTANCE Meter\nB == Inc';
    expect(definitions({ spec, modules: { Meter } }).slice(2)).toEqual([
      "Inc == val # Max /\\ val' = Nudge(val)",
      'Room(k) == <<k, Inc>>',
      'B == Inc',
    ]);
  });

  it('does not capture a name that is substituted', () => {
    const Low = module('Low', 'CONSTANT C\nAll == \\A s \\in C : s = C');
    const spec = `${behavior}A == INSTANCE Low WITH C <- s`;
    expect(definitions({ spec, modules: { Low } })).toEqual(['A!All == \\A s_ \\in s : s_ = s']);
  });

  it('instances a module that stands inside the module', () => {
    const spec =
      `${behavior}---- MODULE Inner ----\nVARIABLE w\nStart == w = s\n====\n` +
      'W == INSTANCE Inner WITH w <- s\nB == W!Start';
    expect(definitions({ spec: module('Root', spec) })).toEqual([
      'W!Start == s = s',
      'B == W!Start',
    ]);
  });

  it('instances a standard module under a name', () => {
    const spec = `${behavior}S == INSTANCE Sequences\nB == S!Len(<<1>>)`;
    expect(definitions({ spec })).toEqual(['B == Len(<<1>>)']);
    expect([...resolve({ spec }).standardModules]).toEqual(['Sequences']);
  });

  describe('inside LET', () => {
    it('copies what is used, with what is bound around it in place of the parameters', () => {
      const spec =
        `VARIABLE a\nInit == a = 0\nNext == UNCHANGED a\nOne(x) == x\n` +
        'B(n) == LET A == INSTANCE Meter WITH val <- a, Max <- n, Nudge <- One IN A!Room(2)';
      expect(definitions({ spec, modules: { Meter } })[1]).toBe(
        "B(n) == LET A!Inc == a # n /\\ a' = One(a)\n    A!Room(k) == <<k, A!Inc>>\nIN  A!Room(2)",
      );
    });

    it('gives parameters of the instance to every copy', () => {
      const Low = module('Low', 'CONSTANT C\nTwice == <<C, C>>');
      const spec = `${behavior}B == LET A(c) == INSTANCE Low WITH C <- {c} IN A(3)!Twice`;
      expect(definitions({ spec, modules: { Low } })).toEqual([
        'B == LET LOCAL A!C(c) == {c}\n    A!Twice(c) == <<A!C(c), A!C(c)>>\nIN  A!Twice(3)',
      ]);
    });

    it('knows the operators of a standard module under the name', () => {
      const spec = `${behavior}B == LET S == INSTANCE Sequences IN S!Len(<<1>>)`;
      expect([...resolve({ spec }).standardModules]).toEqual(['Sequences']);
      expect(definitions({ spec })).toEqual(['B == Len(<<1>>)']);
    });

    it('reports names that clash, and parameters without a value', () => {
      const spec = `${behavior}B == LET s == INSTANCE Meter IN 1`;
      expect(places({ spec, modules: { Meter } })).toEqual([
        'Root.tla:5:10 SEM002',
        'Root.tla:5:15 SEM013',
        'Root.tla:5:15 SEM013',
        'Root.tla:5:15 SEM013',
      ]);
    });
  });

  it('refuses a copy of a name that is taken', () => {
    const spec = `VARIABLE val\nInit == val = 0\nNext == val = 1\nMax == 3\nNudge(k) == k\nInc == 1\nINSTANCE Meter`;
    expect(places({ spec, modules: { Meter } })).toEqual(['Root.tla:8:10 SEM002']);
  });

  it('tells what has no substitution, and what there is none for', () => {
    const spec = `${behavior}Max == 1\nA == INSTANCE Meter WITH val <- s, Mux <- 2`;
    const found = mistakes({ spec, modules: { Meter } });
    expect(found.map((one) => one.code)).toEqual(['SEM014', 'SEM013']);
    expect(found[1]?.message).toContain('constant `Nudge`');
  });
});
