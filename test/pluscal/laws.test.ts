/** What holds of the translation of every algorithm. */
import { describe, expect, it } from 'vitest';
import { printTranslation } from '../../src/pluscal/index.js';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { SourceText } from '../../src/source/text.js';
import { parseModule } from '../../src/syntax/parse.js';
import { printUnit } from '../../src/syntax/print.js';
import { seeded } from '../syntax/generate.js';
import { translate } from './algorithms.js';
import { randomAlgorithm } from './generate.js';

/** The printed translation; of an algorithm that breaks a rule, the codes of its mistakes. */
function outcome(algorithm: string): string {
  try {
    return printTranslation(translate(algorithm, '-label'));
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return `mistakes: ${error.diagnostics.map(({ code }) => code).join(' ')}`;
  }
}

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

describe('random algorithms', () => {
  it.each(seeds)('mean the same in both syntaxes, seed %i', (seed) => {
    const random = seeded(seed);
    for (let i = 0; i < 8; i++) {
      const { c, p } = randomAlgorithm(random);
      expect(outcome(p), `${c}\n${p}`).toBe(outcome(c));
    }
  });

  it('are translated twice to the same text, which is read as what was printed', () => {
    const random = seeded(99);
    let translated = 0;
    for (let i = 0; i < 60; i++) {
      const { c } = randomAlgorithm(random);
      const text = outcome(c);
      expect(outcome(c)).toBe(text);
      if (text.startsWith('mistakes')) continue;
      translated++;
      const { module } = parseModule(
        new SourceText('T.tla', `---- MODULE T ----\n${text}\n====\n`),
      );
      const { units } = translate(c, '-label');
      const print = (all: typeof units) => all.map((unit) => printUnit(unit)).join('\n');
      expect(print(module.units)).toBe(print(units));
    }
    // Most of what is generated must be well formed, or this would show nothing.
    expect(translated).toBeGreaterThan(30);
  });
});
