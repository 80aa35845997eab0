/** From a failed match of the PlusCal grammar to a diagnostic: what was found, and why it fails. */
import type { FailedMatchResult } from 'ohm-js';
import { type Diagnostic, diagnose, nearest } from '../source/diagnostic.js';
import { type Span, span } from '../source/text.js';
import type { Layout } from './junctions.js';
import { pSyntaxWords, statementWords } from './pluscalWords.js';
import type { Token } from './tokens.js';

export function explainPluscalFailure(layout: Layout, match: FailedMatchResult): Diagnostic {
  const offset = layout.startInSource(match.getRightmostFailurePosition());
  const index = layout.tokens.findIndex((token) => token.end > offset);
  const found = layout.tokens[index];
  const before = layout.tokens[index - 1];
  const expected = expectedTexts(match);
  if (!found) return atEnd(layout, expected);
  return (
    wrongAssignment(layout, before, found, expected) ??
    wrongSyntax(layout, found) ??
    unknownStatement(layout, index) ??
    missingSemicolon(layout, found, expected) ??
    diagnose('PCL001', spanOf(layout, found), {
      message: `expected ${list(expected)}, found \`${found.text}\``,
    })
  );
}

const spanOf = ({ source }: Layout, token: Token): Span => span(source, token.start, token.end);

/**
 * What could have stood there: tokens in backquotes, rules as the grammar describes them. Ohm gives
 * them as one English list; what it says of characters between tokens is of no use to a person.
 */
function expectedTexts(match: FailedMatchResult): string[] {
  const text = match.getExpectedText();
  const found = text.match(/"(?:\\.|[^"\\])*"|\b(?:an?|the) [a-z ]+?(?=,| or |$)/g) ?? [];
  const texts = found
    .filter((one) => !/\\u\{?e00|[\uE000-\uE002]/i.test(one))
    .map((one) => (one.startsWith('"') ? `\`${JSON.parse(one)}\`` : one));
  return [...new Set(texts)];
}

/** At most six, so that the message stays readable. */
function list(expected: readonly string[]): string {
  if (expected.length === 0) return 'something else';
  const shown = expected.slice(0, 6);
  const more = expected.length > shown.length ? ' and the like' : '';
  return shown.join(' or ') + more;
}

function atEnd({ source, tokens }: Layout, expected: readonly string[]): Diagnostic {
  const last = tokens.at(-1);
  const at = last ? span(source, last.start, last.end) : null;
  return diagnose('PCL001', at, {
    message: `the algorithm ends too early: expected ${list(expected)}`,
  });
}

function wrongAssignment(
  layout: Layout,
  before: Token | undefined,
  found: Token,
  expected: readonly string[],
): Diagnostic | null {
  const wantsAssignment = expected.includes('`:=`');
  const isTarget = before?.kind === 'name' || before?.text === ']';
  if (found.text !== '=' || !wantsAssignment || !isTarget) return null;
  return diagnose('PCL003', spanOf(layout, found));
}

function wrongSyntax(layout: Layout, found: Token): Diagnostic | null {
  const usesBraces = layout.tokens.slice(0, 5).some((token) => token.text === '{');
  if (usesBraces && pSyntaxWords.has(found.text)) {
    const holes = { found: found.text, own: 'C', other: 'P' };
    return diagnose('PCL007', spanOf(layout, found), holes);
  }
  return null;
}

/** `foo x`: a word where a statement begins that is followed by nothing a statement can have. */
function unknownStatement(layout: Layout, index: number): Diagnostic | null {
  const [start, word] = [layout.tokens[index - 2], layout.tokens[index - 1]];
  const found = layout.tokens[index];
  if (word?.kind !== 'name' || statementWords.has(word.text) || !found) return null;
  const begins = start && [';', '{', ':', 'begin', 'do', 'then', 'else'].includes(start.text);
  const isOperand = ['name', 'number', 'string'].includes(found.kind);
  if (!begins || !isOperand) return null;
  const guess = nearest(word.text, statementWords);
  const hint = guess === null ? {} : { hint: `Did you mean \`${guess}\`?` };
  return diagnose('PCL006', spanOf(layout, word), { found: word.text }, hint);
}

function missingSemicolon(
  layout: Layout,
  found: Token,
  expected: readonly string[],
): Diagnostic | null {
  if (!expected.includes('`;`') || found.kind !== 'name') return null;
  return diagnose('PCL002', spanOf(layout, found), { found: found.text });
}
