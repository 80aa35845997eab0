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
}

export const defaultOptions: TranslationOptions = {
  fairness: 'none',
  termination: false,
  label: false,
  labelRoot: 'Lbl_',
  noDoneDisjunct: false,
};

const SWITCHES: Readonly<Record<string, Partial<TranslationOptions>>> = {
  wf: { fairness: 'weak' },
  sf: { fairness: 'strong' },
  wfNext: { fairness: 'next' },
  nof: { fairness: 'off' },
  label: { label: true },
  noDoneDisjunct: { noDoneDisjunct: true },
  // What these ask of the official program is either always done here or has no meaning.
  reportLabels: {},
  nocfg: {},
};

/** Options that take the next word, which only `labelRoot` uses. */
const WITH_VALUE = ['labelRoot', 'lineWidth', 'version', 'spec', 'spec2'];

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
    const change = SWITCHES[word];
    if (change) options = { ...options, ...change };
    else if (word === 'termination') options = { ...options, ...terminationFrom(options) };
    else if (WITH_VALUE.includes(word)) {
      const value = words[++i];
      if (value === undefined) return fail('PCL041', at, { option: word });
      if (word === 'labelRoot') options = { ...options, labelRoot: value };
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
