// An implementation of test/cli/specs/Ticket.tla. Build `eager` counts at once, `locked` lets only
// one process at a time take a number, `silent` detects nothing, any other is like the spec.
export function createDriver({ build }) {
  let state;
  let detections;
  const integer = (value) => ({ '#bigint': String(value) });
  return {
    name: 'ticket',
    ghosts: {},
    confirms: { Different: ['duplicate'] },
    labels: ['read', 'write', 'keep'],
    reset() {
      state = {
        next: 0,
        mine: { A: 0, B: 0 },
        taken: [],
        seen: { A: 0, B: 0 },
        pc: { A: 'read', B: 'read' },
      };
      detections = [];
    },
    step({ action, process }) {
      const waits = build === 'locked' && Object.values(state.pc).some((at) => at === 'write');
      if (action === 'read' && waits) {
        return { kind: 'blocked', reason: 'the lock is taken', function: 'take_ticket' };
      }
      if (action === 'read') {
        state.seen[process] = state.next;
        if (build === 'eager') state.next++;
        state.pc[process] = 'write';
      } else if (action === 'write') {
        state.next = state.seen[process] + 1;
        state.pc[process] = 'keep';
      } else {
        state.mine[process] = state.seen[process] + 1;
        state.taken.push(process);
        state.pc[process] = 'Done';
        if (build !== 'silent' && state.taken.length === 2 && state.mine.A === state.mine.B) {
          detections.push({
            kind: 'duplicate',
            name: 'ticket',
            message: `both hold ${state.mine.A}`,
            function: 'keep_ticket',
            evidence: [`A ${state.mine.A}`, `B ${state.mine.B}`],
          });
        }
      }
      return { kind: 'done', events: [`${process} did ${action}`] };
    },
    state: () => ({
      next: integer(state.next),
      mine: { A: integer(state.mine.A), B: integer(state.mine.B) },
      taken: { '#set': state.taken },
      seen: { A: integer(state.seen.A), B: integer(state.seen.B) },
      pc: { ...state.pc },
    }),
    detections: () => detections,
  };
}
