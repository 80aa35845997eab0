/** Where the translation stands among the other units of its module. */
import { describe, expect, it } from 'vitest';
import { spliceTranslation, translateAlgorithm } from '../../src/pluscal/index.js';
import { SourceText } from '../../src/source/text.js';
import { parseModule } from '../../src/syntax/parse.js';
import { parseAlgorithm } from '../../src/syntax/parsePluscal.js';

const algorithm = '(* --algorithm A { variable x = Low; { a: x := 1 } } *)';

function namesOf(lines: readonly string[]): string[] {
  const text = ['---- MODULE Spec ----', ...lines, '===='].join('\n');
  const parsed = parseModule(new SourceText('Spec.tla', text));
  if (!parsed.algorithm) throw new Error('no algorithm');
  const translation = translateAlgorithm(parseAlgorithm(parsed.algorithm));
  return spliceTranslation(parsed, translation).units.map((unit) =>
    unit.kind === 'operator' ? unit.name.name : unit.kind,
  );
}

const translated = [
  ...['variables', 'vars', 'Init', 'a', 'Terminating', 'Next', 'Spec', 'Termination'],
];

describe('a translation stands', () => {
  it('after the comment that holds the algorithm', () => {
    const names = namesOf(['Low == 0', algorithm, 'Inv == x >= Low']);
    expect(names).toEqual(['Low', ...translated, 'Inv']);
  });

  it('between the markers, where definitions stand before them', () => {
    const markers = ['\\* BEGIN TRANSLATION', '\\* END TRANSLATION'];
    const names = namesOf([algorithm, 'Low == 0', ...markers, 'Inv == x >= Low']);
    expect(names).toEqual(['Low', ...translated, 'Inv']);
  });

  it('instead of the translation that stood there', () => {
    const stale = ['\\* BEGIN TRANSLATION', 'VARIABLE y', 'Init == y = 0', '\\* END TRANSLATION'];
    const names = namesOf(['Low == 0', algorithm, ...stale, 'Inv == x >= Low']);
    expect(names).toEqual(['Low', ...translated, 'Inv']);
  });
});
