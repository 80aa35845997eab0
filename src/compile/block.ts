/** Lines of generated statements. A block can be reserved first and filled later. */

/** A chain of a thousand `else if` would be mostly margins. */
const widestMargin = 80;

export class Block {
  private readonly lines: (string | Block)[] = [];

  constructor(private readonly indentation = 0) {}

  add(...lines: readonly string[]): this {
    this.lines.push(...lines);
    return this;
  }

  /** A block at this place and depth, to be filled later. */
  reserve(): Block {
    const inner = new Block(0);
    this.lines.push(inner);
    return inner;
  }

  /** Puts another block here; one block may stand in several places. */
  include(other: Block): this {
    this.lines.push(other);
    return this;
  }

  get lineCount(): number {
    return this.lines.reduce<number>(
      (sum, line) => sum + (typeof line === 'string' ? 1 : line.lineCount),
      0,
    );
  }

  /** `head {`, whatever `fill` adds, and the closing brace with `tail` after it. */
  nest(head: string, fill: (inner: Block) => void, tail = ''): this {
    const inner = new Block(1);
    fill(inner);
    this.lines.push(`${head} {`, inner, `}${tail}`);
    return this;
  }

  toString(): string {
    const out: string[] = [];
    this.writeTo(out, '');
    return out.join('\n');
  }

  private writeTo(out: string[], around: string): void {
    const isDeep = around.length >= widestMargin;
    const margin = isDeep ? around : around + '  '.repeat(this.indentation);
    for (const line of this.lines) {
      if (typeof line === 'string') out.push(margin + line);
      else line.writeTo(out, margin);
    }
  }
}
