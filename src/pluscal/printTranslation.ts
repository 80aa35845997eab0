/**
 * The text of a translation, as it stands between the translation markers, with the comments of
 * the official translator. Translating the same algorithm twice gives the same text.
 */
import type { Junction, Unit } from '../syntax/ast.js';
import { type PrintOptions, printExpression, printUnit } from '../syntax/print.js';
import type { Translation } from './translate.js';

/** Without the markers; ends with a line break. */
export function printTranslation(translation: Translation): string {
  const lines = translation.renames.map((one) => `\\* ${one}`);
  let previous: Unit | null = null;
  for (const unit of translation.units) {
    if (previous && !belongsTo(unit, previous, translation)) lines.push('');
    const comment = translation.comments.get(unit);
    if (comment !== undefined) lines.push(`(* ${comment} *)`);
    lines.push(
      hasCommentInside(unit, translation)
        ? printCommented(unit, translation)
        : printUnit(unit, widthOf(translation)),
    );
    previous = unit;
  }
  return `${lines.join('\n')}\n`;
}

function widthOf({ options: { lineWidth } }: Translation): PrintOptions {
  return lineWidth === null ? {} : { width: lineWidth };
}

/** Declarations stand together, and so do the definitions of the define block. */
function belongsTo(unit: Unit, previous: Unit, { units }: Translation): boolean {
  if (previous.kind === 'constants') return true;
  const vars = units.findIndex((one) => one.kind === 'operator' && one.name.name === 'vars');
  const isOfBlock = (one: Unit): boolean => one.kind !== 'variables' && units.indexOf(one) < vars;
  return isOfBlock(unit) && isOfBlock(previous);
}

function conjuncts(unit: Unit): Junction | null {
  return unit.kind === 'operator' && unit.body.kind === 'junction' ? unit.body : null;
}

function hasCommentInside(unit: Unit, { comments }: Translation): boolean {
  return conjuncts(unit)?.items.some((item) => comments.has(item)) ?? false;
}

/** Init, whose groups of conjuncts have titles. */
function printCommented(unit: Unit, translation: Translation): string {
  const { comments } = translation;
  const width = widthOf(translation);
  const body = conjuncts(unit);
  if (unit.kind !== 'operator' || !body) return printUnit(unit, width);
  const head = `${unit.name.name} == `;
  const margin = ' '.repeat(head.length);
  const lines = body.items.flatMap((item) => {
    const comment = comments.get(item);
    const text = `${body.op} ${printExpression(item, { ...width, indent: head.length + 3 })}`;
    return comment === undefined ? [text] : [`(* ${comment} *)`, text];
  });
  return lines.map((line, i) => (i === 0 ? head : margin) + line).join('\n');
}
