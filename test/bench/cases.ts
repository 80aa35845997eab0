/** What is measured: specs, their configurations, and how Spin is set up for the same algorithm. */

/** The folder of the benchmark's own specs, from the root of the project. */
export const benchFolder = 'test/bench';

/** The limits that Spin's verifier cannot find by itself. */
export interface SpinSettings {
  readonly model: string;
  readonly defines: readonly string[];
  readonly compiler: readonly string[];
  readonly pan: readonly string[];
}

export interface BenchCase {
  readonly id: string;
  readonly title: string;
  readonly spec: string;
  readonly config: string;
  readonly options: readonly string[];
  /** What `check` exits with when it has explored everything. */
  readonly exitCode: number;
  /** Minutes and gigabytes: only when asked for, and once. */
  readonly isLarge: boolean;
  readonly spin: SpinSettings | null;
}

const model = `${benchFolder}/filter.pml`;

export const cases: readonly BenchCase[] = [
  {
    id: 'filter4',
    title: 'Filter, n = 4',
    spec: `${benchFolder}/Filter.tla`,
    config: `${benchFolder}/Filter4.cfg`,
    options: [],
    exitCode: 0,
    isLarge: false,
    spin: { model, defines: [], compiler: [], pan: ['-m10000000'] },
  },
  {
    id: 'filter5',
    title: 'Filter, n = 5',
    spec: `${benchFolder}/Filter.tla`,
    config: `${benchFolder}/Filter5.cfg`,
    options: [],
    exitCode: 0,
    isLarge: true,
    spin: {
      model,
      defines: ['-DN=5'],
      compiler: ['-DMEMLIM=20000'],
      pan: ['-w28', '-m20000000'],
    },
  },
  {
    id: 'filterLive4',
    title: 'Filter, n = 4, every process gets in',
    spec: `${benchFolder}/FilterLive.tla`,
    config: `${benchFolder}/FilterLive4.cfg`,
    options: [],
    exitCode: 0,
    isLarge: false,
    spin: null,
  },
  {
    id: 'shootdown',
    title: 'Shootdown',
    spec: `${benchFolder}/Shootdown.tla`,
    config: `${benchFolder}/Shootdown.cfg`,
    options: [],
    exitCode: 0,
    isLarge: false,
    spin: null,
  },
  writeback('base', 12),
  writeback('b+e', 0),
];

/** All properties, so that a violation does not end the search. */
function writeback(variant: string, exitCode: number): BenchCase {
  return {
    id: `writeback-${variant}`,
    title: `Writeback, ${variant}`,
    spec: 'specs/writeback/Writeback.tla',
    config: `specs/writeback/${variant}.cfg`,
    options: ['--every-property'],
    exitCode,
    isLarge: false,
    spin: null,
  };
}
