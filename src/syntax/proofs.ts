/**
 * Proofs are left out: nothing here checks them, and a model checker's reader only needs the
 * statement. A proof is `BY …`, `OBVIOUS`, `OMITTED`, or steps `<n>…` up to the `QED` of its level
 * with that step's own proof; `USE` and `HIDE` among the units go with it.
 */
import { startsUnit } from './openConstructs.js';
import type { Token } from './tokens.js';

const leafWords = new Set(['BY', 'USE', 'HIDE']);
/** The tokens without those of proofs. */
export function dropProofs(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some((_token, i) => startsProof(tokens, i))) return tokens;
  const kept: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const end = startsProof(tokens, i) ? proofEnd(tokens, i) : i;
    if (end === i) kept.push(tokens[i++] as Token);
    else i = end;
  }
  return kept;
}

function startsProof(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i] as Token;
  if (token.kind !== 'name') return stepLevel(tokens, i) !== null;
  return leafWords.has(token.text) || /^(PROOF|OBVIOUS|OMITTED)$/.test(token.text);
}

/** The level of the step that begins here with `<3>`, or null. `<*>` and `<+>` count as deep. */
function stepLevel(tokens: readonly Token[], i: number): number | null {
  const [open, level, close] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (open?.text !== '<' || close?.text !== '>' || !level) return null;
  if (open.end !== level.start || level.end !== close.start) return null;
  if (level.kind === 'number') return Number(level.text);
  return level.text === '*' || level.text === '+' ? Number.POSITIVE_INFINITY : null;
}

function proofEnd(tokens: readonly Token[], start: number): number {
  let i = start;
  if (tokens[i]?.text === 'PROOF') i++;
  const text = tokens[i]?.text ?? '';
  if (text === 'OBVIOUS' || text === 'OMITTED') return i + 1;
  if (leafWords.has(text)) return factsEnd(tokens, i + 1);
  const level = i < tokens.length ? stepLevel(tokens, i) : null;
  return level === null ? i : stepsEnd(tokens, i, level);
}

/** Steps without a QED of their level are no proof: `start`, and the grammar refuses them. */
function stepsEnd(tokens: readonly Token[], start: number, level: number): number {
  for (let i = start; i < tokens.length; i++) {
    const last = stepLevel(tokens, i) === level ? qedAfter(tokens, i + 3) : null;
    if (last === null) continue;
    return last < tokens.length && startsProof(tokens, last) ? proofEnd(tokens, last) : last;
  }
  return start;
}

/** The index after `QED` of a step whose label (`<1>2.`) ended before `i`, or null. */
function qedAfter(tokens: readonly Token[], i: number): number | null {
  const label = i;
  while (i < label + 3 && tokens[i] && tokens[i]?.text !== 'QED') {
    const token = tokens[i] as Token;
    if (token.kind === 'symbol' && !/^\.+$/.test(token.text)) return null;
    i++;
  }
  return tokens[i]?.text === 'QED' ? i + 1 : null;
}

/** The end of a list of facts: the next step, unit, definition or end of the module. */
function factsEnd(tokens: readonly Token[], start: number): number {
  let i = start;
  for (; i < tokens.length; i++) {
    // `BY <1>2, <1>3`: a step as a fact.
    const isFact = /^(BY|USE|HIDE|,|DEFS?|MODULE)$/.test(tokens[i - 1]?.text ?? '');
    if (isFact && stepLevel(tokens, i) !== null) i += 2;
    else if (startsUnit(tokens, i) || startsProof(tokens, i)) break;
  }
  return i;
}
