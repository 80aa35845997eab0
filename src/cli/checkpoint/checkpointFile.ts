/**
 * The file of a checkpoint: a line of JSON, then a line per value of the slots' dictionaries, then
 * 32-bit words: the first state of each depth, the states outside the constraint, and each state
 * packed, with its predecessor and its action. How the search packs them is its own business.
 */
import type { CompiledSpec } from '../../compile/index.js';
import type { SearchSnapshot } from '../../explore/index.js';
import { Packing } from '../../explore/packing.js';
import type { SourceText } from '../../source/text.js';
import { fromStoredJson, type StoredJson, toStoredJson } from '../../values/index.js';
import { CheckedReader, CheckedWriter, DamagedFile } from './checkedFile.js';
import type { RunIdentity } from './identity.js';
import { restoreViolation, type StoredViolation, storeViolation } from './storedViolation.js';

/** The first line of the file. The number counts the formats. */
export const checkpointKind = 'counterplay checkpoint 1';

interface Header {
  readonly identity: RunIdentity;
  /** Of all runs so far that led to this one. */
  readonly seconds: number;
  readonly distinct: number;
  readonly generated: number;
  readonly expanded: number;
  readonly reducedCount: number;
  readonly size: number;
  readonly depths: readonly (readonly [string, number])[];
  readonly registers: readonly (readonly [number, StoredJson])[];
  readonly actionCount: number;
  /** The size of each dictionary. */
  readonly slots: readonly number[];
  readonly levels: number;
  readonly outside: number;
  readonly violations: readonly StoredViolation[];
}

/** Gives the length of the file. Errors of the file system are thrown as they are. */
export function writeCheckpoint(
  file: string,
  identity: RunIdentity,
  seconds: number,
  snapshot: SearchSnapshot,
  compiled: CompiledSpec,
): number {
  const { depths, dictionaries, registers } = compiled.coding(snapshot.isCut);
  const { generated, expanded, reducedCount, size, levelStarts, outside, violations } = snapshot;
  const header: Header = {
    identity,
    seconds,
    distinct: size - outside.length,
    generated,
    expanded,
    reducedCount,
    size,
    depths: [...depths],
    registers: [...registers].map(([number, value]) => [number, toStoredJson(value)]),
    actionCount: compiled.actionCount,
    slots: dictionaries.map((values) => values.length),
    levels: levelStarts.length,
    outside: outside.length,
    violations: violations.map(storeViolation),
  };
  const writer = new CheckedWriter(file, checkpointKind);
  try {
    writer.line(JSON.stringify(header));
    for (const values of dictionaries) {
      for (const value of values) writer.line(JSON.stringify(toStoredJson(value)));
    }
    for (const start of levelStarts) writer.int32(start);
    for (const index of outside) writer.int32(index);
    writeStates(writer, snapshot, header.slots);
    return writer.finish();
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

function writeStates(writer: CheckedWriter, snapshot: SearchSnapshot, slots: readonly number[]) {
  const packing = new Packing(slots);
  const words = new Int32Array(packing.wordCount);
  snapshot.eachState((state, predecessor, action) => {
    if (!packing.pack(state, words)) throw new Error('a state has a code without a value');
    for (const word of words) writer.int32(word);
    writer.int32(predecessor);
    writer.int32(action);
  });
}

/** A checkpoint that is whole; what it holds is read as it is asked for. */
export class CheckpointFile {
  readonly header: Header;
  private readonly reader: CheckedReader;

  /** Throws DamagedFile; errors of the file system are thrown as they are. */
  constructor(file: string) {
    this.reader = new CheckedReader(file, checkpointKind);
    this.header = JSON.parse(this.reader.line()) as Header;
  }

  /**
   * First the dictionaries, which the spec takes on, then a snapshot to begin a search with. Its
   * states are read while the search takes them, so it is good for one search.
   */
  restore(compiled: CompiledSpec, sources: readonly SourceText[]): SearchSnapshot {
    const { header, reader } = this;
    const { depths, slots, levels, outside, generated, expanded, reducedCount, size } = header;
    const dictionaries = slots.map((count) =>
      Array.from({ length: count }, () => fromStoredJson(JSON.parse(reader.line()) as StoredJson)),
    );
    const registers = new Map(header.registers.map(([at, to]) => [at, fromStoredJson(to)]));
    const isFit = compiled.adopt({ depths: new Map(depths), dictionaries, registers });
    if (!isFit || compiled.actionCount !== header.actionCount) {
      throw new DamagedFile('its values are not those of this specification');
    }
    const int32s = (count: number) => Array.from({ length: count }, () => reader.int32());
    return {
      generated,
      expanded,
      reducedCount,
      isCut: false,
      size,
      levelStarts: int32s(levels),
      outside: int32s(outside),
      violations: header.violations.map((one) => restoreViolation(one, sources)),
      eachState: (sink) => this.eachState(sink),
    };
  }

  close(): void {
    this.reader.close();
  }

  private eachState(sink: Parameters<SearchSnapshot['eachState']>[0]): void {
    const { header, reader } = this;
    const packing = new Packing(header.slots);
    const words = new Int32Array(packing.wordCount);
    const state = new Int32Array(header.slots.length);
    for (let index = 0; index < header.size; index++) {
      for (let word = 0; word < words.length; word++) words[word] = reader.int32();
      packing.unpack(words, 0, state);
      const predecessor = reader.int32();
      sink(state, predecessor, reader.int32());
    }
  }
}
