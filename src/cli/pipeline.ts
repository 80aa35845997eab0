/**
 * The pipeline as one function: parse → translate → splice → resolve → compile. Pure but for the
 * callback that finds modules; every command and many tests go through it.
 */

import type { CompiledSpec } from '../compile/compiledSpec.js';
import { type CompileOptions, compileSpecification } from '../compile/index.js';
import {
  defaultOptions,
  parseOptions,
  spliceTranslation,
  type Translation,
  translateAlgorithm,
} from '../pluscal/index.js';
import { parseConfig, resolveSpecification } from '../semantics/index.js';
import type { LabelInfo, Specification } from '../semantics/specification.js';
import { type Diagnostic, DiagnosticError, diagnose, fail, inOrder } from '../source/diagnostic.js';
import { type SourceText, span } from '../source/text.js';
import {
  type AlgorithmText,
  deepestPlace,
  type Identifier,
  type Module,
  type OperatorDefinition,
  type ParsedModule,
  parseAlgorithm,
  parseExpression,
  readModule,
} from '../syntax/index.js';
import { isStale } from './staleTranslation.js';

export interface PipelineInput {
  readonly spec: SourceText;
  readonly config: SourceText;
  /** The source of a module that the spec extends; null where there is none. */
  readonly findModule: (name: string) => SourceText | null;
  /** Options of the PlusCal translator, besides those in the file. */
  readonly pluscal?: string;
  /** What the module TLC prints to, and asks for the time. */
  readonly host?: CompileOptions;
  /** State predicates in the scope of the specification, which the run looks for. */
  readonly witnesses?: readonly SourceText[];
}

export interface TranslatedModule {
  readonly parsed: ParsedModule;
  /** With the algorithm's translation in place. */
  readonly module: Module;
  readonly translation: Translation | null;
  readonly warnings: readonly Diagnostic[];
}

export interface LoadedSpecification {
  readonly specification: Specification;
  readonly compiled: CompiledSpec;
  readonly warnings: readonly Diagnostic[];
}

/** From texts to something that can be explored; mistakes are thrown as diagnostics. */
export function loadSpecification(input: PipelineInput): LoadedSpecification {
  const { witnesses = [] } = input;
  const { module: own, translation, warnings } = translateModule(input.spec, input.pluscal);
  const module = withWitnesses(own, witnesses);
  const config = parseConfig(input.config);
  return blamingNesting(module, () => {
    const specification = resolveSpecification(module, config, {
      loadModule: (name) => loadModule(name, input),
      labels: translation?.labels ?? new Map<string, LabelInfo>(),
      witnesses: witnesses.map((_, i) => witnessName(i)),
    });
    const { host = {} } = input;
    // A witness need not be symmetric: of states that stand for each other all are asked.
    const asked = witnesses.length === 0 ? specification : { ...specification, symmetry: null };
    const { antecedents } = specification;
    const observe =
      witnesses.length === 0 ? antecedents.map((it) => it.formula) : specification.witnesses;
    const compiled = compileSpecification(asked, { ...host, observe });
    return { specification, compiled, warnings: [...warnings, ...specification.warnings] };
  });
}

/** Definitions at the end of the module, under names that nobody can write. */
function withWitnesses(module: Module, witnesses: readonly SourceText[]): Module {
  const definitions = witnesses.map((source, i): OperatorDefinition => {
    const body = parseExpression(source);
    const name = { name: witnessName(i), span: body.span };
    const definition = { kind: 'operator', fixity: 'named', params: [], local: false } as const;
    return { ...definition, span: body.span, name, body };
  });
  return { ...module, units: [...module.units, ...definitions] };
}

function witnessName(index: number): string {
  return `witness ${index + 1}`;
}

/** The module as it is checked: where it holds an algorithm, that is what counts. */
export function translateModule(spec: SourceText, pluscal = ''): TranslatedModule {
  const { module: own, mistakes, ...text } = readModule(spec);
  if (own) expectFileName(own.name, spec.file);
  const { algorithm } = text;
  if (mistakes) {
    throw new DiagnosticError(inOrder([...mistakes, ...mistakesOf(algorithm, pluscal)]));
  }
  const parsed = { ...text, module: own };
  if (!algorithm) return { parsed, module: own, translation: null, warnings: [] };
  return blamingNesting(own, () => {
    const translation = translate(algorithm, pluscal);
    const module = spliceTranslation(parsed, translation);
    const at = span(spec, algorithm.start, algorithm.end);
    const stale = isStale(parsed, translation) ? [diagnose('USE073', at)] : [];
    const warnings = [...algorithm.ignored, ...translation.warnings, ...stale];
    return { parsed, module, translation, warnings };
  });
}

function translate(algorithm: AlgorithmText, pluscal: string): Translation {
  const at = span(algorithm.source, algorithm.start, algorithm.end);
  // The command line's options come on top of those in the file.
  const options = parseOptions(pluscal, parseOptions(algorithm.options ?? '', defaultOptions, at));
  return translateAlgorithm(parseAlgorithm(algorithm), options);
}

/** The mistakes of an algorithm are told with those of the TLA+ around it. */
function mistakesOf(algorithm: AlgorithmText | null, pluscal: string): readonly Diagnostic[] {
  try {
    if (algorithm) translate(algorithm, pluscal);
    return [];
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    if (isStackOverflow(error)) return [];
    throw error;
  }
}

/** The passes recurse over trees; one that is too deep for the stack is the text's fault. */
function blamingNesting<T>(module: Module, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    return fail('SYN016', deepestPlace(module.units));
  }
}

/** Whether the error says that the stack was not deep enough. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}

/** Other modules find it by its file's name, and so do TLC and SANY. */
function expectFileName({ name, span: at }: Identifier, path: string): void {
  const expected = /([^/\\]*)\.tla$/.exec(path)?.[1];
  if (expected === undefined || expected === name) return;
  fail('USE015', at, { module: name, file: path, expected });
}

function loadModule(name: string, { findModule, pluscal }: PipelineInput): Module | null {
  const source = findModule(name);
  return source && translateModule(source, pluscal).module;
}
