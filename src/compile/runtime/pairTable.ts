/**
 * Results for pairs of codes, as a table with a row for each first one: a search asks for the same
 * first code many times in a row, so that most of what it reads is at hand. Where the codes are too
 * many for a table, results are kept as all others are, which may lose some.
 */
import type { RuntimeValue } from './lazy.js';
import { ResultCache } from './resultCache.js';

const cellsMax = 1 << 19;
const rowsMin = 1 << 4;

export class PairTable<T = RuntimeValue> {
  private cells: (T | undefined)[] = [];
  /** A row has 2 to this power cells. */
  private rowShift = 0;
  private sparse: ResultCache<T> | null = null;

  /** The result for the two codes, if it is there. */
  get(first: number, second: number): T | undefined {
    if (this.sparse !== null) return this.sparse.get(first, second);
    if (second >>> this.rowShift !== 0) return undefined;
    const cell = (first << this.rowShift) | second;
    // A place beyond the end is slow to read.
    return cell < this.cells.length ? this.cells[cell] : undefined;
  }

  /** Gives the result back. */
  set(first: number, second: number, result: T): T {
    if (this.sparse === null && !this.hasCell(first, second)) this.makeRoom(first, second);
    if (this.sparse !== null) return this.sparse.set(first, second, result);
    this.cells[(first << this.rowShift) | second] = result;
    return result;
  }

  private hasCell(first: number, second: number): boolean {
    return second >>> this.rowShift === 0 && (first + 1) << this.rowShift <= this.cells.length;
  }

  private makeRoom(first: number, second: number): void {
    const { cells, rowShift } = this;
    const shift = Math.max(rowShift, 32 - Math.clz32(second));
    let rows = Math.max(rowsMin, cells.length >>> rowShift);
    while (rows <= first) rows *= 2;
    if (rows * 2 ** shift > cellsMax) {
      this.leaveTable();
      return;
    }
    const wider = new Array<T | undefined>(rows << shift).fill(undefined);
    for (let cell = 0; cell < cells.length; cell++) {
      const row = cell >>> rowShift;
      wider[cell + (row << shift) - (row << rowShift)] = cells[cell];
    }
    this.cells = wider;
    this.rowShift = shift;
  }

  private leaveTable(): void {
    const { cells, rowShift } = this;
    const sparse = new ResultCache<T>();
    cells.forEach((result, cell) => {
      const row = cell >>> rowShift;
      if (result !== undefined) sparse.set(row, cell - (row << rowShift), result);
    });
    this.cells = [];
    this.sparse = sparse;
  }
}
