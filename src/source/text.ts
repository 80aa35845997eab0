/** Source texts and places in them. A span never loses its text, so every later stage can show it. */

/** A place as a person reads it. Line and column count from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place as scripts read it (`commands.md`). */
export interface Location extends Position {
  readonly file: string;
}

/** One file's text (or a text given in its place) with an index of its lines. */
export class SourceText {
  private readonly lineStarts: number[] = [0];

  constructor(
    /** The name shown to people: the path as the user gave it. */
    readonly file: string,
    readonly text: string,
  ) {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      this.lineStarts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.lineStarts.length;
  }

  /** The position of an offset; offsets past the end give the end. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.lineStarts[low] as number) + 1 };
  }

  /** The offset of a position; the inverse of `position`. */
  offset(position: Position): number {
    return (this.lineStarts[position.line - 1] ?? this.text.length) + position.column - 1;
  }

  /** The text of a line (from 1), without its line break. */
  line(number: number): string {
    const start = this.lineStarts[number - 1];
    if (start === undefined) return '';
    const end = this.lineStarts[number] ?? this.text.length + 1;
    return this.text.slice(start, end - 1).replace(/\r$/, '');
  }
}

/** A half-open range of offsets in a text. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

export function span(source: SourceText, start: number, end: number): Span {
  return { source, start, end };
}

/** The smallest span that covers both; both are of the same text. */
export function cover(first: Span, last: Span): Span {
  return {
    source: first.source,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}

export function spanText(at: Span): string {
  return at.source.text.slice(at.start, at.end);
}

/** Where a span begins, for JSON and for one-line messages. */
export function locate(at: Span): Location {
  return { file: at.source.file, ...at.source.position(at.start) };
}
