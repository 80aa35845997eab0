/**
 * Who leads to whom, for all states at once: the predecessors of every state in two flat arrays.
 * Made by one more pass over the model, so it costs about as much as the search; it serves every
 * property of a run.
 */
import type { Expander } from './expander.js';

export class ReverseEdges {
  /** The predecessors of state `s` are `sources[starts[s]]` up to `sources[starts[s + 1]]`. */
  private readonly starts: Int32Array;
  private readonly sources: Int32Array;

  constructor(expander: Expander) {
    const { size } = expander.result.states;
    const edges = new EdgeList();
    const lastSource = new Int32Array(size).fill(-1);
    this.starts = new Int32Array(size + 1);
    for (let source = 0; source < size; source++) {
      expander.successors(source, (target) => {
        // Parallel edges come from one source in a row, so the last one is enough to know them.
        if (lastSource[target] === source) return;
        lastSource[target] = source;
        this.starts[target + 1] = (this.starts[target + 1] as number) + 1;
        edges.push(source, target);
      });
    }
    for (let state = 0; state < size; state++) {
      this.starts[state + 1] = (this.starts[state + 1] as number) + (this.starts[state] as number);
    }
    this.sources = new Int32Array(edges.length);
    const place = this.starts.slice();
    edges.forEach((source, target) => {
      const at = place[target] as number;
      this.sources[at] = source;
      place[target] = at + 1;
    });
  }

  /** The states with a step to this one, ascending and each once. */
  predecessors(state: number): Int32Array {
    return this.sources.subarray(this.starts[state], this.starts[state + 1]);
  }
}

/** Pairs of numbers in one growing array. */
class EdgeList {
  private pairs = new Int32Array(1 << 12);
  private used = 0;

  get length(): number {
    return this.used / 2;
  }

  push(source: number, target: number): void {
    if (this.used === this.pairs.length) {
      const larger = new Int32Array(this.pairs.length * 2);
      larger.set(this.pairs);
      this.pairs = larger;
    }
    this.pairs[this.used++] = source;
    this.pairs[this.used++] = target;
  }

  forEach(visit: (source: number, target: number) => void): void {
    for (let i = 0; i < this.used; i += 2) {
      visit(this.pairs[i] as number, this.pairs[i + 1] as number);
    }
  }
}
