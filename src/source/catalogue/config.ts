import type { CatalogueEntry } from './entry.js';

/** Codes CFGnnn. 0nn: the file does not parse; 1nn: it does not fit the specification. */
export const config = {
  CFG001: {
    kind: 'config',
    message: '`%text%` is not a statement of a configuration file',
    hint: 'A statement begins with one of %keywords%.',
  },
  CFG002: {
    kind: 'config',
    message: '%statement% needs a name after it',
    hint: 'Write the name of a definition of the specification, as in `%statement% %example%`.',
  },
  CFG003: {
    kind: 'config',
    message: 'expected `=` or `<-` after the constant `%name%`',
    hint: 'Write `%name% = value`, or `%name% <- Definition` with a definition of the specification.',
  },
  CFG004: {
    kind: 'config',
    message: '`%text%` cannot stand in a value of a configuration file',
    hint:
      'A value is a natural number, a string, TRUE, FALSE, a model value or a set of these. ' +
      'For anything else, add a definition to the specification, such as `Value == …`, ' +
      'and write `%name% <- Value`.',
  },
  CFG005: {
    kind: 'config',
    message: '%statement% is given twice',
    hint: 'Keep one of them.',
  },
  CFG006: {
    kind: 'config',
    message: 'the constant `%name%` is given twice',
    hint: 'Keep one of the two.',
  },
  CFG007: {
    kind: 'config',
    message: 'CHECK_DEADLOCK needs TRUE or FALSE after it, not `%text%`',
  },
  CFG008: {
    kind: 'config',
    message: 'this %what% is not closed',
    hint: 'Add the missing `%close%`.',
  },
  CFG009: {
    kind: 'config',
    message: 'the configuration cannot give SPECIFICATION together with INIT or NEXT',
    hint: 'Keep SPECIFICATION, or INIT and NEXT.',
  },
  CFG010: {
    kind: 'config',
    message: '%what% is not supported in a configuration file',
    hint: '%remedy%',
  },
  CFG101: {
    kind: 'config',
    message: 'the constant `%name%` has no value in the configuration',
    hint: 'Add `CONSTANT %needed%',
  },
  CFG102: {
    kind: 'config',
    severity: 'warning',
    message: 'the specification has no constant or definition `%name%`: its value is ignored',
    hint: '%candidates%',
  },
  CFG103: {
    kind: 'config',
    message: '%statement% `%name%` is not defined in the specification',
    hint: '%candidates%',
  },
  CFG104: {
    kind: 'config',
    message: '`%name% <- %replacement%`: `%replacement%` is not defined in the specification',
    hint: '%candidates%',
  },
  CFG105: {
    kind: 'config',
    message: 'the configuration gives neither SPECIFICATION nor INIT and NEXT',
    hint: 'Add `SPECIFICATION %example%`, or `INIT …` and `NEXT …`.',
  },
  CFG106: {
    kind: 'config',
    message: 'the configuration gives %given% but not %missing%',
    hint: 'Add `%missing% …`.',
  },
  CFG107: {
    kind: 'config',
    message: '%statement% `%name%` takes %arity%; a formula without arguments is needed',
    hint: 'Name a definition without parameters.',
  },
  CFG108: {
    kind: 'config',
    message: '`%name%` takes %arity%, but its replacement `%replacement%` takes %other%',
    hint: 'A definition is replaced by one with as many parameters.',
  },
  CFG109: {
    kind: 'config',
    message: '`%name%` takes %arity%, so it cannot be given a value',
    hint: 'Write `%name% <- Definition`, with a definition that has as many parameters.',
  },
  CFG110: {
    kind: 'config',
    message: '`%name%` is a variable of the specification, so it cannot be given a value',
    hint: 'Its initial value belongs into the initial predicate of the specification.',
  },
  CFG111: {
    kind: 'config',
    message: 'the specification `%name%` is not of the form Init /\\ [][Next]_vars',
    hint:
      'Write `%name% == Init /\\ [][Next]_vars`, with fairness conditions such as WF_vars(Next) ' +
      'after it, or give INIT and NEXT in the configuration.',
  },
  CFG112: {
    kind: 'config',
    message: '%statement% `%name%` is not a %expected%: it has %found%',
  },
  CFG113: {
    kind: 'config',
    message: '`%name%` replaces the constant `%constant%`, so it cannot depend on a variable',
    hint: 'Name a definition that uses no variables.',
  },
  CFG114: {
    kind: 'config',
    severity: 'warning',
    message: '`%name% = %value%` makes a model value; the definition `%value%` is not used',
    hint: 'If the definition is meant, write `%name% <- %value%`.',
  },
  CFG115: {
    kind: 'config',
    message: 'SYMMETRY `%name%` is not a set of permutations of model values: %reason%',
    hint:
      'Write it as `%name% == Permutations(Set)`, or a union of such sets, where Set has model ' +
      'values of the configuration as its elements.',
  },
  CFG116: {
    kind: 'config',
    message: '`%name% %sign% [%module%] …`: no module `%module%` is part of the specification',
    hint: '%candidates%',
  },
  CFG117: {
    kind: 'config',
    message: 'module `%module%` has no definition `%name%` that could be replaced in it',
    hint: '%candidates%',
  },
  CFG118: {
    kind: 'config',
    message: '`%replacement%` replaces `%name%` and is replaced itself',
    hint: 'Name the definition that is meant in the end: replacements do not follow each other.',
  },
  CFG119: {
    kind: 'config',
    severity: 'warning',
    message: 'module %module% has no variables: only its assumptions are checked',
  },
} as const satisfies Record<string, CatalogueEntry>;
