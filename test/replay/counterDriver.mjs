// A counter that speaks the driver protocol: JSON lines on standard input and output.
// `COUNTER_MODE`: die = ends at the first step, chatter = answers with no JSON, error = refuses,
// silent = never answers a step, note = has something to say of the run.
import { createInterface } from 'node:readline';

const mode = process.env.COUNTER_MODE;
let x = 0;
let fired = [];

function answer(request) {
  if (request.hello)
    return {
      name: 'counter',
      labels: ['inc'],
      ghosts: { log: 'none' },
      confirms: { Small: ['BUG_ON'] },
    };
  if (request.reset) {
    x = Number(request.reset.state.x['#bigint']);
    fired = [];
    return mode === 'note' ? { note: 'a counter of brass' } : {};
  }
  if (request.step) {
    if (mode === 'die') {
      process.stderr.write('counter: no memory\n');
      process.exit(3);
    }
    if (mode === 'error') return { error: 'the counter is jammed' };
    x++;
    if (x === 3)
      fired.push({ kind: 'BUG_ON', name: 'counter', message: 'three', evidence: ['00 03'] });
    return { kind: 'done', events: [`counter is ${x}`] };
  }
  if (request.state) return { x: { '#bigint': String(x) } };
  return fired;
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (mode === 'silent' && request.step) continue;
  const text = JSON.stringify(answer(request));
  process.stdout.write(mode === 'chatter' ? 'hello there\n' : `${text}\n`);
}
