import type { CatalogueEntry } from './entry.js';

/** Codes SEMnnn. 0nn: modules, names and arguments; 1nn: levels. */
export const semantics = {
  SEM001: { kind: 'parse', message: 'unknown operator `%name%`', hint: '%remedy%' },
  SEM002: {
    kind: 'parse',
    message: '`%name%` is already %what%',
    hint: 'A name has one meaning in a module: rename one of the two.',
  },
  SEM003: {
    kind: 'parse',
    message: '`%name%` cannot be bound here, since it is already %what%',
    hint: 'TLA+ does not let an inner name hide an outer one: choose another name here.',
  },
  SEM004: { kind: 'parse', message: '`%name%` takes %arity%, but %given%' },
  SEM005: { kind: 'parse', message: 'there is no module `%name%`', hint: '%remedy%' },
  SEM006: {
    kind: 'parse',
    message: 'the modules %circle% need each other in a circle',
    hint: 'Move what they share into a module that both of them extend.',
  },
  SEM007: {
    kind: 'parse',
    message: '`%name%` is used before its definition',
    hint: 'Move the definition up; an operator that uses itself is announced with RECURSIVE.',
  },
  SEM008: {
    kind: 'parse',
    message: '`@` stands only in an EXCEPT, after the `=` of an update',
  },
  SEM009: {
    kind: 'parse',
    message: 'argument %index% of `%name%` must be an operator with %arity%',
    hint: 'Give the name of such an operator, or a LAMBDA.',
  },
  SEM010: {
    kind: 'parse',
    message: 'a LAMBDA is not a value',
    hint: 'It can only be an argument where an operator is expected.',
  },
  SEM011: {
    kind: 'parse',
    message: '`%name%` is declared RECURSIVE but not defined',
    hint: 'Define it in the same module, or the same LET, or remove the declaration.',
  },
  SEM012: {
    kind: 'parse',
    message: '`%name%` is declared RECURSIVE with %arity%, but defined with %other%',
  },
  SEM013: {
    kind: 'parse',
    message: 'INSTANCE of `%module%`: nothing is substituted for its %what% `%name%`',
    hint: 'Add `WITH %name% <- …`, or declare a `%name%` here.',
  },
  SEM014: {
    kind: 'parse',
    message: 'module `%module%` has no constant or variable `%name%` to substitute for',
    hint: '%candidates%',
  },
  SEM015: {
    kind: 'parse',
    message: 'module `%name%` is known, but this program does not provide it',
    hint: 'Put a `%name%.tla` where modules are looked for, or define here what is used of it.',
  },
  SEM016: { kind: 'parse', message: '%what% is not supported yet', hint: '%remedy%' },
  SEM017: { kind: 'parse', message: 'the record has two fields `%name%`' },
  SEM018: {
    kind: 'parse',
    severity: 'warning',
    message: 'the modules %first% and %second% both define `%name%`: here it is that of %first%',
    hint: 'Each of the two goes on with its own. Rename one, or extend only one of them.',
  },
  SEM019: {
    kind: 'parse',
    message: 'inside LET, an INSTANCE needs a name',
    hint: 'Write `LET I == INSTANCE M IN …` and `I!Op`, or move it to the outer level.',
  },
  SEM101: {
    kind: 'parse',
    message: 'a prime on an expression that already has one',
    hint: 'A prime stands on constants and variables of one state: remove one of the two.',
  },
  SEM102: {
    kind: 'parse',
    message: '`[]` of an action that is not of the form [A]_v',
    hint: 'Write `[][A]_v`, where v is the tuple of the variables.',
  },
  SEM103: {
    kind: 'parse',
    message: 'ASSUME needs a constant formula, but this depends on %what%',
    hint: 'What holds of every state is an invariant.',
  },
  SEM104: {
    kind: 'evaluation',
    exitCode: 76,
    message: 'the invariant `%name%` is not a state predicate: it has %what%',
    hint: 'An invariant speaks of one state. What holds of every step is a PROPERTY: [][%name%]_vars',
  },
  SEM105: {
    kind: 'parse',
    message: '%place% needs %expected%, but this has %what%',
  },
  SEM106: {
    kind: 'parse',
    message: 'an action stands beside a temporal formula',
    hint: 'Only [][A]_v and <><<A>>_v make a temporal formula of an action A.',
  },
} as const satisfies Record<string, CatalogueEntry>;
