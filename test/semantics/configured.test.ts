/** A configuration held against a specification: constants, formulas, the form of SPECIFICATION. */
import { describe, expect, it } from 'vitest';
import { spanText } from '../../src/source/text.js';
import type { Expr } from '../../src/syntax/ast.js';
import { printExpression } from '../../src/syntax/print.js';
import { mistakes, places, resolve } from './fromText.js';

const behavior = 'EXTENDS Naturals\nVARIABLE s\nInit == s = 0\nNext == UNCHANGED s\n';

describe('SPECIFICATION', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['in one line', 'Spec == Init /\\ [][Next]_s'],
    ['as a bulleted list', 'Spec == /\\ Init\n        /\\ [][Next]_s'],
    ['in parentheses, the other way round', 'Spec == ([][Next]_s) /\\ (Init)'],
    ['through definitions', 'Safe == Init /\\ Always\nAlways == [][Next]_s\nSpec == Safe'],
  ];
  for (const [title, text] of forms) {
    it(`is split ${title}`, () => {
      const lines = text.split('\n');
      // Definitions come before their use.
      const ordered = title === 'through definitions' ? [lines[1], lines[0], lines[2]] : lines;
      const spec = `${behavior}${ordered.join('\n')}`;
      const found = resolve({ spec, config: 'SPECIFICATION Spec' });
      expect([found.init.name, found.next.name]).toEqual(['Init', 'Next']);
      expect(spanText(found.init.expr.span)).toBe('s = 0');
      expect(spanText(found.next.expr.span)).toBe('UNCHANGED s');
      expect(found.fairness).toEqual([]);
    });
  }

  it('keeps fairness conditions, quantified ones too', () => {
    const spec =
      `${behavior}Live == WF_s(Next) /\\ \\A i \\in 0..1 : SF_s(Next)\n` +
      'Spec == Init /\\ [][Next]_s /\\ Live /\\ []<>(s = 0)';
    const { fairness } = resolve({ spec, config: 'SPECIFICATION Spec' });
    expect(fairness.map((one) => spanText(one.span))).toEqual([
      'WF_s(Next)',
      '\\A i \\in 0..1 : SF_s(Next)',
      '[]<>(s = 0)',
    ]);
  });

  it('joins several state predicates and keeps an action without a name', () => {
    const spec = `${behavior}Spec == Init /\\ s < 3 /\\ [][s' = 1 \\/ Next]_s`;
    const { init, next } = resolve({ spec, config: 'SPECIFICATION Spec' });
    expect(init.expr.kind).toBe('junction');
    expect(spanText(next.expr.span)).toBe("s' = 1 \\/ Next");
  });

  it('uses the replacement of a definition', () => {
    const spec = `${behavior}Step == s' = 1\nSpec == Init /\\ [][Next]_s`;
    const config = 'SPECIFICATION Spec CONSTANT Next <- Step';
    expect(spanText(resolve({ spec, config }).next.expr.span)).toBe("s' = 1");
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['without a next-state action', 'Spec == Init', /no conjunct \[\]\[Next\]_vars/],
    ['without an initial predicate', 'Spec == [][Next]_s', /no initial predicate/],
    ['with two of them', 'Spec == Init /\\ [][Next]_s /\\ [][s = 0]_s', /second next-state/],
    ['that is a disjunction', 'Spec == Init \\/ [][Next]_s', /no conjunct/],
  ];
  for (const [title, text, note] of wrong) {
    it(`is refused ${title}`, () => {
      const [one] = mistakes({ spec: behavior + text, config: 'SPECIFICATION Spec' });
      expect(one?.code).toBe('CFG111');
      expect(one?.notes[0]?.message).toMatch(note);
      expect(one?.hint).toContain('Spec == Init /\\ [][Next]_vars');
    });
  }

  it('is missing, or half given', () => {
    expect(places({ spec: behavior, config: 'INVARIANT Init' })).toEqual(['Root.cfg:1:1 CFG105']);
    expect(places({ spec: behavior, config: 'INIT Init' })).toEqual(['Root.cfg:1:6 CFG106']);
  });

  it('may be missing where there are assumptions, and no variables', () => {
    const spec = 'CONSTANT a\nASSUME a = a';
    const config = 'CONSTANT a = 1';
    expect(resolve({ spec, config }).warnings.map((one) => one.code)).toEqual(['CFG119']);
    const checked = `${config} INVARIANT Never`;
    const nothing = { spec: 'CONSTANT a\nNever == FALSE', config };
    const wrong = [{ spec: `${spec}\nNever == FALSE`, config: checked }, nothing];
    for (const texts of wrong) expect(places(texts)).toEqual(['Root.cfg:1:1 CFG105']);
    expect(places({ spec: `VARIABLE v\n${spec}`, config })).toEqual(['Root.cfg:1:1 CFG105']);
  });
});

describe('constants', () => {
  const spec = `CONSTANTS N, Cost(_, _)\n${behavior.replace('EXTENDS Naturals\n', '')}Far(a, b) == a\nFive == 5`;
  const run = 'INIT Init NEXT Next ';

  it('have values or replacements', () => {
    const config = `${run}CONSTANTS N = 3 Cost <- Far Five = Five`;
    const found = resolve({ spec, config });
    expect([...found.overrides]).toEqual([['Cost', 'Far']]);
    expect([...found.constants.keys()]).toEqual(['N', 'Five']);
  });

  it('are all reported when they have none', () => {
    const found = mistakes({ spec, config: run });
    expect(found.map((one) => one.message)).toEqual([
      'the constant `N` has no value in the configuration',
      'the constant `Cost` has no value in the configuration',
    ]);
    expect(found[0]?.hint).toBe('Add `CONSTANT N = …` to Root.cfg.');
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['a variable', 's = 1', '1:60 CFG110'],
    ['a replacement that is not defined', 'Five <- Fife', '1:68 CFG104'],
    ['a replacement with other parameters', 'Five <- Far', '1:60 CFG108'],
    ['a value for an operator', 'Far = 1', '1:60 CFG109'],
  ];
  for (const [title, text, place] of wrong) {
    it(`refuse ${title}`, () => {
      const config = `${run}CONSTANTS N = 3 Cost <- Far ${text}`;
      expect(places({ spec, config })).toEqual([
        `Root.cfg:1:${config.length - text.length + 1 + Number(place.slice(2, 4)) - 60} ${place.slice(5)}`,
      ]);
    });
  }

  it('may keep the defaultInitValue of an algorithm that no longer needs one', () => {
    const config = `${run}CONSTANTS N = 3 Cost <- Far defaultInitValue = defaultInitValue`;
    expect([...resolve({ spec, config }).constants.keys()]).toEqual(['N']);
  });

  it('ignore, as TLC does, what is not declared, and warn of it', () => {
    const config = `${run}CONSTANTS N = 3 Cost <- Far M = 1 Fire <- Five`;
    const { constants, overrides, warnings } = resolve({ spec, config });
    expect([...constants.keys()]).toEqual(['N']);
    expect([...overrides.keys()]).toEqual(['Cost']);
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ['CFG102', 'the specification has no constant or definition `M`: its value is ignored'],
      ['CFG102', 'the specification has no constant or definition `Fire`: its value is ignored'],
    ]);
    expect(warnings[1]?.hint).toBe('Its constants: `N`, `Cost`.');
  });

  it('warn of a model value with the name of a definition', () => {
    const config = `${run}CONSTANTS N = Five Cost <- Far`;
    expect(resolve({ spec, config }).warnings.map((one) => one.code)).toEqual(['CFG114']);
  });

  it('may be replaced by what depends on no variable only', () => {
    const config = `${run}CONSTANTS N <- Init Cost <- Far`;
    expect(mistakes({ spec, config }).map((one) => one.code)).toEqual(['CFG113']);
  });

  it('may be replaced by an action where it has parameters, as in TLC', () => {
    const step = "Move(m, n) == s = m /\\ s' = n";
    const config = 'INIT Init NEXT Next CONSTANTS N = 3 Cost <- Move';
    const found = resolve({ spec: `${spec}\n${step}`, config });
    expect(found.overrides.get('Cost')).toBe('Move');
  });
});

describe('formulas', () => {
  const run = 'INIT Init NEXT Next ';

  it('are suggested when their name is not defined', () => {
    const [one] = mistakes({
      spec: `${behavior}TypeOK == s = 0`,
      config: `${run}INVARIANT TypeOk`,
    });
    expect(one?.code).toBe('CFG103');
    expect(one?.hint).toMatch(/^Did you mean `TypeOK`\? Defined are `Init`, `Next`, `TypeOK`\.$/);
  });

  it('take no arguments', () => {
    const config = `${run}INVARIANT P`;
    expect(places({ spec: `${behavior}P(x) == x`, config })).toEqual(['Root.cfg:1:31 CFG107']);
  });

  it('are all reported, with the statements they belong to', () => {
    const found = mistakes({ spec: behavior, config: `${run}INVARIANT A PROPERTY B VIEW C` });
    expect(found.map((one) => one.message)).toEqual([
      'INVARIANT `A` is not defined in the specification',
      'PROPERTY `B` is not defined in the specification',
      'VIEW `C` is not defined in the specification',
    ]);
  });

  it('may be a variable', () => {
    const found = resolve({ spec: behavior, config: `${run}INVARIANT s` });
    expect(found.invariants[0]?.expr).toMatchObject({ kind: 'name', name: 's' });
  });

  it('that are about whole behaviors put symmetry and views out of use', () => {
    const spec = `${behavior}Live == <>(s = 1)\nStep == [][s' = s]_s\nP == {}`;
    const config = `${run}PROPERTIES Live Step SYMMETRY P VIEW s`;
    const found = resolve({ spec, config });
    expect(found.unused.map((one) => `${one.statement} ${one.name}`)).toEqual([
      'SYMMETRY P',
      'VIEW s',
    ]);
    expect(found.view).toBeNull();
    expect(found.properties.map((one) => one.name)).toEqual(['Live', 'Step']);
    expect(found.symmetry).toBeNull();
  });

  it('that change the search or what it shows are resolved', () => {
    const spec = `${behavior}Step == [][s' = s]_s\nP == {}\nQ == s' = 1`;
    const config = `${run}PROPERTY Step SYMMETRY P VIEW s ALIAS Q ACTION_CONSTRAINT Q POSTCONDITION P`;
    const found = resolve({ spec, config });
    expect(found.unused).toEqual([]);
    const { symmetry, view, alias, postcondition } = found;
    expect([symmetry, view, alias, postcondition].map((one) => one?.name)).toEqual([
      'P',
      's',
      'Q',
      'P',
    ]);
    expect(found.actionConstraints.map((one) => one.name)).toEqual(['Q']);
  });

  it('fall apart where they are properties: initial states, invariants, steps, the rest', () => {
    const spec =
      `${behavior}Low == s < 2\nGrows == [][s' >= s]_s\nNever == [](s # 9)\n` +
      'All == Low /\\ (Never /\\ Grows) /\\ <>(s = 1) /\\ [](s = 0 => <>(s = 1))';
    const [property] = resolve({ spec, config: `${run}PROPERTY All` }).properties;
    const texts = (parts: readonly { readonly expr: Expr }[] = []) =>
      parts.map(({ expr }) => spanText(expr.span));
    expect(texts(property?.initial)).toEqual(['Low']);
    expect(texts(property?.always)).toEqual(['(s # 9)']);
    expect(texts(property?.steps)).toEqual(["[s' >= s]_s"]);
    expect(property?.temporal.map(({ span }) => spanText(span))).toEqual([
      '<>(s = 1)',
      '[](s = 0 => <>(s = 1))',
    ]);
    const all = [property?.initial, property?.always, property?.steps].flat();
    expect(all.map((one) => one?.name)).toEqual(['All', 'All', 'All']);
  });

  const hidden: readonly (readonly [string, string])[] = [
    ['an instance with parameters', 'A(n) == INSTANCE Low WITH v <- s, C <- n\nAll == A(1)!Whole'],
    [
      'a definition with parameters',
      'F(n, P) == s = n /\\ [][Next]_s /\\ P\nAll == F(1, <>(s = 1))',
    ],
    ['LET', 'All == LET n == 1 Live(m) == <>(s = m) IN s = n /\\ [][Next]_s /\\ Live(n)'],
  ];
  for (const [title, text] of hidden) {
    it(`fall apart behind ${title}`, () => {
      const Low =
        '---- MODULE Low ----\nCONSTANT C\nVARIABLE v\nStep == UNCHANGED v\n' +
        'Whole == v = C /\\ [][Step]_v /\\ <>(v = C)\n====\n';
      const texts = { spec: `${behavior}${text}`, modules: { Low }, config: `${run}PROPERTY All` };
      const [property] = resolve(texts).properties;
      const printed = (parts: readonly Expr[] = []) => parts.map((one) => printExpression(one));
      expect(printed(property?.initial.map((one) => one.expr))).toEqual(['s = 1']);
      expect(property?.steps).toHaveLength(1);
      expect(printed(property?.temporal)).toEqual(['<>(s = 1)']);
    });
  }

  it('may be named in an instance, which TLC does not read', () => {
    const Low = '---- MODULE Low ----\nVARIABLE v\nWhole == v = 0 /\\ <>(v = 1)\n====\n';
    const spec = `${behavior}A == INSTANCE Low WITH v <- s\nB(n) == INSTANCE Low WITH v <- s`;
    const texts = { spec, modules: { Low } };
    const [property] = resolve({ ...texts, config: `${run}PROPERTY A!Whole` }).properties;
    expect(property?.name).toBe('A!Whole');
    expect(property?.temporal.map((one) => printExpression(one))).toEqual(['<>(s = 1)']);
    const messages = (name: string) =>
      mistakes({ ...texts, config: `${run}PROPERTY ${name}` }).map((one) => one.message);
    expect(messages('A!Hole')).toEqual(['PROPERTY `A!Hole` is not defined in the specification']);
    expect(messages('B!Whole')).toEqual([
      'PROPERTY `B!Whole` takes 1 argument; a formula without arguments is needed',
    ]);
  });

  it('that bind a name which an argument mentions keep the two apart', () => {
    const Low = '---- MODULE Low ----\nCONSTANT C\nP == [](\\A s \\in {0} : C # s)\n====\n';
    const spec = `${behavior}A(n) == INSTANCE Low WITH C <- n\nAll == A(s)!P`;
    const { invariants } = resolve({ spec, modules: { Low }, config: `${run}PROPERTY All` });
    expect(invariants.map((one) => printExpression(one.expr))).toEqual([
      '(\\A s_ \\in {0} : s # s_)',
    ]);
  });

  it('of the form []P are invariants', () => {
    const spec = `${behavior}Safe == [](s < 3)`;
    const found = resolve({ spec, config: `${run}PROPERTY Safe` });
    expect(found.unused).toEqual([]);
    expect(found.invariants.map((one) => [one.name, one.expr.kind])).toEqual([['Safe', 'paren']]);
  });
});
