/**
 * What depends on an element of a set is remembered by the number of the element. The same steps
 * written so that nothing can be remembered have the same graph.
 */
import { describe, expect, test } from 'vitest';
import { explore } from '../../src/explore/index.js';
import { formatValue } from '../../src/values/index.js';
import { compileText } from './fromText.js';

function graphOf(body: string) {
  const compiled = compileText(body);
  const { outcome, generated, distinct, depth, states, stateAt } = explore(compiled, {
    checkDeadlock: false,
  });
  const rows = Array.from({ length: states.size }, (_, index) =>
    [...compiled.decode(stateAt(index))].map(([name, value]) => `${name}=${formatValue(value)}`),
  );
  return { outcome, generated, distinct, depth, rows };
}

/** `%s` around whatever could be remembered: a third thing that it depends on, for nothing. */
const never = (expr: string) => `(IF a = 0 /\\ b = 0 /\\ c = 0 /\\ a = 1 THEN {} ELSE ${expr})`;
const same = (expr: string) => expr;

const variables = 'VARIABLES a, b, c, sent, got\n';
const init = 'Init == a = 0 /\\ b = 0 /\\ c = 0 /\\ sent = {} /\\ got = [p \\in 1..2 |-> {}]\n';

const specs: Readonly<Record<string, (remember: (expr: string) => string) => string>> = {
  'an element goes from one set to another': (of) => `
${variables}${init}
Send == \\E m \\in ${of('(1..4) \\ sent')} : sent' = ${of('sent \\cup {m}')} /\\ UNCHANGED <<a, b, c, got>>
Take == \\E p \\in 1..2 : \\E m \\in ${of('{x \\in sent : x % 2 = p - 1}')} :
  /\\ sent' = ${of('sent \\ {m}')}
  /\\ got' = [got EXCEPT ![p] = ${of('@ \\cup {m}')}]
  /\\ UNCHANGED <<a, b, c>>
Next == Send \\/ Take`,
  'loops in loops, and the later ones depend on what was chosen': (of) => `
${variables}${init}
Next == \\E x \\in ${of('{y \\in 0..3 : y # a}')} : \\E z \\in ${of('{y \\in 0..3 : y > x}')} :
  /\\ a' = x
  /\\ b' = z
  /\\ sent' = ${of('{x, z, b}')}
  /\\ \\E w \\in ${of('sent \\cup {x}')} : c' = w
  /\\ UNCHANGED got`,
  'sets of sets, and of tuples': (of) => `
${variables}${init}
Next == \\E s \\in ${of('SUBSET {1, 2} \\cup {sent}')} : \\E t \\in ${of('{s, sent \\cup s}')} :
  /\\ sent' = (${of('t \\cup {Cardinality(s)}')}) \\cap 0..2
  /\\ \\E f \\in {<<1>>, <<2, 3>>, <<>>} : got' = <<{f}, ${of('{g \\in got[1] : g = f}')}>>
  /\\ UNCHANGED <<a, b, c>>`,
  'a definition with the element': (of) => `
${variables}${init}
Without(s, e) == {x \\in s : x # e}
With(s, e) == LET more == {e} IN ${of('s \\cup more')}
Next ==
  \\/ \\E m \\in 1..3 : sent' = With(sent, m) /\\ UNCHANGED <<a, b, c, got>>
  \\/ \\E m \\in ${of('sent')} : sent' = ${of('Without(sent, m)')} /\\ a' = m /\\ UNCHANGED <<b, c, got>>`,
};

describe('remembered by number or evaluated each time', () => {
  test.each(Object.entries(specs))('%s', (_, write) => {
    const text = (of: (expr: string) => string) => `EXTENDS Integers, FiniteSets${write(of)}`;
    const whole = (of: (expr: string) => string) => `---- MODULE Root ----\n${text(of)}\n====\n`;
    const remembered = graphOf(whole(same));
    expect(remembered.outcome).toBe('ok');
    expect(remembered.distinct).toBeGreaterThan(10);
    expect(graphOf(whole(never))).toEqual(remembered);
  });

  test('the generated code does number the elements', () => {
    const write = specs['an element goes from one set to another'] as (typeof specs)[string];
    const { text } = compileText(`---- MODULE Root ----\nEXTENDS Integers${write(same)}\n====\n`);
    expect(text).toMatch(/numbered\(/);
    expect(text).toMatch(/PairTable/);
  });

  test('elements that are infinite sets have numbers, too', () => {
    const compiled = compileText(`
VARIABLE x
Init == x = 0
Next == \\E S \\in {IF x = 0 THEN Nat ELSE 5..9} : x' = CHOOSE y \\in 3..7 : y \\in S`);
    expect(explore(compiled, {})).toMatchObject({ outcome: 'ok', distinct: 3 });
  });
});
