/**
 * L1 and L2 of the dossier where pages are freed and used again, which specs/waiters leaves out: a
 * completion that clears PG_waiters of a page that belongs to somebody else by now (S5c) makes nobody
 * sleep for ever. A BUG_ON kills a thread with the page lock; that is told by S1 and S2, not here.
 */
import { describe, expect, test } from 'vitest';
import { loadSpecification } from '../../src/cli/pipeline.js';
import { explore, LivenessCheck } from '../../src/explore/index.js';
import { SourceText } from '../../src/source/text.js';
import { edit, onlyInvariant, read, withConstants } from './writebackSpec.js';

const PROGRESS = `
SleepsInVain(w) == pc[w] \\in {"Sleep", "TruncateSleep"} /\\ ~woken[w] /\\ ~page.writeback
WakeupIsComing ==
    (\\E w \\in Waiters : SleepsInVain(w)) =>
        \\E a \\in Completions : (pc[a] = "C5" /\\ page.waiters) \\/ pc[a] = "C6"
NoLostWakeup == \\A w \\in Waiters : SleepsInVain(w) ~> ~SleepsInVain(w)
TruncateEnds ==
    (pc["T"] = "TruncateLock" /\\ bugOn = "none")
        ~> (pc["T"] = "TruncateLookup" \\/ bugOn # "none")
`;

const BOUNDS = { Allocations: 2, Redirties: 1, Truncations: 1 };

function violated(kernel: string, change: (text: string) => string = (text) => text): string[] {
  const spec = edit(change(read('Writeback.tla')), '\n=====', `${PROGRESS}\n=====`);
  const invariant = onlyInvariant('WakeupIsComing')(read(`${kernel}.cfg`));
  const config = `${withConstants(BOUNDS)(invariant)}PROPERTIES NoLostWakeup TruncateEnds\n`;
  const { compiled } = loadSpecification({
    spec: new SourceText('Writeback.tla', spec),
    config: new SourceText(`${kernel}.cfg`, config),
    findModule: () => null,
  });
  const search = explore(compiled, { everyProperty: true, checkDeadlock: false });
  expect(search.complete).toBe(true);
  const temporal = compiled.temporal();
  if (temporal === null) throw new Error('the configuration has temporal properties');
  const check = new LivenessCheck(compiled, temporal.model, search, { everyProperty: true });
  while (check.advance(10_000));
  const lassos = check
    .result()
    .violations.map((it) => temporal.model.properties[it.property]?.name);
  return [...search.violations.map((it) => it.property), ...lassos].map(String);
}

describe('with reuse of the page', () => {
  test.each(['old', 'base', 'a', 'b', 'e', 'b+e'])('nobody sleeps in vain on %s', (kernel) => {
    expect(violated(kernel)).toEqual([]);
  });

  test('a completion that does not wake is found out', () => {
    const forgets = (text: string) =>
      edit(text, 'C5:\n    if (~page.waiters) {', 'C5:\n    if (TRUE) {');
    expect(violated('b+e', forgets)).toEqual(['WakeupIsComing', 'NoLostWakeup', 'TruncateEnds']);
  });
});
