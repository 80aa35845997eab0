/** Operators that are part of the language: in scope without any EXTENDS, by canonical spelling. */

const arities: Readonly<Record<string, number>> = {
  '/\\': 2,
  '\\/': 2,
  '=>': 2,
  '<=>': 2,
  '=': 2,
  '#': 2,
  '\\in': 2,
  '\\notin': 2,
  '\\cup': 2,
  '\\cap': 2,
  '\\': 2,
  '\\subseteq': 2,
  '~>': 2,
  '-+->': 2,
  '\\cdot': 2,
  '~': 1,
  '[]': 1,
  '<>': 1,
  ENABLED: 1,
  UNCHANGED: 1,
  DOMAIN: 1,
  SUBSET: 1,
  UNION: 1,
  "'": 1,
  BOOLEAN: 0,
  STRING: 0,
};

/** Name or symbol to number of arguments. */
export const builtinOperators: ReadonlyMap<string, number> = new Map(Object.entries(arities));
