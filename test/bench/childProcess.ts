/** One run of a program as a child process: its output, wall time and peak memory. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessRun {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
  /** From its start to its end, seen from outside. */
  readonly seconds: number;
  /** The largest resident set; null where the system does not tell (it is read from /proc). */
  readonly peakBytes: number | null;
}

/** The peak grows only, so what is missed is its growth in the last moments. */
const sampleMilliseconds = 20;

export function runProcess(
  command: string,
  args: readonly string[],
  folder?: string,
): Promise<ProcessRun> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(folder === undefined ? {} : { cwd: folder }),
    });
    let out = '';
    let err = '';
    let seconds = 0;
    let peakBytes: number | null = null;
    const sample = () => {
      peakBytes = peakOf(child.pid) ?? peakBytes;
    };
    const stop = () => child.kill();
    process.once('exit', stop);
    const timer = setInterval(sample, sampleMilliseconds);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    const ended = () => {
      seconds = (performance.now() - start) / 1000;
      clearInterval(timer);
      process.off('exit', stop);
    };
    child.once('exit', ended);
    child.once('error', (error) => {
      ended();
      reject(error);
    });
    child.once('close', (exitCode) => resolve({ exitCode, out, err, seconds, peakBytes }));
  });
}

function peakOf(pid: number | undefined): number | null {
  try {
    return peakInStatus(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    // No such file: another system, or the process has ended.
    return null;
  }
}

/** `VmHWM:   119744 kB` of Linux's /proc/PID/status; an ended process has no such line. */
export function peakInStatus(status: string): number | null {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
