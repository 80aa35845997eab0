/** The thread of one member of a team: compiles the specification, and then does as it is told. */
import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import { Member, type TeamMessage } from '../../explore/parallel/member.js';
import type { Phase } from '../../explore/parallel/phases.js';
import { word } from '../../explore/parallel/shared.js';
import { awaitOrder, reportDone } from '../../explore/parallel/signals.js';
import type { TeamStart } from '../../explore/parallel/team.js';
import { noColours } from '../../report/palette.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { renderDiagnostic } from '../../source/render.js';
import { SourceText } from '../../source/text.js';
import { loadSpecification } from '../pipeline.js';

/** The texts as the run has read them: the files may be others by now. */
export interface WorkerTexts {
  readonly sources: readonly { readonly file: string; readonly text: string }[];
  readonly pluscal: string;
}

export interface WorkerSettings extends TeamStart {
  readonly number: number;
  readonly texts: WorkerTexts;
  /** Where messages of the leader come from. */
  readonly port: MessagePort;
}

/** A diagnostic holds its source text, so it travels as words. */
export type WorkerNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'text'; readonly text: string };

const main = parentPort;
if (main === null) throw new Error('this file is the inside of a worker thread');
const { memory, checkDeadlock, number, texts, port } = workerData as WorkerSettings;
const send = (news: WorkerNews) => main.postMessage(news);

function compiled() {
  const sources = texts.sources.map(({ file, text }) => new SourceText(file, text));
  const [spec] = sources;
  const config = sources.at(-1);
  if (spec === undefined || config === undefined) throw new Error('there is no specification');
  const modules = new Map(sources.slice(1, -1).map((one) => [moduleOf(one.file), one]));
  const warn = (one: Diagnostic) => send({ kind: 'text', text: renderDiagnostic(one, noColours) });
  const findModule = (name: string) => modules.get(name) ?? null;
  const { pluscal } = texts;
  return loadSpecification({ spec, config, findModule, pluscal, host: { warn } }).compiled;
}

function moduleOf(file: string): string {
  return file.replace(/^.*[/\\]/, '').replace(/\.tla$/, '');
}

const member = new Member(compiled(), memory, number, checkDeadlock);
let order = Atomics.load(memory.control, word.order);
send({ kind: 'ready' });
for (;;) {
  order = awaitOrder(memory.control, order);
  // What was told before the order is there by now.
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
    member.take(next.message as TeamMessage);
  }
  member.run(Atomics.load(memory.control, word.phase) as Phase);
  reportDone(memory.control);
}
