/** The text of a configuration: its file, or what stands for one where none is needed. */
import { existsSync } from 'node:fs';
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import { SourceText } from '../source/text.js';
import type { SpecFiles } from './exploration.js';
import { readSource } from './files.js';
import { translateModule } from './pipeline.js';

export interface Configuration {
  readonly source: SourceText;
  readonly warnings: readonly Diagnostic[];
}

/**
 * A specification without constants that defines Spec needs no configuration; a file that was asked
 * for by name is needed always.
 */
export function readConfiguration(
  files: SpecFiles,
  spec: SourceText,
  options: { readonly config?: string; readonly pluscal?: string },
): Configuration {
  const { config } = files;
  const isNeeded = options.config !== undefined || existsSync(config);
  if (isNeeded || !standsAlone(spec, options.pluscal)) {
    return { source: readSource(config, 'config'), warnings: [] };
  }
  const warning = diagnose('USE074', null, { config });
  return { source: new SourceText(config, 'SPECIFICATION Spec\n'), warnings: [warning] };
}

function standsAlone(spec: SourceText, pluscal: string | undefined): boolean {
  const { units } = translateModule(spec, pluscal).module;
  const definesSpec = units.some((it) => it.kind === 'operator' && it.name.name === 'Spec');
  return definesSpec && units.every((it) => it.kind !== 'constants');
}
