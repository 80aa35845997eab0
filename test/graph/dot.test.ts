import { describe, expect, it } from 'vitest';
import { buildStateGraph, type DotOptions, writeDot } from '../../src/graph/index.js';
import { makeRecord, type Value } from '../../src/values/index.js';
import { countersToy, drawnToy } from '../explore/toyModels.js';
import { exploreToy, first, type NamedToy, pair } from './drawnGraph.js';

const notNine = { invariants: { NotNine: ([n]: readonly number[]) => n !== 9 } };

const dotOf = (toy: NamedToy, options?: DotOptions): string => {
  const { model, result } = exploreToy(toy);
  return writeDot(buildStateGraph(model, result), options);
};

const lines = (dot: string, start: string): string[] =>
  dot
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith(start));

/** The value of an attribute, still escaped. */
const attribute = (line: string | undefined, name: string): string | undefined =>
  line?.match(new RegExp(`\\b${name}="((?:[^"\\\\]|\\\\.)*)"`))?.[1];

describe('a graph as DOT', () => {
  it('is a digraph that is not strict, with a line for each node and each edge', () => {
    const dot = dotOf(drawnToy(['1 2 1', '2 3']));
    expect(dot).toMatch(/^digraph "Toy" \{\n/);
    expect(dot).toMatch(/\n\}\n$/);
    expect(dot.match(/^ {2}\d+ \[/gm)).toHaveLength(3);
    expect(dot.match(/^ {2}\d+ -> \d+ \[/gm)).toEqual(['  0 -> 1 [', '  1 -> 0 [', '  1 -> 2 [']);
  });

  it('keeps parallel steps apart', () => {
    const edges = lines(dotOf(drawnToy(['1 2:4', '1 2:5'])), '0 -> 1');
    expect(edges.map((edge) => attribute(edge, 'label'))).toEqual(['step4', 'step5']);
  });

  it('labels states as TLA+ conjunctions whose backslashes survive', () => {
    const dot = dotOf({ ...countersToy(1), variables: ['a', 'b'] });
    expect(attribute(lines(dot, '0 [')[0], 'label')).toBe('/\\\\ a = 0\\l/\\\\ b = 0\\l');
  });

  it('labels states of one variable without a bullet', () => {
    expect(attribute(lines(dotOf(drawnToy(['7 8'])), '0 [')[0], 'label')).toBe('at = 7\\l');
  });

  it('escapes quotation marks and backslashes in values', () => {
    const { model, result } = exploreToy(drawnToy(['1 2']));
    const quoting = { ...model, decode: () => new Map([['s', 'say "a\\b"']]) };
    const dot = writeDot(buildStateGraph(quoting, result));
    // TLA+ escapes the two quotation marks and the backslash; DOT escapes all of that once more.
    const label = String.raw`s = \"say \\\"a\\\\b\\\"\"\l`;
    expect(attribute(lines(dot, '0 [')[0], 'label')).toBe(label);
  });

  it('labels steps with what they change if asked, and keeps the whole state in the tooltip', () => {
    const { model, result } = exploreToy({ ...countersToy(1), variables: ['a', 'b'] });
    const nested = {
      ...model,
      decode: (state: Int32Array) =>
        new Map<string, Value>([
          [
            'page',
            makeRecord(
              new Map([
                ['ref', state[0] as number],
                ['map', 1],
              ]),
            ),
          ],
          ['pair', pair(5, state[1] as number)],
        ]),
    };
    const dot = writeDot(buildStateGraph(nested, result), { labels: 'changes' });
    const labelOf = (start: string) => attribute(lines(dot, start)[0], 'label');
    expect(['0 [', '1 [', '3 ['].map(labelOf)).toEqual([
      '/\\\\ page = [map |-> 1, ref |-> 0]\\l/\\\\ pair = <<5, 0>>\\l',
      '1\\l',
      '3\\l',
    ]);
    // Two steps lead to state 3, and each says what it changes itself.
    expect(['0 -> 1', '1 -> 3', '2 -> 3'].map(labelOf)).toEqual([
      'step0\\npage.ref = 1',
      'step1\\npair[2] = 1',
      'step0\\npage.ref = 1',
    ]);
    expect(attribute(lines(dot, '1 [')[0], 'tooltip')).toContain('ref |-> 1]');
  });

  it('paints violating states and the steps into them, and names what they violate', () => {
    const dot = dotOf(drawnToy(['1 2 9 3'], notNine));
    const red = '#c1121f';
    const colours = (start: string) => lines(dot, start).map((line) => attribute(line, 'color'));
    expect([0, 1, 2, 3].map((node) => colours(`${node} [`)[0])).toEqual([
      undefined,
      undefined,
      red,
      undefined,
    ]);
    expect(attribute(lines(dot, '2 [')[0], 'label')).toBe('at = 9\\l\\\\* violates NotNine\\l');
    expect(colours('1 -> 2')).toEqual([red]);
    expect(colours('0 -> 1')).not.toEqual([red]);
  });

  it('gives each process one colour of its own, and tells process, choices and place', () => {
    const location = { file: 'Toy.tla', line: 12, column: 5 };
    const dot = dotOf({
      ...drawnToy(['1 2:0 3:1 4:0']),
      actions: [
        { name: 'enter', process: 'A', location },
        { name: 'enter', process: 'B' },
      ],
      chosen: (action) => (action === 1 ? [{ name: 'x', value: 3 }] : []),
    });
    const edges = lines(dot, '0 ->').concat(lines(dot, '1 ->'), lines(dot, '2 ->'));
    expect(edges.map((edge) => attribute(edge, 'label'))).toEqual([
      'enter \\"A\\"',
      'enter \\"B\\"\\nx = 3',
      'enter \\"A\\"',
    ]);
    const [a, b, again] = edges.map((edge) => attribute(edge, 'color'));
    expect(a).toBe(again);
    expect(a).not.toBe(b);
    expect(attribute(edges[0], 'tooltip')).toBe('Toy.tla:12:5');
  });

  it('of counterexamples says in its title of what, and how many there are', () => {
    const { result, counterexamples } = exploreToy(drawnToy(['1 2 9', '1 3 9'], notNine));
    const dot = writeDot(counterexamples.graph(first(result.violations), 'shortest'));
    expect(attribute(lines(dot, 'graph')[0], 'label')).toBe(
      'Toy: counterexamples of NotNine\\l4 states, 4 steps, 2 shortest paths\\l',
    );
  });

  it('is the same text every time', () => {
    expect(dotOf(countersToy(4))).toBe(dotOf(countersToy(4)));
  });
});
