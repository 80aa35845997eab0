/**
 * A driver in any language: a child process that reads one JSON line per request and answers each
 * with one JSON line.
 *
 *   {"hello": "counterplay-driver-1"}   → {"name", "ghosts", "confirms", "labels"}
 *   {"reset": {"property", "constants", "state"}} → {} or {"note": "…"}
 *   {"step": {"action", "process", "choices"}} → {"kind": "done", "events": […]} and so on
 *   {"state": true}                     → the spec's variables
 *   {"detections": true}                → everything detected since the reset
 *
 * An answer `{"error": "…"}` ends the replay with that message. What the program writes to standard
 * error is kept and its last lines are quoted when it fails.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  answerInTime,
  checkDescription,
  checkDetections,
  checkReset,
  checkState,
  checkStep,
  secondsMaxDefault,
} from './answers.js';
import { ReplayError } from './compare.js';
import type { DriverReset, DriverStep, ReplayDriver } from './driver.js';

export interface ExternalDriver extends ReplayDriver {
  /** Ends the child process. */
  close(): void;
}

/** Starts `command` in a shell and asks it who it is. */
export async function startExternalDriver(
  command: string,
  secondsMax = secondsMaxDefault,
): Promise<ExternalDriver> {
  const pipe = new Pipe(command, secondsMax);
  try {
    const hello = await pipe.ask({ hello: 'counterplay-driver-1' });
    return {
      ...checkDescription(hello, command),
      reset: async (init: DriverReset) => checkReset(await pipe.ask({ reset: init }), command),
      step: async (step: DriverStep) => checkStep(await pipe.ask({ step }), command),
      state: async () => checkState(await pipe.ask({ state: true }), command),
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

  constructor(
    private readonly command: string,
    private readonly secondsMax: number,
  ) {
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
    const answer = new Promise<string>((answer, fail) => {
      if (this.ended !== null) return fail(this.broken(this.ended));
      this.waiting.push({ answer, fail });
      this.child.stdin.write(`${JSON.stringify(request)}\n`);
    });
    const line = await answerInTime(answer, this.secondsMax, this.command, show(request));
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

/** A short request whole, a long one by its name. */
function show(request: unknown): string {
  const text = JSON.stringify(request);
  return text.length <= 80 ? text : `"${Object.keys(request as object).join()}"`;
}
