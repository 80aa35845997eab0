/** The tokens of a configuration file: names, keywords, numbers, strings and marks; no comments. */
import { type Diagnostic, diagnose } from '../../source/diagnostic.js';
import { type SourceText, type Span, span } from '../../source/text.js';

export type TokenKind = 'name' | 'keyword' | 'number' | 'string' | 'mark' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; of a string, its contents with escapes resolved. */
  readonly text: string;
  readonly span: Span;
}

/** Plural forms are folded into these. */
const statements: Readonly<Record<string, string>> = {
  CONSTANT: 'CONSTANT',
  CONSTANTS: 'CONSTANT',
  INIT: 'INIT',
  NEXT: 'NEXT',
  SPECIFICATION: 'SPECIFICATION',
  INVARIANT: 'INVARIANT',
  INVARIANTS: 'INVARIANT',
  PROPERTY: 'PROPERTY',
  PROPERTIES: 'PROPERTY',
  CONSTRAINT: 'CONSTRAINT',
  CONSTRAINTS: 'CONSTRAINT',
  ACTION_CONSTRAINT: 'ACTION_CONSTRAINT',
  ACTION_CONSTRAINTS: 'ACTION_CONSTRAINT',
  SYMMETRY: 'SYMMETRY',
  VIEW: 'VIEW',
  ALIAS: 'ALIAS',
  POSTCONDITION: 'POSTCONDITION',
  CHECK_DEADLOCK: 'CHECK_DEADLOCK',
};

/** Every spelling that begins a statement. */
export const keywords: readonly string[] = Object.keys(statements);

/** The statement that a keyword begins: the singular form. */
export function statementOf(keyword: string): string {
  const statement = statements[keyword];
  if (statement === undefined) throw new Error(`not a configuration keyword: ${keyword}`);
  return statement;
}

const blank = /\s+|\\\*[^\n]*/y;
/** Unlike in TLC a name may be that of an instance's definition, such as `Abstract!Spec`. */
const word = /\w+(?:!\w+)*/y;
const mark = /<-|<<|>>|\|->|\.\.|::|./suy;
const stringText = /"((?:[^"\\\n]|\\.)*)"/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f' };

/** Always ends in one token of kind `end`; what does not close is reported and closed at the end. */
export function tokenize(source: SourceText, report: (one: Diagnostic) => void): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source.text);
  };
  while (at < source.text.length) {
    if (source.text.startsWith('(*', at)) {
      at = skipComment(source, at, report);
      continue;
    }
    const space = match(blank);
    if (space) {
      at += space[0].length;
      continue;
    }
    const found = match(word) ?? match(stringText) ?? match(mark);
    if (!found) throw new Error('the last pattern matches any character');
    const place = span(source, at, at + found[0].length);
    if (found[0] === '"') {
      report(diagnose('CFG008', place, { what: 'string', close: '"' }));
      tokens.push({ kind: 'string', text: '', span: place });
      at = source.offset({ line: source.position(at).line + 1, column: 1 });
      continue;
    }
    tokens.push(toToken(found, place));
    at += found[0].length;
  }
  tokens.push({ kind: 'end', text: 'the end of the file', span: span(source, at, at) });
  return tokens;
}

function toToken(found: RegExpExecArray, place: Span): Token {
  const text = found[0];
  if (found[1] !== undefined) {
    const contents = found[1].replace(/\\(.)/g, (_, char: string) => escapes[char] ?? char);
    return { kind: 'string', text: contents, span: place };
  }
  if (/^\d+$/.test(text)) return { kind: 'number', text, span: place };
  if (!/^\w/.test(text)) return { kind: 'mark', text, span: place };
  return { kind: text in statements ? 'keyword' : 'name', text, span: place };
}

/** The offset after a comment, which may hold comments. */
function skipComment(source: SourceText, start: number, report: (one: Diagnostic) => void): number {
  let depth = 0;
  for (let at = start; at < source.text.length; at++) {
    if (source.text.startsWith('(*', at)) {
      depth++;
      at++;
    } else if (source.text.startsWith('*)', at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  report(diagnose('CFG008', span(source, start, start + 2), { what: 'comment', close: '*)' }));
  return source.text.length;
}
