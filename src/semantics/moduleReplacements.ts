/**
 * `name <- [M] other` and `name = [M] value` of the configuration, as TLC does it (SpecProcessor):
 * the definition that `name` means in module M has another body from then on, wherever that
 * definition is used: in M, in modules that extend M, and in every instance of M. `other` is a
 * definition of the root module. Declared constants are not replaced this way; in an instance, WITH
 * says what they are.
 */
import { type Diagnostic, diagnose, nearest } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Expr, Parameter } from '../syntax/ast.js';
import { mapChildren, mapUnit, type Rewriter } from '../syntax/rewrite.js';
import type { ConfigName, Configuration } from './config/configuration.js';
import type { ResolvedModule } from './modulePass.js';
import { countArguments, type Entry, standardEntries } from './scope.js';
import type { ConfigValue, Definition } from './specification.js';

/** Where the names of modules are looked up. */
export interface ModuleTable {
  /** The root module, or one that is extended or instanced somewhere, from a file of its own. */
  module(name: string): ResolvedModule | undefined;
  readonly names: readonly string[];
}

export interface ModuleReplacements {
  readonly constants: ReadonlyMap<string, ConfigValue>;
  readonly overrides: ReadonlyMap<string, string>;
}

/** What a definition is replaced by: a name of the flat map, and how many arguments it takes. */
interface Replacement {
  readonly target: string;
  readonly parameters: number;
}

type Found = { readonly entry: Entry; readonly home: ResolvedModule | null };

export class ModuleReplacer {
  private readonly constants = new Map<string, ConfigValue>();
  private readonly overrides = new Map<string, string>();
  /** By the place of the name in the definition that is replaced: copies keep it. */
  private readonly replaced = new Map<string, Replacement>();

  constructor(
    private readonly root: ResolvedModule,
    private readonly table: ModuleTable,
    private readonly report: (one: Diagnostic) => void,
  ) {}

  /** Changes the definitions of the root module; the result is what stands beside them. */
  apply(configuration: Configuration): ModuleReplacements {
    this.sharedDefinitions(configuration);
    for (const one of configuration.overrides) {
      if (one.module === null) continue;
      const found = this.find(one, one.module, '<-');
      if (found) this.replace(one, one.replacement, found);
    }
    for (const one of configuration.constants) {
      if (one.module === null) continue;
      const found = this.find(one, one.module, '=');
      if (!found) continue;
      const { length } = found.entry.parameters;
      if (length > 0) {
        const holes = { name: one.name, arity: countArguments(length) };
        this.report(diagnose('CFG109', one.span, holes));
        continue;
      }
      const target = `${one.module.name}::${one.name}`;
      this.constants.set(target, one.value);
      this.note(found, { target, parameters: 0 });
    }
    if (this.replaced.size > 0) this.rewrite();
    const { constants, overrides } = this;
    return { constants, overrides };
  }

  /**
   * Without a module, a name is one that the root module sees; where another module defines it, an
   * instance of that module uses the same definition (TLC keeps what replaces it at the
   * definition itself). What is wrong with such a statement is the binder's to tell.
   */
  private sharedDefinitions({ constants, overrides }: Configuration): void {
    const { root } = this;
    for (const one of overrides) {
      const [entry, other] = [root.scope.find(one.name), root.scope.find(one.replacement.name)];
      if (one.module !== null || entry?.kind !== 'definition' || !other) continue;
      const parameters = other.parameters.length;
      if (parameters !== entry.parameters.length) continue;
      this.note({ entry, home: root }, { target: other.target, parameters });
    }
    for (const one of constants) {
      const entry = root.scope.find(one.name);
      if (one.module !== null || entry?.kind !== 'definition') continue;
      if (entry.parameters.length > 0) continue;
      this.note({ entry, home: root }, { target: entry.target, parameters: 0 });
    }
  }

  private find(one: ConfigName, module: ConfigName, sign: string): Found | null {
    const home = this.table.module(module.name) ?? null;
    const standard = home ? undefined : this.standard(module.name);
    const holes = { name: one.name, module: module.name, sign };
    if (!home && !standard) {
      const meant = nearest(module.name, this.table.names);
      const all = this.table.names.map((name) => `\`${name}\``).join(', ');
      const candidates = `${meant ? `Did you mean \`${meant}\`? ` : ''}Its modules: ${all}.`;
      this.report(diagnose('CFG116', module.span, { ...holes, candidates }));
      return null;
    }
    const entry = home ? home.scope.find(one.name) : standard?.find((of) => of.name === one.name);
    if (entry && (entry.kind === 'definition' || entry.kind === 'standard')) return { entry, home };
    const known = [...(home?.scope.own() ?? standard ?? [])].filter(
      ({ kind }) => kind === 'definition' || kind === 'standard',
    );
    const candidates = entry
      ? advice(entry)
      : suggestion(
          one.name,
          known.map(({ name }) => name),
        );
    this.report(diagnose('CFG117', one.span, { ...holes, candidates }));
    return null;
  }

  /** The standard modules that the specification uses, and those that they are made from. */
  private standard(name: string): readonly Entry[] | undefined {
    const { standardModules } = this.root;
    const isUsed = standardModules.has(name);
    const isBelow = standardModules.size > 0 && basis.has(name);
    return isUsed || isBelow ? standardEntries(name) : undefined;
  }

  private replace(one: ConfigName, replacement: ConfigName, found: Found): void {
    const other = this.root.scope.find(replacement.name);
    const holes = { name: one.name, replacement: replacement.name };
    if (!other || other.kind === 'instance' || other.kind === 'builtin') {
      const known = [...this.root.scope.own()].filter(({ kind }) => kind === 'definition');
      const names = known.map(({ name }) => name);
      const candidates = suggestion(replacement.name, names);
      this.report(diagnose('CFG104', replacement.span, { ...holes, candidates }));
      return;
    }
    const { entry } = found;
    if (entry.parameters.length !== other.parameters.length) {
      const arities = {
        arity: countArguments(entry.parameters.length),
        other: countArguments(other.parameters.length),
      };
      const notes = other.span ? [{ message: 'it is defined here', span: other.span }] : [];
      this.report(diagnose('CFG108', one.span, { ...holes, ...arities }, { notes }));
      return;
    }
    this.note(found, { target: other.target, parameters: other.parameters.length });
  }

  private note({ entry, home }: Found, replacement: Replacement): void {
    const definition = home?.definitions.get(entry.target);
    if (definition) this.replaced.set(placeOf(definition.name.span), replacement);
    else if (this.constants.has(replacement.target)) this.constant(entry.target, replacement);
    else this.overrides.set(entry.target, replacement.target);
  }

  /** A standard operator that is given a value. */
  private constant(target: string, replacement: Replacement): void {
    const value = this.constants.get(replacement.target);
    if (!value) throw new Error('the value was entered before');
    this.constants.delete(replacement.target);
    this.constants.set(target, value);
  }

  private rewrite(): void {
    const { definitions } = this.root;
    const by: Rewriter = {
      expr: (expr) => {
        const inner = mapChildren(expr, by);
        if (inner.kind !== 'let') return inner;
        const units = inner.definitions.map((unit) =>
          unit.kind === 'operator' || unit.kind === 'functionDefinition'
            ? this.changed(unit)
            : unit,
        );
        return units.some((unit, i) => unit !== inner.definitions[i])
          ? { ...inner, definitions: units }
          : inner;
      },
    };
    for (const [target, unit] of definitions) {
      definitions.set(target, this.changed(mapUnit(unit, by)));
    }
    const { assumptions } = this.root;
    assumptions.forEach((unit, i) => {
      assumptions[i] = mapUnit(unit, by);
    });
  }

  /** `Op(x) == Other(x)`; a copy in an instance with parameters keeps these, and ignores them. */
  private changed(unit: Definition): Definition {
    const replacement = this.replaced.get(placeOf(unit.name.span));
    if (!replacement) return unit;
    const params = unit.kind === 'operator' ? unit.params : [];
    const { name, local } = unit;
    const own = replacement.parameters > 0 ? params.slice(-replacement.parameters) : [];
    const body = applied(replacement.target, own, unit);
    return { kind: 'operator', name, fixity: 'named', params, body, local, span: unit.span };
  }
}

/** What most of the other standard modules are made from. */
const basis: ReadonlySet<string> = new Set(['Naturals', 'Integers', 'Sequences']);

function placeOf(span: Span): string {
  return `${span.source.file}:${span.start}:${span.end}`;
}

function applied(target: string, params: readonly Parameter[], at: Definition): Expr {
  const { span } = at.name;
  if (params.length === 0) return { kind: 'name', prefix: [], name: target, span };
  const args = params.map(
    ({ name }): Expr => ({ kind: 'name', prefix: [], name: name.name, span }),
  );
  return { kind: 'apply', prefix: [], name: { name: target, span }, args, span };
}

function advice(entry: Entry): string {
  if (entry.kind === 'constant') {
    return 'It is a constant there: give it a value without a module, or in the WITH of INSTANCE.';
  }
  return `It is ${entry.kind === 'variable' ? 'a variable' : 'no definition'} there.`;
}

function suggestion(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant) return `Did you mean \`${meant}\`?`;
  const words = known.filter((one) => /^\w+$/.test(one)).slice(0, 12);
  return words.length > 0
    ? `It has ${words.map((one) => `\`${one}\``).join(', ')}.`
    : 'It has no definitions.';
}
