/**
 * Text → tree for PlusCal algorithms in both syntaxes: check that blocks close, scan tokens, mark
 * junction lists, match the grammar, build the tree. Spans are of the module's text.
 */
import type { FailedMatchResult } from 'ohm-js';
import type { AlgorithmText } from './algorithmText.js';
import { TreeContext, treeOperation } from './buildTree.js';
import { PlusCal } from './grammars.generated.js';
import { markJunctions } from './junctions.js';
import type { Algorithm } from './pluscalAst.js';
import { pluscalActions } from './pluscalBuild.js';
import { explainPluscalFailure } from './pluscalExpect.js';
import { layoutKeywords, layoutSeparators } from './pluscalWords.js';
import { scanTokens } from './tokens.js';

export type { AlgorithmText } from './algorithmText.js';

/** Parses an algorithm. Throws a DiagnosticError. */
export function parseAlgorithm(text: AlgorithmText): Algorithm {
  const { source, start, end } = text;
  const { tokens } = scanTokens(source, start, end);
  const layout = markJunctions(source, tokens, end, {
    separators: layoutSeparators,
    keywords: layoutKeywords,
  });
  const match = PlusCal.match(layout.text, 'Algorithm');
  if (match.failed()) explainPluscalFailure(layout, match as FailedMatchResult);
  const semantics = PlusCal.createSemantics();
  semantics.addOperation(treeOperation, pluscalActions(new TreeContext(layout)));
  return semantics(match)[treeOperation]() as Algorithm;
}
