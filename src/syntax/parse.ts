/**
 * Text → tree for modules and expressions: scan tokens, find the units, and for each of them mark
 * junction lists, match the grammar, build the tree. The text before `---- MODULE` and after the module's `====` is ignored.
 */
import { DiagnosticError, fail } from '../source/diagnostic.js';
import { type SourceText, span } from '../source/text.js';
import {
  type AlgorithmText,
  findAlgorithm,
  findTranslation,
  loneMarker,
  type TranslationText,
} from './algorithmText.js';
import type { Expr, Module } from './ast.js';
import { markJunctions } from './junctions.js';
import { ModuleParser, matchTla, type ReadModule } from './parseUnits.js';
import { dropProofs } from './proofs.js';
import { besideOpenStrings, scanTokens, type Token } from './tokens.js';

export type { AlgorithmText, TranslationText } from './algorithmText.js';

interface ModuleText {
  readonly source: SourceText;
  readonly algorithm: AlgorithmText | null;
  /** The place between the translation markers, if the module has them. */
  readonly translation: TranslationText | null;
}

export interface ParsedModule extends ModuleText {
  /** Units in source order. With an algorithm, what stands between the markers is left out. */
  readonly module: Module;
}

/** Parses the first module of the text. Throws a DiagnosticError with all the mistakes in it. */
export function parseModule(source: SourceText): ParsedModule {
  const { module, mistakes, ...text } = readModule(source);
  if (mistakes) throw new DiagnosticError(mistakes);
  return { ...text, module };
}

/** Like `parseModule`, for who wants to know more of a module with mistakes. */
export function readModule(source: SourceText): ModuleText & ReadModule {
  const start = moduleStart(source.text);
  if (start < 0) fail('SYN009', span(source, 0, 0));
  const end = source.text.length;
  const { tokens, comments, mistakes } = scanTokens(source, start, end, moduleEndFinder());
  const translation = findTranslation(source, comments);
  const algorithm = findAlgorithm(source, comments, translation);
  const lone = algorithm && loneMarker(source, comments);
  // Without both markers, an old translation would be taken for a part of the module.
  if (lone) return { source, algorithm, translation, module: null, mistakes: [lone] };
  const isStale = ({ start }: Token) =>
    algorithm && translation && start >= translation.begin && start < translation.end;
  const current = tokens.filter((token) => !isStale(token));
  const read = new ModuleParser(source, dropProofs(current)).parse();
  const text = { source, algorithm, translation };
  // A string without an end is read as an empty one; only it is to blame.
  return mistakes.length > 0
    ? { ...text, module: null, mistakes: besideOpenStrings(mistakes, read.mistakes ?? []) }
    : { ...text, ...read };
}

/** Parses one expression: the text, or the part of it in `[start, end)`. */
export function parseExpression(
  source: SourceText,
  start = 0,
  end: number = source.text.length,
): Expr {
  const { tokens, mistakes } = scanTokens(source, start, end);
  if (mistakes.length > 0) throw new DiagnosticError(mistakes);
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
