/** Names that clash, as pluscal-semantics section 2 says what becomes of them. */
import { describe, expect, it } from 'vitest';
import { body, definitionNames, translate, tree } from './algorithms.js';

describe('of two equal names', () => {
  it('the first label gets a suffix and the last keeps its name', () => {
    const translation = translate(`--algorithm A {
      variable x = 0;
      process (p = 1) { a: x := 1; goto a; }
      process (q = 2) { a: x := 2; goto a; }
    }`);
    expect(definitionNames(translation)).toEqual(expect.arrayContaining(['a_', 'p', 'a', 'q']));
    expect(body(translation, 'a_')).toEqual(
      tree(`
        /\\ pc[1] = "a_"
        /\\ x' = 1
        /\\ pc' = [pc EXCEPT ![1] = "a_"]`),
    );
    expect(translation.renames).toEqual(['Label a of process p at line 4 col 25 changed to a_']);
  });

  it('the suffix grows by the letters of the owner, then by the number of the kind', () => {
    const translation = translate(`--algorithm A {
      variable x = 0;
      process (a = 1) { r: skip; }
      process (b = 2) variable r = 0; { r: skip; }
      process (c = 3) variable r = 0; { r: skip; }
    }`);
    expect(translation.renames.map((one) => one.replace(/ at line.*changed to/, ' →'))).toEqual([
      'Label r of process a → r_',
      'Label r of process b → r_b',
      'Label r of process c → r_c',
      'Process variable r of process b → r_b4',
    ]);
  });

  it('a global variable keeps its name against a label', () => {
    const translation = translate('--algorithm A { variable x = 0; { x: x := x + 1; } }');
    expect(body(translation, 'x_')).toEqual(
      tree(`
        /\\ pc = "x_"
        /\\ x' = x + 1
        /\\ pc' = "Done"`),
    );
  });
});

describe('a renamed local variable', () => {
  const translation = translate(`--algorithm A {
    variable x = 0;
    process (p \\in {1}) variable v = 1; {
      a: x := v + Cardinality({v \\in {1} : v = 1}) + [v |-> 2].v;
         with (v2 = v) v := v2;
    }
    process (q \\in {2}) variable v = 2; { b: x := v; }
  }`);

  it('is renamed where it is meant, not where another thing has its name', () => {
    expect(body(translation, 'a')).toEqual(
      tree(`
        /\\ pc[self] = "a"
        /\\ x' = v_[self] + Cardinality({v \\in {1} : v = 1}) + [v |-> 2].v
        /\\ LET v2 == v_[self] IN
             v_' = [v_ EXCEPT ![self] = v2]
        /\\ pc' = [pc EXCEPT ![self] = "Done"]
        /\\ v' = v`),
    );
  });

  it('has its new name in Init', () => {
    expect(body(translation, 'vars')).toEqual(tree('<<pc, x, v_, v>>'));
  });
});
