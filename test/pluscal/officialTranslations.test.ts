/**
 * What the official translator makes of 22 algorithms (test/oracle/translations), against what we
 * make of them: the same definitions with the same trees, in the same order, parentheses included.
 */
import { describe, expect, it } from 'vitest';
import {
  parseOptions,
  printTranslation,
  type Translation,
  translateAlgorithm,
} from '../../src/pluscal/index.js';
import { SourceText } from '../../src/source/text.js';
import type { Expr, Unit } from '../../src/syntax/ast.js';
import { parseModule } from '../../src/syntax/parse.js';
import { parseAlgorithm } from '../../src/syntax/parsePluscal.js';
import { scanTokens } from '../../src/syntax/tokens.js';
import { listOracle, readOracle, withoutSpans } from './trees.js';

function translate(source: SourceText): Translation {
  const { algorithm } = parseModule(source);
  if (!algorithm) throw new Error(`no algorithm in ${source.file}`);
  return translateAlgorithm(parseAlgorithm(algorithm), parseOptions(algorithm.options ?? ''));
}

/** What stands between the markers. */
function officialText(source: SourceText): string {
  const { translation } = parseModule(source);
  if (!translation) throw new Error(`no translation in ${source.file}`);
  return source.text.slice(translation.begin, translation.end);
}

/** The units between the markers, which the parser leaves out of a module with an algorithm. */
function officialUnits(source: SourceText): readonly Unit[] {
  const block = officialText(source);
  const text = `---- MODULE Translation ----\n${block}\n====\n`;
  return parseModule(new SourceText(source.file, text)).module.units;
}

/** The official translator breaks a long Next into bullets by width; that is layout, not shape. */
function comparable(unit: Unit): unknown {
  if (unit.kind !== 'operator' || unit.name.name !== 'Next') return withoutSpans(unit);
  return unit.body.kind === 'junction' ? withoutSpans(unit) : withoutSpans(disjuncts(unit.body));
}

function disjuncts(expr: Expr): unknown[] {
  if (expr.kind === 'infix' && expr.op === '\\/') {
    return [...disjuncts(expr.left), ...disjuncts(expr.right)];
  }
  if (expr.kind === 'junction' && expr.op === '\\/') return expr.items.flatMap(disjuncts);
  if (expr.kind === 'paren' && expr.inner.kind === 'quantifier') {
    return [{ ...expr.inner, body: disjuncts(expr.inner.body) }];
  }
  return [expr];
}

const nameOf = (unit: Unit): string => ('name' in unit && unit.name ? unit.name.name : unit.kind);

describe('the translation of', () => {
  for (const file of listOracle('translations/')) {
    it(`${file} is that of the official translator`, () => {
      const source = readOracle(`translations/${file}`);
      const ours = translate(source).units;
      const official = officialUnits(source);
      expect(ours.map(nameOf)).toEqual(official.map(nameOf));
      for (const [i, unit] of official.entries()) {
        expect(comparable(ours[i] as Unit)).toEqual(comparable(unit));
      }
    });
  }
});

interface Words {
  readonly tokens: readonly string[];
  readonly comments: readonly string[];
}

function wordsOf(text: string): Words {
  const { tokens, comments } = scanTokens(new SourceText('block', text), 0, text.length);
  return {
    tokens: tokens.map((token) => token.text),
    comments: comments.map(({ start, end }) => text.slice(start, end)),
  };
}

/**
 * Where the disjuncts in `\\E self \\in ProcSet: …` of Next do not fit on a line, the official
 * translator begins them with a bullet. This is the only thing that line width decides.
 */
function withoutBulletsOfNext(tokens: readonly string[]): string[] {
  const next = tokens.findIndex((one, i) => one === 'Next' && tokens[i + 1] === '==');
  const end = tokens.findIndex((one, i) => i > next && tokens[i + 1] === '==' && one !== 'Next');
  const isBullet = (i: number): boolean => i > next && i < end && tokens[i - 1] === ':';
  return tokens.filter((one, i) => one !== '\\/' || !isBullet(i));
}

describe('the printed translation of', () => {
  for (const file of listOracle('translations/')) {
    it(`${file} has the words of the official text, comments included`, () => {
      const source = readOracle(`translations/${file}`);
      const ours = wordsOf(printTranslation(translate(source)));
      const official = wordsOf(officialText(source));
      expect(ours.tokens).toEqual(withoutBulletsOfNext(official.tokens));
      expect(ours.comments).toEqual(official.comments);
    });
  }
});
