/**
 * Holds a configuration against a resolved module: constants have values, named formulas exist,
 * take no arguments and have the level that their statement needs. Each mistake names the
 * candidates. A value for an unknown constant is ignored, as TLC does, but not without a word.
 */
import { type Diagnostic, diagnose, nearest } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Parameter } from '../syntax/ast.js';
import type { ConfigName, Configuration, ConstantReplacement } from './config/configuration.js';
import { keywords } from './config/tokens.js';
import type { ResolvedModule } from './modulePass.js';
import { countArguments, type Entry } from './scope.js';
import type { ConfigValue, Definition, NamedFormula } from './specification.js';

/** What the configuration puts in place of constants and definitions. */
export interface Binding {
  readonly constants: ReadonlyMap<string, ConfigValue>;
  readonly overrides: ReadonlyMap<string, string>;
}

export class ConfigurationBinder {
  constructor(
    private readonly module: ResolvedModule,
    private readonly configuration: Configuration,
    private readonly report: (one: Diagnostic) => void,
  ) {}

  /**
   * Values and replacements, with those of single modules; a declared constant without either is
   * reported.
   */
  constants(inModules: Binding): Binding {
    const constants = new Map(inModules.constants);
    const overrides = new Map(inModules.overrides);
    for (const one of this.configuration.constants) {
      if (one.module !== null) continue;
      // The PlusCal translator writes it, and it stays when no variable needs it any more.
      if (one.name === 'defaultInitValue' && !this.find(one.name)) continue;
      const entry = this.constant(one);
      if (!entry) continue;
      if (entry.parameters.length > 0) {
        const arity = countArguments(entry.parameters.length);
        this.report(diagnose('CFG109', one.span, { name: one.name, arity }));
      }
      this.warnOfModelValue(one.name, one.value);
      constants.set(entry.target, one.value);
    }
    for (const one of this.configuration.overrides) {
      this.notChained(one);
      if (one.module !== null) continue;
      const entry = this.constant(one);
      if (!entry) continue;
      const other = this.find(one.replacement.name);
      if (!other) {
        const { name, span } = one.replacement;
        const holes = {
          name: one.name,
          replacement: name,
          candidates: this.candidates(name, (arity) => arity === entry.parameters.length),
        };
        this.report(diagnose('CFG104', span, holes));
        // The constant counts as replaced: that it has no value would be the same mistake again.
        overrides.set(entry.target, name);
        continue;
      }
      this.sameArity(one, entry, other);
      overrides.set(entry.target, other.target);
    }
    for (const one of this.module.constants) this.hasValue(one, constants, overrides);
    return { constants, overrides };
  }

  /** The formula that a statement names; null if there is none, which is reported. */
  formula(statement: string, one: ConfigName, binding: Binding): NamedFormula | null {
    const entry = this.find(one.name);
    if (!entry || entry.kind === 'instance') {
      const candidates = this.candidates(one.name, (arity) => arity === 0);
      const holes = { statement, name: one.name, candidates };
      this.report(diagnose('CFG103', one.span, holes));
      return null;
    }
    if (entry.parameters.length > 0) {
      const holes = { statement, name: one.name, arity: countArguments(entry.parameters.length) };
      this.report(diagnose('CFG107', one.span, holes, this.definedAt(entry)));
      return null;
    }
    const definition = this.definition(entry.target, binding);
    const name = one.name;
    if (definition?.kind === 'operator') {
      return { name, expr: definition.body, span: definition.name.span };
    }
    const reference = { kind: 'name', prefix: [], name: entry.target, span: one.span } as const;
    return { name, expr: reference, span: entry.span ?? one.span };
  }

  /** A definition after the configuration's replacements. */
  definition(name: string, binding: Binding): Definition | undefined {
    if (binding.constants.has(name)) return undefined;
    return this.module.definitions.get(binding.overrides.get(name) ?? name);
  }

  private find(name: string): Entry | undefined {
    return this.module.scope.find(name);
  }

  private constant(one: ConfigName): Entry | null {
    const entry = this.find(one.name);
    const holes = { name: one.name };
    if (entry?.kind === 'variable') {
      this.report(diagnose('CFG110', one.span, holes, this.definedAt(entry)));
      return null;
    }
    if (entry && entry.kind !== 'instance' && entry.kind !== 'builtin') return entry;
    const names = this.module.constants.map((constant) => constant.name.name);
    const keyword = /^[A-Z_]+$/.test(one.name) ? nearest(one.name, keywords) : null;
    const meant = nearest(one.name, names);
    const all = names.length > 0 ? ` Its constants: ${list(names)}.` : ' It has no constants.';
    const candidates = `${meant ? `Did you mean \`${meant}\`?` : keyword ? `Did you mean the statement \`${keyword}\`?` : ''}${all}`;
    this.report(diagnose('CFG102', one.span, { ...holes, candidates: candidates.trim() }));
    return null;
  }

  private hasValue(
    one: Parameter,
    constants: ReadonlyMap<string, unknown>,
    overrides: ReadonlyMap<string, unknown>,
  ): void {
    const { name } = one.name;
    if (constants.has(name) || overrides.has(name)) return;
    const { file } = this.configuration.source;
    const value = name === 'defaultInitValue' ? `= ${name}` : '= …';
    const needed =
      one.arity > 0
        ? `${name} <- Definition\` to ${file}; it takes ${countArguments(one.arity)}.`
        : `${name} ${value}\` to ${file}.`;
    this.report(diagnose('CFG101', one.name.span, { name, needed }));
  }

  /** TLC refuses `A <- B` beside `B <- C`: it would have to say which comes first. */
  private notChained(one: ConstantReplacement): void {
    const { name, replacement } = one;
    const second = this.configuration.overrides.find(
      (other) => other.name === replacement.name && other.module?.name === one.module?.name,
    );
    if (!second) return;
    const notes = [{ message: 'it is replaced here', span: second.span }];
    const holes = { name, replacement: replacement.name };
    this.report(diagnose('CFG118', replacement.span, holes, { notes }));
  }

  private sameArity(one: ConfigName, entry: Entry, other: Entry): void {
    if (entry.parameters.length === other.parameters.length) return;
    const holes = {
      name: one.name,
      replacement: other.name,
      arity: countArguments(entry.parameters.length),
      other: countArguments(other.parameters.length),
    };
    this.report(diagnose('CFG108', one.span, holes, this.definedAt(other)));
  }

  /** `Size = Four` where Four is a definition is legal, and nearly never what was meant. */
  private warnOfModelValue(name: string, value: ConfigValue): void {
    if (value.kind !== 'model' || value.name === name) return;
    if (this.find(value.name)?.kind !== 'definition') return;
    this.report(diagnose('CFG114', value.span, { name, value: value.name }));
  }

  private definedAt(entry: Entry): { readonly notes: { message: string; span: Span }[] } {
    return { notes: entry.span ? [{ message: 'it is defined here', span: entry.span }] : [] };
  }

  private candidates(name: string, fits: (arity: number) => boolean): string {
    const known = [...this.module.scope.own()]
      .filter((one) => one.kind === 'definition' && /^\w/.test(one.name))
      .filter((one) => fits(one.parameters.length))
      .map((one) => one.name);
    const keyword = /^[A-Z_]+$/.test(name) ? nearest(name, keywords) : null;
    if (keyword) return `Did you mean the statement \`${keyword}\`?`;
    const meant = nearest(name, known);
    const all = known.length > 0 ? `Defined are ${list(known)}.` : 'Nothing is defined.';
    return meant ? `Did you mean \`${meant}\`? ${all}` : all;
  }
}

/** For a person: at most a dozen. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
