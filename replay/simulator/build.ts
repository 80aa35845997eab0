/**
 * Kernel builds: which variant of the protocol runs. Every historical kernel and every fix that was
 * proposed is one assignment of four style parameters, so a build is a row of data.
 */
import { SimulatorError } from './simulatorError.js';

/**
 * What a waiter for PG_writeback does after a wake-up: `if` returns without looking (v5.9),
 * `while` tests the bit again in a loop around the wait (fixes (a) and (e)), `reuse-inner-recheck`
 * is the wait code up to v5.8, which tests again inside and queues itself again.
 */
export type WaitStyle = 'reuse-inner-recheck' | 'if' | 'while';

export interface KernelBuild {
  readonly name: string;
  /**
   * `writeLoop` is write_cache_pages; `truncate` is pass 2 of truncate_inode_pages_range; `fdatawait`
   * is __filemap_fdatawait_range, which waits without the page lock.
   */
  readonly waitStyle: {
    readonly writeLoop: WaitStyle;
    readonly truncate: WaitStyle;
    readonly fdatawait: WaitStyle;
  };
  /** Who holds a page reference for writeback: nobody, end_page_writeback (b), or PG_writeback (c). */
  readonly refStyle: 'none' | 'around-completion' | 'set-to-end';
  /** Whether wake_page_function looks at the bit before it wakes a SHARED waiter. */
  readonly wakeStyle: 'always' | 'only-if-clear';
  /** Whether the clear, the test of PG_waiters (C5) and the wake (C6) are separate steps. */
  readonly clearStyle: 'two-step' | 'clear-returns-waiters' | 'atomic-clear-wake';
}

type Style = Partial<Omit<KernelBuild, 'name' | 'waitStyle'>> & {
  readonly writeLoop?: WaitStyle;
  readonly truncate?: WaitStyle;
  readonly fdatawait?: WaitStyle;
};

const A: Style = { writeLoop: 'while' };
const B: Style = { refStyle: 'around-completion' };
const C: Style = { refStyle: 'set-to-end' };
const E: Style = { writeLoop: 'while', truncate: 'while', fdatawait: 'while' };
const G: Style = { wakeStyle: 'only-if-clear' };

/** What each build changes against `base` (v5.9 to v5.10-rc5). */
const BUILDS: Readonly<Record<string, Style>> = {
  old: {
    writeLoop: 'reuse-inner-recheck',
    truncate: 'reuse-inner-recheck',
    fdatawait: 'reuse-inner-recheck',
    wakeStyle: 'only-if-clear',
  },
  base: {},
  a: A,
  b: B,
  c: C,
  e: E,
  'a+b': { ...A, ...B },
  'a+c': { ...A, ...C },
  'b+e': { ...B, ...E },
  'c+e': { ...C, ...E },
  g: G,
  'b+g': { ...B, ...G },
  'f*': { clearStyle: 'atomic-clear-wake' },
};

export const buildNames: readonly string[] = Object.keys(BUILDS);

/** The build of that name; refuses an unknown one with the list of names. */
export function kernelBuild(name: string): KernelBuild {
  const style = Object.hasOwn(BUILDS, name) ? BUILDS[name] : undefined;
  if (style === undefined) {
    throw new SimulatorError(
      `there is no kernel build named "${name}"`,
      `choose one of ${buildNames.join(', ')}`,
    );
  }
  return {
    name,
    waitStyle: {
      writeLoop: style.writeLoop ?? 'if',
      truncate: style.truncate ?? 'if',
      fdatawait: style.fdatawait ?? 'if',
    },
    refStyle: style.refStyle ?? 'none',
    wakeStyle: style.wakeStyle ?? 'always',
    clearStyle: style.clearStyle ?? 'two-step',
  };
}

/** Whether the wait and wake code is that of v5.8 and before. */
export function isOldGeneration(build: KernelBuild): boolean {
  return build.waitStyle.writeLoop === 'reuse-inner-recheck';
}
