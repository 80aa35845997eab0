/** The modules TLC and TLCExt: registers, chance, the clock, and what is printed. */
import { describe, expect, it } from 'vitest';
import { evaluateExpression } from '../../../src/cli/evaluateExpression.js';
import { compileConstant } from '../../../src/compile/index.js';
import { generator } from '../../../src/compile/runtime/host.js';
import { explore } from '../../../src/explore/index.js';
import { SourceText } from '../../../src/source/text.js';
import { parseExpression } from '../../../src/syntax/parse.js';
import { compileText } from '../fromText.js';
import { errorIn, valueIn } from './valueIn.js';

const evaluate = (text: string, options = {}) =>
  compileConstant(parseExpression(new SourceText('text', text)), {}, options);

/** What a specification prints while it is explored, and how the search ended. */
function run(body: string, config = 'INIT Init NEXT Next') {
  const lines: string[] = [];
  const spec = compileText(`EXTENDS Integers, TLC, TLCExt ${body}`, config, (line) => {
    lines.push(line);
  });
  expect(spec.falseAssumptions()).toEqual([]);
  const { outcome, distinct, violations } = explore(spec, { checkDeadlock: false });
  return { outcome, distinct, lines, message: violations[0]?.failure?.message };
}

const counter = "VARIABLE x Init == x = 0 Next == x < 3 /\\ x' = x + 1";

describe('what is printed', () => {
  const printedBy = (text: string): string[] => {
    const lines: string[] = [];
    evaluate(text, { print: (line: string) => lines.push(line) });
    return lines;
  };

  it.each([
    ['PrintT(<<1, "a">>)', ['<<1, "a">>']],
    ['Print("x is", 5)', ['"x is"  5']],
    ['PrintT(Nat)', ['Nat']],
    ['PrintT(3..1)', ['{}']],
    ['PrintT(2..4)', ['2..4']],
    ['PrintT([1..2 -> {7}])', ['{<<7, 7>>}']],
    // Each evaluation prints.
    ['\\A i \\in 1..2 : PrintT(i)', ['1', '2']],
    ['FALSE /\\ PrintT(1)', []],
  ])('%s', (text, lines) => {
    expect(printedBy(text)).toEqual(lines);
  });

  it('is printed once for each state, and not while the compiler looks ahead', () => {
    const { lines } = run(
      "VARIABLE x Init == PrintT(<<9>>) /\\ x = 0 Next == PrintT(x) /\\ x < 1 /\\ x' = 1",
    );
    expect(lines).toEqual(['<<9>>', '0', '1']);
  });
});

describe('values', () => {
  it.each([
    ['Print("x", 5)', '5'],
    ['PrintT(1)', 'TRUE'],
    ['ToString(<<1, {"a"}>>)', '"<<1, {\\"a\\"}>>"'],
    ['ToString(Nat)', '"Nat"'],
    ['ToString("a")', '"\\"a\\""'],
    ['TLCEval({1, 1})', '{1}'],
    ['<<1>> \\in Any', 'TRUE'],
    ['Permutations({1, 2})', '{<<1, 2>>, <<2, 1>>}'],
    ['Permutations({})', '{<<>>}'],
    ['SortSeq(<<3, 1, 2>>, LAMBDA a, b : a > b)', '<<3, 2, 1>>'],
    ['SortSeq(<<>>, <)', '<<>>'],
    ['1 :> 5 @@ 1 :> 6', '<<5>>'],
    ['RandomElement({7})', '7'],
    ['RandomElement(1..4) \\in 1..4', 'TRUE'],
    ['TLCGet("level")', '0'],
    ['TLCSet(1, "a") /\\ TLCGet(1) = "a"', 'TRUE'],
    ['TLCGet("config").mode', '"bfs"'],
    ['TLCSet("exit", FALSE)', 'TRUE'],
    ['AssertEq(1, 1)', 'TRUE'],
    ['AssertEq(1, 2)', 'FALSE'],
    ['AssertError("none", 1 + 1)', 'TRUE'],
    ['AssertError("Head of the empty sequence has no value", Head(<<>>))', 'TRUE'],
    ['TLCGetOrDefault(4, "none")', '"none"'],
    ['TLCSet(4, 1) /\\ TLCGetOrDefault(4, Head(<<>>)) = 1', 'TRUE'],
    ['TLCGetAndSet(5, +, 2, 10) = 10 /\\ TLCGet(5) = 12', 'TRUE'],
    ['TLCModelValue("m1") = TLCModelValue("m1")', 'TRUE'],
    ['TLCModelValue("m1") = 5', 'FALSE'],
    ['TLCDefer(Head(<<>>))', 'TRUE'],
    ['TLCNoOp(5)', '5'],
    ['PickSuccessor(TRUE)', 'TRUE'],
    ['TLCCache(5, {})', '5'],
  ])('%s is %s', (text, value) => {
    expect(valueIn('TLCExt', text)).toBe(value);
  });

  it.each([
    ['RandomElement({})', 'EVL007: no element of {}'],
    ['JavaTime', 'EVL021: JavaTime cannot be evaluated without a clock'],
    ['TLCGet(1)', 'EVL024: TLCGet(1) has no value here'],
    ['TLCGet("distinct")', 'EVL024: TLCGet("distinct") has no value here'],
    ['TLCGet(0 - 1)', 'EVL001: TLCGet needs the number of a register, not negative, or a name'],
    ['TLCSet("exit", TRUE)', 'by this program: bound the search with a CONSTRAINT'],
    ['TLCGet("action")', 'TLCGet("action") cannot be evaluated while states are searched'],
    ['TLCGet("spec")', 'TLCGet("spec") cannot be evaluated by this program: name the actions'],
    ['TLCGet("stats")', 'EVL024: TLCGet("stats") has no value here'],
    ['TLCSet("other", 1)', 'EVL021: TLCSet("other", 1) cannot be evaluated by this program'],
    ['AssertError("other words", Head(<<>>))', 'EVL014: Head of the empty sequence has no value'],
    ['Trace', 'EVL021: Trace cannot be evaluated by this program'],
    ['ToTrace(CounterExample)', 'EVL021: ToTrace cannot be evaluated by this program'],
    ['TLCFP(1)', 'EVL021: TLCFP cannot be evaluated by this program, which tells states apart'],
    ['TLCEvalDefinition("x")', 'EVL021: TLCEvalDefinition cannot be evaluated'],
    ['PickSuccessor(FALSE)', 'EVL021: PickSuccessor(FALSE) cannot be evaluated'],
    ['Assert(FALSE, <<1>>)', 'EVL014: <<1>>'],
    ['SortSeq(<<1, 2>>, LAMBDA a, b : a)', 'EVL003: the order of SortSeq'],
  ])('%s is an error: %s', (text, message) => {
    expect(errorIn('TLCExt', text)).toContain(message);
  });

  it('gives the seconds of the clock', () => {
    expect(evaluate('JavaTime', { now: () => 7_500 })).toBe(7);
  });
});

describe('registers during a search', () => {
  it('are kept from step to step, and start with what assumptions put in', () => {
    const { lines } = run(
      `${counter}
      Count == TLCSet(1, TLCGet(1) + 1) /\\ (x = 3 => PrintT(TLCGet(1)))
      ASSUME TLCSet(1, 100)`,
      'INIT Init NEXT Next INVARIANT Count',
    );
    expect(lines).toEqual(['104']);
  });

  it('count evaluations of an invariant: one for each distinct state', () => {
    const { lines, outcome } = run(
      `${counter}
      Count == TLCSet(1, TLCGetOrDefault(1, 0) + 1) /\\ (x = 3 => PrintT(TLCGet(1)))`,
      'INIT Init NEXT Next INVARIANT Count',
    );
    expect(outcome).toBe('ok');
    expect(lines).toEqual(['4']);
  });

  it('begin anew when a search is begun anew because of the layout', () => {
    // The first layout has a slot for each of two elements; there are fewer later.
    const { lines, outcome } = run(
      `VARIABLE x
      Init == x = <<1, 2>> /\\ TLCSet(1, 0)
      Next == TLCSet(1, TLCGet(1) + 1) /\\ x # <<>> /\\ x' = IF x = <<1, 2>> THEN <<1>> ELSE <<>>
      Shown == x = <<>> => PrintT(TLCGet(1))`,
      'INIT Init NEXT Next INVARIANT Shown',
    );
    expect(outcome).toBe('ok');
    expect(lines).toEqual(['2']);
  });
});

describe('how far the search is', () => {
  it('tells the level of the state that is looked at, or that a step starts from', () => {
    const { lines } = run(
      `${counter.replace('Next == ', 'Next == PrintT(<<"step", TLCGet("level")>>) /\\ ')}
      Level == PrintT(TLCGet("level")) /\\ TLCGet("level") = x + 1`,
      'INIT Init NEXT Next INVARIANT Level',
    );
    expect(lines).toEqual([
      '1',
      '<<"step", 1>>',
      '2',
      '<<"step", 2>>',
      '3',
      '<<"step", 3>>',
      '4',
      '<<"step", 4>>',
    ]);
  });

  it('bounds a search by its level', () => {
    const endless = 'VARIABLE x Init == x = 0 Next == x\' = x + 1 Bound == TLCGet("level") <= 5';
    expect(run(endless, 'INIT Init NEXT Next CONSTRAINT Bound')).toMatchObject({
      outcome: 'ok',
      distinct: 5,
    });
  });

  it('tells distinct and generated states, the queue and the diameter', () => {
    const { lines } = run(
      `${counter.replace('Next == ', 'Next == PrintT(<<TLCGet("distinct"), TLCGet("generated"), TLCGet("queue"), TLCGet("diameter")>>) /\\ ')}`,
    );
    expect(lines[0]).toBe('<<1, 1, 1, 1>>');
    expect(lines.at(-1)).toMatch(/^<<4, 4, 1, 4>>$/);
  });

  it('tells all of them at once', () => {
    const { lines } = run(`${counter.replace('Next == ', 'Next == PrintT(TLCGet("stats")) /\\ ')}`);
    expect(lines[0]).toBe('[diameter |-> 1, distinct |-> 1, generated |-> 1, queue |-> 1]');
  });
});

describe('chance', () => {
  const dice = "VARIABLE x Init == x = 0 Next == x < 40 /\\ x' = x + RandomElement(1..6)";
  const seeded = (seed: number): number[] => {
    const spec = compileText(`EXTENDS Integers, TLC ${dice}`, undefined, undefined, { seed });
    const result = explore(spec, { checkDeadlock: false });
    return Array.from({ length: result.distinct }, (_, i) => {
      return spec.decode(result.stateAt(i)).get('x') as number;
    });
  };

  it('depends on the seed and the state alone', () => {
    expect(seeded(1)).toEqual(seeded(1));
    expect(seeded(1)).not.toEqual(seeded(2));
  });

  it('chooses every element sooner or later', () => {
    const steps = seeded(3).flatMap((x, i, all) => (i === 0 ? [] : [x - (all[i - 1] as number)]));
    expect(steps.every((step) => step >= 1 && step <= 6)).toBe(true);
    expect(new Set(steps).size).toBeGreaterThan(2);
  });

  it('is spread evenly', () => {
    const random = generator(5);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const index = Math.floor(random() * 4);
      counts[index] = (counts[index] as number) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('Randomization', () => {
  it.each([
    ['RandomSubset(2, {1, 2})', '{1, 2}'],
    ['RandomSubset(0, 1..9)', '{}'],
    ['LET s == RandomSubset(3, 1..9) IN s \\subseteq 1..9 /\\ Cardinality(s) = 3', 'TRUE'],
    ['RandomSetOfSubsets(4, 0, 1..9)', '{{}}'],
    ['RandomSetOfSubsets(4, 9, 1..9) = {1..9}', 'TRUE'],
    ['\\A s \\in RandomSetOfSubsets(5, 4, 1..9) : s \\subseteq 1..9', 'TRUE'],
    ['Cardinality(RandomSetOfSubsets(5, 4, 1..9)) \\in 1..5', 'TRUE'],
    ['Len(TestRandomSetOfSubsets(3, 1, {1, 2}))', '5'],
  ])('%s is %s', (text, value) => {
    expect(valueIn('Randomization', text)).toBe(value);
  });

  it('refuses more elements than there are', () => {
    const message = 'RandomSubset needs at most the 2 elements of {1, 2}, but got 3';
    expect(errorIn('Randomization', 'RandomSubset(3, {1, 2})')).toContain(message);
    expect(errorIn('Randomization', 'RandomSetOfSubsets(1, 3, {1, 2})')).toContain('but got 3');
  });

  it('takes each element about as often', () => {
    const counted = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) {
      const subset = valueWithSeed('RandomSubset(1, 1..4)', seed);
      counted.set(subset, (counted.get(subset) ?? 0) + 1);
    }
    // 100 each are expected; the standard deviation is 8.7.
    expect(counted.size).toBe(4);
    for (const count of counted.values()) expect(Math.abs(count - 100)).toBeLessThan(45);
  });
});

function valueWithSeed(text: string, seed: number): string {
  const { text: shown } = evaluateExpression(new SourceText('expression', text), {
    spec: new SourceText(
      'Scope.tla',
      '---- MODULE Scope ----\nEXTENDS Integers, Randomization\n====\n',
    ),
    config: null,
    findModule: () => null,
    host: { seed },
  });
  return shown;
}
