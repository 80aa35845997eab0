/**
 * From a failed match to a diagnostic. The grammar says where it got stuck; the tokens around that
 * place say why in words that a person would use. The commonest mistakes come first.
 */
import type { FailedMatchResult } from 'ohm-js';
import { type Diagnostic, DiagnosticError, diagnose } from '../source/diagnostic.js';
import { type Span, span } from '../source/text.js';
import { type Layout, listBegin, listEnd, listNext } from './junctions.js';
import {
  endsOperand,
  isClosingBracket,
  isOpeningBracket,
  type OpenConstruct,
  openConstructs,
  startsDefinition,
  startsUnit,
} from './openConstructs.js';
import type { Token } from './tokens.js';
import { isReserved, startsDeclaration } from './words.js';

/** The place where the grammar got stuck, with what surrounds it. */
interface Stuck {
  readonly layout: Layout;
  /** Those of the text and those that follow. */
  readonly tokens: readonly Token[];
  /** The offset in the marked text. */
  readonly offset: number;
  readonly index: number;
  readonly previous: Token | undefined;
  readonly next: Token | undefined;
  readonly open: readonly OpenConstruct[];
  readonly at: Span;
  readonly found: string;
}

type Explanation = (stuck: Stuck) => Diagnostic | null;

/** In order of preference: the first that applies is the cause. */
const explanations: readonly Explanation[] = [
  unopenedComment,
  unsupported,
  brokenItem,
  reservedName,
  missingIn,
  singleEquals,
  definitionTooEarly,
  unmatchedBracket,
  missingOperand,
  unclosedBracket,
  adjacentOperands,
];

export function explainFailure(layout: Layout, match: FailedMatchResult): DiagnosticError {
  const stuck = locateFailure(layout, match.getRightmostFailurePosition());
  for (const explain of explanations) {
    const diagnostic = explain(stuck);
    if (diagnostic) return new DiagnosticError(diagnostic);
  }
  return new DiagnosticError(unexpected(stuck, match));
}

function locateFailure(layout: Layout, position: number): Stuck {
  let offset = position;
  while (layout.text[offset] === ' ') offset++;
  let real = offset;
  while (' \uE000\uE001\uE002'.includes(layout.text[real] ?? '-')) real++;
  const start = layout.startInSource(real);
  const { tokensToEnd: tokens, source } = layout;
  const found = tokens.findIndex((token) => token.end > start);
  const index = found < 0 ? tokens.length : found;
  const next = tokens[index];
  return {
    layout,
    tokens,
    offset,
    index,
    next,
    previous: tokens[index - 1],
    open: openConstructs(tokens, index),
    at: next ? span(source, next.start, next.end) : span(source, start, start),
    found: next ? `\`${next.text}\`` : 'the end of the text',
  };
}

function spanOf({ layout }: Stuck, token: Token): Span {
  return span(layout.source, token.start, token.end);
}

/** `*)` where no comment is open; the `*` may have been taken for an operator. */
function unopenedComment({ layout, tokens, index, next }: Stuck): Diagnostic | null {
  const star = tokens[next?.text === '*' ? index : index - 1];
  const close = tokens[next?.text === '*' ? index + 1 : index];
  if (star?.text !== '*' || close?.text !== ')' || close.start !== star.end) return null;
  return diagnose('SYN012', span(layout.source, star.start, close.end), { close: '*)' });
}

/** `F!2` and `F!:`, which the grammar leaves out. */
function unsupported({ next, previous, at }: Stuck): Diagnostic | null {
  const isSelector = previous?.text === '!' && (next?.kind === 'number' || next?.text === ':');
  return isSelector ? diagnose('SYN011', at, { construct: 'Selecting a part of a formula' }) : null;
}

/** A token at or left of a bullet, although the bullet's item is not complete. */
function brokenItem(stuck: Stuck): Diagnostic | null {
  const { layout, offset, previous, next, at, found } = stuck;
  const mark = layout.text[offset];
  if ((mark !== listEnd && mark !== listNext) || !previous || !next) return null;
  // `IF … THEN` with the THEN too far left: what is open in the item could go on.
  const inner = stuck.open.at(-1);
  const isAwaited = inner?.awaits === next.text && !isClosingBracket(next.text);
  if ((endsOperand(previous) && !isAwaited) || isClosingBracket(next.text)) return null;
  if (startsUnit(stuck.tokens, stuck.index)) return null;
  const bullet = bulletOf(stuck);
  if (!bullet || next.column > bullet.column) return null;
  if (isAwaited && inner.token.start < bullet.start) return null;
  return diagnose(
    'SYN014',
    at,
    { found, bullet: bullet.text },
    {
      notes: [{ message: 'The item begins here.', span: spanOf(stuck, bullet) }],
    },
  );
}

/** The bullet of the item that the list mark at the stuck offset ends. */
function bulletOf({ layout, tokens, offset }: Stuck): Token | undefined {
  let depth = 0;
  for (let i = offset - 1; i >= 0; i--) {
    const mark = layout.text[i];
    if (mark === listEnd) depth++;
    else if ((mark === listBegin || mark === listNext) && depth === 0) {
      const start = layout.startInSource(i);
      return tokens.find((token) => token.start === start);
    } else if (mark === listBegin) depth--;
  }
  return undefined;
}

const nameIntroducers = new Set(
  'VARIABLE VARIABLES CONSTANT CONSTANTS RECURSIVE EXTENDS INSTANCE MODULE'.split(' '),
);
const binders = new Set(['\\A', '\\E', '\\AA', '\\EE', '∀', '∃', 'CHOOSE', 'LAMBDA', '.']);

function reservedName(stuck: Stuck): Diagnostic | null {
  const { tokens, next, previous, index, open, at } = stuck;
  if (next?.kind !== 'name' || !(isReserved(next.text) || /^(TRUE|FALSE)$/.test(next.text))) {
    return null;
  }
  const after = tokens[index + 1]?.text ?? '';
  const isDefined = after === '==' || after === '≜';
  const introducer = previous?.text ?? '';
  const isListed = introducer === ',' && open.length === 0 && !startsDeclaration(next.text);
  const isDeclared = nameIntroducers.has(introducer) || isListed;
  if (!isDefined && !isDeclared && !binders.has(introducer)) return null;
  return diagnose('SYN006', at, { word: next.text });
}

/** `\E k = 1..3 : …` */
function missingIn({ tokens, index, open, next, previous, at }: Stuck): Diagnostic | null {
  const binder = open.at(-1);
  if (!next || previous?.kind !== 'name' || binder?.awaits !== ':') return null;
  const start = tokens.indexOf(binder.token);
  const names = tokens.slice(start + 1, index);
  const isList = names.every(({ kind, text }) => kind === 'name' || text === ',');
  if (!isList || !['=', '<', '\\subseteq', 'IN'].includes(next.text)) return null;
  return diagnose('SYN013', at, { found: next.text, name: previous.text });
}

/** `Init = x` where a definition should be; noticed near the `=`. */
function singleEquals({ layout, tokens, index, open }: Stuck): Diagnostic | null {
  if (open.some((one) => one.token.text !== 'LET')) return null;
  const { source } = layout;
  for (let i = index + 1; i >= 0 && i > index - 3; i--) {
    const equals = tokens[i];
    const head = equals?.text === '=' ? definedHead(tokens, i) : null;
    if (!equals || !head) continue;
    const name = source.text.slice(head.start, equals.start).trim();
    return diagnose('SYN007', span(source, equals.start, equals.end), { name });
  }
  return null;
}

/** The first token of a definition's head that would end at `equals` if that were `==`. */
function definedHead(tokens: readonly Token[], equals: number): Token | null {
  const mended = tokens.map((one, i) => (i === equals ? { ...one, text: '==' } : one));
  for (let i = equals - 1; i >= 0; i--) {
    if (!startsUnit(mended, i)) continue;
    const head = mended[i] as Token;
    const before = mended[i - 1];
    const isFirst = !before || before.kind === 'dashes' || endsOperand(before);
    const isHead = mended.findIndex((one, k) => k > i && one.text === '==') === equals;
    return isFirst && isHead && head.kind === 'name' && !isReserved(head.text) ? head : null;
  }
  return null;
}

/** A definition whose head was taken for the operand of an operator, or for a further name. */
function definitionTooEarly({ layout, tokens, index, next }: Stuck): Diagnostic | null {
  const { source } = layout;
  const isHeadRead = next?.text === '==' || next?.text === '≜';
  const start = isHeadRead
    ? tokens.findLastIndex((_, i) => i < index && startsDefinition(tokens, i))
    : startsDefinition(tokens, index)
      ? index
      : -1;
  const head = tokens[start];
  const before = tokens[start - 1];
  if (!head || !before || endsOperand(before) || before.kind !== 'symbol') return null;
  const at = span(source, head.start, head.end);
  const found = `the definition of \`${head.text}\``;
  return before.text === ','
    ? diagnose('SYN001', at, { found, after: ' after `,`', expected: 'a name' })
    : diagnose('SYN004', at, { before: before.text, found });
}

/** A closing bracket that closes nothing, or another bracket than the innermost. */
function unmatchedBracket(stuck: Stuck): Diagnostic | null {
  const { next, open, at } = stuck;
  if (!next || !isClosingBracket(next.text)) return null;
  const inner = open.findLast((one) => isOpeningBracket(one.token.text));
  if (!inner) return diagnose('SYN012', at, { close: next.text });
  return inner.awaits === next.text ? null : neverClosed(stuck, inner);
}

function neverClosed(stuck: Stuck, { token, awaits }: OpenConstruct): Diagnostic {
  return diagnose(
    'SYN005',
    spanOf(stuck, token),
    { open: token.text, close: awaits },
    {
      notes: [{ message: `\`${awaits}\` is missing before this.`, span: stuck.at }],
    },
  );
}

const operandIntroducers = new Set(
  'IF THEN ELSE IN CASE ENABLED UNCHANGED SUBSET UNION DOMAIN ASSUME THEOREM EXCEPT WITH'.split(
    ' ',
  ),
);

/** The expression after an operator, a bracket or a word like THEN is missing. */
function missingOperand({ previous, next, open, at, found }: Stuck): Diagnostic | null {
  if (!previous || endsOperand(previous) || previous.kind === 'dashes') return null;
  if (previous.text === ',' && open.length === 0) return null;
  if (next && (endsOperand(next) || isOpeningBracket(next.text)) && !isClosingBracket(next.text)) {
    return null;
  }
  if (previous.kind === 'name' && !operandIntroducers.has(previous.text)) return null;
  return diagnose('SYN004', at, { before: previous.text, found });
}

/** A bracket that is still open where the next definition begins, or where its list ends. */
function unclosedBracket(stuck: Stuck): Diagnostic | null {
  const inner = stuck.open.findLast((one) => isOpeningBracket(one.token.text));
  if (!inner) return null;
  const mark = stuck.layout.text[stuck.offset] ?? '';
  const isListOver = mark === listEnd || mark === listNext;
  const isUnitOver = startsUnit(stuck.tokens, stuck.index);
  return isListOver || isUnitOver ? neverClosed(stuck, inner) : null;
}

function adjacentOperands({ previous, next, open, at, found }: Stuck): Diagnostic | null {
  if (!previous || !next || !endsOperand(previous)) return null;
  const isOperand = endsOperand(next) && !isClosingBracket(next.text);
  if (!isOperand && !isOpeningBracket(next.text)) return null;
  const awaited = open.at(-1)?.awaits;
  if (awaited !== undefined && /^[A-Z:-]/.test(awaited)) return null;
  return diagnose('SYN015', at, { found, before: previous.text });
}

function unexpected(stuck: Stuck, match: FailedMatchResult): Diagnostic {
  const { tokens, open, previous, found, at } = stuck;
  const inner = open.at(-1);
  const parts = expectedParts(match);
  const isAwaited =
    inner !== undefined &&
    (parts.includes(`\`${inner.awaits}\``) || (parts.length === 0 && found !== '`==`'));
  const expected = isAwaited
    ? `\`${inner.awaits}\` of the \`${inner.token.text}\` in line ${lineOf(at, inner.token)}`
    : describeExpected(parts, tokens.at(-1)?.kind === 'moduleEnd');
  const after = previous ? ` after \`${previous.text}\`` : '';
  return diagnose('SYN001', at, { found, after, expected });
}

function lineOf({ source }: Span, token: Token): number {
  return source.position(token.start).line;
}

/**
 * What the grammar could have read, without the marks and what it must not read. It is empty where
 * only an `==` is too much, as in `[f EXCEPT ![1] == 2]`.
 */
function expectedParts(match: FailedMatchResult): string[] {
  return match
    .getExpectedText()
    .split(/, or |, | or /)
    .filter((one) => !/[\uE000-\uE002]|^not /.test(one))
    .map((one) => one.replaceAll('"', '`'));
}

/** The many ways to begin an expression or to go on after one are one alternative each. */
function describeExpected(parts: readonly string[], isInModule: boolean): string {
  if (parts.includes('a number') && parts.includes('a string')) return 'an expression';
  if (parts.includes('end of input')) {
    return isInModule ? 'an operator, a definition or `====`' : 'an operator or the end';
  }
  return parts.slice(0, 6).join(' or ') || '`=`';
}
