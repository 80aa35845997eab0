/** Trees without their spans, for comparisons; and the modules of the oracle. */
import { readdirSync, readFileSync } from 'node:fs';
import { SourceText } from '../../src/source/text.js';

const oracle = new URL('../oracle/', import.meta.url);

export function readOracle(path: string): SourceText {
  return new SourceText(path, readFileSync(new URL(path, oracle), 'utf8'));
}

export function listOracle(folder: string): string[] {
  return readdirSync(new URL(folder, oracle)).filter((name) => name.endsWith('.tla'));
}

/** A deep copy without `span`. */
export function withoutSpans(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutSpans);
  if (typeof tree !== 'object' || tree === null) return tree;
  const rest = Object.entries(tree).filter(([key]) => key !== 'span');
  return Object.fromEntries(rest.map(([key, value]) => [key, withoutSpans(value)]));
}
