import type { CatalogueEntry } from './entry.js';

/** Codes RPLnnn: traces and drivers. Without an input that can be replayed, it is a usage error. */
export const replay = {
  RPL001: {
    kind: 'usage',
    message: '%file% is no JSON: %cause%',
    hint: 'A trace is the `trace` of `check --json`, a file written by `check --trace`, or ITF.',
  },
  RPL002: {
    kind: 'usage',
    message: '%file% is no trace: at %path%, expected %expected%, found %found%',
    hint: 'Traces are "counterplay-trace-1" or ITF (`.itf.json`, Apalache and Quint).',
  },
  RPL003: {
    kind: 'usage',
    message: '%file% holds a trace of no states: there is nothing to replay',
  },
  RPL004: {
    kind: 'usage',
    message: '%file% does not say which action led to the state at %path%',
    hint: 'ITF by Apalache names no actions. Write it with Quint (--mbt), or put the label into each state as "#meta": {"action": …}.',
  },
  RPL005: {
    kind: 'usage',
    message: '%file% is a trace of %found%, not of %expected%',
    hint: 'Give the trace of this spec, or a driver for the other one.',
  },
  RPL006: {
    kind: 'usage',
    message: 'the trace has an initial state and no step: there is nothing to replay',
    hint: 'A replay of nothing proves nothing, so it is refused.',
  },
  RPL007: {
    kind: 'usage',
    message: 'driver %driver% calls `%variable%` a ghost, but the spec has no such variable',
    hint: 'Variables of the trace: %variables%.',
  },
  RPL008: {
    kind: 'usage',
    message: 'no driver ships for %spec%',
    hint: 'Name one with --driver NAME, --driver ./file.js or --exec "COMMAND". Shipped: %names%.',
  },
  RPL009: {
    kind: 'usage',
    message: 'there is no driver named `%name%`',
    hint: 'Shipped: %names%. A file is given with its path: --driver ./%name%.js',
  },
  RPL010: {
    kind: 'usage',
    message: 'the driver %file% cannot be loaded: %cause%',
    hint: '%remedy%',
  },
  RPL011: {
    kind: 'usage',
    message: 'the driver `%driver%` failed: %cause%',
    hint: 'What a driver must answer is in replay/driver.ts; as a program, in replay/externalDriver.ts.',
  },
  RPL012: {
    kind: 'usage',
    message: 'driver %driver% returned a state that is no value: at %path%, %cause%',
    hint: 'Values are coded as in ITF; see replay/driver.ts.',
  },
  RPL013: {
    kind: 'usage',
    message: 'driver %driver% replays traces of %expected%, not of %found%',
    hint: 'Give another driver with --driver or --exec.',
  },
  RPL014: {
    kind: 'usage',
    message: 'which kernel build shall driver %driver% run?',
    hint: 'Name it with --build NAME, or with --config CFG of the same name.',
  },
  RPL015: {
    kind: 'usage',
    message: '%problem%',
    hint: '%remedy%. Name a build with --build NAME; without it, the name of the configuration is used.',
  },
  RPL016: {
    kind: 'usage',
    message: 'the driver `%driver%` gave no answer for %seconds% s to %request%',
    hint: 'Where it needs longer, say so: --driver-timeout SECONDS.',
  },
  RPL017: {
    kind: 'usage',
    message:
      '%file% holds a check that found no counterexample (%result%): there is nothing to replay',
  },
  RPL018: {
    kind: 'usage',
    message: '%file% is a trace of %found%, and --property asks for `%property%`',
    hint: 'A trace file holds one trace; leave --property out.',
  },
  RPL019: {
    kind: 'usage',
    message: 'driver %driver% cannot replay this trace: %cause%',
    hint: 'It was made from another version of the spec, or without its constants.',
  },
} as const satisfies Record<string, CatalogueEntry>;
