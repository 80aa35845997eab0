/**
 * Small graphs whose answers are reasoned by hand. A row: the paths, what holds where, the
 * assumption, the property, and the lasso with its cycle in parentheses, or that it holds.
 */
import { describe, expect, it } from 'vitest';
import { type Drawing, decide, shown } from './drawnBehaviors.js';

type Row = readonly [reason: string, drawing: Drawing, property: string, answer: string];

function check(rows: readonly Row[]): void {
  it.each(rows)('%s', (_, drawing, property, answer) => {
    expect(shown(decide(drawing, property))).toBe(answer);
    // The size of the pieces of work changes nothing.
    expect(shown(decide(drawing, property, 1))).toBe(answer);
  });
}

const a = { a: [0] };
/** Actions 0 and 1 are a and b. */
const ab = { a: [0], b: [1] };

describe('stuttering and weak fairness', () => {
  const line: Drawing = { paths: ['1 2 3'], states: { end: [3] }, actions: a };
  const fair: Drawing = { ...line, assume: 'WF(a)' };
  check([
    ['without fairness nothing need happen', line, '<>end', '(1)'],
    ['weak fairness leads down a line', fair, '<>end', 'holds'],
    ['at the end there is no other way', fair, '<>[]end', 'holds'],
    ['a fair behavior that is violating gets to the end, too', fair, '[]end', '1 2 (3)'],
    ['from the end nothing leads back', fair, '[]<>~end', '1 2 (3)'],
    ['to stay in the first state is a behavior', line, '[]<>~end', '1 2 (3)'],
    ['a constant property', line, 'FALSE', '(1)'],
    ['another one', line, 'TRUE', 'holds'],
    ['an assumption that no behavior satisfies', { ...line, assume: 'FALSE' }, '<>end', 'holds'],
    ['an empty conjunction of conditions', { ...line, assume: 'TRUE' }, '<>end', '(1)'],
    [
      'a deadlocked state is stayed in for ever',
      { paths: ['1 2', '1 3'], states: { good: [3] }, actions: a, assume: 'WF(a)' },
      '<>good',
      '1 (2)',
    ],
    ['one state alone', { paths: ['1'], states: { here: [1] } }, '[]<>here', 'holds'],
    [
      'a step to the same state is no step that changes anything',
      { paths: ['1 1:0', '1 2:1'], states: { end: [2] }, actions: ab, assume: 'WF(a)' },
      '<>end',
      '(1)',
    ],
    [
      'such an action is not enabled, so that fairness asks nothing of it',
      { paths: ['1 1:0'], states: {}, actions: a, assume: 'WF(a)' },
      '[]<><a>',
      '(1)',
    ],
  ]);
});

describe('cycles', () => {
  const ring: Drawing = {
    paths: ['1 2 3 1'],
    states: { one: [1], three: [3] },
    actions: a,
    assume: 'WF(a)',
  };
  const exit: Drawing = {
    paths: ['1 2:0 1:0', '2 3:1'],
    states: { out: [3], two: [2] },
    actions: ab,
  };
  check([
    ['a fair ring comes round again', ring, '[]<>three', 'holds'],
    ['and never settles', ring, '<>[]~three', '(1 2 3)'],
    ['one leads to three', ring, 'one ~> three', 'holds'],
    [
      'what never comes is not led to',
      { ...ring, states: { one: [1], four: [4] } },
      'one ~> four',
      '(1 2 3)',
    ],
    ['without fairness it stops before three', { ...ring, assume: 'TRUE' }, 'one ~> three', '(1)'],
    ['a cycle avoids the way out', { ...exit, assume: 'WF(a)' }, '<>out', '(1 2)'],
    [
      'weak fairness of the way out: in state 1 it is not enabled',
      { ...exit, assume: 'WF(a) /\\ WF(b)' },
      '<>out',
      '(1 2)',
    ],
    ['strong fairness of the way out', { ...exit, assume: 'WF(a) /\\ SF(b)' }, '<>out', 'holds'],
    ['strong fairness alone lets it stop in state 1', { ...exit, assume: 'SF(b)' }, '<>out', '(1)'],
    ['strong fairness of the cycle includes weak', { ...exit, assume: 'SF(a)' }, '<>out', '(1 2)'],
    [
      'a cycle that cannot be reached counts for nothing',
      {
        paths: ['1 2'],
        toy: { constraint: ([s]) => s !== 3 },
        states: { b: [3] },
        actions: a,
        assume: 'WF(a)',
      },
      '[]~b',
      'holds',
    ],
    [
      'the nearer of two cycles is shown',
      { paths: ['1 2 3 4 5 4', '2 6 2'], states: { none: [] }, actions: a, assume: 'WF(a)' },
      '<>none',
      '1 (2 6)',
    ],
    [
      'a cycle on which a condition is met, where the nearer one meets it not',
      { paths: ['1 2:0 1:0', '2 3:0 4:1 3:0'], states: { no: [] }, actions: ab, assume: '[]<><b>' },
      '<>no',
      '1 2 (3 4)',
    ],
  ]);
});

describe('conditions that interact', () => {
  /** 1 and 2 alternate; in 1 action b leads out to 3, in 2 action c leads out to 4. */
  const two: Drawing = {
    paths: ['1 2:0 1:0', '1 3:1', '2 4:2'],
    states: { out: [3, 4], three: [3], four: [4] },
    actions: { a: [0], b: [1], c: [2] },
  };
  /** Each of two components has its own action; only one leads on. */
  const split: Drawing = {
    paths: ['1 2:0 1:0', '2 3:1 4:0 3:0', '4 1:2'],
    states: { left: [1, 2], right: [3, 4] },
    actions: { a: [0], b: [1], c: [2] },
  };
  check([
    [
      'weak fairness of both ways out is met by alternating',
      { ...two, assume: 'WF(a) /\\ WF(b) /\\ WF(c)' },
      '<>out',
      '(1 2)',
    ],
    [
      'strong fairness of one is enough to get out',
      { ...two, assume: 'WF(a) /\\ SF(b)' },
      '<>out',
      'holds',
    ],
    [
      'but it need not get out by that one',
      { ...two, assume: 'WF(a) /\\ SF(b)' },
      '<>three',
      '1 2 (4)',
    ],
    [
      'one may leave before it is asked to',
      { ...two, assume: 'WF(a) /\\ SF(b) /\\ SF(c)' },
      '<>four',
      '1 (3)',
    ],
    [
      'strong fairness of b leads from left to right, and back again',
      { ...split, assume: 'WF(a) /\\ SF(b) /\\ SF(c)' },
      '[]<>left',
      'holds',
    ],
    ['and again', { ...split, assume: 'WF(a) /\\ SF(b) /\\ SF(c)' }, '[]<>right', 'holds'],
    [
      'without the second it may stay right',
      { ...split, assume: 'WF(a) /\\ SF(b)' },
      '[]<>left',
      '1 2 (3 4)',
    ],
    [
      'without the first it may stay left',
      { ...split, assume: 'WF(a) /\\ SF(c)' },
      '<>right',
      '(1 2)',
    ],
    [
      'what is left of a component without the states where it is enabled may be fair',
      // 2 enables b, so a fair cycle that never takes it must avoid 2: that is 1 and 3.
      {
        paths: ['1 2:0 1:0', '1 3:0 1:0', '2 4:1'],
        states: { out: [4] },
        actions: ab,
        assume: 'WF(a) /\\ SF(b)',
      },
      '<>out',
      '(1 3)',
    ],
    [
      'removing states for one action may remove those of another',
      // b is enabled in 2 and c in 3: only 1 and 4 are left, and both are fair to stay in.
      {
        paths: ['1 2:0 3:0 4:0 1:0', '1 4:0', '2 5:1', '3 5:2'],
        states: { out: [5] },
        actions: { a: [0], b: [1], c: [2] },
        assume: 'WF(a) /\\ SF(b) /\\ SF(c)',
      },
      '<>out',
      '(1 4)',
    ],
    [
      'an action that is taken on the cycle need not be avoided',
      { paths: ['1 2:1 1:0'], states: { no: [] }, actions: ab, assume: 'SF(a) /\\ SF(b)' },
      '<>no',
      '(1 2)',
    ],
    [
      'two actions that lead to one state are taken together',
      { paths: ['1 2:0 1:0', '1 2:1'], states: { no: [] }, actions: ab, assume: 'WF(a)' },
      '<>[]~<b>',
      '(1 2)',
    ],
    [
      'and neither can be avoided by the other',
      { paths: ['1 2:0 1:0', '1 2:1'], states: { no: [] }, actions: ab, assume: 'WF(a)' },
      '[]<><b>',
      'holds',
    ],
  ]);
});

describe('nested operators', () => {
  const fork: Drawing = {
    paths: ['1 2 3 2', '1 4 5 4'],
    states: { p: [2, 3], q: [3, 5], r: [4] },
    actions: a,
    assume: 'WF(a)',
  };
  check([
    ['one side always p, the other never', fork, '<>[]p \\/ <>[]~p', 'holds'],
    ['but neither of them for all behaviors', fork, '<>[]p', '1 (4 5)'],
    ['q comes again on both sides', fork, '[]<>q', 'holds'],
    ['and goes again', fork, '<>[]q', '1 (2 3)'],
    ['p and q together come again if p ever stays', fork, '<>[]p => []<>(p /\\ q)', 'holds'],
    ['r is led to only on its side', fork, 'q ~> r', '1 (2 3)'],
    ['where r comes once, it comes again', fork, '<>r => []<>r', 'holds'],
    ['p is for ever once it is there', fork, '[](p => []p)', 'holds'],
    ['r is not', fork, '[](r => []r)', '1 (4 5)'],
    ['always one of two that exclude each other', fork, '[]<>r \\/ []<>p', 'holds'],
    ['leads-to inside of eventually', fork, '<>(q ~> r)', '1 (2 3)'],
    [
      'from some point on r follows q, or p holds',
      fork,
      '<>(p \\/ r) /\\ <>[](p \\/ q \\/ r)',
      'holds',
    ],
    ['an assumption excludes one side', { ...fork, assume: 'WF(a) /\\ <>r' }, '[]~p', 'holds'],
    [
      'an assumption of []<>, as a specification may have it',
      { ...fork, assume: '[]<>p' },
      '[]<>q',
      '1 (2)',
    ],
    ['[] as an assumption', { ...fork, assume: '[]~q' }, '<>p', '(1)'],
    ['a conjunct that fails later', fork, '[](~q) \\/ <>[]p', '1 (4 5)'],
    ['~ of a disjunction', fork, '~(<>p \\/ <>r)', '1 (2 3)'],
  ]);
});

describe('atoms over steps', () => {
  const two: Drawing = {
    paths: ['1 2:0 3:1 1:0'],
    states: {},
    actions: ab,
    assume: 'WF(a) /\\ WF(b)',
  };
  check([
    ['b is taken again and again', two, '[]<><b>', 'holds'],
    ['it is not true that only a is taken in the end', two, '<>[]~<b>', '(1 2 3)'],
    ['after a comes b', two, '[](<a> => <><b>)', 'holds'],
    [
      'before the first b there may be no end of stuttering',
      { ...two, assume: 'WF(b)' },
      '<><b>',
      '(1)',
    ],
    [
      'an evaluated atom is decided by the two states',
      { paths: ['1 2 3 1'], steps: { round: ['3 1'] }, actions: a, assume: 'WF(a)' },
      '[]<><round>',
      'holds',
    ],
    [
      'a condition on an evaluated atom says itself where it is enabled',
      {
        paths: ['1 2 1', '1 3'],
        states: { outEnabled: [1], at3: [3] },
        steps: { out: ['1 3'] },
        actions: a,
        assume: 'WF(a) /\\ SF(out)',
      },
      '<>at3',
      'holds',
    ],
  ]);
});

describe('constraints', () => {
  check([
    [
      'an action that leads outside is enabled, so that stopping before it is not fair',
      {
        paths: ['1 2 3'],
        states: { far: [3] },
        actions: a,
        assume: 'WF(a)',
        toy: { constraint: ([s]) => s !== 3 },
      },
      '<>far',
      'holds',
    ],
    [
      'and the same where a constraint on steps leaves it out',
      {
        paths: ['1 2 3', '2 1'],
        states: { far: [3] },
        actions: a,
        assume: 'WF(a)',
        toy: { stepConstraint: ([, ...rest], [to]) => rest.length === 0 && to !== 3 },
      },
      '<>far',
      '(1 2)',
    ],
    [
      'without fairness one may stay inside',
      { paths: ['1 2 3'], states: { far: [3] }, actions: a, toy: { constraint: ([s]) => s !== 3 } },
      '<>far',
      '(1)',
    ],
  ]);
});
