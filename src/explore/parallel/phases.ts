/**
 * A round of a search by several members. The states of a round are the next ones of the queue, all
 * of one depth, in blocks. It has phases, and every member is done with one before any of them
 * begins the next; in a phase no member reads what another one writes in it, so there is nothing
 * to lock, and nothing depends on who is faster:
 *
 * - expand: members take blocks, as they come, and each writes the successors of its blocks, in
 *   their order, to arrays of its own. Nothing that is stored changes.
 * - insert: every part of the table has one member, which goes through the successors of all
 *   blocks, in the order of the queue, and puts those into the table that belong there. So the
 *   first of several equal ones is found to be new: the one that a single worker finds.
 * - check: invariants of the new states. Nothing that is stored changes.
 * - commit: the leader has counted the new states of each block, so that all their indices are
 *   known, and they are copied to where they stay.
 *
 * Whatever a single worker would stop at, or remember, ends the round before it is committed: the
 * leader undoes it, which is to free the places in the table, and goes on alone from its first
 * state. So there is one place that knows of violations, failures and limits: the search itself.
 */
export const phase = { expand: 1, insert: 2, check: 3, commit: 4, rebuild: 5 } as const;

export type Phase = (typeof phase)[keyof typeof phase];
