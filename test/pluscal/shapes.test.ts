/** What the translation leaves out or adds, by the shape of the algorithm (pluscal-semantics 3). */
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/pluscal/index.js';
import { locate, spanText } from '../../src/source/text.js';
import { body, definition, definitionNames, translate, tree } from './algorithms.js';
import { withoutSpans } from './trees.js';

const names = (text: string, options = ''): string[] => definitionNames(translate(text, options));

describe('pc', () => {
  const loops = `--algorithm A { variable x = 0;
    process (p \\in {1, 2}) { a: while (TRUE) { await x = 0; x := self; } }
    process (q = 3) { b: while (TRUE) x := 0; } }`;

  it('is left out where every process is one endless loop without inner labels', () => {
    const translation = translate(loops);
    expect(definitionNames(translation)).toEqual([
      ...['vars', 'ProcSet', 'Init', 'p', 'q', 'Next', 'Spec'],
    ]);
    expect(body(translation, 'p')).toEqual(tree("/\\ x = 0\n/\\ x' = self"));
    expect(body(translation, 'q')).toEqual(tree("x' = 0"));
    expect(body(translation, 'vars')).toEqual(tree('<<x>>'));
    expect(translation.labels.get('p')).toMatchObject({ label: 'a', owner: 'p' });
  });

  it('stays where a label is marked, or a goto stands, or there is a procedure', () => {
    expect(names(loops.replace('a:', 'a:+'))).toContain('a');
    expect(names(loops.replace('x := self', 'x := self; goto a'))).toContain('a');
    const procedure = 'procedure f() { c: return; } process (p';
    expect(names(loops.replace('process (p', procedure))).toContain('a');
  });

  it('stays where the test is TRUE in parentheses', () => {
    expect(names('--algorithm A { variable x = 0; { a: while ((TRUE)) x := 1; } }')).toContain('a');
  });
});

describe('Terminating', () => {
  const endless = '--algorithm A { variable x = 0; { a: while (TRUE) { x := 1; b: skip } } }';

  it('is left out with Termination where the algorithm cannot finish', () => {
    expect(names(endless)).toEqual(['vars', 'Init', 'a', 'b', 'Next', 'Spec']);
  });

  it('stays where a goto Done leaves the loop', () => {
    const left = endless.replace('skip', 'goto Done');
    expect(names(left)).toEqual(expect.arrayContaining(['Terminating', 'Termination']));
  });

  it('is left out on request, but Termination is not', () => {
    const text = '--algorithm A { variable x = 0; { a: x := 1 } }';
    expect(names(text, '-noDoneDisjunct')).toEqual([
      ...['vars', 'Init', 'a', 'Next', 'Spec', 'Termination'],
    ]);
  });
});

describe('fairness', () => {
  const spec = (text: string, options = ''): unknown => body(translate(text, options), 'Spec');
  const one = '--algorithm A { variable x = 0; { a: x := 1 } }';
  const processes = `--algorithm A { variable x = 0;
    process (p \\in {1, 2}) { a: x := 1; }
    fair process (q = 3) { b: x := 2; } }`;
  const safety = 'Init /\\ [][Next]_vars';

  it('of a uniprocess algorithm is that of Next, if it is asked for', () => {
    const fair = tree(`/\\ ${safety}\n/\\ WF_vars(Next)`);
    expect(spec(one)).toEqual(tree(safety));
    for (const options of ['-wf', '-sf', '-wfNext', '-termination']) {
      expect(spec(one, options)).toEqual(fair);
    }
    expect(spec(one.replace('--algorithm', '--fair algorithm'))).toEqual(fair);
  });

  it('of processes is their own; options give it to the others', () => {
    const q = '/\\ WF_vars(q)';
    expect(spec(processes)).toEqual(tree(`/\\ ${safety}\n${q}`));
    expect(spec(processes, '-sf')).toEqual(
      tree(`/\\ ${safety}\n/\\ \\A self \\in {1, 2} : SF_vars(p(self))\n${q}`),
    );
    expect(spec(processes, '-wfNext')).toEqual(tree(`/\\ ${safety}\n/\\ WF_vars(Next)\n${q}`));
    expect(spec(processes, '-nof')).toEqual(tree(safety));
  });

  it('covers the procedures that a process calls, and heeds marked labels', () => {
    const text = `--algorithm A { variable x = 0;
      procedure P() { pa:+ x := 1; pb:- call Q(); pc2: return; }
      procedure Q() { qa: return; }
      fair process (a \\in {1, 2}) { m1: call P(); m2:+ skip; }
      fair+ process (b = 7) { n1:+ skip; n2:- call Q(); } }`;
    expect(spec(text)).toEqual(
      tree(`
            /\\ ${safety}
            /\\ \\A self \\in {1, 2} :
                 WF_vars(a(self)) /\\ SF_vars(m2(self))
                 /\\ WF_vars((pc[self] # "pb") /\\ P(self)) /\\ SF_vars(pa(self))
                 /\\ WF_vars(Q(self))
            /\\ SF_vars((pc[7] # "n2") /\\ b) /\\ SF_vars(Q(7))`),
    );
  });

  it('exempts several labels by a set', () => {
    const text = `--algorithm A { variable x = 0;
      fair process (p = 1) { a:- skip; b: skip; c:- skip; } }`;
    expect(spec(text)).toEqual(
      tree(`/\\ ${safety}\n/\\ WF_vars((pc[1] \\notin {"a", "c"}) /\\ p)`),
    );
  });
});

describe('options', () => {
  it('are read with and without a minus, and -termination implies -wf', () => {
    expect(parseOptions('-termination')).toMatchObject({ termination: true, fairness: 'weak' });
    expect(parseOptions('sf termination')).toMatchObject({ termination: true, fairness: 'strong' });
    expect(parseOptions('-labelRoot L version 1.5')).toMatchObject({ labelRoot: 'L' });
    expect(parseOptions('-reportLabels')).toMatchObject({ label: true, reportLabels: true });
    expect(parseOptions('lineWidth 60, -unixEOL')).toMatchObject({ lineWidth: 60, unixEOL: true });
  });

  it('say whether Termination is checked, which an endless algorithm does not have', () => {
    const ends = '--algorithm A { variable x = 0; { a: x := 1 } }';
    const loops = '--algorithm A { variable x = 0; { a: while (TRUE) x := 1 } }';
    expect(translate(ends, '-termination').checksTermination).toBe(true);
    expect(translate(ends).checksTermination).toBe(false);
    expect(translate(loops, '-termination').checksTermination).toBe(false);
  });
});

describe('what a translation knows of its labels', () => {
  const translation = translate(`--algorithm A { variable x = 0;
    procedure f() { c: return; }
    process (p \\in {1, 2}) { a: x := 1; }
    process (q = 7) { b: x := 2; } }`);

  it('is the owner, the id of a single process, and the statement', () => {
    const known = [...translation.labels].map(([action, { label, owner, processId, span }]) => [
      ...[action, label, owner, processId && withoutSpans(processId), spanText(span)],
    ]);
    expect(known).toEqual([
      ['c', 'c', 'f', null, 'return'],
      ['a', 'a', 'p', null, 'x := 1'],
      ['b', 'b', 'q', tree('7'), 'x := 2'],
    ]);
  });

  it('every generated conjunct has the span of its statement', () => {
    const action = definition(translation, 'b');
    const conjuncts = action.body.kind === 'junction' ? action.body.items : [];
    expect(conjuncts.map((one) => spanText(one.span))).toEqual(['b', ...Array(3).fill('x := 2')]);
    expect(locate(action.span)).toEqual({ file: 'Spec.tla', line: 5, column: 23 });
  });
});
