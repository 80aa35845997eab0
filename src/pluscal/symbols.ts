/**
 * The names that an algorithm declares, and new names where they clash. TLA+ has one flat name
 * space, so a label, process, procedure or local variable that has the name of another symbol gets
 * a suffix; the scheme is the official translator's (PcalSymTab.Disambiguate): the first of two
 * equal names changes and the last keeps it, and global variables never change.
 */
import { locate, type Span } from '../source/text.js';
import type { Algorithm, Statement, VariableDeclaration } from '../syntax/pluscalAst.js';
import type { Mistakes } from './mistakes.js';
import { visitStatements } from './statements.js';

/** In the order in which clashing names change. */
const KINDS = [
  'Global variable',
  'Label',
  'Procedure',
  'Process',
  'Process variable',
  'Procedure variable',
  'Parameter',
] as const;
type Kind = (typeof KINDS)[number];

interface Symbol {
  readonly kind: Kind;
  readonly name: string;
  /** The process or procedure that declares it, `` for none. */
  readonly context: string;
  readonly contextKind: 'process' | 'procedure' | '';
  readonly span: Span | null;
  newName: string;
}

/** New names by old ones, for what one process, procedure or the main body declares. */
export interface ScopeNames {
  readonly labels: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, string>;
}

export interface Names {
  readonly processes: ReadonlyMap<string, string>;
  readonly procedures: ReadonlyMap<string, string>;
  /** By the name of the process or procedure; `` is the main body. */
  readonly scopes: ReadonlyMap<string, ScopeNames>;
  /** One line per name that changed, in the official translator's words. */
  readonly report: readonly string[];
}

/** Collects the names of an algorithm without macros and with all labels. */
export function resolveNames(algorithm: Algorithm, mistakes: Mistakes): Names {
  const symbols = new Collector(algorithm, mistakes).symbols;
  disambiguate(symbols);
  const scopes = new Map<string, { labels: Map<string, string>; variables: Map<string, string> }>();
  const processes = new Map<string, string>();
  const procedures = new Map<string, string>();
  for (const symbol of symbols) {
    const { kind, name, context, newName } = symbol;
    if (kind === 'Process') processes.set(name, newName);
    else if (kind === 'Procedure') procedures.set(name, newName);
    else {
      const scope = scopes.get(context) ?? { labels: new Map(), variables: new Map() };
      scopes.set(context, scope);
      (kind === 'Label' ? scope.labels : scope.variables).set(name, newName);
    }
  }
  return { processes, procedures, scopes, report: report(symbols) };
}

class Collector {
  readonly symbols: Symbol[] = [];

  constructor(
    algorithm: Algorithm,
    private readonly mistakes: Mistakes,
  ) {
    const { procedures, processes } = algorithm;
    this.add('Global variable', 'pc', '', '', null);
    if (procedures.length > 0) this.add('Global variable', 'stack', '', '', null);
    this.variables('Global variable', algorithm.variables, '', '');
    for (const one of procedures) {
      const name = one.name.name;
      this.add('Procedure', name, '', '', one.name.span);
      this.variables('Procedure variable', one.variables, name, 'procedure');
      this.variables('Parameter', one.params, name, 'procedure');
      this.labels(one.body, name, 'procedure');
    }
    for (const one of processes) {
      const name = one.name.name;
      this.add('Process', name, '', '', one.name.span);
      this.variables('Process variable', one.variables, name, 'process');
      this.labels(one.body, name, 'process');
    }
    this.labels(algorithm.body, '', '');
  }

  private variables(
    kind: Kind,
    declarations: readonly VariableDeclaration[],
    context: string,
    contextKind: Symbol['contextKind'],
  ): void {
    for (const { name } of declarations) this.add(kind, name.name, context, contextKind, name.span);
  }

  private labels(
    statements: readonly Statement[],
    context: string,
    contextKind: Symbol['contextKind'],
  ): void {
    visitStatements(statements, ({ label }) => {
      if (!label) return;
      const earlier = this.symbols.find(
        (one) => one.kind === 'Label' && one.name === label.name && one.context === context,
      );
      if (earlier) {
        const owner = context === '' ? 'the algorithm' : `${contextKind} \`${context}\``;
        const holes = { label: label.name, owner };
        this.mistakes.add('PCL015', label.span, holes, noteAt(earlier.span));
      }
      this.add('Label', label.name, context, contextKind, label.span);
    });
  }

  private add(
    kind: Kind,
    name: string,
    context: string,
    contextKind: Symbol['contextKind'],
    span: Span | null,
  ): void {
    // A local variable may not hide a global one, nor be declared twice.
    const earlier = this.symbols.find(
      (one) =>
        one.name === name &&
        kind !== 'Label' &&
        (isVariable(kind)
          ? isVariable(one.kind) && (one.context === context || one.context === '')
          : one.kind === kind),
    );
    if (earlier) this.mistakes.add('PCL030', span, { kind, name }, noteAt(earlier.span));
    this.symbols.push({ kind, name, context, contextKind, span, newName: name });
  }
}

const isVariable = (kind: Kind): boolean => /variable|Parameter/.test(kind);

const noteAt = (span: Span | null) =>
  span ? { notes: [{ message: 'it is defined here first', span }] } : {};

function disambiguate(symbols: readonly Symbol[]): void {
  const uses = new Map<string, number>();
  const count = (name: string, by: number): void => {
    uses.set(name, (uses.get(name) ?? 0) + by);
  };
  for (const one of symbols) count(one.name, 1);
  for (const [order, kind] of KINDS.entries()) {
    if (order === 0) continue;
    for (const symbol of symbols.filter((one) => one.kind === kind)) {
      // The suffix grows: `_`, then the letters of the context, then the number of the kind.
      for (let length = 0; (uses.get(symbol.newName) ?? 0) > 1; length++) {
        count(symbol.newName, -1);
        symbol.newName += length === 0 ? '_' : (symbol.context[length - 1] ?? String(order));
        count(symbol.newName, 1);
      }
    }
  }
}

function report(symbols: readonly Symbol[]): string[] {
  const lines: string[] = [];
  for (const kind of KINDS) {
    for (const one of symbols) {
      if (one.kind !== kind || one.newName === one.name) continue;
      const of = one.context === '' ? '' : ` of ${one.contextKind} ${one.context}`;
      const { line, column } = one.span ? locate(one.span) : { line: 0, column: 0 };
      lines.push(
        `${kind} ${one.name}${of} at line ${line} col ${column} changed to ${one.newName}`,
      );
    }
  }
  return lines;
}
