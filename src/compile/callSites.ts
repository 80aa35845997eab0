/**
 * Which definitions were being evaluated when something failed. Generated code keeps no account of
 * that, which would cost time in every step: each call of a definition carries a comment with the
 * number of its place, and the stack that JavaScript records in an error leads to the comments.
 * Limit: in engines whose stacks have another form than V8's no calls are found.
 */
import type { Span } from '../source/text.js';

/** The places of a generated module. */
export interface Places {
  /** Spans by their number. */
  readonly sites: readonly (Span | null)[];
  /** The places of the calls under way when the error was thrown, innermost first. */
  callsOf(error: Error): readonly Span[];
}

/** Stands between the name of the function that is called and its arguments. */
export function callMark(site: number): string {
  return `/*@${site}*/`;
}

/** `new Function` puts its own head before the text. */
const headLineCount = 2;

let moduleCount = 0;

/** The texts of one unit, each under a name that shows up in stacks. */
export class CallSites {
  private readonly texts = new Map<string, string>();

  nameOf(text: string): string {
    moduleCount++;
    const name = `counterplay-module-${moduleCount}`;
    this.texts.set(name, text);
    return name;
  }

  /** The numbers of the places, innermost first. */
  under({ stack = '' }: Error): number[] {
    const lines = new Map<string, readonly string[]>();
    const numbers: number[] = [];
    for (const frame of stack.matchAll(/(counterplay-module-\d+):(\d+):(\d+)/g)) {
      const [, name, line, column] = frame as unknown as [string, string, string, string];
      const text = this.texts.get(name);
      if (text === undefined) continue;
      if (!lines.has(name)) lines.set(name, text.split('\n'));
      const called = lines.get(name)?.[Number(line) - 1 - headLineCount]?.slice(Number(column) - 1);
      const mark = /^[\w$]+\/\*@(\d+)\*\//.exec(called ?? '');
      if (mark) numbers.push(Number(mark[1]));
    }
    return numbers;
  }
}
