/**
 * What is checked: one root module with everything it extends, one configuration, names resolved.
 * TLA+ does not allow a name to be redefined in an inner scope, so definitions are one flat map;
 * bound names, parameters and LET definitions live inside the trees.
 */
import type { Diagnostic } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { AssumeUnit, Expr, FunctionDefinition, OperatorDefinition } from '../syntax/ast.js';

export type Definition = OperatorDefinition | FunctionDefinition;

/** A constant's value as the configuration file gives it. */
export type ConfigValue = { readonly span: Span } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'model'; readonly name: string }
  | { readonly kind: 'set'; readonly elements: readonly ConfigValue[] }
);

export interface DeclaredVariable {
  readonly name: string;
  readonly span: Span;
}

/** What the configuration asks for by name; the body is the definition's, or the name itself. */
export interface NamedFormula {
  readonly name: string;
  readonly expr: Expr;
  /** Where the formula is defined in the spec. */
  readonly span: Span;
}

/** A temporal property and its conjuncts, sorted by how they are checked; their names are its own. */
export interface Property extends NamedFormula {
  /** State predicates: they are about initial states. */
  readonly initial: readonly NamedFormula[];
  /** P of each `[]P`. */
  readonly always: readonly NamedFormula[];
  /** `[A]_v` of each `[][A]_v`. */
  readonly steps: readonly NamedFormula[];
  /** Everything else: it is about whole behaviors. */
  readonly temporal: readonly Expr[];
}

/** A state predicate without which an invariant says nothing. */
export interface Antecedent {
  readonly invariant: string;
  /** A of `A => B`; or that a set of `\A` has an element. */
  readonly kind: 'premise' | 'element';
  /** The place is the part of the invariant that it is about. */
  readonly formula: NamedFormula;
  /** The number of the one around it, which is true where it is. */
  readonly outer: number | null;
}

/** What a PlusCal translation says about one action; null process kinds are uniprocess. */
export interface LabelInfo {
  readonly label: string;
  /** The process or procedure it belongs to. */
  readonly owner: string | null;
  /** The process id of `process p = id`; null where the action takes `self` or is uniprocess. */
  readonly processId: Expr | null;
  /** The labelled statement in the PlusCal text. */
  readonly span: Span;
}

/** A statement of the configuration that would not be sound for a property of whole behaviors. */
export interface UnusedStatement {
  readonly statement: 'SYMMETRY' | 'VIEW';
  readonly name: string;
  /** In the configuration file. */
  readonly span: Span;
}

/** A module that stands under a name with expressions in place of its variables. */
export interface RefinedModule {
  readonly params: readonly string[];
  /** In the order of declaration. */
  readonly variables: readonly { readonly name: string; readonly value: Expr }[];
}

export interface Specification {
  readonly module: string;
  /** In the order of declaration. */
  readonly variables: readonly DeclaredVariable[];
  /** Values for declared constants, by name. */
  readonly constants: ReadonlyMap<string, ConfigValue>;
  /** `Op <- Replacement` and `Constant <- Definition`: the replaced name to the other's name. */
  readonly overrides: ReadonlyMap<string, string>;
  /** Every operator defined by the user's modules, by name. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The named instances of the root module, by name. */
  readonly instances: ReadonlyMap<string, RefinedModule>;
  /** The standard modules in scope, whose operators the compiler provides. */
  readonly standardModules: ReadonlySet<string>;
  readonly assumptions: readonly AssumeUnit[];
  readonly init: NamedFormula;
  readonly next: NamedFormula;
  /** The other conjuncts of SPECIFICATION: WF, SF, and whatever else is temporal. */
  readonly fairness: readonly Expr[];
  /** Also each property that is `[]P` and nothing else. */
  readonly invariants: readonly NamedFormula[];
  readonly properties: readonly Property[];
  /** State constraints. */
  readonly constraints: readonly NamedFormula[];
  readonly actionConstraints: readonly NamedFormula[];
  /** A set of permutations of model values; null where a property needs every state. */
  readonly symmetry: NamedFormula | null;
  readonly view: NamedFormula | null;
  /** What traces show of a state, perhaps with the next one. */
  readonly alias: NamedFormula | null;
  /** What must hold once everything has been explored. */
  readonly postcondition: NamedFormula | null;
  /** Of the invariants one after the other; `outer` counts from the first one of all. */
  readonly antecedents: readonly Antecedent[];
  /** State predicates that a run looks for, besides what is checked. */
  readonly witnesses: readonly NamedFormula[];
  readonly checkDeadlock: boolean;
  readonly unused: readonly UnusedStatement[];
  readonly warnings: readonly Diagnostic[];
  /** Empty where the spec has no PlusCal algorithm. */
  readonly labels: ReadonlyMap<string, LabelInfo>;
}
