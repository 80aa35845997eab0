/** What a report may paint. Whether it does is the caller's decision (`NO_COLOR`, a terminal). */
import { type Paint, plain } from '../source/render.js';

export interface Palette extends Paint {
  good(text: string): string;
  /** Names of processes, labels, properties. */
  name(text: string): string;
}

const ansi = (code: number) => (text: string) =>
  text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`;

export const noColours: Palette = { ...plain, good: (text) => text, name: (text) => text };

export const colours: Palette = {
  error: ansi(31),
  warning: ansi(33),
  strong: ansi(1),
  dim: ansi(2),
  good: ansi(32),
  name: ansi(36),
};
