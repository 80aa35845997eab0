/** What is said of a name that has no meaning where it stands: the cause, if it can be told. */
import { type Diagnostic, diagnose, nearest } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Scope } from './scope.js';
import { modulesDefining } from './standard/operators.js';

/** Names that the module defines somewhere at its outer level, with the place. */
export type OuterNames = ReadonlyMap<string, Span>;

export function unknownName(name: string, at: Span, scope: Scope, outer: OuterNames): Diagnostic {
  const later = outer.get(name);
  if (later) {
    const notes = [{ message: 'it is defined here', span: later }];
    return diagnose('SEM007', at, { name }, { notes });
  }
  const shown = name === '-.' ? '-' : name;
  return diagnose('SEM001', at, { name: shown, remedy: remedyFor(name, scope, outer) });
}

function remedyFor(name: string, scope: Scope, outer: OuterNames): string {
  const modules = modulesDefining(name);
  if (modules.length > 0) {
    const [first, ...others] = modules;
    const more = others.length > 0 ? ` (or ${others.join(' or ')})` : '';
    return `Add \`${first}\`${more} to EXTENDS.`;
  }
  if (name === 'self')
    return 'Only a process set, `process (p \\in S)`, and a procedure know `self`.';
  const words = [...scope.names(), ...outer.keys()].filter((one) => /^\w/.test(one));
  const standard = ['Cardinality', 'Append', 'SubSeq', 'Assert', 'PrintT'];
  const meant = nearest(name, words) ?? nearest(name, standard);
  if (meant) return `Did you mean \`${meant}\`?`;
  return 'Declare it as a variable or constant, define it, or extend the module that does.';
}
