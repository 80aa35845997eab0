// Compiles the .ohm grammars of this folder ahead of time into grammars.generated.ts, as Ohm
// recipes: at run time nothing reads a grammar file and nothing parses grammar notation.
// Run by `npm run grammars` (and so by prepare and test).
import { readFileSync, writeFileSync } from 'node:fs';
import * as ohm from 'ohm-js';

const folder = new URL('.', import.meta.url);
// In order of inheritance: PlusCal extends Tla.
const files = ['tla.ohm', 'pluscal.ohm'];
const text = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
const grammars = ohm.grammars(text);

const lines = [
  `// Generated from ${files.join(' and ')} by compileGrammars.mjs. Do not edit.`,
  "import * as ohm from 'ohm-js';",
  '',
  'const makeRecipe = (ohm as unknown as { makeRecipe(recipe: unknown): ohm.Grammar }).makeRecipe;',
];
for (const [name, grammar] of Object.entries(grammars)) {
  lines.push(`export const ${name}: ohm.Grammar = makeRecipe(${grammar.toRecipe()});`);
}
writeFileSync(new URL('grammars.generated.ts', folder), `${lines.join('\n')}\n`);
