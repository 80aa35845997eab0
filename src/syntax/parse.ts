/**
 * Text → tree for modules and expressions: scan tokens, find the units, and for each of them mark
 * junction lists, match the grammar, build the tree. The text before `---- MODULE` and after the module's `====` is ignored.
 */
import { fail } from '../source/diagnostic.js';
import { type SourceText, span } from '../source/text.js';
import {
  type AlgorithmText,
  findAlgorithm,
  findTranslation,
  type TranslationText,
} from './algorithmText.js';
import type { Expr, Module } from './ast.js';
import { markJunctions } from './junctions.js';
import { ModuleParser, matchTla } from './parseUnits.js';
import { dropProofs } from './proofs.js';
import { scanTokens, type Token } from './tokens.js';

export type { AlgorithmText, TranslationText } from './algorithmText.js';

export interface ParsedModule {
  readonly source: SourceText;
  /** Units in source order. With an algorithm, what stands between the markers is left out. */
  readonly module: Module;
  readonly algorithm: AlgorithmText | null;
  /** The place between the translation markers, if the module has them. */
  readonly translation: TranslationText | null;
}

/** Parses the first module of the text. Throws a DiagnosticError with all the mistakes in it. */
export function parseModule(source: SourceText): ParsedModule {
  const start = moduleStart(source.text);
  if (start < 0) fail('SYN009', span(source, 0, 0));
  const end = source.text.length;
  const { tokens, comments } = scanTokens(source, start, end, moduleEndFinder());
  const translation = findTranslation(source, comments);
  const algorithm = findAlgorithm(source, comments, translation);
  const isStale = ({ start }: Token) =>
    algorithm && translation && start >= translation.begin && start < translation.end;
  const current = tokens.filter((token) => !isStale(token));
  const module = new ModuleParser(source, dropProofs(current)).parse();
  return { source, module, algorithm, translation };
}

/** Parses one expression: the text, or the part of it in `[start, end)`. */
export function parseExpression(
  source: SourceText,
  start = 0,
  end: number = source.text.length,
): Expr {
  const { tokens } = scanTokens(source, start, end);
  return matchTla(markJunctions(source, tokens, end), 'Expr');
}

/** The offset of the first `---- MODULE`; -1 if there is none. */
function moduleStart(text: string): number {
  const word = /\bMODULE\b/g;
  for (let match = word.exec(text); match; match = word.exec(text)) {
    let dashes = match.index;
    while (dashes > 0 && /[ \t]/.test(text[dashes - 1] as string)) dashes--;
    let start = dashes;
    while (start > 0 && text[start - 1] === '-') start--;
    if (dashes - start >= 4) return start;
  }
  return -1;
}

/** Holds for the `====` that ends the first module; inner modules nest. */
function moduleEndFinder(): (token: Token) => boolean {
  let depth = 0;
  let previous: Token | null = null;
  return (token) => {
    if (token.text === 'MODULE' && previous?.kind === 'dashes') depth++;
    if (token.kind === 'moduleEnd') depth--;
    previous = token;
    return token.kind === 'moduleEnd' && depth === 0;
  };
}
