/** Short cuts from text to trees for the tests of PlusCal. */
import { parseOptions, type Translation, translateAlgorithm } from '../../src/pluscal/index.js';
import { SourceText } from '../../src/source/text.js';
import type { OperatorDefinition } from '../../src/syntax/ast.js';
import { parseExpression, parseModule } from '../../src/syntax/parse.js';
import { parseAlgorithm } from '../../src/syntax/parsePluscal.js';
import type { Algorithm } from '../../src/syntax/pluscalAst.js';
import { withoutSpans } from './trees.js';

/** `text` begins with `--algorithm` or `--fair algorithm`; it stands in line 2 of its module. */
export function parse(text: string): Algorithm {
  const source = new SourceText('Spec.tla', `---- MODULE Spec ----\n(* ${text} *)\n====\n`);
  const { algorithm } = parseModule(source);
  if (!algorithm) throw new Error('no algorithm');
  return parseAlgorithm(algorithm);
}

export function translate(text: string, options = ''): Translation {
  return translateAlgorithm(parse(text), parseOptions(options));
}

export function definition(translation: Translation, name: string): OperatorDefinition {
  const found = translation.units.find(
    (unit) => unit.kind === 'operator' && unit.name.name === name,
  );
  if (found?.kind !== 'operator') throw new Error(`no definition of ${name}`);
  return found;
}

export function definitionNames(translation: Translation): string[] {
  return translation.units.flatMap((unit) => (unit.kind === 'operator' ? [unit.name.name] : []));
}

/** The right-hand side of a definition, to be compared with `tree(…)`. */
export function body(translation: Translation, name: string): unknown {
  return withoutSpans(definition(translation, name).body);
}

/** The tree of an expression, without spans. */
export function tree(text: string): unknown {
  return withoutSpans(parseExpression(new SourceText('expression', text)));
}
