/**
 * How the members of a team explore the states of a level, a round at a time, so that nobody can
 * tell the result from that of a single worker: a leader gives orders, and the next one only when
 * all members have done what the last one says.
 *
 * - learn: before its first round a team takes on the codes of the leader, which goes on alone
 *   meanwhile.
 * - scatter, fill, rest: first, if the table has grown (`tableFilling.ts`).
 * - expand: the states of the round, in blocks of a few; who is done takes the next block. A
 *   successor that is in nobody's hands yet is put into the table by an atomic exchange, so that
 *   one member only has it for new, and keeps it in a place of its own, as the order in which
 *   members come upon states is nobody's business. Each new state has a key: the first of the steps
 *   of the round that lead to it. Who comes upon it again by an earlier step lowers the key.
 * - sort: the keys are final now. Each member says of each block which of its new states have their
 *   first step there.
 * - settle: so their order is known, which is that in which a single worker finds them, and they
 *   are copied to where they stay.
 *
 * Whatever a single worker would stop at, or remember, ends the round before it settles: the
 * leader undoes it, which is to free the places in the table, and goes on alone from its first
 * state. So there is one place that knows of violations, failures and limits: the search itself.
 */
export const phase = {
  learn: 1,
  scatter: 2,
  fill: 3,
  rest: 4,
  expand: 5,
  sort: 6,
  settle: 7,
} as const;

export type Phase = (typeof phase)[keyof typeof phase];
