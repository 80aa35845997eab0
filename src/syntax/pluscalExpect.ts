/** From a failed match of the PlusCal grammar to a diagnostic: what was found, and why it fails. */
import type { FailedMatchResult } from 'ohm-js';
import { type Diagnostic, DiagnosticError, diagnose, fail, nearest } from '../source/diagnostic.js';
import { type Span, span } from '../source/text.js';
import type { Layout } from './junctions.js';
import { checkBlocks, hasBraces } from './pluscalBlocks.js';
import { layoutKeywords, pSyntaxWords, statementWords } from './pluscalWords.js';
import type { Token } from './tokens.js';

/** The place where the grammar got stuck. */
interface Stuck {
  readonly layout: Layout;
  readonly index: number;
  readonly found: Token;
  readonly before: Token | undefined;
  readonly expected: readonly string[];
  readonly usesBraces: boolean;
}

type Explanation = (stuck: Stuck) => Diagnostic | null;

/** The usual mistakes, most specific first. */
const explanations: readonly Explanation[] = [
  wrongAssignment,
  wrongInitialValue,
  wrongSyntax,
  secondLabel,
  unknownStatement,
  missingSemicolon,
];

/** Throws a DiagnosticError that says what is wrong. */
export function explainPluscalFailure(layout: Layout, match: FailedMatchResult): never {
  const { source, tokens } = layout;
  const offset = layout.startInSource(match.getRightmostFailurePosition());
  const index = tokens.findIndex((token) => token.end > offset);
  const found = tokens[index];
  const expected = expectedTexts(match);
  if (found) {
    const usesBraces = hasBraces(tokens);
    const stuck = { layout, index, found, before: tokens[index - 1], expected, usesBraces };
    for (const explain of explanations) {
      const diagnostic = explain(stuck);
      if (diagnostic) throw new DiagnosticError(diagnostic);
    }
  }
  // A block that is not closed is noticed late; where it was opened says more.
  checkBlocks(source, tokens);
  const last = tokens.at(-1);
  const at = found ?? last;
  const message = found
    ? `expected ${list(expected)}, found \`${found.text}\``
    : `the algorithm ends too early: expected ${list(expected)}`;
  return fail('PCL001', at ? spanOf(layout, at) : null, { message });
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
  return summarize(new Set(texts));
}

/** The many ways to begin an expression or a statement, or to go on with one, as one or none. */
function summarize(texts: ReadonlySet<string>): string[] {
  const isStatement = (one: string): boolean => statementWords.has(one.slice(1, -1));
  let rest = [...texts].filter((one) => !/[^\x20-\x7e]/.test(one));
  if (texts.has('a number') && texts.has('a string')) {
    const isOther = (one: string): boolean => /^`([a-z]+|[;)\]}])`$/.test(one);
    rest = ['an expression', ...rest.filter(isOther)];
  }
  if (rest.filter(isStatement).length > 1) {
    rest = ['a statement', ...rest.filter((one) => !isStatement(one) && one !== 'a name')];
  }
  const goesOn = new Set(['an infix operator', 'a postfix operator', '`.`', '`[`', '`!`', '`(`']);
  const others = rest.filter((one) => !goesOn.has(one));
  return others.length > 0 ? others : rest;
}

/** At most six, so that the message stays readable. */
function list(expected: readonly string[]): string {
  if (expected.length === 0) return 'something else';
  const shown = expected.slice(0, 6);
  const more = expected.length > shown.length ? ' and the like' : '';
  return shown.join(' or ') + more;
}

function wrongAssignment({ layout, before, found, expected }: Stuck): Diagnostic | null {
  const isTarget = before?.kind === 'name' || before?.text === ']';
  if (found.text !== '=' || !expected.includes('`:=`') || !isTarget) return null;
  return diagnose('PCL003', spanOf(layout, found));
}

function wrongInitialValue({ layout, before, found, expected }: Stuck): Diagnostic | null {
  if (found.text !== ':=' || !expected.includes('`=`') || before?.kind !== 'name') return null;
  return diagnose('PCL009', spanOf(layout, found), { name: before.text });
}

function wrongSyntax({ layout, found, expected, usesBraces }: Stuck): Diagnostic | null {
  const wantsBlock = ['`do`', '`then`', '`begin`', 'a statement'].some((one) =>
    expected.includes(one),
  );
  const isOther = usesBraces ? pSyntaxWords.has(found.text) : found.text === '{' && wantsBlock;
  if (!isOther) return null;
  const [own, other] = usesBraces ? ['C', 'P'] : ['P', 'C'];
  return diagnose('PCL007', spanOf(layout, found), { found: found.text, own, other });
}

/** `a: b: skip` */
function secondLabel({ layout, index, before, found, expected }: Stuck): Diagnostic | null {
  const [first, colon] = [layout.tokens[index - 3], layout.tokens[index - 2]];
  const isLabelled = first?.kind === 'name' && colon?.text === ':';
  if (found.text !== ':' || !expected.includes('`:=`') || !isLabelled || !before) return null;
  return diagnose('PCL008', spanOf(layout, before), { label: first.text });
}

const beforeStatement = new Set([';', '{', ':', 'begin', 'do', 'then', 'else']);

/** `foo x`: a word where a statement begins that is followed by nothing a statement can have. */
function unknownStatement({ layout, index, before, found }: Stuck): Diagnostic | null {
  if (before?.kind !== 'name' || layoutKeywords.has(before.text)) return null;
  const begins = beforeStatement.has(layout.tokens[index - 2]?.text ?? '');
  if (!begins || !['name', 'number', 'string'].includes(found.kind)) return null;
  const guess = nearest(before.text, statementWords);
  const hint = guess === null ? {} : { hint: `Did you mean \`${guess}\`?` };
  return diagnose('PCL006', spanOf(layout, before), { found: before.text }, hint);
}

function missingSemicolon({ layout, found, expected }: Stuck): Diagnostic | null {
  // After the bindings of a `with`, `do` is more likely to be missing than a further binding.
  if (!expected.includes('`;`') || expected.includes('`do`') || found.kind !== 'name') return null;
  return diagnose('PCL002', spanOf(layout, found), { found: found.text });
}
