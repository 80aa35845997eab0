/**
 * State graphs are those that TLC dumps: the same states, and the same actions with their arguments
 * between them, after they have been written as JSON and read again.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { graphModel } from '../../src/cli/graphModel.js';
import { compileConstant } from '../../src/compile/index.js';
import { explore } from '../../src/explore/index.js';
import {
  buildStateGraph,
  type EdgeAttributes,
  readGraphJson,
  type StateGraph,
  writeGraphJson,
} from '../../src/graph/index.js';
import type { ConfigValue, Specification } from '../../src/semantics/specification.js';
import { SourceText } from '../../src/source/text.js';
import type { Expr } from '../../src/syntax/ast.js';
import { parseExpression } from '../../src/syntax/parse.js';
import { stripParens, walk } from '../../src/syntax/walk.js';
import { formatValue, type Value } from '../../src/values/index.js';
import { loadOracle, oracle } from '../compile/fromText.js';

const rows: readonly { spec: string; config: string }[] = JSON.parse(
  readFileSync(`${oracle}expected.json`, 'utf8'),
);

interface Graph {
  readonly initial: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** `/\\ x = 1\n/\\ y = 2`, or `x = 1`, as `x=1 y=2` in the order of declaration. */
function stateOf(label: string, variables: readonly string[]): string {
  const text = label.replaceAll('\\n', '\n').replaceAll('\\"', '"').replaceAll('\\\\', '\\');
  const values = new Map<string, string>();
  const visit = (expr: Expr): void => {
    const inner = stripParens(expr);
    if (inner.kind === 'junction') inner.items.forEach(visit);
    else if (inner.kind === 'infix' && inner.left.kind === 'name') {
      values.set(inner.left.name, valueText(inner.right));
    } else throw new Error(`no state: ${text}`);
  };
  visit(parseExpression(new SourceText('label', text)));
  return variables.map((name) => `${name}=${values.get(name)}`).join(' ');
}

/** A name in a printed state can only be a model value. */
function valueText(expr: Expr): string {
  const constants = new Map<string, ConfigValue>();
  walk(expr, (inner) => {
    if (inner.kind === 'name' && inner.name !== 'BOOLEAN') {
      constants.set(inner.name, { span: inner.span, kind: 'model', name: inner.name });
    }
  });
  return formatValue(compileConstant(expr, { constants }));
}

function parseDot(text: string, variables: readonly string[]): Graph {
  const states = new Map<string, string>();
  const initial = new Set<string>();
  const edges = new Set<string>();
  for (const [, id, label, style] of text.matchAll(
    /^(-?\d+) \[label="((?:[^"\\]|\\.)*)"(,style = filled)?/gm,
  )) {
    const state = stateOf(label as string, variables);
    states.set(id as string, state);
    if (style !== undefined) initial.add(state);
  }
  for (const [, from, to, action] of text.matchAll(/^(-?\d+) -> (-?\d+) \[label="([^"]*)"/gm)) {
    edges.add(`${states.get(from as string)} --${action}--> ${states.get(to as string)}`);
  }
  return { initial, states: new Set(states.values()), edges };
}

/** The action as TLC names it: its definition, with the arguments. */
function actionOf({ action, process, choices }: EdgeAttributes, spec: Specification): string {
  // Where there is no pc, TLC's action is the process; ours is still the label.
  const [definition = action] = [...spec.labels].find(([, { label }]) => label === action) ?? [];
  const unit = spec.definitions.get(definition);
  const params = unit?.kind === 'operator' ? unit.params.map(({ name }) => name.name) : [];
  const args = params.map((name) => choices.get(name) ?? (name === 'self' ? process : null));
  if (args.some((arg) => arg === null)) throw new Error(`${action}: an argument is missing`);
  return args.length === 0
    ? definition
    : `${definition}(${args.map((arg) => formatValue(arg as Value)).join(', ')})`;
}

function graphOf({ graph, state }: StateGraph, spec: Specification): Graph {
  const text = (node: string): string =>
    [...state(graph.getNodeAttribute(node, 'index'))]
      .map(([name, value]) => `${name}=${formatValue(value)}`)
      .join(' ');
  const edges = graph.mapEdges(
    (_, attributes, from, to) => `${text(from)} --${actionOf(attributes, spec)}--> ${text(to)}`,
  );
  const initial = graph.filterNodes((_, attributes) => attributes.initial).map(text);
  return {
    initial: new Set(initial),
    states: new Set(graph.mapNodes(text)),
    edges: new Set(edges),
  };
}

describe('the state graph of', () => {
  const files = readdirSync(`${oracle}graphs`).filter((name) => name.endsWith('.dot'));

  it('35 configurations was dumped', () => expect(files).toHaveLength(35));

  it.each(files)('%s', (file) => {
    const config = `${file.replace('__', '/').replace('.dot', '')}.cfg`;
    const row = rows.find((one) => one.config === config);
    if (row === undefined) throw new Error(`no row for ${config}`);
    const { compiled, specification } = loadOracle(row.spec, row.config);
    const result = explore(compiled, { checkDeadlock: specification.checkDeadlock });
    expect(result.outcome).toBe('ok');
    const built = buildStateGraph(graphModel(row.spec, compiled), result);
    const expected = parseDot(readFileSync(`${oracle}graphs/${file}`, 'utf8'), compiled.variables);
    expect(graphOf(readGraphJson(writeGraphJson(built)), specification)).toEqual(expected);
  });
});
