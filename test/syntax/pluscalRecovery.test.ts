/**
 * Several mistakes of one algorithm. Mistakes are planted into algorithms that are right: each
 * alone, and all at once, must be told at its place, and nothing else.
 */
import { describe, expect, it } from 'vitest';
import { translateModule } from '../../src/cli/pipeline.js';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { locate, SourceText } from '../../src/source/text.js';

interface Planted {
  readonly right: string;
  /** With `@` before the token, or the space before it, that is to be blamed. */
  readonly wrong: string;
  readonly code: string;
}

const cText = `---- MODULE Many ----
EXTENDS Integers
Low == 1 + 2
(* --algorithm Many {
  variables x = 0, y = 1, z = {2};
            q \\in {1, 2};
  define {
    Small == x < 3
    Mid == [a |-> 1]
  }
  macro m(a, b) {
    await b > 0;
    a := b;
  }
  procedure p(n) variables k = 0; {
    p1: k := n + 1;
        skip; skip;
    p2: if (k > 1) { skip };
    p3: return
  }
  fair process (w \\in 1..3)
    variables loc = 1, own = {2};
  { a: x := x + 1;
       y := 2;
    b: while (x < 2) { skip };
    c: with (i \\in 1..2, j = 1) { skip };
    d: skip;
    e: await x = 1;
    f: x := (1 + 2);
    g: either { skip } or { x := 7 };
    h: if (x = 5) { skip }
       else { print 1 };
    i: call p(1);
    j: goto l;
    k: m(x, 3);
    l: assert x = 8
  }
  process (v = 3) {
    s: x := 4;
    t: either {
         y := 6;
       }
       or skip;
    u: skip
  }
} *)
High == IF 1 = 1 THEN 2 ELSE 3
====
`;

const cMistakes: readonly Planted[] = [
  { right: 'Low == 1 + 2', wrong: 'Low == 1 + @)', code: 'SYN012' },
  { right: 'y = 1,', wrong: 'y @:= 1,', code: 'PCL009' },
  { right: 'q \\in {1, 2};', wrong: 'q \\in {1, 2@;', code: 'PCL001' },
  { right: '[a |-> 1]', wrong: '@[a |-> 1', code: 'SYN005' },
  { right: 'await b > 0;', wrong: 'await b > @;', code: 'PCL001' },
  { right: 'k := n + 1;', wrong: 'k @= n + 1;', code: 'PCL003' },
  { right: 'skip; skip;', wrong: 'skip @skip;', code: 'PCL002' },
  { right: 'if (k > 1) {', wrong: 'if (k > 1 @{', code: 'PCL001' },
  { right: 'own = {2};', wrong: 'own = @;', code: 'PCL001' },
  { right: 'x := x + 1;', wrong: 'x := x + 1 @1;', code: 'PCL001' },
  { right: 'while (x < 2)', wrong: 'while (x < @)', code: 'PCL001' },
  { right: 'j = 1) { skip };', wrong: 'j@) { skip };', code: 'PCL001' },
  { right: 'd: skip;', wrong: 'd: @dd: skip;', code: 'PCL008' },
  { right: 'e: await x = 1;', wrong: 'e: @avait x = 1;', code: 'PCL006' },
  { right: 'or { x := 7 };', wrong: 'or { x := @] };', code: 'PCL001' },
  { right: 'else { print 1 };', wrong: 'else { @};', code: 'PCL001' },
  { right: 'call p(1);', wrong: 'call p(1@;', code: 'PCL001' },
  { right: 'goto l;', wrong: 'goto @;', code: 'PCL001' },
  { right: 'x := 4;', wrong: 'x := @"4;', code: 'SYN003' },
  { right: '{\n         y := 6;\n       }', wrong: '@{ y := 6;\n', code: 'PCL004' },
  { right: 'THEN 2', wrong: 'THEN @ELSE', code: 'SYN004' },
];

const pText = `---- MODULE Many ----
EXTENDS Integers
(* --algorithm Many
  variables x = 0, y = 1;
  define
    Small == x < 3
  end define;
  macro m(a, b) begin
    a := b;
  end macro;
  procedure p(n)
    variables k = 0;
  begin
    p1: k := n + 1;
        skip; skip;
    p2: if k > 1 then skip; elsif k = 0 then skip; else skip; end if;
    p3: return;
  end procedure;
  process w \\in 1..3
    variables loc = 1;
  begin
    a: x := x + 1;
    b: while x < 2 do
         y := 2;
       end while;
    c: with i \\in 1..2, j = 1 do skip; end with;
    e: await x = 1;
    f: x := (1 + 2);
    g: either skip; or x := 7; end either;
    h: if x = 5 then
         if y = 1 then
           skip;
         end if;
       end if;
    l: assert x = 8;
  end process;
  process v = 3
  begin
    s: print "a b";
    t: while TRUE do
         skip;
       end while;
  end process;
end algorithm *)
High == <<1, 2>>
====
`;

const pMistakes: readonly Planted[] = [
  { right: 'y = 1;', wrong: 'y @:= 1;', code: 'PCL009' },
  { right: 'Small == x < 3', wrong: 'Small == x <@', code: 'SYN004' },
  { right: 'a := b;', wrong: 'a @= b;', code: 'PCL003' },
  { right: 'variables k = 0;', wrong: 'variables k = (0@;', code: 'PCL001' },
  { right: 'k := n + 1;', wrong: 'k := n + @;', code: 'PCL001' },
  { right: 'skip; skip;', wrong: 'skip @skip;', code: 'PCL002' },
  { right: 'elsif k = 0 then', wrong: 'elsif k = @then', code: 'PCL001' },
  { right: 'process w \\in 1..3', wrong: 'process w @in 1..3', code: 'PCL001' },
  { right: 'while x < 2 do', wrong: 'while x < 2 @', code: 'PCL001' },
  { right: 'j = 1 do', wrong: 'j = @do', code: 'PCL001' },
  { right: 'e: await x = 1;', wrong: 'e: @avait x = 1;', code: 'PCL006' },
  { right: 'x := (1 + 2);', wrong: 'x := (1 + 2@;', code: 'PCL001' },
  { right: 'or x := 7;', wrong: 'or @', code: 'PCL001' },
  { right: 'end if;\n       end if;', wrong: 'end @either;\n  end if;', code: 'PCL005' },
  { right: 'assert x = 8;', wrong: 'assert x = @;', code: 'PCL001' },
  { right: '"a b";', wrong: '@"a b;', code: 'SYN003' },
  {
    right: 't: while TRUE do\n         skip;\n       end while;',
    wrong: 't: @while TRUE do skip;',
    code: 'PCL004',
  },
  { right: '<<1, 2>>', wrong: '@<<1, 2', code: 'SYN005' },
];

/** Plants the mistakes, and says what is expected: codes with line and column. */
function plant(text: string, mistakes: readonly Planted[]) {
  let planted = text;
  for (const { right, wrong, code } of mistakes) {
    expect(planted.split(right)).toHaveLength(2);
    planted = planted.replace(right, () => wrong.replace('@', `@${code}@`));
  }
  const expected: string[] = [];
  for (let mark = /@(\w+)@/.exec(planted); mark; mark = /@(\w+)@/.exec(planted)) {
    planted = planted.replace(mark[0], '');
    const blame = mark.index + planted.slice(mark.index).search(/\S/);
    const { line, column } = locate({
      source: new SourceText('Many.tla', planted),
      start: blame,
      end: blame,
    });
    expected.push(`${mark[1]} ${line}:${column}`);
  }
  return { text: planted, expected };
}

function mistakesOf(text: string): string[] {
  try {
    translateModule(new SourceText('Many.tla', text));
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map(({ code, span }) => {
      const { line, column } = span ? locate(span) : { line: 0, column: 0 };
      return `${code} ${line}:${column}`;
    });
  }
}

describe.each([
  ['C', cText, cMistakes],
  ['P', pText, pMistakes],
] as const)('mistakes of an algorithm in the %s syntax', (_, right, mistakes) => {
  it('are none in what is right', () => expect(mistakesOf(right)).toEqual([]));

  it.each(mistakes)('one alone: $wrong', (mistake) => {
    const { text, expected } = plant(right, [mistake]);
    expect(mistakesOf(text)).toEqual(expected);
  });

  it('all at once, with those of the TLA+ around it', () => {
    const { text, expected } = plant(right, mistakes);
    expect(mistakesOf(text)).toEqual(expected);
  });
});
