/** The reserved words of TLA+, as in tla.ohm, and what some of them begin. */

/** Words that name nothing (the reserved words of tla.ohm); none of them ends an operand. */
const reservedWords = new Set(
  (
    'ASSUMPTION ASSUME AXIOM BY CASE CHOOSE CONSTANTS CONSTANT COROLLARY DEFINE DEFS DEF DOMAIN ' +
    'ELSE ENABLED EXCEPT EXTENDS HAVE HIDE IF INSTANCE IN LAMBDA LEMMA LET LOCAL MODULE NEW ' +
    'OBVIOUS OMITTED OTHER PICK PROOF PROPOSITION PROVE QED RECURSIVE SUBSET SUFFICES TAKE THEN ' +
    'THEOREM UNCHANGED UNION USE VARIABLES VARIABLE WITH WITNESS'
  ).split(' '),
);

/** True for words that cannot be names. TRUE and FALSE cannot, either, but they are operands. */
export function isReserved(word: string): boolean {
  return reservedWords.has(word) || word.startsWith('WF_') || word.startsWith('SF_');
}

const declarationWords = new Set(
  (
    'ASSUMPTION ASSUME AXIOM CONSTANTS CONSTANT COROLLARY EXTENDS INSTANCE LEMMA LOCAL ' +
    'PROPOSITION RECURSIVE THEOREM VARIABLES VARIABLE'
  ).split(' '),
);

/** True for the words that begin a declaration of a module. */
export function startsDeclaration(word: string): boolean {
  return declarationWords.has(word);
}
