import type { CatalogueEntry } from './entry.js';

/** Codes PCLnnn: 00x and 05x the text, 01x labels, 02x control and variables, 03x names and
 *  macros, 04x options. */
export const pluscal = {
  PCL001: { kind: 'parse', message: '%message%' },
  PCL002: {
    kind: 'parse',
    message: '`;` is missing before `%found%`',
    hint: 'End the statement before it with `;`.',
  },
  PCL003: {
    kind: 'parse',
    message: '`=` where an assignment needs `:=`',
    hint: 'To assign, write `:=`; to wait until the two are equal, write `await`.',
  },
  PCL004: { kind: 'parse', message: '`%open%` is never closed', hint: 'Add a `%close%`.' },
  PCL005: {
    kind: 'parse',
    message: '`end %found%` where `end %expected%` is expected',
    hint: 'Blocks close in the opposite order of opening.',
  },
  PCL006: {
    kind: 'parse',
    message: '`%found%` does not begin a statement',
  },
  PCL007: {
    kind: 'parse',
    message: '`%found%` belongs to the %other% syntax, and this algorithm is in the %own% syntax',
    hint: 'The two syntaxes cannot be mixed in one algorithm.',
  },
  PCL008: {
    kind: 'parse',
    message: 'the statement has two labels: `%label%` is before this one',
    hint: 'A statement has at most one label.',
  },
  PCL009: {
    kind: 'parse',
    message: '`:=` where a declaration needs `=`',
    hint: 'The initial value of a variable is given with `%name% = …` or `%name% \\in …`.',
  },
  PCL010: {
    kind: 'parse',
    message: 'a label is missing: %why%',
    hint: 'Write `name:` before the statement, or translate with `-label`.',
  },
  PCL011: {
    kind: 'parse',
    message: 'a label inside a `with` statement',
    hint: 'A `with` is part of one step. Keep its value in a variable to use it in a later step.',
  },
  PCL012: {
    kind: 'parse',
    message: '`while` inside a `with` statement',
    hint: 'A `while` starts a step, and a `with` is part of one.',
  },
  PCL013: {
    kind: 'parse',
    message: '`%variable%` is assigned a second time inside a `with` statement',
    hint: 'A step assigns a variable once, and there can be no label inside `with`.',
  },
  PCL014: {
    kind: 'parse',
    message: 'a statement follows a call, return or goto inside a `with` statement',
    hint: 'It needs a label, which cannot stand inside `with`. Move it behind the `with`.',
  },
  PCL015: {
    kind: 'parse',
    message: 'the label `%label%` stands twice in %owner%',
    hint: 'Rename one of them.',
  },
  PCL016: { kind: 'parse', message: '`%label%` cannot be a label: the translation uses it' },
  PCL017: {
    kind: 'parse',
    message: '`goto %label%` names no label of %owner%',
    hint: 'Labels of %owner%: %known%.',
  },
  PCL018: { kind: 'parse', message: '`call %name%`: there is no such procedure' },
  PCL019: {
    kind: 'parse',
    message: 'the procedure `%name%` takes %expected% and is given %found%',
  },
  PCL020: { kind: 'parse', message: '`return` outside a procedure' },
  PCL021: {
    kind: 'parse',
    message: 'assignment to `%variable%`, which is not a variable of the algorithm',
  },
  PCL022: {
    kind: 'parse',
    message: '`%variable%` is assigned twice at the same time',
    hint: 'In `||`, only different parts of a variable may be assigned.',
  },
  PCL023: {
    kind: 'parse',
    message: '`%variable%` is bound by `with` and cannot be assigned',
  },
  PCL024: { kind: 'parse', message: '`pc` cannot be assigned', hint: 'Use `goto`.' },
  PCL025: {
    kind: 'parse',
    message: 'the statements after `while (TRUE)` are never reached',
    severity: 'warning',
  },
  PCL026: { kind: 'parse', message: 'the algorithm has no variables' },
  PCL044: {
    kind: 'parse',
    message: '`%found% TRANSLATION` has no `%missing% TRANSLATION` %where% it',
    hint: 'The translation stands between both. Add the other one, or remove this one.',
  },
  PCL045: {
    kind: 'parse',
    message: 'this is the second algorithm of the module, and only the first is read',
    severity: 'warning',
  },
  PCL046: {
    kind: 'parse',
    message: 'the algorithm ends here, and what follows in its comment is not read',
    hint: 'If it belongs to the algorithm, something is closed once too often.',
    severity: 'warning',
  },
  PCL030: { kind: 'parse', message: '%kind% `%name%` is defined twice' },
  PCL031: {
    kind: 'parse',
    message: 'the label `%label%` stands inside the macro `%name%`',
    hint: 'A macro is part of one step. Make it a procedure, or put the label before the call.',
  },
  PCL032: {
    kind: 'parse',
    message: '`while` inside the macro `%name%`',
    hint: 'A `while` needs a label, which a macro cannot have. Make it a procedure.',
  },
  PCL033: {
    kind: 'parse',
    message: 'there is no macro `%name%` before this call',
    hint: 'A macro is defined before its use; a procedure is called with `call`.',
  },
  PCL034: {
    kind: 'parse',
    message: 'the macro `%name%` takes %expected% and is given %found%',
  },
  PCL035: {
    kind: 'parse',
    message: 'the macro assigns to its parameter `%param%`, but this is not a variable',
  },
  PCL040: {
    kind: 'usage',
    message: 'there is no PlusCal option `-%option%`',
    hint: 'Options: %known%.',
  },
  PCL041: { kind: 'usage', message: 'the PlusCal option `-%option%` needs a value' },
  PCL042: { kind: 'usage', message: 'the PlusCal option `-%option%` is not supported: %why%' },
  PCL043: {
    kind: 'usage',
    message: 'the PlusCal option `-%option%` takes %expected%, not `%value%`',
  },
} as const satisfies Record<string, CatalogueEntry>;
