/** Options of the official translator, from a command line or a `PlusCal options (…)` line. */
import { fail, nearest } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';

export interface TranslationOptions {
  /** Fairness of processes that the algorithm does not call fair. */
  readonly fairness: 'none' | 'weak' | 'strong' | 'next' | 'off';
  /** Whether the configuration is to check Termination. */
  readonly termination: boolean;
  /** Add missing labels. */
  readonly label: boolean;
  readonly labelRoot: string;
  /** No `Terminating` in Next, so that a finished algorithm is a deadlock. */
  readonly noDoneDisjunct: boolean;
  /** Say which labels were added, and where. */
  readonly reportLabels: boolean;
  /** Columns that a line of the translation should not exceed; null for the printer's own. */
  readonly lineWidth: number | null;
  /** Lines end with LF in the written module, whatever they end with in the old one. */
  readonly unixEOL: boolean;
}

export const defaultOptions: TranslationOptions = {
  fairness: 'none',
  termination: false,
  label: false,
  labelRoot: 'Lbl_',
  noDoneDisjunct: false,
  reportLabels: false,
  lineWidth: null,
  unixEOL: false,
};

const SWITCHES: Readonly<Record<string, Partial<TranslationOptions>>> = {
  wf: { fairness: 'weak' },
  sf: { fairness: 'strong' },
  wfNext: { fairness: 'next' },
  nof: { fairness: 'off' },
  label: { label: true },
  noDoneDisjunct: { noDoneDisjunct: true },
  // As in the official translator, to report labels is to add them.
  reportLabels: { label: true, reportLabels: true },
  unixEOL: { unixEOL: true },
  // A configuration is never written here.
  nocfg: {},
};

/** What the official translator can and this one does not, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  spec: 'it hands the algorithm to a translator written in TLA+',
  myspec: 'it hands the algorithm to a translator written in TLA+',
  spec2: 'it hands the algorithm to a translator written in TLA+',
  myspec2: 'it hands the algorithm to a translator written in TLA+',
  writeAST: 'it writes the data structure of the official translator',
  debug: 'it shows the inside of the official translator',
};
/** The least that the official translator accepts. */
const leastLineWidth = 60;

/** Options that take the next word; the version asked for makes no difference. */
const WITH_VALUE = ['labelRoot', 'lineWidth', 'version'];

/** Reads `-wf -termination …` on top of `base`; the minus may be left out. */
export function parseOptions(
  text: string,
  base: TranslationOptions = defaultOptions,
  at: Span | null = null,
): TranslationOptions {
  const words = text
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  let options = base;
  for (let i = 0; i < words.length; i++) {
    const word = (words[i] as string).replace(/^-/, '');
    const change = Object.hasOwn(SWITCHES, word) ? SWITCHES[word] : undefined;
    if (change) options = { ...options, ...change };
    else if (word === 'termination') options = { ...options, ...terminationFrom(options) };
    else if (WITH_VALUE.includes(word)) {
      const value = words[++i];
      if (value === undefined) return fail('PCL041', at, { option: word });
      if (word === 'labelRoot') options = { ...options, labelRoot: labelRoot(value, at) };
      if (word === 'lineWidth') options = { ...options, lineWidth: lineWidth(value, at) };
    } else if (Object.hasOwn(REFUSED, word)) {
      fail('PCL042', at, { option: word, why: REFUSED[word] as string });
    } else {
      const known = [...Object.keys(SWITCHES), 'termination', ...WITH_VALUE];
      const guess = nearest(word, known);
      const hint = guess === null ? {} : { hint: `Did you mean \`-${guess}\`?` };
      fail('PCL040', at, { option: word, known: known.map((one) => `-${one}`).join(' ') }, hint);
    }
  }
  return options;
}

/** `-termination` implies `-wf` unless another fairness was asked for. */
function terminationFrom(options: TranslationOptions): Partial<TranslationOptions> {
  return { termination: true, fairness: options.fairness === 'none' ? 'weak' : options.fairness };
}

function labelRoot(value: string, at: Span | null): string {
  const expected = 'a name, to which a number is added';
  const isName = /^[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*$/.test(value);
  return isName ? value : fail('PCL043', at, { option: 'labelRoot', value, expected });
}

function lineWidth(value: string, at: Span | null): number {
  const expected = `a whole number of at least ${leastLineWidth}`;
  const isWidth = /^\d{1,6}$/.test(value) && Number(value) >= leastLineWidth;
  return isWidth ? Number(value) : fail('PCL043', at, { option: 'lineWidth', value, expected });
}
