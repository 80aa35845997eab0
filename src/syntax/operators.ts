/**
 * The operators of TLA+: spellings, precedence ranges and associativity (Lamport, Specifying
 * Systems, table 6, with SANY's later ranges for SUBSET, UNION and DOMAIN).
 */

export type Fixity = 'prefix' | 'infix' | 'postfix';

export interface Operator {
  /** The canonical spelling, which trees use; `-.` for the minus of `-x`. */
  readonly symbol: string;
  readonly fixity: Fixity;
  readonly low: number;
  readonly high: number;
  readonly leftAssociative: boolean;
}

type Row = readonly [low: number, high: number, associativity: 'left' | 'none', symbols: string];

const infixRows: readonly Row[] = [
  [1, 1, 'none', '=>'],
  [2, 2, 'none', '~> <=> -+->'],
  [3, 3, 'left', '/\\ \\/'],
  [5, 5, 'none', '= # < > <= >= \\in \\notin := ::= |- |= -| =|'],
  [5, 5, 'none', '\\subseteq \\subset \\supset \\supseteq \\sqsubset \\sqsubseteq \\sqsupset'],
  [5, 5, 'none', '\\sqsupseteq \\prec \\succ \\preceq \\succeq \\ll \\gg \\sim \\simeq \\approx'],
  [5, 5, 'none', '\\asymp \\cong \\doteq \\propto'],
  [5, 14, 'left', '\\cdot'],
  [6, 6, 'left', '@@'],
  [7, 7, 'none', '<: :>'],
  [8, 8, 'none', '\\'],
  [8, 8, 'left', '\\cap \\cup'],
  [9, 9, 'none', '.. ...'],
  [9, 13, 'none', '!!'],
  [9, 13, 'left', '$ $$ ?? ## \\uplus \\sqcap \\sqcup'],
  [9, 14, 'none', '\\wr'],
  [10, 10, 'left', '+ ++ (+)'],
  [10, 11, 'none', '%'],
  [10, 11, 'left', '%% | ||'],
  [10, 13, 'left', '\\X'],
  [11, 11, 'left', '- -- (-)'],
  [13, 13, 'none', '/ // (/) \\div'],
  [13, 13, 'left', '* ** & && (.) (\\X) \\o \\star \\bigcirc \\bullet'],
  [14, 14, 'none', '^ ^^'],
];
const prefixRows: readonly Row[] = [
  [4, 4, 'left', '~'],
  [4, 15, 'none', '[] <> ENABLED UNCHANGED'],
  [10, 13, 'none', 'SUBSET UNION DOMAIN'],
  [12, 12, 'none', '-.'],
];
const postfixRows: readonly Row[] = [[15, 15, 'none', "' ^+ ^* ^#"]];

/** Other spellings of an operator, or of a set of numbers, by the canonical one. */
const spellings = `
  ~ \\lnot \\neg ¬ ; [] □ ; <> ◇ ; /\\ \\land ∧ ; \\/ \\lor ∨ ; <=> \\equiv ≡ ⇔ ; # /= ≠
  <= =< \\leq ≤ ; >= \\geq ≥ ; \\X \\times × ; \\cap \\intersect ∩ ; \\cup \\union ∪ ; \\o \\circ ∘
  (+) \\oplus ⊕ ; (-) \\ominus ⊖ ; (.) \\odot ⊙ ; (/) \\oslash ⊘ ; (\\X) \\otimes ⊗ ; \\approx ≈
  := ≔ ; \\asymp ≍ ; \\bigcirc ◯ ; ::= ⩴ ; \\bullet ● ; \\cdot ⋅ ; \\cong ≅ ; \\div ÷ ; \\doteq ≐
  .. ‥ ; ... … ; !! ‼ ; \\gg ≫ ; => ⇒ ; \\in ∈ ; =| ⫤ ; ~> ↝ ; \\ll ≪ ; -| ⊣ ; \\notin ∉ ; -+-> ⇸
  \\prec ≺ ; \\preceq ⪯ ; \\propto ∝ ; ?? ⁇ ; |= ⊨ ; |- ⊢ ; \\sim ∼ ; \\simeq ≃ ; \\sqcap ⊓
  \\sqcup ⊔ ; \\sqsubset ⊏ ; \\sqsubseteq ⊑ ; \\sqsupset ⊐ ; \\sqsupseteq ⊒ ; \\star ⋆ ; \\subset ⊂
  \\subseteq ⊆ ; \\succ ≻ ; \\succeq ⪰ ; \\supset ⊃ ; \\supseteq ⊇ ; \\uplus ⊎ ; || ‖ ; \\wr ≀
  ^+ ⁺ ; \\A ∀ ; \\E ∃ ; Nat ℕ ; Int ℤ ; Real ℝ
`;

const canonicalSpelling = new Map<string, string>();
for (const row of spellings.split(/\n|;/)) {
  const [canonical, ...others] = row.trim().split(/\s+/);
  for (const other of others) canonicalSpelling.set(other, canonical as string);
}

/** The spelling that trees use for an operator: `\cup` for `\union` and `∪`. */
export function canonicalOperator(spelling: string): string {
  return canonicalSpelling.get(spelling) ?? spelling;
}

const tables: Readonly<Record<Fixity, ReadonlyMap<string, Operator>>> = {
  prefix: readRows(prefixRows, 'prefix'),
  infix: readRows(infixRows, 'infix'),
  postfix: readRows(postfixRows, 'postfix'),
};

function readRows(rows: readonly Row[], fixity: Fixity): Map<string, Operator> {
  const table = new Map<string, Operator>();
  for (const [low, high, associativity, symbols] of rows) {
    for (const symbol of symbols.split(' ')) {
      table.set(symbol, { symbol, fixity, low, high, leftAssociative: associativity === 'left' });
    }
  }
  return table;
}

/** The operator of a canonical symbol; an unknown one is a mistake of the caller. */
export function operator(symbol: string, fixity: Fixity): Operator {
  const found = tables[fixity].get(symbol);
  if (!found) throw new Error(`no ${fixity} operator ${symbol}`);
  return found;
}

/** How an operator symbol of that many arguments is written; null for an ordinary name. */
export function operatorFixity(name: string, arity: number): Fixity | null {
  if (arity === 2) return tables.infix.has(name) ? 'infix' : null;
  if (tables.prefix.has(name)) return 'prefix';
  return tables.postfix.has(name) ? 'postfix' : null;
}
