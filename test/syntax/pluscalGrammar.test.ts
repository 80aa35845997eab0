/** The examples inside pluscal.ohm: `//+` must match their rule, `//-` must not. */
import { readFileSync } from 'node:fs';
import { extractExamples } from 'ohm-js/extras';
import { describe, expect, it } from 'vitest';
import { PlusCal } from '../../src/syntax/grammars.generated.js';

const grammar = readFileSync(new URL('../../src/syntax/pluscal.ohm', import.meta.url), 'utf8');
const examples = extractExamples(grammar);

describe('the examples of the PlusCal grammar', () => {
  it('are there', () => expect(examples.length).toBeGreaterThan(30));

  for (const { rule, example, shouldMatch } of examples) {
    it(`${rule} ${shouldMatch ? 'matches' : 'does not match'} ${example}`, () => {
      expect(PlusCal.match(example, rule).succeeded()).toBe(shouldMatch);
    });
  }
});
