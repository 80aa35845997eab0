/** What temporal formulas are compiled to: which conditions are decided by actions, and whose. */
import { describe, expect, it } from 'vitest';
import type { CompiledSpec } from '../../src/compile/index.js';
import { explore, LivenessCheck } from '../../src/explore/index.js';
import { compileText, loadOracle } from './fromText.js';

/** `weak process 1: a b`: each condition, with the actions that decide it. */
function conditions(spec: CompiledSpec): string[] {
  const temporal = spec.temporal();
  if (temporal === null) throw new Error('nothing is said of whole behaviors');
  return temporal.conditions.map(({ strength, subject, actions }) => {
    const names = actions?.map((number) => spec.actions[number]?.name) ?? ['(evaluated)'];
    return `${strength} ${subject}: ${names.join(' ')}`;
  });
}

const counter = `VARIABLES x, y
vars == <<x, y>>
Init == x = 0 /\\ y = 0
Up == x' = (x + 1) % 3 /\\ y' = y
Flip(b) == x = b /\\ y' = 1 - y /\\ x' = x
Next == Up \\/ \\E b \\in {0, 1} : Flip(b)
`;

/** The conditions of one formula beside Init and Next. */
function of(fairness: string, more = ''): string[] {
  const spec = `Spec == Init /\\ [][Next]_vars /\\ ${fairness}\nProp == <>(x = 2)\n`;
  return conditions(compileText(counter + more + spec, 'SPECIFICATION Spec PROPERTY Prop'));
}

describe('a fairness condition', () => {
  it.each([
    ['WF_vars(Next)', ['weak the next-state action: Up Flip Flip']],
    ['SF_vars(Up)', ['strong action Up: Up']],
    ['WF_vars(Flip(1))', ['weak action Flip(1): Flip']],
    ['WF_vars(\\E b \\in {0, 1} : Flip(b))', ['weak the action in line 8: Flip Flip']],
    [
      '\\A b \\in {0, 1} : WF_vars(Flip(b))',
      ['weak action Flip(0): Flip', 'weak action Flip(1): Flip'],
    ],
    ['WF_vars(x # 2 /\\ Next)', ['weak the next-state action: Up Flip Flip']],
    // What follows the action is evaluated after it, and there only.
    ["WF_vars(Next /\\ x' # 2)", ['weak the action in line 8: (evaluated)']],
    ['WF_vars(Flip(2))', ['weak action Flip(2): (evaluated)']],
    ["WF_vars(x' = x + 1 /\\ y' = y)", ['weak the action in line 8: (evaluated)']],
    // Twice the same is one.
    ['WF_vars(Up) /\\ WF_<<y, x>>(Up)', ['weak action Up: Up']],
    // What changes y is another action than what changes anything.
    ['WF_vars(Up) /\\ WF_y(Up)', ['weak action Up: Up', 'weak action Up: Up']],
  ])('%s', (fairness, wanted) => expect(of(fairness)).toEqual(wanted));

  it('of processes, labels and procedures is decided by the actions of the translation', () => {
    const { compiled } = loadOracle('processes/LabelModifiers.tla', 'processes/LabelModifiers.cfg');
    const all = conditions(compiled);
    expect(all.length).toBeGreaterThan(2);
    expect(all.filter((one) => one.includes('(evaluated)'))).toEqual([]);
    expect(all).toContain('strong label wait of process 1: wait');
  });

  it('of every algorithm of the oracle needs no evaluation', () => {
    const names = ['FairAlgo', 'StrongFair', 'UnfairStutter'];
    for (const name of names) {
      const { compiled } = loadOracle(`processes/${name}.tla`, `processes/${name}.cfg`);
      const all = compiled.temporal()?.conditions ?? [];
      expect(all.length, name).toBeGreaterThan(0);
      expect(
        all.every(({ actions }) => actions !== null),
        name,
      ).toBe(true);
    }
  });

  it('of an instance is evaluated, since its steps are none of the specification', () => {
    const { compiled } = loadOracle('temporal/HourMinute.tla', 'temporal/HourMinute.cfg');
    const all = conditions(compiled);
    expect(all).toContain('weak action Step: Step');
    expect(all.filter((one) => one.includes('(evaluated)')).length).toBeGreaterThan(0);
  });
});

describe('atoms', () => {
  it('of one definition are one, and constants are none', () => {
    const body = `${counter}Two == x = 2\nProp == (<>Two \\/ []<>Two) /\\ <>(1 = 1) /\\ []<>(y = 0)`;
    const temporal = compileText(body, 'INIT Init NEXT Next PROPERTY Prop').temporal();
    expect(temporal?.model.stateAtomCount).toBe(2);
  });

  it('are there only where a property is about whole behaviors', () => {
    const body = `${counter}Prop == [][x' # x]_x /\\ [](x < 3)`;
    expect(compileText(body, 'INIT Init NEXT Next PROPERTY Prop').temporal()).toBeNull();
  });
});

describe('slots that are laid out anew', () => {
  it('change no verdict', () => {
    const body = `VARIABLES f, n
Init == f = [i \\in {1, 2} |-> 0] /\\ n = 0
Next == \\/ n < 3 /\\ n' = n + 1 /\\ f' = [i \\in 1..(n' + 1) |-> n]
        \\/ n = 3 /\\ n' = 0 /\\ f' = [i \\in {1, 2} |-> 0]
Spec == Init /\\ [][Next]_<<f, n>> /\\ WF_<<f, n>>(Next)
Often == []<>(f = [i \\in 1..4 |-> 2])
Ends == <>[](n = 3)`;
    const verdict = (property: string, slots = {}): number => {
      const config = `SPECIFICATION Spec PROPERTY ${property}`;
      const spec = compileText(body, config, () => {}, { slots });
      const search = explore(spec);
      const temporal = spec.temporal();
      if (temporal === null) throw new Error('no property');
      const check = new LivenessCheck(spec, temporal.model, search);
      while (check.advance(10));
      return check.result().violations[0]?.states.length ?? 0;
    };
    expect([verdict('Often'), verdict('Ends')]).toEqual([0, 4]);
  });
});
