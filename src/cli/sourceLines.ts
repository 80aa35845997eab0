/** The text of a place's line, for reports: from texts at hand, else from the file if it is there. */
import { DiagnosticError } from '../source/diagnostic.js';
import type { Location, SourceText } from '../source/text.js';
import { readSource } from './files.js';

export function sourceLines(sources: readonly SourceText[]): (location: Location) => string | null {
  const byFile = new Map<string, SourceText | null>(sources.map((it) => [it.file, it]));
  return ({ file, line }) => {
    let source = byFile.get(file);
    if (source === undefined) {
      source = readIfThere(file);
      byFile.set(file, source);
    }
    return source?.line(line) ?? null;
  };
}

/** A report without source lines is still a report. */
function readIfThere(file: string): SourceText | null {
  try {
    return readSource(file, 'spec');
  } catch (error) {
    if (error instanceof DiagnosticError) return null;
    throw error;
  }
}
