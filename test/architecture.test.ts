/** The house rules that a program can check: who imports whom, what lies where, what is left over. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  brokenRule,
  filesBelow,
  importsOf,
  nodeUses,
  reachableFrom,
  readSource,
  root,
} from './importRules.js';

const sources = [...filesBelow('src', '.ts'), ...filesBelow('replay', '.ts')];

const broken = (file: string, text: string): string[] =>
  importsOf(file, text).flatMap((one) => brokenRule(one) ?? []);

describe('who may import whom', () => {
  it('is kept by every file', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.flatMap((file) => broken(file, readSource(file)))).toEqual([]);
  });

  it.each([
    ['src/explore/search.ts', "import { formatValue } from '../values/index.js';"],
    ['src/explore/search.ts', "import type { Value } from '../values/index.js';"],
    ['src/syntax/parse.ts', "import { a } from 'ohm-js';\nimport { b } from '../pluscal/b.js';"],
    ['src/compile/unit.ts', "import { parseModule } from '../syntax/parse.js';"],
    ['src/compile/unit.ts', "export * from '../explore/search.js';"],
    ['src/graph/dot.ts', "import { explore } from '../explore/index.js';"],
    ['src/graph/dot.ts', "import { type Model, explore } from '../explore/index.js';"],
    ['src/graph/dot.ts', "import { span } from '../source/text.js';"],
    ['src/values/value.ts', "import '../source/text.js';"],
    ['src/values/value.ts', "const text = await import('../source/text.js');"],
    ['src/values/value.ts', "let text: import('../source/text.js').Span;"],
    ['src/report/table.ts', "import { run } from '../../replay/run.js';"],
    ['src/trace/read.ts', "import { readFileSync } from 'node:fs';"],
    ['replay/run.ts', "import { explore } from '../src/explore/index.js';"],
    ['replay/drivers/writeback.ts', "import type { Value } from '../../src/values/index.js';"],
    ['replay/simulator/machine.ts', "import type { Driver } from '../driver.js';"],
    ['replay/simulator/machine.ts', 'import {\n  a,\n  b,\n} from "../../src/trace/trace.js";'],
  ])('forbids in %s: %s', (file, text) => {
    expect(broken(file, text)).toHaveLength(1);
  });

  it.each([
    ['src/graph/dot.ts', "import type { Model } from '../explore/model.js';"],
    ['src/graph/dot.ts', "import { type A, type B } from '../explore/model.js';"],
    ['src/graph/dot.ts', "import { MultiDirectedGraph } from 'graphology';"],
    ['src/graph/dot.ts', "// import { explore } from '../explore/index.js';"],
    ['src/compile/standard/bags.ts', "import type { Expr } from '../../syntax/ast.js';"],
    ['src/compile/unit.ts', "import { EvaluationFailure } from '../explore/model.js';"],
    ['src/cli/main.ts', "import { readFileSync } from 'node:fs';"],
    ['src/report/table.ts', "import type { ReplayVerdict } from '../../replay/verdict.js';"],
    ['replay/drivers/writeback.ts', "import { Machine } from '../simulator/machine.js';"],
    ['replay/run.ts', "import type { Driver } from './driver.js';"],
  ])('allows in %s: %s', (file, text) => {
    expect(importsOf(file, text)).toHaveLength(text.startsWith('//') ? 0 : 1);
    expect(broken(file, text)).toEqual([]);
  });
});

describe('what must run in a browser', () => {
  const inBrowser = reachableFrom(
    [...filesBelow('src/compile', '.ts'), ...filesBelow('src/explore', '.ts')],
    readSource,
  );

  it('the compiler, the search and all that they import use nothing of Node', () => {
    expect(inBrowser).toContain('src/explore/search.ts');
    expect(inBrowser).toContain('src/values/value.ts');
    const uses = inBrowser.flatMap((file) =>
      nodeUses(file, readSource(file)).map((use) => `${file}: ${use}`),
    );
    expect(uses).toEqual([]);
  });

  it.each([
    ["import { readFileSync } from 'node:fs';", 'node:fs'],
    ["import { join } from 'path';", 'path'],
    ['const all = Buffer.from(text);', 'Buffer'],
    ['if (process.env.DEBUG) trace();', 'process.env'],
  ])('finds the use in: %s', (text, use) => {
    expect(nodeUses('src/explore/x.ts', text)).toEqual([use]);
  });

  it("does not take a specification's process for Node's", () => {
    const text = "const { process } = step; call(action.process.env, process, 'process.env');";
    expect(nodeUses('src/explore/x.ts', text)).toEqual([]);
  });
});

describe('the layout', () => {
  it('has nothing at the top level but what the design names', () => {
    const allowed = [
      'package.json',
      'specs',
      'src',
      'replay',
      'test',
      'tsconfig.json',
      'README.md',
    ];
    const ignored = readSource('.gitignore')
      .split('\n')
      .map((line) => line.replaceAll('/', '').trim());
    const others = readdirSync(root).filter(
      (name) =>
        !name.startsWith('.') &&
        ![...allowed, 'package-lock.json', 'LICENSE'].includes(name) &&
        !ignored.includes(name),
    );
    expect(others).toEqual([]);
  });

  it('has one folder a stage in src', () => {
    const stages = 'cli compile explore graph pluscal report semantics source syntax trace values';
    expect(readdirSync(join(root, 'src')).sort()).toEqual(stages.split(' '));
  });

  it('names files for what they hold: camelCase, and no drawer for the rest', () => {
    const misnamed = sources.filter((file) => {
      const name = file.split('/').at(-1) ?? '';
      const isCamelCase = /^[a-z][A-Za-z0-9]*(\.generated)?\.ts$/.test(name);
      return !isCamelCase || /^(utils?|helpers?|common|misc|.*Manager)\./i.test(name);
    });
    expect(misnamed).toEqual([]);
  });

  it('has a header in every source file that says what it holds', () => {
    const bare = sources
      .filter((file) => !file.endsWith('.generated.ts'))
      .filter((file) => !/^(#!.*\n)?(\/\*\*|\/\/)/.test(readSource(file)))
      .filter((file) => !file.startsWith('src/source/catalogue/'));
    expect(bare).toEqual([]);
  });
});

describe('the catalogue of diagnostics', () => {
  it('has each code once, with the prefix of its stage', async () => {
    const owner = new Map<string, string>();
    const prefixes = new Map<string, string>();
    for (const file of filesBelow('src/source/catalogue', '.ts')) {
      if (/\/(index|entry)\.ts$/.test(file)) continue;
      const entries: unknown[] = Object.values(await import(join(root, file)));
      expect(entries).toHaveLength(1);
      for (const code of Object.keys(entries[0] as object)) {
        expect(code).toMatch(/^[A-Z]{3}\d{3}$/);
        expect(owner.get(code), `${code} of ${file}`).toBeUndefined();
        owner.set(code, file);
        const prefix = code.slice(0, 3);
        expect(prefixes.get(prefix) ?? file, `prefix ${prefix}`).toBe(file);
        prefixes.set(prefix, file);
      }
    }
    expect(owner.size).toBeGreaterThan(0);
  });

  it('has only codes that something uses', () => {
    const uses = sources
      .filter((file) => !file.startsWith('src/source/catalogue/'))
      .map(readSource)
      .join('\n');
    const codes = filesBelow('src/source/catalogue', '.ts').flatMap(
      (file) => readSource(file).match(/^ {2}[A-Z]{3}\d{3}(?=:)/gm) ?? [],
    );
    expect(codes.map((code) => code.trim()).filter((code) => !uses.includes(code))).toEqual([]);
  });
});

it('nothing is left over', () => {
  // Put together here, so that this file does not find itself.
  const leftover = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);
  const files = [
    ...sources,
    ...filesBelow('src', '.ohm', '.mjs'),
    ...filesBelow('test', '.test.ts'),
    ...filesBelow('specs', '.tla', '.cfg', '.md'),
  ];
  expect(files.filter((file) => leftover.test(readSource(file)))).toEqual([]);
});
