/** State graphs are those that TLC dumps: the same states, and the same actions between them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileConstant } from '../../src/compile/index.js';
import { explore } from '../../src/explore/index.js';
import type { ConfigValue } from '../../src/semantics/specification.js';
import { SourceText } from '../../src/source/text.js';
import type { Expr } from '../../src/syntax/ast.js';
import { parseExpression } from '../../src/syntax/parse.js';
import { stripParens, walk } from '../../src/syntax/walk.js';
import { formatValue } from '../../src/values/index.js';
import { initialStates, loadOracle, oracle, show, steps } from './fromText.js';

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

describe('the state graph of', () => {
  const files = readdirSync(`${oracle}graphs`).filter(
    // ACTION_CONSTRAINT takes edges away, which is the search's business.
    (name) => name.endsWith('.dot') && !name.includes('Constrained-action'),
  );

  it.each(files)('%s', (file) => {
    const config = `${file.replace('__', '/').replace('.dot', '')}.cfg`;
    const row = rows.find((one) => one.config === config);
    if (row === undefined) throw new Error(`no row for ${config}`);
    const { compiled, specification } = loadOracle(row.spec, row.config);
    // Where there is no pc, TLC's action is the process; ours is still the label.
    const definitions = new Map(
      [...specification.labels].map(([definition, { label }]) => [label, definition]),
    );
    explore(compiled, { checkDeadlock: false }); // From here on the layout stays as it is.
    const expected = parseDot(readFileSync(`${oracle}graphs/${file}`, 'utf8'), compiled.variables);
    const states = new Set<string>();
    const edges = new Set<string>();
    let frontier = initialStates(compiled).filter((one) => compiled.constraint?.holds(one) ?? true);
    const initial = new Set(frontier.map((one) => show(compiled, one)));
    while (frontier.length > 0) {
      const found: Int32Array[] = [];
      for (const vector of frontier) {
        const from = show(compiled, vector);
        if (states.has(from)) continue;
        states.add(from);
        for (const step of steps(compiled, vector)) {
          if (compiled.constraint?.holds(step.vector) === false) continue;
          const action = definitions.get(step.action) ?? step.action;
          edges.add(`${from} --${action}--> ${step.state}`);
          found.push(step.vector);
        }
      }
      frontier = found;
    }
    expect(initial).toEqual(expected.initial);
    expect(states).toEqual(expected.states);
    expect(edges).toEqual(expected.edges);
  });
});
