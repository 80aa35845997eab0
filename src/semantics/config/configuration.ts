/** What TLC's configuration file says, with the place of every item; not yet held against a spec. */
import type { SourceText, Span } from '../../source/text.js';
import type { ConfigValue } from '../specification.js';

/** A name as the configuration writes it. */
export interface ConfigName {
  readonly name: string;
  readonly span: Span;
}

/** `name = value` under CONSTANTS, or `name = [module] value`. */
export interface ConstantAssignment extends ConfigName {
  readonly value: ConfigValue;
  /** Where the name is looked up; null: in the root module. */
  readonly module: ConfigName | null;
}

/** `name <- replacement` under CONSTANTS, or `name <- [module] replacement`. */
export interface ConstantReplacement extends ConfigName {
  readonly replacement: ConfigName;
  /** Where the name is looked up; null: in the root module. */
  readonly module: ConfigName | null;
}

export interface Configuration {
  readonly source: SourceText;
  readonly specification: ConfigName | null;
  readonly init: ConfigName | null;
  readonly next: ConfigName | null;
  readonly constants: readonly ConstantAssignment[];
  readonly overrides: readonly ConstantReplacement[];
  readonly invariants: readonly ConfigName[];
  readonly properties: readonly ConfigName[];
  readonly constraints: readonly ConfigName[];
  readonly actionConstraints: readonly ConfigName[];
  readonly symmetry: ConfigName | null;
  readonly view: ConfigName | null;
  readonly alias: ConfigName | null;
  readonly postcondition: ConfigName | null;
  /** TRUE where the file does not say. */
  readonly checkDeadlock: boolean;
}
