/**
 * The inside of a thread with a stack of its own: a search by a team of two, with small rounds.
 * Posts how many states it has found, how many rounds there were, and how many of them have come
 * to their end.
 */
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { program, spec, config } = workerData;
const built = (path) => import(new URL(`src/${path}`, program).href);
const { ThreadTeam } = await built('cli/workers/threadTeam.js');
const { loadSpecification } = await built('cli/pipeline.js');
const { Search } = await built('explore/index.js');
const { phase } = await built('explore/parallel/phases.js');
const { SourceText } = await built('source/text.js');

const sources = [new SourceText('Deep.tla', spec), new SourceText('Deep.cfg', config)];
const [root, settings] = sources;
const { compiled } = loadSpecification({ spec: root, config: settings, findModule: () => null });
const failures = [];
const team = new ThreadTeam({
  size: 2,
  restMs: 0,
  now: () => 0,
  sources,
  pluscal: '',
  tell() {},
  onFailure: (cause) => failures.push(cause),
});
let rounds = 0;
let settled = 0;
const order = team.order.bind(team);
team.order = (next) => {
  if (next === phase.expand) rounds++;
  if (next === phase.settle) settled++;
  order(next);
};
const small = { team, statesMin: 2, startAt: 1, successorsMax: 256 };
const search = new Search(compiled, { checkDeadlock: false, team: small });
while (search.advance(50)) {
  do await setImmediate();
  while (team.state === 'starting');
}
team.disband();
const { distinct, violations } = search.result();
parentPort.postMessage({ distinct, violations: violations.length, failures, rounds, settled });
