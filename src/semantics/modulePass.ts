/**
 * One pass over the units of one module, in the order of the text, since a name is known only
 * after its declaration: declarations and definitions are entered into the scope, EXTENDS and
 * INSTANCE bring in those of other modules.
 */
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
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
import { definitionEntry, instanceEntry, type LetInstance, NameChecker } from './checkNames.js';
import { apartFrom, isCompatible, localName, newNames } from './extended.js';
import { exportsOf, InstanceExpander } from './instances.js';
import type { ModuleResolver } from './resolveModule.js';
import { retargeting } from './retarget.js';
import { type Entry, isSame, Scope } from './scope.js';
import type { DeclaredVariable, Definition, RefinedModule } from './specification.js';
import { isStandardTarget } from './standard/operators.js';

export interface ResolvedModule {
  readonly name: string;
  readonly scope: Scope;
  readonly variables: DeclaredVariable[];
  readonly constants: Parameter[];
  readonly definitions: Map<string, Definition>;
  readonly assumptions: AssumeUnit[];
  readonly standardModules: Set<string>;
  /** The named instances, by name. */
  readonly instances: Map<string, RefinedModule>;
}

export class ModulePass {
  private readonly scope: Scope;
  private readonly names: NameChecker;
  private readonly instances: InstanceExpander;
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
    const instance: LetInstance = (unit, scope) => {
      const prefix = `${unit.name.name}!`;
      return this.instances.expand(unit, scope, { prefix, kept: prefix });
    };
    this.names = new NameChecker(module.name.name, outerNames(module), report, instance);
    this.result = {
      name: module.name.name,
      scope: this.scope,
      variables: [],
      constants: [],
      definitions: new Map(),
      assumptions: [],
      standardModules: new Set(),
      instances: new Map(),
    };
    const { names, result } = this;
    this.instances = new InstanceExpander({ names, result, report, resolver, submodules });
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
    const found = this.submodules.get(name.name) ?? this.resolver.byName(name);
    if (!found) return;
    const extended = apartFrom(this.result, found);
    this.merge(exportsOf(extended), name);
    this.result.variables.push(...newNames(this.result.variables, extended.variables));
    this.result.constants.push(...newNames(this.result.constants, extended.constants));
    addNew(this.result.assumptions, extended.assumptions);
    for (const [target, unit] of extended.definitions) {
      if (!this.result.definitions.has(target)) this.result.definitions.set(target, unit);
    }
    for (const one of extended.standardModules) this.result.standardModules.add(one);
  }

  /** The names of an extended module; where they clash with those of another, the first count. */
  private merge(entries: Iterable<Entry>, from: Identifier): void {
    for (const entry of entries) {
      const found = this.scope.find(entry.name);
      if (!found) this.scope.add(entry);
      else if (isSame(found, entry) || found.module === null) continue;
      else if (!isCompatible(found, entry)) {
        this.names.isFree({ name: entry.name, span: from.span }, this.scope, 'SEM002');
      } else {
        const holes = { name: entry.name, first: found.module, second: from.name };
        const notes = [found, entry].flatMap(({ span, module }) =>
          span ? [{ message: `here in ${module}`, span }] : [],
        );
        this.report(diagnose('SEM018', from.span, holes, { notes }));
      }
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
        this.result.assumptions.push(mapUnit(unit, retargeting(this.names)));
        return;
      case 'theorem':
        this.names.expression(unit.body, this.scope);
        return;
      case 'instance':
        this.instance(unit, '');
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
    const target = this.targetOf(unit, promised !== undefined);
    if (promised) this.names.fulfil(promised, unit, this.announced);
    this.names.definition(unit, this.scope);
    if (!isNew) return;
    const flat = mapUnit(unit, retargeting(this.names));
    this.result.definitions.set(target, { ...flat, name: { ...name, name: target } });
    this.scope.add(definitionEntry(unit, this.module.name.name, target));
  }

  /**
   * Names that only the module itself sees, and such as standard operators have in the flat map, are
   * kept under the name of the module, too.
   */
  private targetOf({ name, local }: Definition, isAnnounced: boolean): string {
    const isHidden = local && !this.isRoot;
    if (isAnnounced || !(isHidden || isStandardTarget(name.name))) return name.name;
    return localName(this.module.name.name, name.name);
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
    this.instance(unit, `${unit.name.name}!`);
    this.scope.add(instanceEntry(unit, this.module.name.name));
  }

  /** Copies a module's definitions into this one; `prefix` is `A!`, or empty without a name. */
  private instance(unit: InstanceUnit | ModuleDefinition, prefix: string): void {
    const kept = unit.local && !this.isRoot ? localName(this.module.name.name, prefix) : prefix;
    const instance = this.instances.expand(unit, this.scope, { prefix, kept });
    if (!instance) return;
    const at = { name: `${prefix}${unit.instance.module.name}`, span: unit.instance.module.span };
    for (const [name, copy] of instance.definitions) this.result.definitions.set(name, copy);
    if (unit.kind === 'moduleDefinition') {
      const params = unit.params.map((param) => param.name.name);
      this.result.instances.set(unit.name.name, { params, variables: instance.variables });
    }
    for (const entry of instance.entries) {
      const found = this.scope.find(entry.name);
      if (!found) this.scope.add(entry);
      else if (!isSame(found, entry) && !(instance.isClosed && found.span === entry.span)) {
        this.names.isFree({ name: entry.name, span: at.span }, this.scope, 'SEM002');
      }
    }
  }
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
