/** Trees without their spans, for comparisons; and the modules of the oracle. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseOptions, type Translation, translateAlgorithm } from '../../src/pluscal/index.js';
import { SourceText } from '../../src/source/text.js';
import { parseModule } from '../../src/syntax/parse.js';
import { parseAlgorithm } from '../../src/syntax/parsePluscal.js';

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

export interface OracleAlgorithm {
  readonly file: string;
  readonly translation: () => Translation;
  /** As `translation`, from the text again. */
  readonly again: () => Translation;
}

/** Every specification of the oracle that holds an algorithm, with its options. */
export function algorithmsOfOracle(): OracleAlgorithm[] {
  return readdirSync(new URL('specs/', oracle)).flatMap((topic) =>
    listOracle(`specs/${topic}/`).flatMap((name) => {
      const file = `specs/${topic}/${name}`;
      const source = readOracle(file);
      if (!source.text.includes('algorithm')) return [];
      const { algorithm } = parseModule(source);
      if (!algorithm) return [];
      const again = (): Translation =>
        translateAlgorithm(parseAlgorithm(algorithm), parseOptions(algorithm.options ?? ''));
      const first = again();
      return [{ file, translation: () => first, again }];
    }),
  );
}
