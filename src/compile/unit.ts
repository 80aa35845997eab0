/**
 * One generated module: its functions, constants and imports, and the numbers of its places. A unit
 * is made for the initial predicate, one for the rest, and a small one whenever the compiler itself
 * needs the value of a constant expression. Definitions are compiled when something uses them.
 */
import type { Definition } from '../semantics/specification.js';
import { diagnose } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Value } from '../values/index.js';
import { CallSites, type Places } from './callSites.js';
import { type Code, literal, nothing } from './code.js';
import type { CompiledOperator, Context } from './context.js';
import { compileDefinition } from './expressions/definitions.js';
import { Fault, show } from './runtime/fault.js';
import type { OnOutside } from './runtime/functions.js';
import { lazy, type RuntimeValue } from './runtime/lazy.js';
import type { Sources } from './sources.js';
import type { Storage } from './storage.js';

const expansionDepthMax = 20;

export class Unit implements Places {
  /** Something in it sees or changes more than the state. */
  hasEffects = false;
  /** How often what is being compiled is written, once per element of the loops around it. */
  copies = 1;
  /** Spans by their number. */
  readonly sites: (Span | null)[] = [];
  private readonly siteNumbers = new Map<Span, number>();
  private readonly imports = new Map<string, unknown>();
  private readonly importNames = new Map<unknown, string>();
  /** `s`, `n` and `load` belong to the storage, the others to the steps. */
  private readonly taken = new Set([
    's',
    'n',
    'load',
    'imports',
    'emit',
    'choices',
    'depth',
    'chosen',
    'begin',
    'next',
    'nextOf',
    'solve',
    'evaluateStep',
    'before',
    'state',
  ]);
  private readonly declarations: string[] = [];
  private readonly values = new Map<string, string | null>();
  private readonly operators = new Map<string, CompiledOperator>();
  private readonly liftedNames = new Map<string, string>();
  private readonly evaluated = new Map<string, RuntimeValue | undefined>();
  private readonly expanding = new Map<Definition, number>();
  private readonly calls = new CallSites();
  private readonly mapped = new Map<string, Code>();
  private localCount = 0;
  private freshCount = 0;

  constructor(
    readonly sources: Sources,
    readonly storage: Storage,
  ) {}

  /** The number of a place, as generated code passes it on. */
  site(span: Span | null): number {
    if (span === null) return this.sites.push(null) - 1;
    let number = this.siteNumbers.get(span);
    if (number === undefined) {
      number = this.sites.push(span) - 1;
      this.siteNumbers.set(span, number);
    }
    return number;
  }

  /** The name under which generated code sees a function or object of ours. */
  use(name: string, thing: unknown): string {
    const known = this.importNames.get(thing);
    if (known !== undefined) return known;
    const chosen = this.unique(name);
    this.imports.set(chosen, thing);
    this.importNames.set(thing, chosen);
    return chosen;
  }

  /** A JavaScript name for something that the user named; never the name of one of ours. */
  name(wanted: string): string {
    const clean = wanted.replace(/[^A-Za-z0-9_]/g, (c) => `_${c.charCodeAt(0).toString(16)}`);
    return this.unique(`${/^[0-9]/.test(clean) ? '_' : ''}${clean}$`);
  }

  /**
   * Says that a local is a value wherever it is read, and nothing that is yet to be evaluated;
   * `number`: another local, which tells it from all others that it may be.
   */
  noteValue(js: string, number: string | null = null): void {
    this.values.set(js, number);
  }

  isValue(js: string): boolean {
    return this.values.has(js);
  }

  /** The local with the number of the value, if there is one. */
  numberOf(js: string): string | null {
    return this.values.get(js) ?? null;
  }

  /** A JavaScript name for a bound variable or parameter. */
  local(wanted: string): string {
    this.localCount++;
    return `${wanted.replace(/[^A-Za-z0-9_]/g, '_')}$${this.localCount}`;
  }

  /** A new JavaScript name at the top of the module; no local has one that ends so. */
  fresh(wanted: string): string {
    return this.unique(`${wanted}${++this.freshCount}$`);
  }

  private unique(wanted: string): string {
    let chosen = wanted;
    for (let i = 2; this.taken.has(chosen); i++) chosen = `${wanted}${i}`;
    this.taken.add(chosen);
    return chosen;
  }

  /** The name of the function that warns of an EXCEPT outside of a domain. */
  onOutside(): string {
    return this.use('onOutside', this.warnOutside);
  }

  private readonly warnOutside: OnOutside = (f, key, site) => {
    const holes = { function: show(f), key: show(key) };
    this.sources.host.warn(diagnose('EVL028', this.sites[site] ?? null, holes));
  };

  /** Adds statements at the top of the module. */
  declare(text: string): void {
    this.declarations.push(text);
  }

  constant(value: Value): Code {
    if (typeof value !== 'object') return literal(value);
    const js = this.use(this.importNames.get(value) ?? `c${this.imports.size}$`, value);
    return { js, type: 'value', free: nothing, safe: true, atomic: true, known: value };
  }

  /** The code itself, or, if it is constant and not cheap, a name that computes it once. */
  lifted(code: Code): string {
    if (code.free.size > 0 || code.atomic) return code.js;
    if (code.known !== undefined) return this.constant(code.known).js;
    let js = this.liftedNames.get(code.js);
    if (js === undefined) {
      js = this.unique(`k${this.liftedNames.size + 1}$`);
      this.liftedNames.set(code.js, js);
      this.declare(`const ${js} = ${this.use('lazy', lazy)}(() => ${code.js});`);
    }
    return `${js}()`;
  }

  /** The value of constant code, or undefined if it has none (that is for the run to report). */
  evaluate(code: Code): RuntimeValue | undefined {
    if (code.known !== undefined) return code.known;
    if (this.evaluated.has(code.js)) return this.evaluated.get(code.js);
    let result: RuntimeValue | undefined;
    try {
      result = this.instantiate(this.text('', code.js)) as RuntimeValue;
    } catch (error) {
      if (!(error instanceof Fault || error instanceof RangeError)) throw error;
    }
    this.evaluated.set(code.js, result);
    return result;
  }

  /** The JavaScript function of a definition, with variables read primed or not. */
  operator(definition: Definition, primed: boolean, outermost: Context): CompiledOperator {
    const key = `${definition.name.name}${primed ? "'" : ''}`;
    const known = this.operators.get(key);
    if (known !== undefined) return known;
    return compileDefinition(
      definition,
      { ...outermost, primed },
      {
        js: this.name(definition.name.name + (primed ? '$next' : '')),
        register: (operator) => this.operators.set(key, operator),
      },
    );
  }

  /** False if the operator is expanded inside itself so often that it must be recursive. */
  startExpansion(definition: Definition): boolean {
    const depth = this.expanding.get(definition) ?? 0;
    if (depth === expansionDepthMax) return false;
    this.expanding.set(definition, depth + 1);
    return true;
  }

  endExpansion(definition: Definition): void {
    this.expanding.set(definition, (this.expanding.get(definition) as number) - 1);
  }

  /** The next value, inside of ENABLED, of a name for which an instance has put in an expression. */
  mappedValue(name: string): Code {
    let code = this.mapped.get(name);
    if (code === undefined) {
      const js = this.fresh(name.replace(/[^A-Za-z0-9_]/g, '_'));
      this.declare(`let ${js};`);
      code = { js, type: 'value', free: new Set([`#${name}'`]), safe: true, atomic: true };
      this.mapped.set(name, code);
    }
    return code;
  }

  /** The text of the module: a function body of `imports` that returns `result`. */
  text(body: string, result: string): string {
    return [
      "'use strict';",
      `const { ${[...this.imports.keys()].join(', ')} } = imports;`,
      ...this.storage.declarations(this),
      ...this.declarations,
      body,
      `return ${result};`,
      '',
    ].join('\n');
  }

  /** Runs the module. `new Function` is the compiler's target: its text is all made by us. */
  instantiate(text: string): unknown {
    const url = this.calls.nameOf(text);
    const named = `${text}\n//# sourceURL=${url}`;
    return new Function('imports', named)(Object.fromEntries(this.imports));
  }

  /** The places of the calls under way when the error was thrown, innermost first. */
  callsOf(error: Error): readonly Span[] {
    const numbers = this.calls.under(error);
    return numbers.flatMap((number) => this.sites[number] ?? []);
  }
}
