/** What one step becomes (pluscal-semantics section 4), beyond the algorithms of the oracle. */
import { describe, expect, it } from 'vitest';
import { body, translate, tree } from './algorithms.js';

const c = (statements: string): string =>
  `--algorithm A { variables x = 0, y = 0, longer = 0; { ${statements} } }`;

/** The action of label `a`. */
const action = (statements: string): unknown => body(translate(c(statements)), 'a');

describe('a step', () => {
  it('reads primed what it has assigned, in every kind of statement', () => {
    const statements =
      'a: x := 1; await x = 1;\n assert x = 1; print x; y := x; if (x = y) longer := x;';
    expect(action(statements)).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ x' = 1
        /\\ x' = 1
        /\\ Assert(x' = 1, "Failure of assertion at line 3, column 2.")
        /\\ PrintT(x')
        /\\ y' = x'
        /\\ IF x' = y'
              THEN /\\ longer' = x'
              ELSE /\\ TRUE
                   /\\ UNCHANGED longer
        /\\ pc' = "Done"`),
    );
  });

  it('reads primed after a branch what only that branch assigned', () => {
    expect(action('a: either x := 1 or skip; y := x; longer := y')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ \\/ /\\ x' = 1
           \\/ /\\ TRUE
              /\\ x' = x
        /\\ y' = x'
        /\\ longer' = y'
        /\\ pc' = "Done"`),
    );
  });

  it('evaluates all of a multiple assignment in the old state, variables in order of name', () => {
    expect(action('a: y := x || x := y || longer := longer')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ /\\ longer' = longer
           /\\ x' = y
           /\\ y' = x
        /\\ pc' = "Done"`),
    );
  });

  it('leaves unchanged in each branch what only others assign, by name or as a list', () => {
    expect(action('a: if (x = 0) { y := 1; longer := 2 } else x := 1')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ IF x = 0
              THEN /\\ y' = 1
                   /\\ longer' = 2
                   /\\ x' = x
              ELSE /\\ x' = 1
                   /\\ UNCHANGED << y, longer >>
        /\\ pc' = "Done"`),
    );
  });

  it('goes on with what follows a while when its test is false', () => {
    expect(action('a: while (x < 5) x := x + 1; y := x; b: skip')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ IF x < 5
              THEN /\\ x' = x + 1
                   /\\ pc' = "a"
                   /\\ y' = y
              ELSE /\\ y' = x
                   /\\ pc' = "b"
                   /\\ x' = x
        /\\ UNCHANGED longer`),
    );
  });

  it('goes to the labels inside branches, and past them where there is none', () => {
    expect(action('a: if (x = 0) { b: x := 1 }; d: skip')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ IF x = 0
              THEN /\\ pc' = "b"
              ELSE /\\ pc' = "d"
        /\\ UNCHANGED << x, y, longer >>`),
    );
  });

  it('jumps from inside a with', () => {
    expect(action('a: with (z \\in {1, 2}) { await z = x; goto a }')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ \\E z \\in {1, 2}:
             /\\ z = x
             /\\ pc' = "a"
        /\\ UNCHANGED << x, y, longer >>`),
    );
  });

  it('keeps a bound name apart from a variable that was assigned', () => {
    expect(action('a: x := 1; await \\E z \\in {x} : [x |-> z].x = x;')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ x' = 1
        /\\ \\E z \\in {x'} : [x |-> z].x = x'
        /\\ pc' = "Done"
        /\\ UNCHANGED << y, longer >>`),
    );
  });
});

describe('local variables', () => {
  const translation = translate(`--algorithm A { variables x = 0;
    process (p \\in S) variables v = <<1>>, w \\in {v}; {
      a: v[1] := 2 || v[2] := self; x := v[1];
      b: w.f := v[x + 1];
    }
    process (q = N) variable z \\in {1, 2}; { c: z := z + 1; x := z; }
  }`);

  it('of a process set are functions on it, merged in one EXCEPT', () => {
    expect(body(translation, 'a')).toEqual(
      tree(`
        /\\ pc[self] = "a"
        /\\ v' = [v EXCEPT ![self][1] = 2, ![self][2] = self]
        /\\ x' = v'[self][1]
        /\\ pc' = [pc EXCEPT ![self] = "b"]
        /\\ UNCHANGED << w, z >>`),
    );
    expect(body(translation, 'b')).toEqual(
      tree(`
        /\\ pc[self] = "b"
        /\\ w' = [w EXCEPT ![self].f = v[self][x + 1]]
        /\\ pc' = [pc EXCEPT ![self] = "Done"]
        /\\ UNCHANGED << x, v, z >>`),
    );
  });

  it('of a single process are plain, and its id is the index of pc', () => {
    expect(body(translation, 'c')).toEqual(
      tree(`
        /\\ pc[N] = "c"
        /\\ z' = z + 1
        /\\ x' = z'
        /\\ pc' = [pc EXCEPT ![N] = "Done"]
        /\\ UNCHANGED << v, w >>`),
    );
  });

  it('have initial values of the same kind', () => {
    expect(body(translation, 'Init')).toEqual(
      tree(`
        /\\ x = 0
        /\\ v = [self \\in S |-> <<1>>]
        /\\ w \\in [S -> {v[CHOOSE self \\in S : TRUE]}]
        /\\ z \\in {1, 2}
        /\\ pc = [self \\in ProcSet |-> CASE self \\in S -> "a" [] self = N -> "c"]`),
    );
  });
});

describe('a macro', () => {
  const expand = (macros: string, statements: string): unknown =>
    body(translate(`--algorithm A { variables x = 0, y = 0; ${macros} { ${statements} } }`), 'a');

  it('is expanded by name: an argument is read again after assignments', () => {
    expect(expand('macro dbl(v, e) { v := e; y := e; }', 'a: dbl(x, x + y)')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ x' = x + y
        /\\ y' = x' + y
        /\\ pc' = "Done"`),
    );
  });

  it('puts an argument of several tokens in parentheses inside an expression', () => {
    expect(expand('macro m(e) { x := e * 2; await e = 1; }', 'a: m(y + 1)')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ x' = (y + 1) * 2
        /\\ (y + 1) = 1
        /\\ pc' = "Done"
        /\\ y' = y`),
    );
  });

  it('assigns to what its parameter stands for, a part of a variable too', () => {
    expect(expand('macro m(v, i) { v[i].f := v[i] }', 'a: m(x.g, y + 1)')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ x' = [x EXCEPT !.g[(y + 1)].f = (x.g)[(y + 1)]]
        /\\ pc' = "Done"
        /\\ y' = y`),
    );
  });

  it('tells in an assertion where it was called, from the algorithm', () => {
    const macros = 'macro low(e) {\nassert e < 9 } macro twice(e) { low(e); low(e + 1) }';
    const message =
      '"Failure of assertion at line 3, column 1 of macro called at line 4, column 3."';
    expect(expand(macros, 'a:\n  twice(x)')).toEqual(
      tree(`
        /\\ pc = "a"
        /\\ Assert(x < 9, ${message})
        /\\ Assert((x + 1) < 9, ${message})
        /\\ pc' = "Done"
        /\\ UNCHANGED << x, y >>`),
    );
  });
});

describe('labels', () => {
  it('are added from the first number that is free, where there are none at all', () => {
    const { addedLabels } = translate(c('x := 1; x := 2; while (x > 0) x := x - 1'));
    expect(addedLabels).toEqual(['Lbl_1', 'Lbl_2', 'Lbl_3']);
  });

  it('are added on request beside others, with the root that is asked for', () => {
    const { addedLabels } = translate(c('L2: x := 1; x := 2; x := 3'), '-label -labelRoot L');
    expect(addedLabels).toEqual(['L1', 'L3']);
  });

  it('are not needed between assignments to different variables or in different branches', () => {
    const { addedLabels } = translate(c('if (x = 0) y := 1 else y := 2; x := 1; longer := 1'));
    expect(addedLabels).toEqual(['Lbl_1']);
  });

  it('are needed after a branch that holds a label, call, return or goto', () => {
    const { addedLabels } = translate(c('a: if (x = 0) { b: skip }; y := 1'), '-label');
    expect(addedLabels).toEqual(['Lbl_1']);
  });

  it('are needed before a with that assigns again, and not within', () => {
    const { addedLabels } = translate(c('a: x := 1; with (z \\in {1}) x := z'), '-label');
    expect(addedLabels).toEqual(['Lbl_1']);
  });
});
