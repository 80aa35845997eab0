import { readFileSync } from 'node:fs';
import { extractExamples } from 'ohm-js/extras';
import { describe, expect, it } from 'vitest';
import { PlusCal, Tla } from '../../src/syntax/grammars.generated.js';

const folder = new URL('../../src/syntax/', import.meta.url);
const notation = ['tla.ohm', 'pluscal.ohm']
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');
const grammars = { Tla, PlusCal };

describe('the examples inside the grammars', () => {
  const examples = extractExamples(notation);

  it('are there', () => {
    expect(examples.length).toBeGreaterThan(50);
  });

  it.each(examples)('$rule: $example', ({ grammar, rule, example, shouldMatch }) => {
    const match = grammars[grammar as keyof typeof grammars].match(example, rule);
    expect(match.succeeded()).toBe(shouldMatch);
  });
});
