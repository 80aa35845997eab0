import type { CatalogueEntry } from './entry.js';

/** Codes SYNnnn. */
export const syntax = {
  SYN001: { kind: 'parse', message: 'Unexpected %found%%after%; expected %expected%.' },
  SYN002: {
    kind: 'parse',
    message: 'This comment is never closed.',
    hint: 'Comments nest: every `(*` needs its own `*)`.',
  },
  SYN003: {
    kind: 'parse',
    message: 'This string has no closing quote on its line.',
    hint: 'Write a quote inside a string as `\\"`.',
  },
  SYN004: { kind: 'parse', message: 'Expected an expression after `%before%`, found %found%.' },
  SYN005: {
    kind: 'parse',
    message: '`%open%` is never closed.',
    hint: 'Add `%close%`, or move what follows to the right of the enclosing bullet.',
  },
  SYN006: {
    kind: 'parse',
    message: '`%word%` is a reserved word and cannot be a name.',
    hint: 'Choose another name.',
  },
  SYN007: {
    kind: 'parse',
    message: 'A definition is written with `==`, not `=`.',
    hint: 'Write `%name% == …`.',
  },
  SYN008: {
    kind: 'parse',
    message: 'Module %name% has no end.',
    hint: 'End it with a line of at least four `=`: `====`.',
  },
  SYN009: {
    kind: 'parse',
    message: 'There is no module in this text.',
    hint: 'A module begins with `---- MODULE Name ----` and ends with `====`.',
  },
  SYN010: {
    kind: 'parse',
    message: '`%left%` and `%right%` have no order of precedence.',
    hint: 'Say which comes first with parentheses.',
  },
  SYN011: {
    kind: 'parse',
    message: '%construct% is not supported.',
  },
  SYN012: {
    kind: 'parse',
    message: '`%close%` closes nothing.',
    hint: 'Remove it, or add the bracket that it should close.',
  },
  SYN013: {
    kind: 'parse',
    message: 'A bound variable ranges over a set with `\\in`, not `%found%`.',
    hint: 'Write `%name% \\in S`.',
  },
  SYN014: {
    kind: 'parse',
    message: '%found% stands at or left of the bullet `%bullet%`, whose item is not complete.',
    hint: 'Everything that belongs to an item must stand to the right of its bullet.',
  },
  SYN015: {
    kind: 'parse',
    message: 'Two expressions follow each other without an operator: %found% after `%before%`.',
    hint: 'Put an operator or a comma between them.',
  },
  SYN016: {
    kind: 'parse',
    message: 'This is nested too deeply.',
    hint: 'Name the inner ones by definitions of their own.',
  },
  SYN017: {
    kind: 'parse',
    message:
      'This is too long: %length% characters, of which at most %longest% can be read at once.',
    hint: 'Divide it into several definitions.',
  },
} as const satisfies Record<string, CatalogueEntry>;
