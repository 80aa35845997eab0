/** A graph as the lines of a file, which may be too many for one text. */
import { dotLines, graphJsonLines, type StateGraph } from '../graph/index.js';

export type GraphFormat = 'dot' | 'json';

export function graphText(graph: StateGraph, format: GraphFormat): Iterable<string> {
  return format === 'dot' ? dotLines(graph) : graphJsonLines(graph);
}
