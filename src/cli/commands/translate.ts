/** `translate`: the module with its algorithm's translation, to look at, to keep, or to write back. */
import { printTranslation, type Translation } from '../../pluscal/index.js';
import { counted } from '../../report/quantity.js';
import { fail } from '../../source/diagnostic.js';
import { locate, type SourceText, span } from '../../source/text.js';
import type { Context } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { byteOrderMark, readSource, writeWhole } from '../files.js';
import { translateModule } from '../pipeline.js';
import { spliceText } from '../spliceText.js';

export interface TranslateOptions {
  readonly out?: string;
  readonly write?: boolean;
  readonly pluscal?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function translate(file: string, options: TranslateOptions, context: Context): number {
  if (options.write && options.out !== undefined) {
    fail('USE003', null, { first: '--write', second: '--out' });
  }
  const spec = readSource(file, 'spec');
  const { parsed, translation, warnings } = translateModule(spec, options.pluscal);
  if (translation === null) return noAlgorithm(file, spec);
  const out = options.write ? file : (options.out ?? null);
  for (const warning of warnings) {
    // Writing the translation back is the remedy of a stale one.
    if (!(options.write && warning.code === 'USE073')) context.report(warning);
  }
  const block = printTranslation(translation);
  const spliced = spliceText(parsed, spec, block);
  const { unixEOL, reportLabels } = translation.options;
  const text = unixEOL ? spliced.replaceAll('\r\n', '\n') : spliced;
  if (reportLabels) reportAdded(translation, context);
  // What is outside the markers is written back byte by byte, or not at all.
  if (out !== null) writeWhole(out, byteOrderMark(file, spec.text) + text);
  if (context.json) {
    const labels = [...translation.labels.values()].map((it) => it.label);
    context.document({ spec: file, out, labels, translation: block, module: text });
  } else if (out === null) context.terminal.out(text);
  else
    context.say(
      `${out}: the translation of ${counted(translation.labels.size, 'label')} was written.`,
    );
  return exitCodes.ok;
}

function noAlgorithm(file: string, spec: SourceText): never {
  const found = /--(?:fair\s+)?algorithm\b/.exec(spec.text);
  if (!found) return fail('USE052', null, { file });
  const at = span(spec, found.index, found.index + found[0].length);
  const hint = 'What is here stands outside the comments `(* … *)` of the module.';
  return fail('USE052', at, { file }, { hint });
}

function reportAdded({ addedLabels, labels }: Translation, { terminal }: Context): void {
  for (const { label, span } of labels.values()) {
    if (!addedLabels.includes(label)) continue;
    const { line, column } = locate(span);
    terminal.err(`label ${label} was added at line ${line}, column ${column}\n`);
  }
}
