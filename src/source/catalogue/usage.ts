import type { CatalogueEntry } from './entry.js';

/** Codes USEnnn: the command line, the files that it names, and limits. */
export const usage = {
  USE001: {
    kind: 'usage',
    message: '%message%',
    hint: 'Run `counterplay%command% --help` for examples.',
  },
  USE002: {
    kind: 'usage',
    message: 'invalid value "%value%" for %option%: expected %expected%',
  },
  USE003: { kind: 'usage', message: '%first% and %second% cannot be used together' },
  USE004: { kind: 'usage', message: '%what% is missing: %option%', hint: '%remedy%' },
  USE005: { kind: 'usage', message: '%option%: there is no folder %folder%' },
  USE006: {
    kind: 'parse',
    message: '%file% is a configuration, not a specification',
    hint: 'Give the specification and name it so: SPEC.tla --config %file%',
  },
  USE010: {
    kind: 'parse',
    message: 'there is no file %file%',
    hint: 'Give the path of a .tla file.',
  },
  USE011: {
    kind: 'parse',
    message: '%file% is a directory; a specification is a .tla file',
    hint: 'To check every configuration in a folder: counterplay hunt %file%',
  },
  USE012: { kind: 'parse', message: '%file% is empty' },
  USE013: { kind: 'parse', message: '%file% is no text: it holds a zero byte at offset %offset%' },
  USE014: { kind: 'parse', message: '%file% cannot be read: %cause%' },
  USE015: {
    kind: 'parse',
    message: 'module %module% stands in the file %file%',
    hint: 'A module and its file have the same name: call the module %expected%, or the file %module%.tla.',
  },
  USE020: {
    kind: 'config',
    message: 'there is no configuration %file%',
    hint: 'Name one with --config CFG; it says which constants, invariants and properties to use.',
  },
  USE021: { kind: 'config', message: '%file% is a directory; a configuration is a .cfg file' },
  USE022: { kind: 'config', message: '%file% cannot be read: %cause%' },
  USE023: { kind: 'config', message: '%file% is no text: it holds a zero byte at offset %offset%' },
  USE030: { kind: 'usage', message: 'there is no file %file%' },
  USE031: { kind: 'usage', message: '%file% is a directory, not a file' },
  USE032: { kind: 'usage', message: '%file% cannot be read: %cause%' },
  USE033: { kind: 'usage', message: '%file% is no text: it holds a zero byte at offset %offset%' },
  USE034: { kind: 'usage', message: '%file% is empty' },
  USE035: {
    kind: 'usage',
    message: '%file% cannot be written: %cause%',
    hint: 'Nothing was changed.',
  },
  USE040: {
    kind: 'usage',
    message: 'there is nothing to hunt in %folder%: no .tla file with a .cfg file beside it',
    hint: 'A configuration belongs to the spec of its folder, or to the one whose name it begins with.',
  },
  USE041: {
    kind: 'usage',
    message: 'which spec does %config% belong to? %folder% has %specs%',
    hint: 'Name the configuration SPEC.cfg or SPEC-variant.cfg, or give the spec itself.',
  },
  USE042: { kind: 'usage', message: '%file% is not as hunt expects it: %cause%' },
  USE043: {
    kind: 'usage',
    message: 'there is no folder and no specification %subject%',
    hint: 'hunt takes folders and .tla files: counterplay hunt specs/writeback',
  },
  USE044: {
    kind: 'usage',
    message: '%file% is neither a folder nor a .tla file',
    hint: 'hunt takes every configuration beside a specification; for one: counterplay check SPEC --config CFG',
  },
  USE050: {
    kind: 'usage',
    message: 'nothing to replay: %spec% violates nothing with %config%',
    hint: 'A replay of nothing proves nothing, so it is refused.',
  },
  USE051: {
    kind: 'usage',
    message: 'nothing violates `%property%` with %config%, so it has no counterexamples',
    hint: 'Violated: %violated%.',
  },
  USE052: {
    kind: 'parse',
    message: '%file% has no PlusCal algorithm, so there is nothing to translate',
    hint: 'An algorithm stands in a comment and begins with --algorithm.',
  },
  USE053: {
    kind: 'usage',
    message: '%spec% violates nothing with %config%, so it has no counterexamples',
    hint: 'Nothing was written. Without --counterexamples the whole state graph is.',
  },
  USE054: {
    kind: 'usage',
    message: '%file% is not in UTF-8 (byte %offset%), so it cannot be written back as it is',
    hint: 'Convert it to UTF-8 first.',
  },
  USE055: {
    kind: 'usage',
    message: '--witness takes a predicate over one state, but this one has %what%',
    hint: 'Say what holds in the state that is looked for: --witness "pc[1] = \\"cs\\""',
  },
  USE060: {
    kind: 'limit',
    message: 'the memory limit of %limit% was reached (%used%)',
    hint: 'Raise --max-memory, or make the constants of the configuration smaller.',
  },
  USE061: {
    kind: 'limit',
    message: 'the limit of %limit% states was reached',
    hint: 'Raise --max-states, or make the constants of the configuration smaller.',
  },
  USE063: {
    kind: 'limit',
    message: "Node's heap of %limit% is almost full",
    hint: 'Give it more: NODE_OPTIONS=--max-old-space-size=%megabytes%. Or make the constants smaller.',
  },
  USE062: { kind: 'limit', message: '%message%' },
  USE071: {
    kind: 'usage',
    severity: 'warning',
    message: '--workers %workers% is not used: this run has one worker, because %cause%',
    hint: 'The result is the same with any number of workers; only the time differs.',
  },
  USE077: {
    kind: 'usage',
    severity: 'warning',
    message: 'a worker has ended (%cause%); the search goes on with one',
    hint: 'With --workers 1 there are no others, and all memory is for one.',
  },
  USE072: {
    kind: 'limit',
    severity: 'warning',
    message:
      '%statement% `%name%` is not used in this run: it is not sound for properties of whole ' +
      'behaviors, and the configuration has one',
    hint:
      'All states are explored. A cycle of states that stand for others need not be a behavior; ' +
      'check safety and liveness with a configuration each.',
  },
  USE073: {
    kind: 'parse',
    severity: 'warning',
    message: 'the translation in the file is not the one of its algorithm; the algorithm counts',
    hint: 'Run `counterplay translate SPEC --write` to bring it up to date.',
  },
  USE074: {
    kind: 'config',
    severity: 'warning',
    message: 'there is no configuration %config%: SPECIFICATION Spec is checked, and no invariant',
    hint: 'A .cfg file beside the spec names the invariants and properties to check.',
  },
  USE078: {
    kind: 'limit',
    severity: 'warning',
    message:
      'the graph of all %states% states is beyond the limit of %limit%: only the counterexamples ' +
      'of %property% are drawn',
    hint: 'Raise it with --max-graph-states, or choose with --counterexamples and --property.',
  },
  USE075: {
    kind: 'usage',
    severity: 'warning',
    message: '--por is not used, because %why%',
    hint: 'All states are explored. See `counterplay check --help` for what can be reduced.',
  },
} as const satisfies Record<string, CatalogueEntry>;
