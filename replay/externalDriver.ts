/**
 * A driver in any language: a child process that reads one JSON line per request and answers each
 * with one JSON line.
 *
 *   {"hello": "counterplay-driver-1"}   → {"name", "ghosts", "confirms", "labels"}
 *   {"reset": {"property", "constants", "state"}} → {}
 *   {"step": {"action", "process", "choices"}} → {"kind": "done", "events": […]} and so on
 *   {"state": true}                     → the spec's variables
 *   {"detections": true}                → everything detected since the reset
 *
 * An answer `{"error": "…"}` ends the replay with that message. What the program writes to standard
 * error is kept and its last lines are quoted when it fails.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ReplayError } from './compare.js';
import type {
  Data,
  Detection,
  DriverReset,
  DriverStep,
  ReplayDriver,
  StepResult,
} from './driver.js';

/** How long a driver may think about one request. */
const answerMsMax = 30_000;

export interface ExternalDriver extends ReplayDriver {
  /** Ends the child process. */
  close(): void;
}

/** Starts `command` in a shell and asks it who it is. */
export async function startExternalDriver(command: string): Promise<ExternalDriver> {
  const pipe = new Pipe(command);
  try {
    const hello = checkHello(await pipe.ask({ hello: 'counterplay-driver-1' }), command);
    return {
      ...hello,
      reset: async (init: DriverReset) => void (await pipe.ask({ reset: init })),
      step: async (step: DriverStep) => checkStep(await pipe.ask({ step }), command),
      state: async () => checkObject(await pipe.ask({ state: true }), command, 'a state'),
      detections: async () => checkDetections(await pipe.ask({ detections: true }), command),
      close: () => pipe.close(),
    };
  } catch (error) {
    pipe.close();
    throw error;
  }
}

interface Waiting {
  answer(line: string): void;
  fail(error: Error): void;
}

/** One request, one answer, in order. */
class Pipe {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: Waiting[] = [];
  private errors = '';
  private ended: string | null = null;

  constructor(private readonly command: string) {
    this.child = spawn(command, { shell: true, detached: process.platform !== 'win32' });
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      if (line.trim() !== '') this.waiting.shift()?.answer(line);
    });
    this.child.stderr.on('data', (data) => {
      this.errors = (this.errors + String(data)).slice(-2000);
    });
    // A program that ends early breaks the pipe; `close` reports that, so the write error is noise.
    this.child.stdin.on('error', () => {});
    this.child.on('error', (error) => this.end(error.message));
    this.child.on('close', (code, signal) =>
      this.end(`it ended with ${signal ?? `status ${code}`}`),
    );
  }

  async ask(request: unknown): Promise<unknown> {
    const line = await new Promise<string>((answer, fail) => {
      if (this.ended !== null) return fail(this.broken(this.ended));
      const timer = setTimeout(
        () => fail(this.broken(`no answer for ${answerMsMax / 1000} s to ${show(request)}`)),
        answerMsMax,
      );
      const settle =
        <T>(pass: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          pass(value);
        };
      this.waiting.push({ answer: settle(answer), fail: settle(fail) });
      this.child.stdin.write(`${JSON.stringify(request)}\n`);
    });
    return this.parse(line, request);
  }

  private parse(line: string, request: unknown): unknown {
    let data: unknown;
    try {
      data = JSON.parse(line);
    } catch {
      throw this.broken(`the answer to ${show(request)} is no JSON: ${line.slice(0, 120)}`);
    }
    const error = (data as { error?: unknown } | null)?.error;
    if (error !== undefined) throw this.broken(String(error));
    return data;
  }

  private end(reason: string): void {
    const last = this.errors.trim().split('\n').slice(-5).join('\n');
    this.ended ??= last === '' ? reason : `${reason}:\n${last}`;
    for (const { fail } of this.waiting.splice(0)) fail(this.broken(this.ended));
  }

  private broken(cause: string): ReplayError {
    return new ReplayError('protocol', { driver: this.command, cause });
  }

  /** The shell may have children of its own, so the whole group is ended. */
  close(): void {
    this.child.stdin.end();
    const { pid } = this.child;
    if (pid === undefined || this.ended !== null) return;
    try {
      if (process.platform === 'win32') this.child.kill();
      else process.kill(-pid, 'SIGTERM');
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

const show = (request: unknown) => JSON.stringify(request).slice(0, 60);

function refuse(command: string, expected: string, found: unknown): never {
  const cause = `expected ${expected}, got ${JSON.stringify(found)?.slice(0, 120)}`;
  throw new ReplayError('protocol', { driver: command, cause });
}

function checkObject(data: unknown, command: string, what: string): Record<string, Data> {
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  return isObject ? (data as Record<string, Data>) : refuse(command, what, data);
}

function checkHello(data: unknown, command: string) {
  const { name, labels, ghosts, confirms } = checkObject(data, command, 'a description') as Record<
    string,
    unknown
  >;
  if (!isStrings(labels)) refuse(command, '"labels", an array of strings', data);
  return {
    name: typeof name === 'string' ? name : command,
    labels,
    ghosts: checkObject(ghosts ?? {}, command, '"ghosts", an object') as Record<string, string>,
    confirms: checkConfirms(confirms ?? {}, command),
  };
}

function checkConfirms(data: unknown, command: string): Record<string, readonly string[]> {
  const confirms = checkObject(data, command, '"confirms", an object');
  const wrong = Object.values(confirms).find((it) => !isStrings(it));
  if (wrong !== undefined) refuse(command, 'arrays of strings in "confirms"', wrong);
  return confirms as unknown as Record<string, readonly string[]>;
}

function isStrings(data: unknown): data is readonly string[] {
  return Array.isArray(data) && data.every((it) => typeof it === 'string');
}

function checkStep(data: unknown, command: string): StepResult {
  const result = checkObject(data, command, 'a step result') as Record<string, unknown>;
  const reason = typeof result.reason === 'string' ? result.reason : '(no reason given)';
  const where = typeof result.function === 'string' ? result.function : null;
  switch (result.kind) {
    case 'done': {
      const events = isStrings(result.events) ? result.events : [];
      return { kind: 'done', events, function: where };
    }
    case 'blocked':
      return { kind: 'blocked', reason, function: where };
    case 'unmapped':
      return { kind: 'unmapped', reason };
    default:
      return refuse(command, '"kind": "done", "blocked" or "unmapped"', data);
  }
}

function checkDetections(data: unknown, command: string): readonly Detection[] {
  if (!Array.isArray(data)) refuse(command, 'an array of detections', data);
  return (data as unknown[]).map((it) => {
    const detection = checkObject(it, command, 'a detection') as Record<string, unknown>;
    return {
      kind: String(detection.kind),
      name: String(detection.name ?? ''),
      message: String(detection.message ?? ''),
      function: typeof detection.function === 'string' ? detection.function : null,
      evidence: isStrings(detection.evidence) ? detection.evidence : [],
    };
  });
}
