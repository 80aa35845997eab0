/**
 * Coverage as an lcov tracefile (geninfo(1)), which editors and coverage services show: a label is a
 * function and a line, a guard is a branch with two outcomes, a branch of an `either` is one of its
 * own. What has no place in a text is left out.
 */
import type { CoverageReport } from './coverage.js';

interface FileRecords {
  readonly functions: string[];
  readonly branches: string[];
  readonly lines: Map<number, number>;
}

export function lcov({ labels, tests, branches }: CoverageReport): string {
  const files = new Map<string, FileRecords>();
  const recordsOf = (file: string, line: number, times: number): FileRecords => {
    const records = files.get(file) ?? { functions: [], branches: [], lines: new Map() };
    files.set(file, records);
    records.lines.set(line, Math.max(records.lines.get(line) ?? 0, times));
    return records;
  };
  for (const { label, location, steps } of labels) {
    if (location === null) continue;
    const { functions } = recordsOf(location.file, location.line, steps);
    functions.push(`FN:${location.line},${label}`, `FNDA:${steps},${label}`);
  }
  tests.forEach(({ location, isTrue, isFalse }, block) => {
    const { file, line } = location;
    const times = isTrue + isFalse;
    const records = recordsOf(file, line, times);
    // A dash says that the place was never come to.
    const outcome = (taken: number): string => (times === 0 ? '-' : String(taken));
    records.branches.push(
      `BRDA:${line},${block},0,${outcome(isTrue)}`,
      `BRDA:${line},${block},1,${outcome(isFalse)}`,
    );
  });
  for (const { location, branch, steps } of branches) {
    const { file, line } = location;
    const records = recordsOf(file, line, steps);
    records.branches.push(`BRDA:${line},${tests.length},${branch},${steps}`);
  }
  return [...files].map(([file, records]) => fileRecords(file, records)).join('');
}

function fileRecords(file: string, { functions, branches, lines }: FileRecords): string {
  const sorted = [...lines].sort(([a], [b]) => a - b);
  return [
    'TN:',
    `SF:${file}`,
    ...functions,
    ...branches,
    ...sorted.map(([line, times]) => `DA:${line},${times}`),
    `LF:${sorted.length}`,
    `LH:${sorted.filter(([, times]) => times > 0).length}`,
    'end_of_record',
    '',
  ].join('\n');
}
