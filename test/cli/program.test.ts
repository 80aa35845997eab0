import { describe, expect, test } from 'vitest';
import { commandHelp, programHelp } from '../../src/cli/help.js';
import { cli, cliOn } from './runCli.js';

describe('help', () => {
  test('the program and every command have one, with examples, in 80 columns', async () => {
    const texts = await Promise.all(
      [[], ...Object.keys(commandHelp).map((name) => [name])].map((it) => cli(...it, '--help')),
    );
    expect(texts).toHaveLength(8);
    for (const { exitCode, out, err } of texts) {
      expect([exitCode, err]).toEqual([0, '']);
      expect(out).toContain('Usage:\n  counterplay');
      expect(out).toContain('\nExamples:\n');
      expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
  });

  test('is what the program says without arguments', async () => {
    expect((await cli()).out).toBe(programHelp.trimStart());
  });

  test('is painted only where colours are wanted', async () => {
    const heading = '\u001b[1mUsage:\u001b[0m';
    expect((await cliOn({ outIsTerminal: true })).out).toContain(heading);
    const silent = { outIsTerminal: true, env: { NO_COLOR: '1' } };
    expect((await cliOn(silent)).out).not.toContain(heading);
  });

  test('every option in the help is accepted, and every option is in the help', async () => {
    for (const [name, text] of Object.entries(commandHelp)) {
      const section = text.slice(text.indexOf('Options:'), text.indexOf('Examples:'));
      const options = [...section.matchAll(/^ {2}(--[a-z-]+)/gm)].map((it) => it[1] as string);
      expect(options.length).toBeGreaterThan(3);
      for (const option of options) {
        // There is no such file, so only an unknown option would be told of first.
        const { err } = await cli(name, 'none/None.tla', option);
        expect(err).not.toBe('');
        expect(err).not.toContain('unknown option');
      }
    }
  });
});

describe('wrong usage', () => {
  test.each([
    [['chek', 'X.tla'], 'unknown command `chek`', 'Did you mean check?'],
    [['check', 'X.tla', '--quite'], 'unknown option `--quite`', 'Did you mean --quiet?'],
    [['check'], 'missing required argument `spec`', '--help'],
    [['check', 'X.tla', '--max-states', 'many'], 'invalid value "many"', ''],
    [['check', 'X.tla', '--max-states'], 'argument missing', '--help'],
    [['graph', 'X.tla'], 'the file to write is missing: --out FILE', '.dot or .json'],
    [['graph', 'X.tla', '--out', 'x.pdf'], 'the format of the graph is missing', 'x.pdf'],
    [['graph', 'X.tla', '--out', 'x.dot', '--counterexamples', 'few'], 'shortest, all or', ''],
    [['translate', 'X.tla', '--write', '--out', 'Y.tla'], '--write and --out', ''],
  ])('%j is explained', async (argv, message, remedy) => {
    const { exitCode, out, err } = await cli(...argv);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).toContain(remedy);
  });

  test('is one JSON document where JSON was asked for', async () => {
    const { exitCode, out } = await cli('check', 'X.tla', '--quite', '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ result: 'usage-error', location: null });
  });
});

test('--version prints one line', async () => {
  expect(await cli('--version')).toEqual({ exitCode: 0, out: '0.1.0\n', err: '' });
});
