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

  /** `head {`, whatever `fill` adds, and the closing brace with `tail` after it. */
  nest(head: string, fill: (inner: Block) => void, tail = ''): this {
    const inner = new Block(1);
    fill(inner);
    this.lines.push(`${head} {`, inner, `}${tail}`);
    return this;
  }

  get isEmpty(): boolean {
    return this.lines.every((line) => typeof line !== 'string' && line.isEmpty);
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
