import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, json } from './runCli.js';

const ticket = 'test/cli/specs/Ticket.tla';
const atomic = 'test/cli/specs/Ticket-atomic.cfg';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

describe('graph', () => {
  test('writes all states, as DOT or JSON by the extension', async () => {
    const checked = await json('check', ticket, '--every-property');
    const { exitCode, document } = await json('graph', ticket, '--out', at('t.dot'));
    expect(exitCode).toBe(0);
    expect(document.nodes).toBe(checked.document.states.distinct);
    expect(readFileSync(at('t.dot'), 'utf8')).toMatch(/^digraph /);
    expect((await cli('graph', ticket, '--out', at('t.json'))).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(at('t.json'), 'utf8')).format).toBe('counterplay-graph-1');
  });

  test('writes the shortest counterexamples only', async () => {
    const argv = ['graph', ticket, '--out', at('c.dot'), '--counterexamples'];
    const all = await json(...argv, 'shortest');
    // Both must read before either writes: 2 orders of the reads, 6 of what follows, and each of the
    // two `keep` steps has 2 choices of a bonus.
    expect(all.document.shortestPaths).toBe('48');
    const one = await json(...argv, '1');
    expect([one.document.nodes, one.document.edges]).toEqual([7, 6]);
  });

  test('refuses a graph beyond the limit, with the remedy, and writes nothing', async () => {
    const argv = ['graph', ticket, '--out', at('big.dot'), '--max-graph-states', '3'];
    const { exitCode, err } = await cli(...argv);
    expect(exitCode).toBe(152);
    expect(err).toContain('the limit is 3');
    expect(err).toContain('--max-graph-states');
    expect(existsSync(at('big.dot'))).toBe(false);
  });

  test('draws the counterexamples only where all states are too many, and says so', async () => {
    const out = ['--out', at('g.dot')];
    const all = await json('graph', ticket, ...out);
    const shortest = await json('graph', ticket, ...out, '--counterexamples', 'shortest');
    expect(shortest.document.nodes).toBeLessThan(all.document.nodes);
    const limit = ['--max-graph-states', String(shortest.document.nodes)];
    const { err, exitCode, out: text } = await cli('graph', ticket, ...out, ...limit, '--json');
    expect(exitCode).toBe(0);
    expect(err).toContain(`beyond the limit of ${shortest.document.nodes}`);
    expect(err).toContain('only the counterexamples of Different are drawn');
    expect(JSON.parse(text)).toEqual(shortest.document);
  });

  test('refuses it where there is no counterexample to draw instead', async () => {
    const argv = ['--config', atomic, '--out', at('big.dot'), '--max-graph-states', '3'];
    const { exitCode, err } = await cli('graph', ticket, ...argv);
    expect(exitCode).toBe(152);
    expect(err).toContain('the limit is 3');
    expect(existsSync(at('big.dot'))).toBe(false);
  });

  test('has no counterexamples where nothing is violated; an older file is left alone', async () => {
    writeFileSync(at('kept.dot'), 'kept');
    const argv = ['--config', atomic, '--out', at('kept.dot'), '--counterexamples', 'all'];
    const { exitCode, err } = await cli('graph', ticket, ...argv);
    expect(exitCode).toBe(2);
    expect(err).toContain('violates nothing');
    expect(readFileSync(at('kept.dot'), 'utf8')).toBe('kept');
  });

  test('is not written where the search met a limit', async () => {
    const { exitCode } = await cli('graph', ticket, '--out', at('t.dot'), '--max-states', '4');
    expect(exitCode).toBe(152);
    expect(existsSync(at('t.dot'))).toBe(false);
  });
});

describe('translate', () => {
  const marker = '\\* BEGIN TRANSLATION';
  const begin = `${marker}\n`;
  const end = '\\* END TRANSLATION';

  test('prints the module with the translation between its markers', async () => {
    const { exitCode, out } = await cli('translate', ticket);
    expect(exitCode).toBe(0);
    const source = readFileSync(ticket, 'utf8');
    expect(out.startsWith(source.slice(0, source.indexOf(begin) + marker.length))).toBe(true);
    expect(out.endsWith(source.slice(source.indexOf(end)))).toBe(true);
    expect(out).toContain('write(self) == /\\ pc[self] = "write"');
  });

  test('--write puts it into the file once, and twice is the same as once', async () => {
    cpSync(ticket, at('Ticket.tla'));
    cpSync('test/cli/specs/Ticket.cfg', at('Ticket.cfg'));
    expect((await cli('translate', at('Ticket.tla'), '--write')).exitCode).toBe(0);
    const once = readFileSync(at('Ticket.tla'), 'utf8');
    expect(once).toBe((await cli('translate', ticket)).out);
    await cli('translate', at('Ticket.tla'), '--write');
    expect(readFileSync(at('Ticket.tla'), 'utf8')).toBe(once);
    // The translation in the file is its own, so nothing is stale and the verdict is the same.
    const { exitCode, err } = await cli('check', at('Ticket.tla'));
    expect([exitCode, err]).toEqual([12, '']);
  });

  test('a translation that is not of its algorithm is told, and the algorithm counts', async () => {
    const { out } = await cli('translate', ticket);
    writeFileSync(at('Ticket.tla'), out.replace("next' = seen[self] + 1", "next' = 7"));
    cpSync('test/cli/specs/Ticket.cfg', at('Ticket.cfg'));
    const { exitCode, err } = await cli('check', at('Ticket.tla'));
    expect(exitCode).toBe(12);
    expect(err).toContain('warning[USE073]');
    expect(err).toContain('translate SPEC --write');
  });

  test('adds markers where there are none, and replaces the checksums of another text', async () => {
    const source = readFileSync(ticket, 'utf8');
    const bare = source.replace(begin, '').replace(`${end}\n`, '');
    writeFileSync(at('Ticket.tla'), bare);
    const added = (await cli('translate', at('Ticket.tla'))).out;
    expect(added.split(marker)).toHaveLength(2);
    expect(added.indexOf(marker)).toBeLessThan(added.indexOf('Different =='));
    const checksum = '\\* BEGIN TRANSLATION (chksum(pcal) = "1" /\\ chksum(tla) = "2")\n';
    writeFileSync(at('Ticket.tla'), source.replace(begin, checksum));
    expect((await cli('translate', at('Ticket.tla'))).out).toBe(
      (await cli('translate', ticket)).out,
    );
  });

  test('a module without an algorithm is a mistake', async () => {
    writeFileSync(at('Raw.tla'), '---- MODULE Raw ----\nVARIABLE x\n====\n');
    const { exitCode, err } = await cli('translate', at('Raw.tla'), '--write');
    expect(exitCode).toBe(150);
    expect(err).toContain('has no PlusCal algorithm');
    expect(readFileSync(at('Raw.tla'), 'utf8')).toContain('VARIABLE x');
  });
});

describe('eval', () => {
  test.each([
    ['1 + 2 * 3', '7'],
    ['{x \\in 1..10 : x % 3 = 0}', '{3, 6, 9}'],
    ['[a |-> 1, b |-> <<2, "x">>]', '[a |-> 1, b |-> <<2, "x">>]'],
    ['Cardinality(SUBSET (1..4))', '16'],
    ['1 :> "a" @@ 3 :> "b"', '(1 :> "a" @@ 3 :> "b")'],
  ])('%s', async (expression, value) => {
    expect(await cli('eval', expression)).toEqual({ exitCode: 0, out: `${value}\n`, err: '' });
  });

  test('an expression that begins with a dash comes after --', async () => {
    expect((await cli('eval', '--', '-7 + 2')).out).toBe('-5\n');
  });

  test('a definition of a specification, with the constants of its configuration', async () => {
    const body = 'CONSTANT N\nDouble(n) == n * 2\nAll == 1..N';
    writeFileSync(at('Defs.tla'), `---- MODULE Defs ----\nEXTENDS Naturals\n${body}\n====\n`);
    writeFileSync(at('Defs.cfg'), 'CONSTANT N = 3\n');
    const spec = ['--spec', at('Defs.tla')];
    expect((await cli('eval', '{Double(n) : n \\in All}', ...spec)).out).toBe('{2, 4, 6}\n');
    writeFileSync(at('four.cfg'), 'CONSTANT N = 4\n');
    const config = ['--config', at('four.cfg')];
    const four = await cli('eval', '{n + 1 : n \\in All}', ...spec, ...config);
    expect(four.out).toBe('{2, 3, 4, 5}\n');
  });

  test('--json gives the value coded and printed', async () => {
    const { document } = await json('eval', '{2, 1}');
    const value = { '#set': [{ '#bigint': '1' }, { '#bigint': '2' }] };
    expect(document).toEqual({ expression: '{2, 1}', text: '{1, 2}', value });
  });

  test('errors point into the expression, each with its exit code', async () => {
    const noValue = await cli('eval', '1 + "a"');
    expect(noValue.exitCode).toBe(75);
    expect(noValue.err).toContain('<expression>:1:');
    expect((await cli('eval', '1 +')).exitCode).toBe(150);
    const unknown = await cli('eval', 'Cardinalty({})');
    expect(unknown.exitCode).toBe(150);
    expect(unknown.err).toContain('Cardinality');
  });
});

describe('hunt', () => {
  const prepare = (names: readonly string[]) => {
    cpSync(ticket, at('Ticket.tla'));
    for (const name of names) cpSync(`test/cli/specs/${name}`, at(name));
  };
  const expected = (table: object) => {
    const scenarios = { D: 'Different', B: 'Bounded' };
    const data = { spec: 'Ticket.tla', scenarios, table, replay: 'confirmed' };
    writeFileSync(at('expected.json'), JSON.stringify(data));
  };

  test('one table of every configuration, and the graphs of what is violated', async () => {
    prepare(['Ticket.cfg', 'Ticket-atomic.cfg']);
    const { exitCode, out } = await cli('hunt', folder, '--out', at('out'));
    expect(exitCode).toBe(12);
    expect(out).toMatch(/Ticket +holds +violated 7 not replayed/);
    expect(out).toMatch(/Ticket-atomic +holds +holds/);
    expect(out).toContain('Not as expected:\n  Ticket: Different is violated');
    expect(readdirSync(at('out/Ticket')).sort()).toEqual([
      'Ticket-Different.dot',
      'Ticket-Different.graph.json',
      'Ticket-Different.trace.json',
    ]);
  });

  test('where nothing is violated all is well', async () => {
    prepare(['Ticket-atomic.cfg']);
    const { exitCode, out } = await cli('hunt', folder, '--out', at('out'));
    expect(exitCode).toBe(0);
    expect(out).toContain('2 verdicts, 0 violated');
    expect(existsSync(at('out'))).toBe(false);
  });

  test('--json prints what scripts rely on, with scenarios and differences', async () => {
    prepare(['Ticket.cfg', 'Ticket-atomic.cfg']);
    expected({
      'Ticket-atomic': { D: 'holds', B: 'holds' },
      Ticket: { D: 'violated', B: 'violated' },
    });
    const { exitCode, document } = await json('hunt', at('Ticket.tla'), '--out', at('out'));
    expect(exitCode).toBe(12);
    expect(document.rows.map((it: { variant: string }) => it.variant)).toEqual([
      'Ticket-atomic',
      'Ticket',
    ]);
    expect(document.rows[1].properties).toEqual([
      { name: 'Bounded', scenario: 'B', result: 'holds', traceLength: null, verdict: null },
      { name: 'Different', scenario: 'D', result: 'violated', traceLength: 7, verdict: null },
    ]);
    expect(document).toMatchObject({
      asExpected: false,
      differences: [
        'Ticket, D: expected a replay confirmed, found no replay',
        'Ticket, B: expected violated, found holds',
      ],
    });
  });

  test('--report writes the same as one page that needs nothing else', async () => {
    prepare(['Ticket.cfg']);
    await cli('hunt', folder, '--out', at('out'), '--report', at('page.html'));
    const page = readFileSync(at('page.html'), 'utf8');
    expect(page).toContain('<a href="#Ticket-Different">violated</a> 7, not replayed');
    expect(page).toContain('<h2 id="Ticket-Different">');
    expect(page).toMatch(
      /<code>pc\[&quot;[AB]&quot;\]: &quot;read&quot; → &quot;write&quot;<\/code>/,
    );
    expect(page).not.toMatch(/(src|href)="http/);
  });

  test('a configuration that is no kernel keeps its verdicts, and is told once', async () => {
    for (const name of ['Writeback.tla', 'base.cfg']) {
      cpSync(`specs/writeback/${name}`, at(name === 'base.cfg' ? 'mine.cfg' : name));
    }
    const argv = ['--out', at('out'), '--max-states', '150000', '--json'];
    const { exitCode, out, err } = await cli('hunt', folder, ...argv);
    expect(exitCode).toBe(12);
    expect(err.match(/no kernel build named "mine"/g)).toHaveLength(1);
    const violated = JSON.parse(out).rows[0].properties.filter(
      (it: { result: string }) => it.result === 'violated',
    );
    expect(violated.length).toBeGreaterThan(1);
    expect(violated.every((it: { verdict: unknown }) => it.verdict === null)).toBe(true);
  });

  test('a configuration that is wrong ends the hunt with its own exit code', async () => {
    prepare(['Ticket.cfg']);
    writeFileSync(at('Ticket.cfg'), 'SPECIFICATION Spek\nCONSTANTS Atomic = TRUE\n');
    expect((await cli('hunt', folder)).exitCode).toBe(151);
  });
});
