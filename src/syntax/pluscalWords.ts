/** The words and symbols of PlusCal that the passes around the grammar have to know. */

/** Words that begin a statement. */
export const statementWords: ReadonlySet<string> = new Set([
  ...['while', 'if', 'either', 'with', 'await', 'when', 'assert', 'print', 'skip'],
  ...['goto', 'call', 'return'],
]);

/** Words of one syntax only. */
export const pSyntaxWords: ReadonlySet<string> = new Set(['begin', 'do', 'end', 'elsif', 'then']);

/** Words that end an expression, and with it every bulleted list in it. */
export const layoutKeywords: ReadonlySet<string> = new Set([
  ...statementWords,
  ...pSyntaxWords,
  ...['define', 'else', 'fair', 'macro', 'or', 'procedure', 'process', 'variable', 'variables'],
]);

export const layoutSeparators: ReadonlySet<string> = new Set([';', ':=', '≔', '||', '‖']);
