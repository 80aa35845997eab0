/**
 * What an evaluation may see and do besides the state: print, registers, the clock, chance, and how
 * far the search is. All of it belongs to the operators of the module TLC; nothing else reads it.
 */
import type { SearchView, StateVector } from '../../explore/model.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import type { Value } from '../../values/index.js';

export interface HostOptions {
  /** Gets every line that is printed; nothing is shown without it. */
  readonly print?: (line: string) => void;
  /** Gets warnings, one for each place. */
  readonly warn?: (warning: Diagnostic) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** What `RandomElement` chooses depends on this number and on the state alone. */
  readonly seed?: number;
}

export class Host {
  /** The search that is under way; null outside of one. */
  search: SearchView | null = null;
  private registers = new Map<number, Value>();
  private first: ReadonlyMap<number, Value> | null = null;
  private afterInitial: ReadonlyMap<number, Value> = new Map();
  /** What the registers held that were set since the expansion of a state began. */
  private readonly replaced = new Map<number, Value | undefined>();
  /** What is evaluated belongs to the last of these; null: it belongs to no state. */
  private readonly states: (StateVector | null)[] = [null];
  /** The numbers drawn for each of them. */
  private readonly randoms: ((() => number) | null)[] = [null];
  private depth = 0;
  private isQuiet = false;
  private readonly warned = new Set<string>();
  private readonly started: number | null;
  /** What is drawn depends on it, and on the state. */
  seed: number;

  constructor(
    private readonly options: HostOptions = {},
    /** A number that equal states share, whatever their slots are. */
    private readonly hashState: (state: StateVector) => number = () => 0,
  ) {
    this.started = options.now?.() ?? null;
    this.seed = options.seed ?? 0;
  }

  print(line: string): void {
    if (!this.isQuiet) this.options.print?.(line);
  }

  warn(warning: Diagnostic): void {
    const at = warning.span;
    if (this.isQuiet || at === null) return;
    const place = `${warning.code} ${at.source.file} ${at.start}`;
    if (this.warned.has(place)) return;
    this.warned.add(place);
    this.options.warn?.(warning);
  }

  /** Null where the host has no clock. */
  seconds(): { readonly sinceStart: number; readonly since1970: number } | null {
    const now = this.options.now?.();
    if (now === undefined || this.started === null) return null;
    const since1970 = Math.floor(now / 1000);
    return { sinceStart: Math.floor((now - this.started) / 1000), since1970 };
  }

  register(number: number): Value | undefined {
    return this.registers.get(number);
  }

  setRegister(number: number, to: Value): void {
    if (!this.replaced.has(number)) this.replaced.set(number, this.registers.get(number));
    this.registers.set(number, to);
  }

  /** The state that is looked at, or that a step starts from. */
  get state(): StateVector | null {
    return this.states[this.depth] ?? null;
  }

  /** A number from 0 below `count`; the same evaluation in the same state draws the same ones. */
  draw(count: number): number {
    let random = this.randoms[this.depth] ?? null;
    if (random === null) {
      const { state } = this;
      const own = state === null ? 0 : this.hashState(state);
      random = generator(Math.imul(own, 0x9e3779b1) ^ this.seed);
      this.randoms[this.depth] = random;
    }
    return Math.floor(random() * count);
  }

  /** What `run` evaluates belongs to this state; null: it belongs to none. */
  in<T>(state: StateVector | null, run: () => T): T {
    this.enter(state);
    try {
      return run();
    } finally {
      this.leave();
    }
  }

  /** As `in`, for those who call it for every state and make no closure; `leave` must follow. */
  enter(state: StateVector | null): void {
    const depth = ++this.depth;
    this.states[depth] = state;
    this.randoms[depth] = null;
  }

  leave(): void {
    this.depth--;
  }

  /** A look ahead that leaves no trace: nothing is printed, registers stay as they are. */
  rehearse<T>(run: () => T): T {
    const before = new Map(this.registers);
    this.isQuiet = true;
    try {
      return this.in(null, run);
    } finally {
      this.isQuiet = false;
      this.registers = before;
    }
  }

  /** A search begins, perhaps again: registers are as the assumptions left them. */
  begin(): void {
    this.first ??= new Map(this.registers);
    this.registers = new Map(this.first);
  }

  /** All initial states are computed. */
  endInitial(): void {
    this.afterInitial = new Map(this.registers);
  }

  /** A random behavior begins: registers are as the initial predicate left them. */
  beginBehavior(): void {
    this.registers = new Map(this.afterInitial);
  }

  /** The successors of a state are generated from now on. */
  beginExpansion(): void {
    if (this.replaced.size > 0) this.replaced.clear();
  }

  /** The registers that are set: as they are, or as they were when the last expansion began. */
  setRegisters(beforeExpansion: boolean): ReadonlyMap<number, Value> {
    const registers = new Map(this.registers);
    if (!beforeExpansion) return registers;
    for (const [number, value] of this.replaced) {
      if (value === undefined) registers.delete(number);
      else registers.set(number, value);
    }
    return registers;
  }

  /** A search goes on that began in another run, with the registers that it had. */
  goOn(registers: ReadonlyMap<number, Value>): void {
    this.begin();
    this.registers = new Map(registers);
  }
}

/** Pseudo-random numbers from 0 below 1 (Marsaglia's xorshift with 32 bits). */
export function generator(seed: number): () => number {
  // The state must never be 0, and seeds that are near each other must not begin alike.
  let bits = Math.imul(seed ^ 0x2545f491, 0x9e3779b1) | 1;
  return () => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return (bits >>> 0) / 2 ** 32;
  };
}
