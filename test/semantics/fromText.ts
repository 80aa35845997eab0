/** Specifications from texts, for the tests of this folder. */
import {
  type Configuration,
  parseConfig,
  resolveSpecification,
} from '../../src/semantics/index.js';
import type { Specification } from '../../src/semantics/specification.js';
import { type Diagnostic, DiagnosticError } from '../../src/source/diagnostic.js';
import { locate, SourceText } from '../../src/source/text.js';
import { parseModule } from '../../src/syntax/parse.js';

export interface Texts {
  /** The root module; a text without a MODULE line is put into a module `Root`. */
  readonly spec: string;
  readonly config?: string;
  /** Other modules by name. */
  readonly modules?: Readonly<Record<string, string>>;
}

export function resolve(texts: Texts): Specification {
  return resolveSpecification(moduleOf(texts.spec), configOf(texts.config), {
    loadModule(name) {
      const text = texts.modules?.[name];
      return text === undefined ? null : parseModule(new SourceText(`${name}.tla`, text)).module;
    },
  });
}

/** The mistakes found; fails if there are none. */
export function mistakes(texts: Texts): readonly Diagnostic[] {
  try {
    resolve(texts);
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  throw new Error('no mistake was found');
}

/** `file:line:column code` of each mistake. */
export function places(texts: Texts): readonly string[] {
  return mistakes(texts).map((one) => {
    if (!one.span) throw new Error(`${one.code} has no place`);
    const { file, line, column } = locate(one.span);
    return `${file}:${line}:${column} ${one.code}`;
  });
}

function moduleOf(text: string) {
  const whole = text.includes('MODULE') ? text : `---- MODULE Root ----\n${text}\n====\n`;
  return parseModule(new SourceText('Root.tla', whole)).module;
}

/** Without a text: INIT Init, NEXT Next, whatever places they have. */
function configOf(text: string | undefined): Configuration {
  return parseConfig(new SourceText('Root.cfg', text ?? 'INIT Init NEXT Next'));
}
