/**
 * Text → tree for modules and expressions: scan tokens, mark junction lists, match the grammar,
 * build the tree. The text before `---- MODULE` and after the module's `====` is ignored.
 */
import type { FailedMatchResult, Grammar, MatchResult } from 'ohm-js';
import { fail } from '../source/diagnostic.js';
import { type SourceText, span } from '../source/text.js';
import {
  type AlgorithmText,
  findAlgorithm,
  findTranslation,
  type TranslationText,
} from './algorithmText.js';
import type { Expr, Module } from './ast.js';
import { TreeContext, treeActions, treeOperation } from './buildTree.js';
import { explainFailure } from './expect.js';
import { Tla } from './grammars.generated.js';
import { type Layout, markJunctions } from './junctions.js';
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

/** Parses the first module of the text. Throws a DiagnosticError. */
export function parseModule(source: SourceText): ParsedModule {
  const start = source.text.search(/-{4,}[ \t]*MODULE\b/);
  if (start < 0) fail('SYN009', span(source, 0, 0));
  const end = source.text.length;
  const { tokens, comments } = scanTokens(source, start, end, moduleEndFinder());
  const translation = findTranslation(source, comments);
  const algorithm = findAlgorithm(source, comments, translation);
  const isStale = ({ start }: Token) =>
    algorithm && translation && start >= translation.begin && start < translation.end;
  const current = tokens.filter((token) => !isStale(token));
  const layout = markJunctions(source, dropProofs(current), end);
  return { source, module: matchRule<Module>(layout, 'Module'), algorithm, translation };
}

/** Parses one expression: the text, or the part of it in `[start, end)`. */
export function parseExpression(
  source: SourceText,
  start = 0,
  end: number = source.text.length,
): Expr {
  const { tokens } = scanTokens(source, start, end);
  return matchRule<Expr>(markJunctions(source, tokens, end), 'Expr');
}

function matchRule<T>(layout: Layout, rule: string): T {
  const match = matchWithin(Tla, layout, rule);
  if (match.failed()) throw explainFailure(layout, match as FailedMatchResult);
  const semantics = Tla.createSemantics();
  semantics.addOperation(treeOperation, treeActions(new TreeContext(layout)));
  return semantics(match)[treeOperation]() as T;
}

/** Matches; brackets nested deeper than the stack allows are the text's fault. */
export function matchWithin(grammar: Grammar, layout: Layout, rule: string): MatchResult {
  try {
    return grammar.match(layout.text, rule);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const start = layout.tokens[0]?.start ?? 0;
    return fail('SYN016', span(layout.source, start, start));
  }
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
