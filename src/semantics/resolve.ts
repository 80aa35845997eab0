/**
 * From a parsed module and its configuration to what is checked. The passes in order: modules and
 * names; levels; the configuration's names; the form of SPECIFICATION. A pass that found mistakes
 * ends the run, with all of them.
 */
import type { Code } from '../source/catalogue/index.js';
import { type Diagnostic, DiagnosticError, diagnose } from '../source/diagnostic.js';
import { span } from '../source/text.js';
import type { Module } from '../syntax/ast.js';
import { antecedentsOf } from './antecedents.js';
import { type Behavior, splitSpecification } from './behavior.js';
import { type Binding, ConfigurationBinder } from './bindConfiguration.js';
import type { ConfigName, Configuration } from './config/configuration.js';
import { featureOf, formOf, Level, LevelChecker } from './levels.js';
import type { ResolvedModule } from './modulePass.js';
import { ModuleReplacer } from './moduleReplacements.js';
import { splitProperty } from './properties.js';
import { type LoadModule, ModuleResolver } from './resolveModule.js';
import type {
  Antecedent,
  LabelInfo,
  NamedFormula,
  Property,
  Specification,
  UnusedStatement,
} from './specification.js';

export interface ResolveOptions {
  /** The module of that name, or null; standard modules are not asked for. */
  readonly loadModule: LoadModule;
  /** What the PlusCal translation knows of its actions. */
  readonly labels?: ReadonlyMap<string, LabelInfo>;
  /** Definitions of the root module that must be state predicates, by name. */
  readonly witnesses?: readonly string[];
}

/** Throws a DiagnosticError with every mistake of the first pass that found any. */
export function resolveSpecification(
  root: Module,
  configuration: Configuration,
  options: ResolveOptions,
): Specification {
  const found = new Findings();
  const report = (one: Diagnostic): void => found.add(one);
  const resolver = new ModuleResolver(options.loadModule, report);
  const module = resolver.root(root);
  found.throwErrors();
  const binder = new ConfigurationBinder(module, configuration, report);
  const inModules = new ModuleReplacer(module, resolver, report).apply(configuration);
  const binding = binder.constants(inModules);
  // Definitions that replace each other would be followed for ever.
  found.throwErrors('CFG118');
  const levels = new LevelChecker(
    module.definitions,
    new Set(module.variables.map((variable) => variable.name)),
    binding.overrides,
    report,
  );
  checkLevels(module, levels, report);
  const pass = new ConfigurationPass(module, configuration, binder, binding, levels, report);
  const formulas = pass.formulas();
  const witnesses = (options.witnesses ?? []).flatMap((name) => pass.witness(name) ?? []);
  const behavior = found.hasErrors ? null : pass.behavior();
  found.throwErrors();
  if (!behavior) throw new Error('a behavior that is missing is reported as a mistake');
  return {
    module: module.name,
    variables: module.variables,
    ...binding,
    definitions: module.definitions,
    instances: module.instances,
    standardModules: module.standardModules,
    assumptions: module.assumptions,
    ...behavior,
    ...formulas,
    antecedents: pass.antecedents(formulas.invariants),
    witnesses,
    checkDeadlock: configuration.checkDeadlock,
    warnings: found.warnings,
    labels: options.labels ?? new Map(),
  };
}

/** The mistakes of a run. A translation repeats expressions, so each place is told of once. */
class Findings {
  private readonly errors: Diagnostic[] = [];
  readonly warnings: Diagnostic[] = [];
  private readonly seen = new Set<string>();

  get hasErrors(): boolean {
    return this.errors.length > 0;
  }

  add(one: Diagnostic): void {
    const isUnknownName = one.code === 'SEM001';
    const place = isUnknownName ? '' : `${one.span?.source.file}:${one.span?.start}`;
    const key = `${one.code} ${one.message} ${place}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    (one.severity === 'error' ? this.errors : this.warnings).push(one);
  }

  /** If there are any; or if there is one with this code. */
  throwErrors(code?: Code): void {
    const counts = code === undefined || this.errors.some((one) => one.code === code);
    if (this.hasErrors && counts) throw new DiagnosticError(this.errors);
  }
}

function checkLevels(
  module: ResolvedModule,
  levels: LevelChecker,
  report: (one: Diagnostic) => void,
): void {
  for (const name of module.definitions.keys()) levels.definition(name);
  for (const { body } of module.assumptions) {
    const level = levels.expression(body);
    if (level === Level.constant) continue;
    const culprit = levels.culprit(body, Level.constant);
    report(diagnose('SEM103', culprit.span, { what: featureOf(level) }));
  }
}

type Formulas = Pick<
  Specification,
  | 'invariants'
  | 'properties'
  | 'constraints'
  | 'actionConstraints'
  | 'symmetry'
  | 'view'
  | 'alias'
  | 'postcondition'
  | 'unused'
>;

class ConfigurationPass {
  constructor(
    private readonly module: ResolvedModule,
    private readonly configuration: Configuration,
    private readonly binder: ConfigurationBinder,
    private readonly binding: Binding,
    private readonly levels: LevelChecker,
    private readonly report: (one: Diagnostic) => void,
  ) {}

  formulas(): Formulas {
    const { configuration } = this;
    this.replacements();
    const invariants = this.all('INVARIANT', configuration.invariants, Level.state);
    const constraints = this.all('CONSTRAINT', configuration.constraints, Level.state);
    const { properties, always } = this.properties();
    invariants.push(...always);
    const actionConstraints = this.all(
      'ACTION_CONSTRAINT',
      configuration.actionConstraints,
      Level.action,
    );
    const symmetry = this.optional('SYMMETRY', configuration.symmetry, Level.constant);
    const view = this.optional('VIEW', configuration.view, Level.state);
    const alias = this.optional('ALIAS', configuration.alias, Level.action);
    const postcondition = this.optional('POSTCONDITION', configuration.postcondition, Level.state);
    const shown = { view, alias, postcondition };
    const all = { invariants, properties, constraints, actionConstraints, ...shown };
    if (properties.every(({ temporal }) => temporal.length === 0)) {
      return { ...all, symmetry, unused: [] };
    }
    // A lasso of a reduced graph need not be a behavior: it may come back to another state.
    const unused = (['symmetry', 'view'] as const).flatMap((key): UnusedStatement[] => {
      const given = configuration[key];
      const statement = key === 'symmetry' ? 'SYMMETRY' : 'VIEW';
      return given === null ? [] : [{ statement, ...given }];
    });
    return { ...all, symmetry: null, view: null, unused };
  }

  private properties(): {
    readonly properties: readonly Property[];
    /** Those that are `[]P` of a state predicate P: invariants, and checked as such (as in TLC). */
    readonly always: readonly NamedFormula[];
  } {
    const { levels, binder, binding } = this;
    const definition = (name: string) => binder.definition(name, binding);
    const properties: Property[] = [];
    const always: NamedFormula[] = [];
    for (const { name, span } of this.configuration.properties) {
      const formula = this.formula('PROPERTY', { name, span }, Level.temporal);
      if (!formula) continue;
      const property = splitProperty(formula, { levels, definition });
      const { initial, steps, temporal } = property;
      const [only, ...others] = property.always;
      if (only && initial.length + steps.length + temporal.length + others.length === 0) {
        always.push({ ...formula, expr: only.expr });
        continue;
      }
      properties.push(property);
    }
    return { properties, always };
  }

  antecedents(invariants: readonly NamedFormula[]): readonly Antecedent[] {
    const { levels, binder, binding } = this;
    const definition = (name: string) => binder.definition(name, binding);
    const all: Antecedent[] = [];
    for (const invariant of invariants) {
      const first = all.length;
      for (const one of antecedentsOf(invariant, { levels, definition })) {
        all.push({ ...one, outer: one.outer === null ? null : one.outer + first });
      }
    }
    return all;
  }

  witness(name: string): NamedFormula | null {
    const definition = this.module.definitions.get(name);
    if (definition?.kind !== 'operator') throw new Error(`no definition ${name}`);
    const { body, name: own } = definition;
    const level = this.levels.expression(body);
    if (level <= Level.state) return { name, expr: body, span: own.span };
    const culprit = this.levels.culprit(body, Level.state);
    this.report(diagnose('USE055', culprit.span, { what: featureOf(level) }));
    return null;
  }

  /**
   * What replaces a declared constant without parameters is constant itself (TLC evaluates it once,
   * before the first state, and fails). With parameters it may be of any level: TLC puts its body
   * in place of each use.
   */
  private replacements(): void {
    const plain = this.module.constants.filter((one) => one.arity === 0);
    const declared = new Set(plain.map((one) => one.name.name));
    for (const { name, replacement, module } of this.configuration.overrides) {
      if (module !== null || !declared.has(name) || !this.module.definitions.has(replacement.name))
        continue;
      if (this.levels.definition(replacement.name) === Level.constant) continue;
      const holes = { name: replacement.name, constant: name };
      this.report(diagnose('CFG113', replacement.span, holes));
    }
  }

  /** Null where it is not given or not of a form that is known; that is reported. */
  behavior(): Behavior | null {
    const { specification, init, next } = this.configuration;
    if (specification) {
      const formula = this.formula('SPECIFICATION', specification, Level.temporal);
      const { levels, binder, binding, report } = this;
      const definition = (name: string) => binder.definition(name, binding);
      return formula && splitSpecification(formula, { levels, definition, report });
    }
    if (!init || !next) return this.noBehavior(init, next);
    const first = this.formula('INIT', init, Level.state);
    const step = this.formula('NEXT', next, Level.action);
    return first && step && { init: first, next: step, fairness: [] };
  }

  /**
   * A module without variables may be there for its assumptions (TLC evaluates them and is done).
   * With variables, TLC does the same where nothing else is to be checked; here that is a mistake,
   * for who declares variables means to explore their states.
   */
  private noBehavior(init: ConfigName | null, next: ConfigName | null): Behavior | null {
    const { source, invariants, properties } = this.configuration;
    const { variables, assumptions, name } = this.module;
    const isChecked = invariants.length + properties.length > 0;
    if (!init && !next && !isChecked && variables.length === 0 && assumptions.length > 0) {
      this.report(diagnose('CFG119', null, { module: name }));
      const never = { kind: 'boolean', value: false, span: span(source, 0, 0) } as const;
      const nothing = { name: 'FALSE', expr: never, span: never.span };
      return { init: nothing, next: nothing, fairness: [] };
    }
    if (init || next) {
      const given = init ? 'INIT' : 'NEXT';
      const missing = init ? 'NEXT' : 'INIT';
      this.report(diagnose('CFG106', (init ?? next)?.span ?? null, { given, missing }));
      return null;
    }
    const example = this.binder.definition('Spec', this.binding) ? 'Spec' : '…';
    this.report(diagnose('CFG105', span(source, 0, 0), { example }));
    return null;
  }

  private all(statement: string, names: readonly ConfigName[], max: Level): NamedFormula[] {
    return names.flatMap((one) => this.formula(statement, one, max) ?? []);
  }

  private optional(statement: string, name: ConfigName | null, max: Level): NamedFormula | null {
    return name && this.formula(statement, name, max);
  }

  private formula(statement: string, one: ConfigName, max: Level): NamedFormula | null {
    const formula = this.binder.formula(statement, one, this.binding);
    if (!formula) return null;
    const level = this.levels.expression(formula.expr);
    if (level <= max) return formula;
    const culprit = this.levels.culprit(formula.expr, max);
    const what = featureOf(level);
    const notes = [{ message: `${statement} names it here`, span: one.span }];
    if (statement === 'INVARIANT') {
      this.report(diagnose('SEM104', culprit.span, { name: one.name, what }, { notes }));
      return null;
    }
    const expected = formOf(max).replace(/^an? /, '');
    const holes = { statement, name: one.name, expected, found: what };
    const place = [{ message: 'here', span: culprit.span }];
    this.report(diagnose('CFG112', one.span, holes, { notes: place }));
    return null;
  }
}
