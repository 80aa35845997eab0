/** A graph as the text of a file. */
import { type StateGraph, writeDot, writeGraphJson } from '../graph/index.js';

export type GraphFormat = 'dot' | 'json';

export function graphText(graph: StateGraph, format: GraphFormat): string {
  return format === 'dot' ? writeDot(graph) : writeGraphJson(graph);
}
