import type { CatalogueEntry } from './entry.js';

const kind = 'evaluation';

/** Codes EVLnnn: what has no value, found while the specification is evaluated. */
export const evaluation = {
  EVL001: {
    kind,
    message: '%operator% needs %wanted%, but got %value%',
  },
  EVL002: {
    kind,
    message: '%left% and %right% are of different kinds and cannot be compared',
    hint: 'Only model values may be compared with everything; they equal only themselves.',
  },
  EVL003: {
    kind,
    message: '%place% needs TRUE or FALSE, but got %value%',
  },
  EVL004: {
    kind,
    message:
      'the function %function% is applied to %argument%, which is not in its domain %domain%',
  },
  EVL005: {
    kind,
    message: 'the record %record% has no field "%field%"',
  },
  EVL006: {
    kind,
    message: '%value% is applied as a function, but is none',
  },
  EVL007: {
    kind,
    message: 'no element of %set% satisfies the CHOOSE',
    hint: 'CHOOSE needs a witness: guard it, or choose from a larger set.',
  },
  EVL008: {
    kind,
    message: '%what% without a set cannot be evaluated',
    hint: 'Give the bound a finite set: `x \\in S`.',
  },
  EVL009: {
    kind,
    message: 'the elements of %set% cannot be enumerated: it is infinite',
    hint: 'Only membership in it can be tested; use a finite set, or override it in the configuration.',
  },
  EVL010: {
    kind,
    message: '%expression% overflows 32-bit integers',
  },
  EVL011: {
    kind,
    message: '%expression%: the divisor must be %wanted%',
  },
  EVL012: {
    kind,
    message: '%expression% has no value',
  },
  EVL013: {
    kind,
    message: 'no guard of the CASE is TRUE and there is no OTHER',
  },
  EVL014: { kind, message: '%message%' },
  EVL015: { kind, message: '%operator% of the empty sequence has no value' },
  EVL016: {
    kind,
    message: 'SubSeq(%sequence%, %from%, %to%) reaches outside the sequence',
  },
  EVL017: {
    kind,
    message:
      'whether %element% is an element of %set% cannot be decided: they are of different kinds',
  },
  EVL018: {
    kind,
    message: 'action %action% leaves the next value of %variables% open',
    hint: "Assign every variable (x' = e), or say UNCHANGED.",
  },
  EVL019: {
    kind,
    message: 'the initial predicate leaves the value of %variables% open',
    hint: 'Give every variable a value: x = e or x \\in S.',
  },
  EVL020: {
    kind,
    message: '%variable% is read before it has a value',
    hint: 'Conjuncts are evaluated in order: assign the variable in an earlier one.',
  },
  EVL021: { kind, message: '%construct% cannot be evaluated %place%' },
  EVL022: { kind, message: '%set% has too many elements to %what%' },
  EVL023: {
    kind,
    message: 'the recursion is too deep',
    hint: 'Check that the recursive definition reaches its base case.',
  },
  EVL024: {
    kind,
    message: 'TLCGet(%key%) has no value here',
    hint: 'A register has one after TLCSet; "level", "distinct" and the like have one during a search.',
  },
  EVL025: {
    kind,
    message: '%first% and %second% both satisfy the predicate of ChooseUnique',
  },
  EVL026: {
    kind,
    message: 'the choice of MapThenFoldSet from %set% is %chosen%, which is not an element of it',
  },
  EVL027: { kind, message: '%operator% of the empty set has no value' },
  EVL028: {
    kind,
    severity: 'warning',
    message: 'EXCEPT changes nothing: %key% is not in the domain of %function%',
    hint: 'To add an element to the domain, write `(key :> value) @@ f`.',
  },
  EVL029: {
    kind,
    message: '%left% and %right% cannot be compared: their elements are not enumerated',
    hint: 'Whether an element is in such a set can be tested; the set itself can only be used.',
  },
  EVL030: {
    kind,
    message: 'a state cannot have %set% in it: its elements are not enumerated',
    hint: 'Values of variables are finite. Keep such a set in a definition.',
  },
  EVL032: {
    kind,
    exitCode: 77,
    message: 'this temporal formula cannot be checked: it has %what%',
    hint:
      'Checked are [], <>, ~>, WF, SF, their boolean combinations, and \\A and \\E over constant ' +
      'sets. TLC takes no more, and actions only as <>[][A]_v and []<><<A>>_v.',
  },
  EVL033: {
    kind,
    exitCode: 77,
    message: 'the property `%name%` is too large to be checked: %cause%',
    hint: 'Check its parts as properties of their own; \\E over many values costs most.',
  },
} as const satisfies Record<string, CatalogueEntry>;
