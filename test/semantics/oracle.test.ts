/** The golden data from TLC: where each mistake is, and that no specification is refused. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultOptions, parseOptions } from '../../src/pluscal/options.js';
import { spliceTranslation } from '../../src/pluscal/splice.js';
import { translateAlgorithm } from '../../src/pluscal/translate.js';
import { parseConfig, resolveSpecification } from '../../src/semantics/index.js';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { renderDiagnostic } from '../../src/source/render.js';
import { locate, SourceText, span } from '../../src/source/text.js';
import type { Module } from '../../src/syntax/ast.js';
import { parseModule } from '../../src/syntax/parse.js';
import { parseAlgorithm } from '../../src/syntax/parsePluscal.js';

const oracle = fileURLToPath(new URL('../oracle/', import.meta.url));

interface Mistake {
  readonly spec: string;
  readonly config: string;
  readonly stage: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly exitCode: number;
  readonly mistake: string;
}

function source(path: string): SourceText {
  return new SourceText(basename(path), readFileSync(path, 'utf8'));
}

/** The module as it is checked: with its algorithm's translation in place. */
function moduleOf(path: string): Module {
  const text = source(path);
  const parsed = parseModule(text);
  if (!parsed.algorithm) return parsed.module;
  const { start, end, options } = parsed.algorithm;
  const all = parseOptions(options ?? '', defaultOptions, span(text, start, end));
  return spliceTranslation(parsed, translateAlgorithm(parseAlgorithm(parsed.algorithm), all));
}

function resolveFile(spec: string, config: string) {
  const loadModule = (name: string) => {
    const path = join(dirname(spec), `${name}.tla`);
    return existsSync(path) ? moduleOf(path) : null;
  };
  return resolveSpecification(moduleOf(spec), parseConfig(source(config)), { loadModule });
}

describe('specifications with one mistake', () => {
  const stages = ['semantic', 'level', 'config'];
  const all = JSON.parse(readFileSync(join(oracle, 'errors.json'), 'utf8')) as Mistake[];
  // The module that is not there is this stage's too: it is found where EXTENDS is resolved.
  const ours = all.filter((one) => stages.includes(one.stage) || one.spec === 'NoSuchModule.tla');
  for (const one of ours) {
    const spec = join(oracle, 'errors', one.spec);
    it(`${one.spec}: ${one.mistake}`, () => {
      let found: DiagnosticError | null = null;
      try {
        resolveFile(spec, join(oracle, 'errors', one.config));
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        found = error;
      }
      const [first, ...others] = found?.diagnostics ?? [];
      expect(others).toEqual([]);
      if (!first?.span) throw new Error('no mistake with a place was found');
      const { file, line, column } = locate(first.span);
      expect({ file, line, column }).toEqual({
        file: one.file,
        line: one.line,
        column: one.column,
      });
      const kinds: Readonly<Record<string, string>> = { config: 'config', semantic: 'parse' };
      const kind = one.exitCode === 76 ? 'evaluation' : (kinds[one.stage] ?? 'parse');
      expect(first.kind).toBe(kind);
      // Nothing is left to fill in, and the caret stands under the text.
      expect(renderDiagnostic(first)).not.toMatch(/%\w+%/);
    });
  }
});

describe('specifications that TLC accepts', () => {
  const specs = join(oracle, 'specs');
  for (const topic of readdirSync(specs)) {
    for (const file of readdirSync(join(specs, topic))) {
      if (!file.endsWith('.cfg')) continue;
      const name = file.replace(/(-\w+)?\.cfg$/, '.tla');
      const spec = join(specs, topic, name);
      it(`${topic}/${file}`, () => {
        const found = resolveFile(spec, join(specs, topic, file));
        expect(found.variables.length).toBeGreaterThan(0);
        expect(found.warnings).toEqual([]);
      });
    }
  }
});
