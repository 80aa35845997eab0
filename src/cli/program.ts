/** argv → one command → an exit code. Every mistake of the user ends here as a diagnostic. */
import { Command, CommanderError } from 'commander';
import { type Diagnostic, DiagnosticError, diagnose } from '../source/diagnostic.js';
import { type Context, createContext } from './context.js';
import { expectEnoughStack, StackTooSmall } from './deepStack.js';
import { describeFailure } from './describeFailure.js';
import { exitCodeOf, exitCodes } from './exitCodes.js';
import { commandHelp, paintHelp, programHelp } from './help.js';
import {
  addExploreOptions,
  oneOf,
  secondsFrom,
  size,
  wholeNumber,
  wholeNumberOrZero,
} from './options.js';
import { isStackOverflow } from './pipeline.js';
import { paletteFor, type Terminal } from './terminal.js';
import { version } from './version.js';

/**
 * Runs the program; never throws but what deepStack.ts asks for, and prints a stack only with
 * COUNTERPLAY_DEBUG=1.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  // Before the options are parsed, so that a mistake among them is told in the form asked for.
  let context = createContext(terminal, { json: argv.includes('--json') });
  let exitCode: number = exitCodes.ok;
  const act =
    <O extends CommonOptions, A>(load: () => Promise<Run<A, O>>) =>
    async (subject: A, options: O) => {
      context = createContext(terminal, options);
      const command = await load();
      exitCode = await command(subject, options, context);
    };
  const program = buildProgram(terminal, act);
  try {
    if (argv.length === 0) terminal.out(paintHelp(programHelp.trimStart(), context.paint));
    else await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, argv[0], context);
  }
}

type CommonOptions = { readonly json?: boolean; readonly quiet?: boolean };
type Run<A, O> = (subject: A, options: O, context: Context) => Promise<number> | number;

/** A command is loaded when it runs: to load all of them takes longer than a short run itself. */
type Act = <O extends CommonOptions, A>(
  load: () => Promise<Run<A, O>>,
) => (subject: A, options: O) => Promise<void>;

function buildProgram(terminal: Terminal, act: Act): Command {
  const program = new Command('counterplay');
  const paint = paletteFor(terminal, 'out');
  // Commands made from this one inherit the settings, so they come first.
  program
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: () => {} })
    .configureHelp({
      formatHelp: (command) =>
        paintHelp((commandHelp[command.name()] ?? programHelp).trimStart(), paint),
    })
    .showSuggestionAfterError();
  program.version(version, '--version');

  addExploreOptions(program.command('check <spec>'))
    .option('--por')
    .option('--trace <file>')
    .option('--witness <expression>', '', collected)
    .option('--coverage')
    .option('--coverage-out <file>')
    .option('--checkpoint <file>')
    .option('--checkpoint-every <seconds>', '', secondsFrom('--checkpoint-every'))
    .option('--resume <file>')
    .action(act(async () => (await import('./commands/check.js')).check));
  addExploreOptions(program.command('graph <spec>'))
    .option('--out <file>')
    .option('--format <format>', '', oneOf('--format', ['dot', 'json']))
    .option('--counterexamples <which>')
    .option('--property <name>')
    .option('--max-graph-states <n>', '', wholeNumber('--max-graph-states'))
    .action(act(async () => (await import('./commands/graph.js')).graph));
  addExploreOptions(program.command('replay <subject>'))
    .option('--property <name>')
    .option('--driver <driver>')
    .option('--exec <command>')
    .option('--build <name>')
    .option('--driver-timeout <seconds>', '', wholeNumber('--driver-timeout'))
    .option('--steps')
    .action(act(async () => (await import('./commands/replay.js')).replayCommand));
  addExploreOptions(program.command('hunt [subjects...]'))
    .option('--por')
    .option('--out <dir>')
    .option('--report <file>')
    .option('--build <name>')
    .action(act(async () => (await import('./commands/hunt.js')).hunt));
  program
    .command('simulate <spec>')
    .option('--config <cfg>')
    .option('--seed <n>', '', wholeNumberOrZero('--seed'))
    .option('--depth <n>', '', wholeNumber('--depth'))
    .option('--behaviors <n>', '', wholeNumberOrZero('--behaviors'))
    .option('--behavior <n>', '', wholeNumber('--behavior'))
    .option('--uniform <over>', '', oneOf('--uniform', ['processes', 'actions', 'steps']))
    .option('--trace <file>')
    .option('--coverage')
    .option('--coverage-out <file>')
    .option('--no-deadlock')
    .option('--every-property')
    .option('--max-memory <size>', '', size('--max-memory'))
    .option('--pluscal <options>')
    .option('--path <dir>', '', (dir: string, all: readonly string[]) => [...all, dir], [])
    .option('--quiet')
    .option('--json')
    .option('--progress')
    .action(act(async () => (await import('./commands/simulate.js')).simulate));
  program
    .command('translate <spec>')
    .option('--out <file>')
    .option('--write')
    .option('--pluscal <options>')
    .option('--json')
    .option('--quiet')
    .action(act(async () => (await import('./commands/translate.js')).translate));
  program
    .command('eval <expression>')
    .option('--spec <spec>')
    .option('--config <cfg>')
    .option('--seed <n>', '', wholeNumberOrZero('--seed'))
    .option('--path <dir>', '', (dir: string, all: readonly string[]) => [...all, dir], [])
    .option('--json')
    .option('--quiet')
    .action(act(async () => (await import('./commands/eval.js')).evaluate));
  return program;
}

/** An option that may be given several times. */
function collected(value: string, all: readonly string[] = []): readonly string[] {
  return [...all, value];
}

/** Turns whatever was thrown into words and an exit code. */
function explain(error: unknown, command: string | undefined, context: Context): number {
  if (error instanceof StackTooSmall) throw error;
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  const diagnostics = diagnosticsFor(error, command);
  if (diagnostics === null) return internalError(error, context);
  for (const { code } of diagnostics) expectEnoughStack(code);
  for (const diagnostic of diagnostics) context.report(diagnostic);
  if (context.json) context.document(describeFailure(diagnostics));
  return exitCodeOf(diagnostics);
}

function diagnosticsFor(error: unknown, command: string | undefined): readonly Diagnostic[] | null {
  if (error instanceof DiagnosticError) return error.diagnostics;
  if (isStackOverflow(error)) return [diagnose('SYN016', null)];
  return error instanceof CommanderError ? [usageMistake(error, command)] : null;
}

/** Commander's `error: unknown option '--foo'\n(Did you mean --bar?)` in the form of the others. */
function usageMistake(error: CommanderError, command = ''): Diagnostic {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = rest
    .join(' ')
    .trim()
    .replace(/^\((.*)\)$/, '$1');
  const message = first.replaceAll("'", '`');
  const of = Object.hasOwn(commandHelp, command) ? ` ${command}` : '';
  const holes = { message, command: of };
  return diagnose('USE001', null, holes, suggestion === '' ? {} : { hint: suggestion });
}

function internalError(error: unknown, { terminal }: Context): number {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  terminal.err(`internal error: ${message}\n`);
  if (terminal.env.COUNTERPLAY_DEBUG === '1') terminal.err(`${stack ?? ''}\n`);
  else {
    terminal.err(
      'This is a fault of counterplay, not of your input; please report it.\n' +
        'COUNTERPLAY_DEBUG=1 shows where it happened.\n',
    );
  }
  return exitCodes.internal;
}
