/**
 * One pass over the units of one module, in the order of the text, since a name is known only
 * after its declaration: declarations and definitions are entered into the scope, EXTENDS and
 * INSTANCE bring in those of other modules.
 */
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import { type Span, spanText } from '../source/text.js';
import type {
  AssumeUnit,
  FunctionDefinition,
  Identifier,
  InstanceUnit,
  Module,
  ModuleDefinition,
  OperatorDefinition,
  Parameter,
  Unit,
} from '../syntax/ast.js';
import { mapUnit } from '../syntax/rewrite.js';
import { definitionEntry, NameChecker } from './checkNames.js';
import { instantiate, type Substitution } from './instance.js';
import type { ModuleResolver } from './resolveModule.js';
import { retargeting } from './retarget.js';
import { type Entry, isSame, Scope } from './scope.js';
import type { DeclaredVariable, Definition } from './specification.js';

export interface ResolvedModule {
  readonly name: string;
  readonly scope: Scope;
  readonly variables: DeclaredVariable[];
  readonly constants: Parameter[];
  readonly definitions: Map<string, Definition>;
  readonly assumptions: AssumeUnit[];
  readonly standardModules: Set<string>;
}

export class ModulePass {
  private readonly scope: Scope;
  private readonly names: NameChecker;
  private readonly result: ResolvedModule;
  private readonly announced = new Map<string, Parameter>();

  constructor(
    private readonly resolver: ModuleResolver,
    private readonly module: Module,
    outer: Scope,
    private readonly submodules: Map<string, ResolvedModule>,
    private readonly isRoot: boolean,
    private readonly report: (one: Diagnostic) => void,
  ) {
    this.scope = new Scope(outer);
    this.names = new NameChecker(module.name.name, outerNames(module), report);
    this.result = {
      name: module.name.name,
      scope: this.scope,
      variables: [],
      constants: [],
      definitions: new Map(),
      assumptions: [],
      standardModules: new Set(),
    };
  }

  run(): ResolvedModule {
    for (const name of this.module.extends) this.extend(name);
    for (const unit of this.module.units) this.unit(unit);
    for (const one of this.announced.values()) this.names.notDefined(one);
    return this.result;
  }

  private extend(name: Identifier): void {
    const standard = this.resolver.standard(name.name);
    if (standard) {
      this.result.standardModules.add(name.name);
      this.merge(standard, name);
      return;
    }
    const extended = this.submodules.get(name.name) ?? this.resolver.byName(name);
    if (!extended) return;
    this.merge(exportsOf(extended), name, extended);
    addNew(this.result.variables, extended.variables);
    addNew(this.result.constants, extended.constants);
    addNew(this.result.assumptions, extended.assumptions);
    for (const [target, unit] of extended.definitions) {
      if (!this.result.definitions.has(target)) this.result.definitions.set(target, unit);
    }
    for (const one of extended.standardModules) this.result.standardModules.add(one);
  }

  private merge(entries: Iterable<Entry>, from: Identifier, source?: ResolvedModule): void {
    for (const entry of entries) {
      const found = this.scope.find(entry.name);
      if (!found) this.scope.add(entry);
      else if (!isSame(found, entry)) this.clash(found, entry, from, source);
    }
  }

  /**
   * Two extended modules may define a name with the same words: then either will do, and SANY
   * warns, too. SANY also lets them differ and takes the first; here that is an error.
   */
  private clash(found: Entry, entry: Entry, from: Identifier, source?: ResolvedModule): void {
    const first = this.result.definitions.get(found.target);
    const second = source?.definitions.get(entry.target);
    if (first && second && spanText(first.span) === spanText(second.span)) {
      const holes = { name: entry.name, first: found.module ?? '', second: from.name };
      this.report(diagnose('SEM018', from.span, holes));
    } else {
      this.names.isFree({ name: entry.name, span: from.span }, this.scope, 'SEM002');
    }
  }

  private unit(unit: Unit): void {
    switch (unit.kind) {
      case 'variables':
        for (const name of unit.names) {
          this.declare(name, 'variable', 0);
          this.result.variables.push({ name: name.name, span: name.span });
        }
        return;
      case 'constants':
        for (const one of unit.declarations) {
          this.declare(one.name, 'constant', one.arity);
          this.result.constants.push(one);
        }
        return;
      case 'recursive':
        for (const one of unit.declarations) {
          this.names.announce(one, this.announced, this.scope);
        }
        return;
      case 'operator':
      case 'functionDefinition':
        this.definition(unit);
        return;
      case 'assume':
        this.names.expression(unit.body, this.scope);
        this.result.assumptions.push(mapUnit(unit, retargeting(this.names.targets)));
        return;
      case 'theorem':
        this.names.expression(unit.body, this.scope);
        return;
      case 'instance':
        this.instance(unit, [], '');
        return;
      case 'moduleDefinition':
        this.moduleDefinition(unit);
        return;
      case 'submodule':
        this.submodule(unit.module);
        return;
      case 'separator':
        return;
    }
  }

  private declare(name: Identifier, kind: 'variable' | 'constant', arity: number): void {
    if (!this.names.isFree(name, this.scope, 'SEM002')) return;
    this.scope.add({
      name: name.name,
      kind,
      parameters: new Array<number>(arity).fill(0),
      span: name.span,
      module: this.module.name.name,
      target: name.name,
      local: false,
    });
  }

  private definition(unit: OperatorDefinition | FunctionDefinition): void {
    const { name } = unit;
    const promised = this.announced.get(name.name);
    const isNew = promised !== undefined || this.names.isFree(name, this.scope, 'SEM002');
    // A RECURSIVE declaration is in scope under its own name already, so it keeps that.
    const target = unit.local && !promised ? this.localName(name.name) : name.name;
    if (promised) this.names.fulfil(promised, unit, this.announced);
    this.names.definition(unit, this.scope);
    if (!isNew) return;
    const flat = mapUnit(unit, retargeting(this.names.targets));
    this.result.definitions.set(target, { ...flat, name: { ...name, name: target } });
    this.scope.add(definitionEntry(unit, this.module.name.name, target));
  }

  private localName(name: string): string {
    return this.isRoot ? name : `${this.module.name.name}!${name}`;
  }

  private submodule(module: Module): void {
    const { name } = module;
    this.submodules.set(
      name.name,
      this.resolver.resolve(module, this.scope, this.submodules, false),
    );
  }

  private moduleDefinition(unit: ModuleDefinition): void {
    if (!this.names.isFree(unit.name, this.scope, 'SEM002')) return;
    this.instance(unit, unit.params, `${unit.name.name}!`);
    this.scope.add({
      name: unit.name.name,
      kind: 'instance',
      parameters: unit.params.map((param) => param.arity),
      span: unit.name.span,
      module: this.module.name.name,
      target: unit.name.name,
      local: unit.local,
    });
  }

  /** Copies a module's definitions into this one; `prefix` is `A!`, or empty without a name. */
  private instance(
    unit: InstanceUnit | ModuleDefinition,
    params: readonly Parameter[],
    prefix: string,
  ): void {
    const { module } = unit.instance;
    const at = { name: `${prefix}${module.name}`, span: module.span };
    const standard = this.resolver.standard(module.name);
    if (standard) {
      this.result.standardModules.add(module.name);
      this.merge(
        standard.map((entry) => renamed(entry, prefix, unit.local)),
        at,
      );
      return;
    }
    const instanced = this.submodules.get(module.name) ?? this.resolver.byName(module);
    if (!instanced) return;
    const inner = this.names.parameters(params, this.scope);
    const substitutions = this.substitutions(unit, instanced, inner);
    const kept = unit.local && !this.isRoot ? `${this.module.name.name}!${prefix}` : prefix;
    const rename = (name: string): string => `${kept}${name}`;
    const { definitions } = instanced;
    for (const [name, copy] of instantiate({ definitions, substitutions, params, rename })) {
      this.result.definitions.set(name, copy);
    }
    for (const one of instanced.standardModules) this.result.standardModules.add(one);
    const arities = params.map((param) => param.arity);
    const entries = [...exportsOf(instanced)].flatMap((entry) => {
      if (entry.kind === 'variable' || entry.kind === 'constant') return [];
      const copy = renamed(entry, prefix, unit.local);
      if (entry.kind === 'standard') return [copy];
      const parameters = [...arities, ...entry.parameters];
      return [{ ...copy, parameters, module: module.name, target: rename(entry.target) }];
    });
    this.merge(entries, at);
  }

  /** What WITH says, and for the rest the names of this module. */
  private substitutions(
    unit: InstanceUnit | ModuleDefinition,
    instanced: ResolvedModule,
    inner: Scope,
  ): readonly Substitution[] {
    const { instance } = unit;
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
        const candidates = `It has ${[...declared.keys()].map((one) => `\`${one}\``).join(', ') || 'none'}.`;
        const holes = { module: instanced.name, name: name.name, candidates };
        this.report(diagnose('SEM014', name.span, holes));
        continue;
      }
      this.names.argument(value, parameter.arity, result.size + 1, instanced.name, inner);
      const flat = retargeting(this.names.targets).expr(value);
      result.set(name.name, { declared: parameter, value: flat });
    }
    for (const [name, parameter] of declared) {
      if (!result.has(name)) this.implicit(name, parameter, instanced, unit, inner, result);
    }
    return [...result.values()];
  }

  private implicit(
    name: string,
    declared: Parameter,
    instanced: ResolvedModule,
    unit: InstanceUnit | ModuleDefinition,
    inner: Scope,
    result: Map<string, Substitution>,
  ): void {
    const { span } = unit.instance;
    const entry = inner.find(name);
    if (entry) {
      result.set(name, { declared, value: { kind: 'name', prefix: [], name: entry.target, span } });
      return;
    }
    const isVariable = instanced.variables.some((one) => one.name === name);
    const what = isVariable ? 'variable' : 'constant';
    this.report(diagnose('SEM013', span, { module: instanced.name, name, what }));
  }
}

function asParameter(variable: DeclaredVariable): Parameter {
  return { name: variable, arity: 0, span: variable.span };
}

function renamed(entry: Entry, prefix: string, local: boolean): Entry {
  return { ...entry, name: `${prefix}${entry.name}`, local };
}

function* exportsOf(module: ResolvedModule): Iterable<Entry> {
  for (const entry of module.scope.own()) if (!entry.local) yield entry;
}

function addNew<T>(all: T[], more: readonly T[]): void {
  for (const one of more) if (!all.includes(one)) all.push(one);
}

/** What the module defines at its outer level, and where. */
function outerNames(module: Module): ReadonlyMap<string, Span> {
  const names = new Map<string, Span>();
  for (const unit of module.units) {
    if (unit.kind === 'operator' || unit.kind === 'functionDefinition') {
      names.set(unit.name.name, unit.name.span);
    } else if (unit.kind === 'variables') {
      for (const name of unit.names) names.set(name.name, name.span);
    } else if (unit.kind === 'constants') {
      for (const one of unit.declarations) names.set(one.name.name, one.span);
    }
  }
  return names;
}
