/** The printed translation: what TLC would read, with the official translator's comments. */
import { describe, expect, it } from 'vitest';
import { printTranslation } from '../../src/pluscal/index.js';
import { SourceText } from '../../src/source/text.js';
import { parseModule } from '../../src/syntax/parse.js';
import { translate } from './algorithms.js';
import { algorithmsOfOracle, withoutSpans } from './trees.js';

describe('a printed translation', () => {
  const algorithms = algorithmsOfOracle();

  it('is tried on all algorithms of the oracle', () => {
    expect(algorithms.length).toBeGreaterThan(40);
  });

  for (const { file, translation, again } of algorithms) {
    it(`parses to the trees that it was printed from, and is the same twice: ${file}`, () => {
      const text = printTranslation(translation());
      expect(printTranslation(again())).toBe(text);
      const { module } = parseModule(
        new SourceText(file, `---- MODULE Translation ----\n${text}\n====\n`),
      );
      expect(withoutSpans(module.units)).toEqual(withoutSpans(translation().units));
    });
  }

  const commented = printTranslation(
    translate(`--algorithm Commented {
      variables x = 0;
      define { Low == x < 9
               High == ~Low }
      process (p \\in {1, 2}) variable y; { a: x := y; }
      process (q = 0) { a: skip }
    }`),
  ).split('\n');

  it('has the comments and the order of the official translator', () => {
    const heads = commented
      .filter((line) => /^(\S.*==|\(\*|\\\*|[A-Z]+ )/.test(line))
      .map((line) => line.replace(/ ==.*/, ''));
    expect(heads).toEqual([
      '\\* Label a of process p at line 6 col 44 changed to a_',
      'CONSTANT defaultInitValue',
      'VARIABLES pc, x',
      '(* define statement *)',
      'Low',
      'High',
      'VARIABLE y',
      'vars',
      'ProcSet',
      'Init',
      'a_(self)',
      'p(self)',
      'a',
      'q',
      '(* Allow infinite stuttering to prevent deadlock on termination. *)',
      'Terminating',
      'Next',
      'Spec',
      'Termination',
    ]);
  });

  it('says whose initial values stand in Init', () => {
    const start = commented.indexOf('Init == (* Global variables *)');
    expect(commented.slice(start, start + 4)).toEqual([
      'Init == (* Global variables *)',
      '        /\\ x = 0',
      '        (* Process p *)',
      '        /\\ y = [self \\in {1, 2} |-> defaultInitValue]',
    ]);
  });

  it('keeps declarations and the define block together, and the rest apart', () => {
    const at = commented.indexOf('CONSTANT defaultInitValue');
    expect(commented.slice(at, at + 7)).toEqual([
      'CONSTANT defaultInitValue',
      'VARIABLES pc, x',
      '',
      '(* define statement *)',
      'Low == x < 9',
      'High == ~Low',
      '',
    ]);
  });
});
