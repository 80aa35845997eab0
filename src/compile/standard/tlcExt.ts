/**
 * TLCExt. What looks at the behavior so far, at TLC's fingerprints or asks a person is refused.
 * AssertError compares with the words of this program, which are not TLC's.
 */
import { ModelValue, type Value } from '../../values/index.js';
import { equal } from '../runtime/equality.js';
import { bool, Fault, faultMessage, type Site, wrongKind } from '../runtime/fault.js';
import type { Host } from '../runtime/host.js';
import { enumerated, type RuntimeValue, value } from '../runtime/lazy.js';
import { printed } from '../runtime/printed.js';
import { effect, lazyIn, operator, refused, type StandardModule } from './operator.js';

type Unevaluated = () => RuntimeValue;

function unchanged(given: RuntimeValue): RuntimeValue {
  return given;
}

function first(given: RuntimeValue, _closure: Unevaluated): RuntimeValue {
  return given;
}

function modelValue(name: RuntimeValue, site: Site): Value {
  if (typeof name !== 'string') return wrongKind('TLCModelValue', 'a string', name, site);
  return ModelValue.of(name);
}

/** The search evaluates no expression later, which TLC allows, too. */
function deferred(_expression: Unevaluated): boolean {
  return true;
}

/** TRUE unless a person would have to pick a successor. */
function pickSuccessor(expression: RuntimeValue, site: Site): boolean {
  if (bool(expression, 'PickSuccessor', site)) return true;
  const place = 'without a person who picks the successor';
  throw new Fault('EVL021', site, { construct: 'PickSuccessor(FALSE)', place });
}

/** TRUE if the expression has a value, or fails with these words. */
function assertError(expected: RuntimeValue, expression: Unevaluated, site: Site): boolean {
  if (typeof expected !== 'string') return wrongKind('AssertError', 'a string', expected, site);
  let fault: Fault;
  try {
    value(expression(), site);
    return true;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    fault = error;
  }
  const message = faultMessage(fault);
  if (message === expected) return true;
  throw new Fault('EVL014', site, { message });
}

function registers(host: Host): StandardModule {
  function getOr(key: RuntimeValue, otherwise: Unevaluated, site: Site): Value {
    if (typeof key !== 'number' || key < 0) {
      return wrongKind('TLCGetOrDefault', 'the number of a register', key, site);
    }
    return host.register(key) ?? value(otherwise(), site);
  }
  function getAndSet(
    key: RuntimeValue,
    combine: (old: Value, given: Value) => RuntimeValue,
    given: RuntimeValue,
    otherwise: Unevaluated,
    site: Site,
  ): Value {
    const old = getOr(key, otherwise, site);
    host.setRegister(key as number, enumerated(combine(old, value(given, site)), site));
    return old;
  }
  return {
    TLCGetOrDefault: lazyIn([1], effect('any', 2, getOr)),
    TLCGetAndSet: lazyIn([3], effect('any', 4, getAndSet)),
  };
}

export function tlcExt(host: Host): StandardModule {
  function assertEqual(a: RuntimeValue, b: RuntimeValue, site: Site): boolean {
    if (equal(a, b, site)) return true;
    host.print('"Assertion failed"');
    for (const side of [a, b]) host.print(printed(side, site));
    return false;
  }
  const behavior =
    'by this program, which keeps no behavior while it searches: collect in a variable what is ' +
    'needed of it, or show it in counterexamples with ALIAS';
  return {
    AssertEq: effect('boolean', 2, assertEqual),
    AssertError: lazyIn([1], effect('boolean', 2, assertError)),
    ...registers(host),
    Trace: refused('Trace', 0, behavior),
    CounterExample: refused('CounterExample', 0, behavior),
    ToTrace: refused('ToTrace', 1, behavior),
    TLCModelValue: operator('value', 1, modelValue),
    TLCDefer: lazyIn([0], operator('boolean', 1, deferred)),
    TLCNoOp: operator('any', 1, unchanged),
    PickSuccessor: effect('boolean', 1, pickSuccessor),
    TLCCache: lazyIn([1], operator('any', 2, first)),
    TLCFP: refused('TLCFP', 1, 'by this program, which tells states apart without fingerprints'),
    TLCEvalDefinition: refused('TLCEvalDefinition', 1, 'by this program: write the name itself'),
  };
}
