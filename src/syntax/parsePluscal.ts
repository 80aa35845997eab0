/**
 * Text → tree for PlusCal algorithms in both syntaxes: check that blocks close, scan tokens, mark
 * junction lists, match the grammar, build the tree. Spans are of the module's text.
 */
import type { AlgorithmText } from './algorithmText.js';
import { PlusCal } from './grammars.generated.js';
import { markJunctions } from './junctions.js';
import { TreeBuilder } from './match.js';
import type { Algorithm } from './pluscalAst.js';
import { pluscalActions } from './pluscalBuild.js';
import { explainPluscalFailure } from './pluscalExpect.js';
import { layoutKeywords, layoutSeparators } from './pluscalWords.js';
import { scanTokens } from './tokens.js';

export type { AlgorithmText } from './algorithmText.js';

const layoutOptions = { separators: layoutSeparators, keywords: layoutKeywords };
const builder = new TreeBuilder(PlusCal, {
  actions: pluscalActions,
  explain: explainPluscalFailure,
  endsExpressions: ({ text }) => layoutSeparators.has(text) || layoutKeywords.has(text),
  hasBlocks: true,
});

/** Parses an algorithm. Throws a DiagnosticError. */
export function parseAlgorithm(text: AlgorithmText): Algorithm {
  const { source, start, end } = text;
  const { tokens } = scanTokens(source, start, end);
  return builder.build(markJunctions(source, tokens, end, layoutOptions), 'Algorithm');
}
