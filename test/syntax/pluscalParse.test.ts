/** From text to PlusCal trees: both syntaxes make the same trees, and spans are of the file. */
import { describe, expect, it } from 'vitest';
import { locate, spanText } from '../../src/source/text.js';
import type { Statement } from '../../src/syntax/pluscalAst.js';
import { parse } from '../pluscal/algorithms.js';
import { withoutSpans } from '../pluscal/trees.js';

const cSyntax = `--fair algorithm Both {
  variables x = 0, y \\in 1..3; z;
  define { Low == x < 1 Both(a, b) == /\\ a
                                      /\\ b }
  macro m(v, by) { v := v + by; }
  procedure f(a = 1, b) variable l = 2; { f1: l := a || x := b; return; }
  fair+ process (p \\in {1, 2}) variables v = self; {
    a:+ while (x < 3) {
          with (i \\in 1..2, j = i; k \\in {j}) { await i = j; x := k };
          if (x = 1) skip else if (x = 2) { print x } else assert FALSE;
    b:-   either m(x, 1) or { z[1].f := 2 || y := y + 1; goto a } or skip;
        };
    c:  call f(x, <<1>>);
    d:  call f(1, 2); goto Done;
  }
  process (q = "q") { e: when x = /\\ TRUE
                                  /\\ FALSE; }
}`;

const pSyntax = `--fair algorithm Both
  variables x = 0, y \\in 1..3, z;
  define Low == x < 1 Both(a, b) == /\\ a
                                    /\\ b end define
  macro m(v, by) begin v := v + by; end macro;
  procedure f(a = 1, b) variable l = 2; begin f1: l := a || x := b; return; end procedure
  fair+ process p \\in {1, 2} variables v = self; begin
    a:+ while x < 3 do
          with i \\in 1..2, j = i, k \\in {j} do await i = j; x := k; end with;
          if x = 1 then skip; elsif x = 2 then print x else assert FALSE; end if;
    b:-   either m(x, 1) or z[1].f := 2 || y := y + 1; goto a; or skip; end either
        end while;
    c:  call f(x, <<1>>);
    d:  call f(1, 2); goto Done;
  end process;
  process q = "q" begin e: await x = /\\ TRUE
                                     /\\ FALSE; end process
end algorithm;`;

function only(text: string): Statement {
  const [first, ...others] = parse(text).body;
  if (!first || others.length > 0) throw new Error('not one statement');
  return first;
}

describe('a PlusCal algorithm', () => {
  it('has the same tree in both syntaxes', () => {
    const ours = { ...parse(cSyntax), syntax: 'p' };
    expect(withoutSpans(ours)).toEqual(withoutSpans(parse(pSyntax)));
  });

  it('has records whose fields are named like its words', () => {
    const { body } = parse(`--algorithm A { variable r; {
      await /\\ r.end = 1
            /\\ r.if /\\ r.or => [while |-> 1, do |-> 2] = r
            /\\ [r EXCEPT !.then = 2].with = {};
      r.call := r.print } }`);
    expect(body[0]).toMatchObject({
      condition: {
        kind: 'junction',
        items: [
          { op: '=', left: { kind: 'field', name: { name: 'end' } } },
          { op: '=>', left: { op: '/\\', right: { name: { name: 'or' } } } },
          { op: '=', left: { name: { name: 'with' } } },
        ],
      },
    });
    expect(body[1]).toMatchObject({ assignments: [{ path: [{ name: { name: 'call' } }] }] });
  });

  it('may jump to a label in quotes, as the official translator reads it', () => {
    const body = 'a: skip; b: call p(); goto "a"; c: goto "Done"';
    const quoted = parse(`--algorithm A { procedure p() { d: return } { ${body} } }`);
    const plain = parse(
      `--algorithm A { procedure p() { d: return } { ${body.replaceAll('"', '')} } }`,
    );
    expect(withoutSpans(quoted)).toEqual(withoutSpans(plain));
  });

  it('has spans that are places of the file', () => {
    const { processes } = parse(cSyntax);
    const [loop] = processes[0]?.body ?? [];
    // The algorithm begins in line 2 of its module.
    expect(loop && locate(loop.span)).toEqual({ file: 'Spec.tla', line: 9, column: 9 });
    expect(loop?.label && spanText(loop.label.span)).toBe('a');
    const inner = loop?.kind === 'while' ? loop.body : [];
    expect(inner.map((one) => spanText(one.span).split('\n')[0])).toEqual([
      'with (i \\in 1..2, j = i; k \\in {j}) { await i = j; x := k }',
      'if (x = 1) skip else if (x = 2) { print x } else assert FALSE',
      'either m(x, 1) or { z[1].f := 2 || y := y + 1; goto a } or skip',
    ]);
  });

  it('reads the fairness of the algorithm, its processes and labels', () => {
    const { fair, processes } = parse(cSyntax);
    expect(fair).toBe(true);
    expect(processes.map((one) => one.fairness)).toEqual(['strong', 'none']);
    expect(processes[0]?.body[0]?.label?.modifier).toBe('+');
  });

  it('nests the bindings of one with', () => {
    const statement = only('--algorithm A { { with (a \\in S, b = a) skip } }');
    expect(statement).toMatchObject({
      kind: 'with',
      name: { name: 'a' },
      binding: 'in',
      body: [{ kind: 'with', name: { name: 'b' }, binding: 'equals', body: [{ kind: 'skip' }] }],
    });
  });

  it('takes `call; return` after if as one branch, as the official translator does', () => {
    const statement = only('--algorithm A { { if (c) call f(); return; } }');
    const branch = statement.kind === 'if' ? statement.then : [];
    expect(branch.map((one) => one.kind)).toEqual(['call', 'return']);
  });

  it('accepts `;` before else and or in the C syntax', () => {
    const both = '--algorithm A { { if (c) skip; else { skip }; either skip; or { skip; } } }';
    expect(parse(both).body).toMatchObject([
      { kind: 'if', else: [{ kind: 'skip' }] },
      { kind: 'either', branches: [[{ kind: 'skip' }], [{ kind: 'skip' }]] },
    ]);
  });

  it('gives the label of a block to its first statement', () => {
    const { body } = parse('--algorithm A { { l: { skip; print 1 } } }');
    expect(body.map((one) => [one.kind, one.label?.name])).toEqual([
      ['skip', 'l'],
      ['print', undefined],
    ]);
  });

  it('lets fields have the names of PlusCal words', () => {
    const { body } = parse('--algorithm A { { x := r.end + [do |-> 1].do } }');
    expect(body).toMatchObject([{ kind: 'assign' }]);
  });

  it('ignores comments of all kinds', () => {
    const text = '--algorithm A { (* a (* nested *) one *) { skip; \\* to the end\n print 1 } }';
    expect(parse(text).body.map((one) => one.kind)).toEqual(['skip', 'print']);
  });
});
