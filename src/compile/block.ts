/** Lines of generated statements. A block can be reserved first and filled later. */

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

  toLines(): string[] {
    const pad = '  '.repeat(this.indentation);
    return this.lines.flatMap((line) =>
      typeof line === 'string' ? [pad + line] : line.toLines().map((inner) => pad + inner),
    );
  }

  toString(): string {
    return this.toLines().join('\n');
  }
}
