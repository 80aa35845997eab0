/**
 * A file that is written as a stream and appears only when it is whole, and that shows every damage
 * when it is read. Its first line says what it is, its second the SHA-256 and the length of the
 * rest. Nothing is ever held in memory but one buffer.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';

const bufferBytes = 1 << 20;

/** What is wrong with a file; for a person, after a colon. Null: it is no such file at all. */
export class DamagedFile extends Error {
  constructor(readonly reason: string | null) {
    super(reason ?? 'another kind of file');
    this.name = 'DamagedFile';
  }
}

const lengthDigits = 16;

/** The second line; it has the same length whatever it says. */
function seal(digest: string, length: number): string {
  return `${digest} ${String(length).padStart(lengthDigits, '0')}\n`;
}

const noSeal = seal('0'.repeat(64), 0);

export class CheckedWriter {
  private readonly temporary: string;
  private readonly descriptor: number;
  private readonly buffer = Buffer.allocUnsafe(bufferBytes);
  private filled = 0;
  private length = 0;
  private readonly hash = createHash('sha256');
  private isOpen = true;

  /**
   * Errors of the file system are thrown as they are. A run that was killed leaves its temporary
   * file; as its name is always the same, the next run overwrites it.
   */
  constructor(
    private readonly file: string,
    private readonly kind: string,
  ) {
    this.temporary = `${file}.tmp`;
    this.descriptor = openSync(this.temporary, 'w');
    writeSync(this.descriptor, `${kind}\n${noSeal}`);
  }

  int32(value: number): void {
    if (this.filled + 4 > bufferBytes) this.flush();
    this.filled = this.buffer.writeInt32LE(value, this.filled);
  }

  /** The text has no line break in it. */
  line(text: string): void {
    const bytes = Buffer.from(`${text}\n`, 'utf8');
    for (let at = 0; at < bytes.length; ) {
      if (this.filled === bufferBytes) this.flush();
      const copied = bytes.copy(this.buffer, this.filled, at);
      this.filled += copied;
      at += copied;
    }
  }

  /** Puts the file in its place, and gives its length. */
  finish(): number {
    this.flush();
    const head = Buffer.byteLength(`${this.kind}\n`);
    writeSync(this.descriptor, seal(this.hash.digest('hex'), this.length), head);
    // Without this a power failure could leave the name without the content.
    fsyncSync(this.descriptor);
    this.close();
    renameSync(this.temporary, this.file);
    return head + noSeal.length + this.length;
  }

  /** After an error: an older file stays. */
  abandon(): void {
    this.close();
    rmSync(this.temporary, { force: true });
  }

  private close(): void {
    if (this.isOpen) closeSync(this.descriptor);
    this.isOpen = false;
  }

  private flush(): void {
    for (let at = 0; at < this.filled; ) {
      at += writeSync(this.descriptor, this.buffer, at, this.filled - at);
    }
    this.hash.update(this.buffer.subarray(0, this.filled));
    this.length += this.filled;
    this.filled = 0;
  }
}

/** Reads the whole file once when it is opened, to check it, and then again as it is asked for. */
export class CheckedReader {
  private readonly descriptor: number;
  private readonly buffer = Buffer.allocUnsafe(bufferBytes);
  private at = 0;
  private filled = 0;
  /** Where in the file the buffer ends. */
  private position = 0;

  /** Throws DamagedFile; errors of the file system are thrown as they are. */
  constructor(file: string, kind: string) {
    this.descriptor = openSync(file, 'r');
    try {
      this.check(kind);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  int32(): number {
    if (this.filled - this.at < 4) this.refill();
    if (this.filled - this.at < 4) throw new DamagedFile('it ends too early');
    const value = this.buffer.readInt32LE(this.at);
    this.at += 4;
    return value;
  }

  line(): string {
    const parts: Buffer[] = [];
    for (;;) {
      const end = this.buffer.subarray(0, this.filled).indexOf(10, this.at);
      if (end >= 0) {
        parts.push(this.buffer.subarray(this.at, end));
        const text = Buffer.concat(parts).toString('utf8');
        this.at = end + 1;
        return text;
      }
      parts.push(Buffer.from(this.buffer.subarray(this.at, this.filled)));
      this.at = this.filled;
      this.refill();
      if (this.filled === 0) throw new DamagedFile('it ends too early');
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private check(kind: string): void {
    const first = `${kind}\n`;
    const head = this.bytes(Buffer.byteLength(first) + noSeal.length).toString('latin1');
    if (!head.startsWith(first)) throw new DamagedFile(null);
    const match = /^([0-9a-f]{64}) (\d{16})\n$/.exec(head.slice(first.length));
    if (match === null) throw new DamagedFile('its second line is not what it was');
    const start = this.position - (this.filled - this.at);
    const { digest, length } = this.digest();
    const wanted = Number(match[2]);
    if (length !== wanted) {
      const what = length < wanted ? 'its end is missing' : 'something follows its end';
      throw new DamagedFile(`${what} (${length} bytes of content, and not ${wanted})`);
    }
    if (digest !== match[1]) throw new DamagedFile('its content is not what was written');
    this.position = start;
    this.at = this.filled = 0;
  }

  /** Of all that follows. */
  private digest(): { readonly digest: string; readonly length: number } {
    const hash = createHash('sha256');
    let length = 0;
    for (;;) {
      hash.update(this.buffer.subarray(this.at, this.filled));
      length += this.filled - this.at;
      this.at = this.filled;
      this.refill();
      if (this.filled === 0) return { digest: hash.digest('hex'), length };
    }
  }

  /** So many bytes, or as many as there are. */
  private bytes(count: number): Buffer {
    while (this.filled - this.at < count) {
      const before = this.filled - this.at;
      this.refill();
      if (this.filled - this.at === before) break;
    }
    const taken = this.buffer.subarray(this.at, Math.min(this.filled, this.at + count));
    this.at += taken.length;
    return taken;
  }

  /** What is left goes to the front. */
  private refill(): void {
    this.buffer.copyWithin(0, this.at, this.filled);
    this.filled -= this.at;
    this.at = 0;
    const room = bufferBytes - this.filled;
    const read = readSync(this.descriptor, this.buffer, this.filled, room, this.position);
    this.filled += read;
    this.position += read;
  }
}
