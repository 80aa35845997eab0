/**
 * Loops over small constant sets are written out, once per element: then each element's slots are
 * known, `i # j` is decided and what is left are tests of codes. Elements come in the order in which
 * the loop would visit them, and what would have been evaluated is.
 */
import type { Expr } from '../../syntax/ast.js';
import { walk } from '../../syntax/walk.js';
import { makeSortedSet, SetValue, type Value } from '../../values/index.js';
import { type Code, combine, isConstant } from '../code.js';
import { type Binding, bind, type Context } from '../context.js';
import { Fault } from '../runtime/fault.js';
import { LazySet } from '../runtime/lazy.js';
import type { Loop } from './binders.js';
import { compile } from './index.js';

/** So often a body may be written, in all loops around it together. */
const copiesMax = 64;
/** The nodes of all copies. */
const nodesMax = 4000;
/** A subset of so many elements is a number. */
const maskedMax = 12;

/** The elements of a constant set; null if it is not, or has more than so many. */
export function constantElements(
  code: Code,
  context: Context,
  countMax: number,
): readonly Value[] | null {
  if (!isConstant(code)) return null;
  const set = context.unit.evaluate(code);
  if (set instanceof SetValue) return set.elements.length <= countMax ? set.elements : null;
  if (!(set instanceof LazySet) || !set.isFinite()) return null;
  try {
    return set.size(-1) > countMax ? null : set.force(-1).elements;
  } catch (error) {
    if (error instanceof Fault) return null; // It is for the run to report.
    throw error;
  }
}

/** The elements of the loop's set, if `body` may be written once for each. */
export function unrolledElements(
  loop: Loop,
  body: Expr,
  context: Context,
  countMax = copiesMax,
): readonly Value[] | null {
  const { unit } = context;
  const elements = constantElements(compile(loop.set, context), context, countMax);
  if (elements === null || loop.bindings.length !== 1) return null;
  const copies = unit.copies * elements.length;
  if (copies > countMax || copies * nodeCount(body) > nodesMax) return null;
  return elements;
}

/** What `make` makes of each element, with the loop's variable bound to it. */
export function forEachElement<T>(
  loop: Loop,
  elements: readonly Value[],
  context: Context,
  make: (context: Context, element: Value) => T,
): readonly T[] {
  const { unit } = context;
  const name = loop.bindings[0]?.[0] as string;
  const before = unit.copies;
  unit.copies *= Math.max(1, elements.length);
  const made = elements.map((element) => {
    const binding: Binding = { kind: 'code', code: unit.constant(element) };
    return make(bind(context, [[name, binding]]), element);
  });
  unit.copies = before;
  return made;
}

/** As bits: which of the elements satisfy their test. Null if there are too many. */
export function maskOf(tests: readonly Code[], context: Context): Code | null {
  if (tests.length > maskedMax || tests.length === 0) return null;
  return combine(context.unit, tests, 'number', (js) => {
    return `(${js.map((test, i) => `(${test} ? ${2 ** i} : 0)`).join(' | ')})`;
  });
}

/** The subsets of a list in the canonical order, by their bits. */
export class Subsets {
  private readonly known: (SetValue | undefined)[] = [];

  constructor(private readonly elements: readonly Value[]) {}

  get(mask: number): SetValue {
    let subset = this.known[mask];
    if (subset === undefined) {
      subset = makeSortedSet(this.elements.filter((_, i) => (mask & (1 << i)) !== 0));
      this.known[mask] = subset;
    }
    return subset;
  }
}

function nodeCount(expr: Expr): number {
  let count = 0;
  walk(expr, () => {
    count++;
    return count <= nodesMax;
  });
  return count;
}
