/**
 * Graphs as Graphviz DOT. Not `strict`: parallel steps stay parallel edges. The text depends on
 * nothing but the graph, so the same graph is the same file.
 */
import { changes } from '../trace/difference.js';
import type { TraceState } from '../trace/trace.js';
import { compareValues, formatValue, type Value } from '../values/index.js';
import { formatChoices } from './expander.js';
import type { EdgeAttributes, NodeAttributes, StateGraph } from './stateGraph.js';
import { ValueTexts } from './valueTexts.js';

export interface DotOptions {
  /**
   * `full` labels a node with its whole state as a TLA+ conjunction. `changes` labels it with its
   * number and each step with what it changes, which may differ between the steps to one state;
   * initial states stay whole. The whole state is the tooltip either way. Unless given: `full` for
   * the graph of all states, else `changes`.
   */
  readonly labels?: 'full' | 'changes';
}

// Wong's palette, which colour-blind readers can tell apart; its red is kept for violations.
const processColours = ['#0072b2', '#009e73', '#e69f00', '#cc79a7', '#56b4e9', '#8c6d00'];
const noProcessColour = '#444444';
const violationColour = '#c1121f';

export function writeDot(stateGraph: StateGraph, options: DotOptions = {}): string {
  return [...dotLines(stateGraph, options)].map((line) => `${line}\n`).join('');
}

/** The lines of the file one by one, for graphs whose text is too long for one string. */
export function* dotLines(stateGraph: StateGraph, options: DotOptions = {}): Generator<string> {
  const { graph, header } = stateGraph;
  const isFull =
    (options.labels ?? (header.selection === 'all states' ? 'full' : 'changes')) === 'full';
  const colours = colourByProcess(stateGraph);
  const texts = new ValueTexts();
  yield `digraph ${quote(header.spec)} {`;
  const label = quote(title(stateGraph));
  yield `  graph [label=${label}, labelloc=t, labeljust=l, fontname="Helvetica"];`;
  yield '  node [shape=box, style="rounded,filled", fillcolor="#ffffff"];';
  yield '  node [fontname="Courier", fontsize=10];';
  yield '  edge [fontname="Helvetica", fontsize=10];';
  for (const node of graph.nodes()) {
    const attributes = graph.getNodeAttributes(node);
    const whole = conjunction(stateGraph.state(attributes.index), texts);
    const label = isFull || attributes.initial ? whole : `${node}\n`;
    yield `  ${node} [${nodeStyle(attributes, label, whole)}];`;
  }
  const initial = graph.filterNodes((_, attributes) => attributes.initial);
  if (initial.length > 1) yield `  { rank=same; ${initial.join('; ')}; }`;
  for (const edge of graph.edges()) {
    const [source, target] = graph.extremities(edge);
    const attributes = graph.getEdgeAttributes(edge);
    const violates = graph.getNodeAttribute(target, 'violating');
    const colour = colours.get(attributes.process) ?? noProcessColour;
    const label = stepLabel(attributes) + (isFull ? '' : changeLines(stateGraph, source, target));
    yield `  ${source} -> ${target} [${edgeStyle(attributes, label, colour, violates)}];`;
  }
  yield '}';
}

function title({ header, graph }: StateGraph): string {
  const size = `${plural(graph.order, 'state')}, ${plural(graph.size, 'step')}`;
  if (header.selection === 'all states') return `${header.spec}: ${size}\n`;
  const what = header.property ?? 'deadlock or failed step';
  const paths = header.shortestPaths;
  const count = paths === null ? '' : `, ${paths} shortest path${paths === 1n ? '' : 's'}`;
  return `${header.spec}: counterexamples of ${what}\n${size}${count}\n`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function conjunction(state: TraceState, texts: ValueTexts): string {
  const single = state.size === 1;
  return [...state]
    .map(([name, value]) => `${single ? '' : '/\\ '}${name} = ${texts.format(value)}\n`)
    .join('');
}

function stepLabel({ action, process, choices }: EdgeAttributes): string {
  const by = process === null ? '' : ` ${formatValue(process)}`;
  return `${action}${by}${choices.size === 0 ? '' : `\n${formatChoices(choices)}`}`;
}

function changeLines({ graph, state }: StateGraph, source: string, target: string): string {
  const at = (node: string): TraceState => state(graph.getNodeAttribute(node, 'index'));
  return changes(at(source), at(target))
    .map(({ path, after }) => `\n${path} = ${after === null ? 'none' : formatValue(after)}`)
    .join('');
}

function nodeStyle(attributes: NodeAttributes, label: string, tooltip: string): string {
  const { violates, violating, initial, outside } = attributes;
  // A TLA+ comment, so that a label remains a state that can be parsed.
  const note = violates.length === 0 ? '' : `\\* violates ${violates.join(', ')}\n`;
  const style = [`label=${quote(label + note)}`, `tooltip=${quote(tooltip)}`];
  if (violating) style.push(`color="${violationColour}"`, 'fillcolor="#fde0dd"', 'penwidth=2');
  else if (initial) style.push('fillcolor="#e8eef4"', 'penwidth=2');
  if (outside) style.push('style="rounded,filled,dashed"');
  return style.join(', ');
}

function edgeStyle(
  { location }: EdgeAttributes,
  label: string,
  colour: string,
  violates: boolean,
): string {
  const style = [
    `label=${quote(label)}`,
    `color="${violates ? violationColour : colour}"`,
    `fontcolor="${colour}"`,
  ];
  if (violates) style.push('penwidth=2');
  if (location !== null) {
    style.push(`tooltip=${quote(`${location.file}:${location.line}:${location.column}`)}`);
  }
  return style.join(', ');
}

function colourByProcess({ graph }: StateGraph): ReadonlyMap<Value | null, string> {
  const processes = new Set<Value>();
  graph.forEachEdge((_, { process }) => {
    if (process !== null) processes.add(process);
  });
  const sorted = [...processes].sort(compareValues);
  return new Map(
    sorted.map((process, i) => [process, processColours[i % processColours.length] as string]),
  );
}

/**
 * A DOT string. DOT itself escapes the quotation mark only; labels read backslashes too, where
 * `\l` ends a line and aligns it to the left. Lines that end so are ours, other breaks are `\n`.
 */
function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `"${escaped.replaceAll('\n', text.endsWith('\n') ? '\\l' : '\\n')}"`;
}
