/**
 * TLCGet and TLCSet: numbered registers, and how far the search is. Registers are kept from step
 * to step in the order in which the search evaluates, as TLC's are with one worker.
 */
import { makeRecord, type Value } from '../../values/index.js';
import { Fault, type Site, show, wrongKind } from '../runtime/fault.js';
import type { Host } from '../runtime/host.js';
import { enumerated, type RuntimeValue } from '../runtime/lazy.js';
import { effect, type StandardModule } from './operator.js';

/** What `TLCGet("name")` answers; undefined where there is no answer, such as outside a search. */
function named(name: string, host: Host): Value | undefined {
  const { search, state } = host;
  switch (name) {
    case 'level':
      // In constants and in the initial predicate there is no state yet.
      return state === null ? 0 : search?.levelOf(state);
    case 'diameter':
      return search?.progress().depth;
    case 'distinct':
      return search?.progress().distinct;
    case 'generated':
      return search?.progress().generated;
    case 'queue':
      return search?.progress().frontier;
    case 'duration':
      return host.seconds()?.sinceStart;
    case 'stats':
      return statistics(host);
    case 'config':
      return makeRecord(new Map([['mode', 'bfs']]));
    default:
      return undefined;
  }
}

/** The numbers that have names of their own, as one record; the time where there is a clock. */
function statistics(host: Host): Value | undefined {
  const fields = ['diameter', 'distinct', 'duration', 'generated', 'queue'].map((name) => {
    return [name, named(name, host)] as const;
  });
  const known = fields.filter((field): field is readonly [string, Value] => field[1] !== undefined);
  return host.search === null ? undefined : makeRecord(new Map(known));
}

/** What TLC answers, and this program does not: why, and what there is instead. */
const unanswered: Readonly<Record<string, string>> = {
  action:
    'while states are searched (in TLC it is a dummy then): every step of a trace, and every edge of ' +
    'a graph, has its action',
  spec: 'by this program: name the actions, or see `translate` and `graph`',
  revision: 'by this program: `--version` says which it is',
};

export function tlcRegisters(host: Host): StandardModule {
  function get(key: RuntimeValue, site: Site): Value {
    const wanted = registerKey(key, 'TLCGet', site);
    const found = typeof wanted === 'number' ? host.register(wanted) : named(wanted, host);
    if (found !== undefined) return found;
    const place = unanswered[wanted];
    if (place !== undefined) {
      throw new Fault('EVL021', site, { construct: `TLCGet(${show(wanted)})`, place });
    }
    throw new Fault('EVL024', site, { key: show(wanted) });
  }
  function set(key: RuntimeValue, to: RuntimeValue, site: Site): boolean {
    const wanted = registerKey(key, 'TLCSet', site);
    const made = enumerated(to, site);
    if (typeof wanted === 'number') host.setRegister(wanted, made);
    // Only "exit" and "pause" mean something to TLC, and only with TRUE.
    else if ((wanted !== 'exit' && wanted !== 'pause') || made !== false) {
      const construct = `TLCSet(${show(wanted)}, ${show(made)})`;
      throw new Fault('EVL021', site, { construct, place: placeOf(wanted) });
    }
    return true;
  }
  return { TLCGet: effect('any', 1, get), TLCSet: effect('boolean', 2, set) };
}

function placeOf(name: string): string {
  const instead = 'bound the search with a CONSTRAINT on TLCGet("level"), or with --max-states';
  return name === 'exit' ? `by this program: ${instead}` : 'by this program';
}

function registerKey(key: RuntimeValue, operator: string, site: Site): number | string {
  if (typeof key === 'string' || (typeof key === 'number' && key >= 0)) return key;
  return wrongKind(operator, 'the number of a register, not negative, or a name', key, site);
}
