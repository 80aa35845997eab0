/** What surrounds an algorithm: translation markers, other algorithms, what its comment still has. */
import { describe, expect, it } from 'vitest';
import { translateModule } from '../../src/cli/pipeline.js';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { SourceText, spanText } from '../../src/source/text.js';

const algorithm = '(* --algorithm X { variables x = 0; { a: x := 1 } } *)';

function told(body: string): string[] {
  const source = new SourceText('X.tla', `---- MODULE X ----\n${body}\n====\n`);
  const words = (all: DiagnosticError['diagnostics']): string[] =>
    all.map(({ code, severity, span }) => `${severity} ${code} ${span && spanText(span)}`);
  try {
    return words(translateModule(source).warnings);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return words(error.diagnostics);
  }
}

describe('a module with an algorithm', () => {
  it.each([
    ['no markers', algorithm],
    ['both markers', `${algorithm}\n\\* BEGIN TRANSLATION\n\\* END TRANSLATION`],
    ['words after the algorithm', '(* --algorithm X { { skip } } That is all. *)'],
    ['a marker, and no algorithm', '\\* BEGIN TRANSLATION'],
  ])('says nothing of %s', (_what, body) => expect(told(body)).toEqual([]));

  it('refuses one marker, and markers in the wrong order', () => {
    const begin = '\\* BEGIN TRANSLATION';
    const end = '\\* END TRANSLATION';
    expect(told(`${algorithm}\n${begin}\nold == 1`)).toEqual([`error PCL044 ${begin}`]);
    expect(told(`${algorithm}\nold == 1\n${end}`)).toEqual([`error PCL044 ${end}`]);
    expect(told(`${algorithm}\n${end}\n${begin}`)).toEqual([`error PCL044 ${begin}`]);
  });

  it('warns of a second algorithm', () => {
    const second = '(* --fair algorithm Y { { skip } } *)';
    expect(told(`${algorithm}\n${second}`)).toEqual(['warning PCL045 --fair algorithm Y']);
  });

  it('warns of statements behind a brace or an end too many', () => {
    const braces = '(* --algorithm X { variables x = 0; { a: skip } }; b: x := 1 } *)';
    expect(told(braces)).toEqual(['warning PCL046 }']);
    const ends = '(* --algorithm X variables x = 0; begin skip; end algorithm; x := 1; *)';
    expect(told(ends)).toEqual(['warning PCL046 m']);
  });
});
