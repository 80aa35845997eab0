/**
 * One module with everything it extends and instances, made flat: declarations, definitions under
 * unique names, and the scope in which the configuration's names are looked up. Modules are
 * resolved once, however often they are extended.
 */
import { type Diagnostic, diagnose, nearest } from '../source/diagnostic.js';
import type { Identifier, Module } from '../syntax/ast.js';
import { ModulePass, type ResolvedModule } from './modulePass.js';
import type { ModuleTable } from './moduleReplacements.js';
import { type Entry, languageScope, type Scope, standardEntries } from './scope.js';
import { extensionOperators } from './standard/extensions.js';
import {
  proofModules,
  standardOperators,
  standardTarget,
  unsupportedModules,
} from './standard/operators.js';

export type LoadModule = (name: string) => Module | null;

export class ModuleResolver implements ModuleTable {
  private readonly resolved = new Map<string, ResolvedModule | null>();
  private readonly inProgress: string[] = [];
  private readonly hasFile = new Map<string, boolean>();

  constructor(
    private readonly loadModule: LoadModule,
    private readonly report: (one: Diagnostic) => void,
  ) {}

  root(module: Module): ResolvedModule {
    const resolved = this.resolve(module, languageScope(), new Map(), true);
    this.resolved.set(resolved.name, resolved);
    this.refuseHidden(resolved);
    return resolved;
  }

  /**
   * Standard operators have no names of their own in the flat map, so a name that means one in an
   * extended module and something else here would be taken for the latter there.
   */
  private refuseHidden(module: ResolvedModule): void {
    const declared = [...module.variables, ...module.constants.map((one) => one.name)];
    const own = [...declared, ...[...module.definitions.values()].map((unit) => unit.name)];
    for (const standard of module.standardModules) {
      const operators = standardOperators.get(standard);
      for (const { name, span } of own) {
        if (!operators?.has(name) || isReported(module, name)) continue;
        if (standardTarget(standard, name) !== name) continue;
        const what = `a \`${name}\` besides that of ${standard}, which another module uses,`;
        this.report(diagnose('SEM016', span, { what, remedy: 'Choose another name here.' }));
      }
    }
  }

  /** A module that was resolved, the root included; not one that stands inside another. */
  module(name: string): ResolvedModule | undefined {
    return this.resolved.get(name) ?? undefined;
  }

  get names(): readonly string[] {
    return [...this.resolved].flatMap(([name, module]) => (module ? [name] : []));
  }

  /** A module of its own file; null if there is none, which is reported. */
  byName(name: Identifier): ResolvedModule | null {
    const known = this.resolved.get(name.name);
    if (known !== undefined) return known;
    if (this.inProgress.includes(name.name)) {
      const from = this.inProgress.slice(this.inProgress.indexOf(name.name));
      const circle = [...from, name.name].join(' → ');
      this.report(diagnose('SEM006', name.span, { circle }));
      return null;
    }
    const module = this.loadModule(name.name);
    if (!module) this.noSuchModule(name);
    const resolved = module ? this.resolve(module, languageScope(), new Map(), false) : null;
    this.resolved.set(name.name, resolved);
    return resolved;
  }

  /**
   * What a standard module defines; undefined where there is none of that name. The community's
   * modules and those of the proof system are often copied beside the specification, and changed:
   * then the copy counts.
   */
  standard(name: string): readonly Entry[] | undefined {
    if (extensionOperators.has(name) || proofModules.has(name)) {
      let isOwn = this.hasFile.get(name);
      if (isOwn === undefined) {
        isOwn = this.loadModule(name) !== null;
        this.hasFile.set(name, isOwn);
      }
      if (isOwn) return undefined;
    }
    return standardEntries(name);
  }

  resolve(
    module: Module,
    outer: Scope,
    submodules: ReadonlyMap<string, ResolvedModule>,
    isRoot: boolean,
  ): ResolvedModule {
    this.inProgress.push(module.name.name);
    const pass = new ModulePass(this, module, outer, new Map(submodules), isRoot, this.report);
    const resolved = pass.run();
    this.inProgress.pop();
    return resolved;
  }

  private noSuchModule(name: Identifier): void {
    if (unsupportedModules.has(name.name)) {
      this.report(diagnose('SEM015', name.span, { name: name.name }));
      return;
    }
    const known = [...standardOperators.keys(), ...proofModules.keys(), ...unsupportedModules];
    const meant = nearest(name.name, known);
    const remedy = meant
      ? `Did you mean \`${meant}\`?`
      : `No file ${name.name}.tla stands beside the specification, and it is no standard module.`;
    this.report(diagnose('SEM005', name.span, { name: name.name, remedy }));
  }
}

/** Where the standard operator is in scope itself, the clash was reported when it came up. */
function isReported(module: ResolvedModule, name: string): boolean {
  return module.scope.find(name)?.kind === 'standard';
}
