/** Calls and returns within one step (pluscal-semantics sections 2 and 4). */
import { describe, expect, it } from 'vitest';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { spanText } from '../../src/source/text.js';
import { body, translate, tree } from './algorithms.js';

const algorithm = (procedures: string, main = 'm: skip'): string =>
  `--algorithm A { variables x = 0; ${procedures} { ${main} } }`;

describe('a procedure', () => {
  const translation = translate(
    algorithm(
      `procedure P(p = 1) variables l = 2, k = p; {
         pa: call Q(l, x); goto pa;
         pb: call Q(1, 2); return;
         pc_: call P(k); return;
         pd: skip;
       }
       procedure Q(q1, q2) { qa: return; }`,
      'm: call P(x + 1)',
    ),
  );

  it('is entered with a frame of its old variables, and its locals start one by one', () => {
    expect(body(translation, 'm')).toEqual(
      tree(`
        /\\ pc = "m"
        /\\ /\\ p' = x + 1
           /\\ stack' = <<[procedure |-> "P", pc |-> "Done", l |-> l, k |-> k, p |-> p]>> \\o stack
        /\\ l' = 2
        /\\ k' = p'
        /\\ pc' = "pa"
        /\\ UNCHANGED << x, q1, q2 >>`),
    );
  });

  it('called before a goto returns to the label of the goto', () => {
    expect(body(translation, 'pa')).toEqual(
      tree(`
        /\\ pc = "pa"
        /\\ /\\ q1' = l
           /\\ q2' = x
           /\\ stack' = <<[procedure |-> "Q", pc |-> "pa", q1 |-> q1, q2 |-> q2]>> \\o stack
        /\\ pc' = "qa"
        /\\ UNCHANGED << x, p, l, k >>`),
    );
  });

  it('called before a return takes the frame of its caller, whose locals are restored', () => {
    expect(body(translation, 'pb')).toEqual(
      tree(`
        /\\ pc = "pb"
        /\\ /\\ k' = Head(stack).k
           /\\ l' = Head(stack).l
           /\\ q1' = 1
           /\\ q2' = 2
           /\\ stack' = <<[procedure |-> "Q", pc |-> Head(stack).pc, q1 |-> q1, q2 |-> q2]>>
                       \\o Tail(stack)
        /\\ pc' = "qa"
        /\\ UNCHANGED << x, p >>`),
    );
  });

  it('calling itself before a return leaves the stack alone', () => {
    expect(body(translation, 'pc_')).toEqual(
      tree(`
        /\\ pc = "pc_"
        /\\ p' = k
        /\\ l' = 2
        /\\ k' = p'
        /\\ pc' = "pa"
        /\\ UNCHANGED << x, stack, q1, q2 >>`),
    );
  });

  it('that ends without a return goes to Error', () => {
    expect(body(translation, 'pd')).toEqual(
      tree(`
        /\\ pc = "pd"
        /\\ TRUE
        /\\ pc' = "Error"
        /\\ UNCHANGED << x, stack, p, l, k, q1, q2 >>`),
    );
  });
});

describe('a procedure of a multiprocess algorithm', () => {
  const translation = translate(`--algorithm A { variables x = 0;
    procedure P(p) { a: x := p; return; }
    process (one = 7) { m: call P(x); } }`);

  it('has variables on all processes, and a single process calls it under its id', () => {
    expect(body(translation, 'Init')).toEqual(
      tree(`
        /\\ x = 0
        /\\ p = [self \\in ProcSet |-> defaultInitValue]
        /\\ stack = [self \\in ProcSet |-> <<>>]
        /\\ pc = [self \\in ProcSet |-> "m"]`),
    );
    expect(body(translation, 'm')).toEqual(
      tree(`
        /\\ pc[7] = "m"
        /\\ /\\ p' = [p EXCEPT ![7] = x]
           /\\ stack' = [stack EXCEPT ![7] =
                          <<[procedure |-> "P", pc |-> "Done", p |-> p[7]]>> \\o stack[7]]
        /\\ pc' = [pc EXCEPT ![7] = "a"]
        /\\ x' = x`),
    );
  });

  it('returns under self', () => {
    expect(body(translation, 'a')).toEqual(
      tree(`
        /\\ pc[self] = "a"
        /\\ x' = p[self]
        /\\ pc' = [pc EXCEPT ![self] = Head(stack[self]).pc]
        /\\ p' = [p EXCEPT ![self] = Head(stack[self]).p]
        /\\ stack' = [stack EXCEPT ![self] = Tail(stack[self])]`),
    );
  });

  it('comes in Next after single processes and before process sets', () => {
    const both = translate(`--algorithm A { variables x = 0;
      procedure P() { a: return; }
      process (s \\in {1}) { b: call P(); }
      process (one = 7) { m: call P(); } }`);
    expect(body(both, 'Next')).toEqual(
      tree(
        'one \\/ (\\E self \\in ProcSet : P(self)) ' +
          '\\/ (\\E self \\in {1} : s(self)) \\/ Terminating',
      ),
    );
  });
});

describe('a label is missing', () => {
  const missing = (text: string): string[] => {
    try {
      translate(text);
      return [];
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      return error.diagnostics.map((one) => `${one.code} ${one.span && spanText(one.span)}`);
    }
  };

  it('before a return in a step that assigned a variable of a procedure', () => {
    const text = 'procedure P(p) variable l = 0; { a: l := 1; return; }';
    expect(missing(algorithm(text))).toEqual(['PCL010 return']);
  });

  it('before a call in a step that assigned a variable of the called procedure', () => {
    const text = algorithm('procedure P(p) { a: return; }', 'm: p := 1; call P(2)');
    expect(missing(text)).toEqual(['PCL010 call P(2)']);
  });

  it('before a call and return in a step that assigned a local variable of the caller', () => {
    const text =
      'procedure P() variable l = 0; { a: l := 1; call Q(); return; } procedure Q() { b: return; }';
    expect(missing(algorithm(text))).toEqual(['PCL010 call Q()']);
  });

  it('nowhere in call; return and call; goto', () => {
    const text = 'procedure P() { a: call P(); return; }';
    expect(missing(algorithm(text, 'm: call P(); goto m'))).toEqual([]);
  });
});
