/**
 * Text → tree for PlusCal algorithms in both syntaxes: check that blocks close, scan tokens, mark
 * junction lists, match the grammar, build the tree. Spans are of the module's text.
 */
import { DiagnosticError } from '../source/diagnostic.js';
import type { AlgorithmText } from './algorithmText.js';
import { PlusCal } from './grammars.generated.js';
import { markJunctions } from './junctions.js';
import { TreeBuilder } from './match.js';
import { mistakesOfUnits } from './parseUnits.js';
import type { Algorithm } from './pluscalAst.js';
import { hasBraces } from './pluscalBlocks.js';
import { pluscalActions } from './pluscalBuild.js';
import { explainPluscalFailure } from './pluscalExpect.js';
import { findMistakes } from './pluscalRecovery.js';
import { layoutKeywords, layoutSeparators } from './pluscalWords.js';
import { besideOpenStrings, scanTokens, type Token } from './tokens.js';

export type { AlgorithmText } from './algorithmText.js';

const layoutOptions = { separators: layoutSeparators, keywords: layoutKeywords };
const builder = new TreeBuilder(PlusCal, {
  actions: pluscalActions,
  explain: explainPluscalFailure,
  endsExpressions: ({ text }) => layoutSeparators.has(text) || layoutKeywords.has(text),
  hasBlocks: true,
});

/** Parses an algorithm. Throws a DiagnosticError with all the mistakes in it. */
export function parseAlgorithm(text: AlgorithmText): Algorithm {
  const { source, start, end } = text;
  const { tokens, mistakes } = scanTokens(source, start, end);
  const match = (some: readonly Token[]): Algorithm =>
    builder.build(markJunctions(source, some, end, layoutOptions), 'Algorithm');
  try {
    const algorithm = match(tokens);
    if (mistakes.length > 0) throw new DiagnosticError(mistakes);
    return algorithm;
  } catch (error) {
    if (!(error instanceof DiagnosticError) || isAlone(error, tokens)) throw error;
    const mistakesInUnits = (units: readonly Token[], unitsEnd: number) =>
      mistakesOfUnits(source, units, unitsEnd);
    const matching = { source, usesBraces: hasBraces(tokens), match, mistakesInUnits };
    const all = besideOpenStrings(mistakes, findMistakes(tokens, matching));
    throw all.length > 0 ? new DiagnosticError(all) : error;
  }
}

/**
 * What is nested too deeply or too long is not matched any better in parts; and of an algorithm
 * with braces in the P syntax, nothing more can be said.
 */
function isAlone({ diagnostics }: DiagnosticError, tokens: readonly Token[]): boolean {
  const alone = hasBraces(tokens) ? ['SYN016', 'SYN017'] : ['SYN016', 'SYN017', 'PCL007'];
  return diagnostics.some(({ code }) => alone.includes(code));
}
