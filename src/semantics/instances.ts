/**
 * What `INSTANCE M WITH …` brings in, at the outer level of a module or inside a LET: the copied
 * definitions, and the names that they have there.
 */
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import type {
  InstanceClause,
  InstanceUnit,
  ModuleDefinition,
  Parameter,
  RecursiveUnit,
  Unit,
} from '../syntax/ast.js';
import { stripParens, unitParts, walk } from '../syntax/walk.js';
import type { NameChecker } from './checkNames.js';
import { instantiate, type Substitution } from './instance.js';
import type { ResolvedModule } from './modulePass.js';
import type { ModuleResolver } from './resolveModule.js';
import { referredName, retargeting } from './retarget.js';
import type { Entry, Scope } from './scope.js';
import type { DeclaredVariable, Definition, RefinedModule } from './specification.js';

export interface Instance {
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The same as the units of a LET. */
  readonly units: readonly Unit[];
  readonly entries: readonly Entry[];
  /** What stands for the variables of the module. */
  readonly variables: RefinedModule['variables'];
  /** The module has no parameters: every instance of it is the same. */
  readonly isClosed: boolean;
}

export interface InstanceNames {
  /** Before each name where it is used: `A!`, or nothing. */
  readonly prefix: string;
  /** Before each name in the flat map. */
  readonly kept: string;
}

export interface InstanceContext {
  readonly resolver: ModuleResolver;
  readonly names: NameChecker;
  /** The module that the INSTANCE stands in. */
  readonly result: ResolvedModule;
  readonly submodules: ReadonlyMap<string, ResolvedModule>;
  report(one: Diagnostic): void;
}

export class InstanceExpander {
  constructor(private readonly context: InstanceContext) {}

  /** Null where there is no such module, which is reported. */
  expand(
    unit: InstanceUnit | ModuleDefinition,
    scope: Scope,
    { prefix, kept }: InstanceNames,
  ): Instance | null {
    const { resolver, names, result, submodules } = this.context;
    const { module } = unit.instance;
    const params = unit.kind === 'moduleDefinition' ? unit.params : [];
    const standard = resolver.standard(module.name);
    if (standard) {
      result.standardModules.add(module.name);
      const entries = standard.map((entry) => renamed(entry, prefix, unit.local));
      return { definitions: new Map(), units: [], entries, variables: [], isClosed: true };
    }
    const instanced = submodules.get(module.name) ?? resolver.byName(module);
    if (!instanced) return null;
    const inner = names.parameters(params, scope);
    const substitutions = this.substitutions(unit.instance, instanced, inner);
    const rename = (name: string): string => `${kept}${name}`;
    const { definitions } = instanced;
    const copies = instantiate({ definitions, substitutions, params, rename });
    for (const one of instanced.standardModules) result.standardModules.add(one);
    const arities = params.map((param) => param.arity);
    const entries = [...exportsOf(instanced)].flatMap((entry) => {
      if (entry.kind === 'variable' || entry.kind === 'constant') return [];
      const copy = renamed(entry, prefix, unit.local);
      if (entry.kind === 'standard') return [copy];
      const parameters = [...arities, ...entry.parameters];
      return [{ ...copy, parameters, module: module.name, target: rename(entry.target) }];
    });
    const isClosed = instanced.constants.length + instanced.variables.length === 0;
    const variables = instanced.variables.flatMap(({ name }) => {
      const found = substitutions.find(({ declared }) => declared.name.name === name);
      return found === undefined ? [] : [{ name, value: found.value }];
    });
    return { definitions: copies, units: asUnits(copies), entries, variables, isClosed };
  }

  /** What WITH says, and for the rest the names in scope. */
  private substitutions(
    instance: InstanceClause,
    instanced: ResolvedModule,
    inner: Scope,
  ): readonly Substitution[] {
    const { names, report } = this.context;
    const declared = new Map<string, Parameter>(
      [...instanced.constants, ...instanced.variables.map(asParameter)].map((one) => [
        one.name.name,
        one,
      ]),
    );
    const result = new Map<string, Substitution>();
    for (const { name, value } of instance.substitutions) {
      const parameter = declared.get(name.name);
      if (!parameter) {
        const known = [...declared.keys()].map((one) => `\`${one}\``).join(', ');
        const candidates = `It has ${known || 'none'}.`;
        const holes = { module: instanced.name, name: name.name, candidates };
        report(diagnose('SEM014', name.span, holes));
        continue;
      }
      names.argument(value, parameter.arity, result.size + 1, instanced.name, inner);
      const flat = retargeting(names).expr(value);
      const isStateFunction = this.isStateFunction(name.name, value, instanced, inner);
      result.set(name.name, { declared: parameter, value: flat, isStateFunction });
    }
    for (const [name, parameter] of declared) {
      if (result.has(name)) continue;
      const value = this.implicit(name, instanced, instance, inner);
      const isStateFunction = value !== null && this.isStateFunction(name, value, instanced, inner);
      if (value) result.set(name, { declared: parameter, value, isStateFunction });
    }
    return [...result.values()];
  }

  /** Whether a definition is put in the place of a variable. */
  private isStateFunction(
    name: string,
    value: Substitution['value'],
    instanced: ResolvedModule,
    inner: Scope,
  ): boolean {
    const plain = stripParens(value);
    if (plain.kind !== 'name') return false;
    const isVariable = instanced.variables.some((one) => one.name === name);
    // What another instance hands on are definitions.
    const isDefinition = plain.prefix.length > 0 || inner.find(plain.name)?.kind === 'definition';
    return isVariable && isDefinition;
  }

  private implicit(
    name: string,
    instanced: ResolvedModule,
    { span }: InstanceClause,
    inner: Scope,
  ): Substitution['value'] | null {
    const entry = inner.find(name);
    if (entry) return { kind: 'name', prefix: [], name: entry.target, span };
    const isVariable = instanced.variables.some((one) => one.name === name);
    const what = isVariable ? 'variable' : 'constant';
    this.context.report(diagnose('SEM013', span, { module: instanced.name, name, what }));
    return null;
  }
}

/** What a module hands on to those that extend or instance it. */
export function* exportsOf(module: ResolvedModule): Iterable<Entry> {
  for (const entry of module.scope.own()) if (!entry.local) yield entry;
}

/** In a LET, operators that use themselves or later ones are announced. */
function asUnits(definitions: ReadonlyMap<string, Definition>): readonly Unit[] {
  const seen = new Set<string>();
  const declarations: Parameter[] = [];
  const announced = new Set<string>();
  for (const [name, unit] of definitions) {
    for (const { expr } of unitParts(unit)) {
      walk(expr, (inner) => {
        const used = referredName(inner);
        const other = used === null || seen.has(used) ? undefined : definitions.get(used);
        if (used === null || other?.kind !== 'operator' || announced.has(used)) return;
        announced.add(used);
        declarations.push({ name: other.name, arity: other.params.length, span: other.span });
      });
    }
    seen.add(name);
  }
  const [first] = declarations;
  if (!first) return [...definitions.values()];
  const recursive: RecursiveUnit = { kind: 'recursive', declarations, span: first.span };
  return [recursive, ...definitions.values()];
}

function asParameter(variable: DeclaredVariable): Parameter {
  return { name: variable, arity: 0, span: variable.span };
}

function renamed(entry: Entry, prefix: string, local: boolean): Entry {
  return { ...entry, name: `${prefix}${entry.name}`, local };
}
