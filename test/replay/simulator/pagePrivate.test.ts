/**
 * Private data of the filesystem on the page: what stands between a premature return of truncate's
 * wait and disaster, the four rows of section 2.12 of the writeback dossier.
 */
import { describe, expect, it } from 'vitest';
import { Machine, type MachineConfig, type PrivateStyle } from '../../../replay/simulator/index.js';
import { cutOf, Play } from './play.js';
import { s3UntilDma, s4, secondWritebackOfOnePage, truncateIsFooled } from './scenarioScripts.js';

const files = { a: 1, b: 1 };

function dirtyPage(privateStyle: PrivateStyle, more: Partial<MachineConfig> = {}): Play {
  const play = new Play({ build: 'base', files, privateStyle, ...more });
  play.writes('W', { file: 'a', bytes: 'a[0] ' });
  return play;
}

function underWriteback(privateStyle: PrivateStyle): Play {
  const play = dirtyPage(privateStyle);
  play.flusher('F', 'a');
  play.ends('F');
  return play;
}

/** The page has been truncated under the second writeback, which is still at the device. */
const fooled = (privateStyle: PrivateStyle) => truncateIsFooled('base', true, { privateStyle });

describe('private data', () => {
  it.each(['iomap', 'buffers-bio', 'buffers-locked'] as const)(
    'of style %s hold one reference, from the first write until truncate lets go of them',
    (privateStyle) => {
      const play = dirtyPage(privateStyle);
      expect(play.page()).toMatchObject({ holders: ['page cache', 'PG_private'], _refcount: 2 });
      expect(play.page().flags).toContain('PG_private');
      play.writes('W2', { file: 'a', bytes: 'a[0], again ' });
      expect(play.page()._refcount).toBe(2);
      play.truncater('T', 'a');
      play.ends('T');
      expect(play.page()).toMatchObject({ isFree: true, private: null, flags: [], holders: [] });
      expect(play.detected()).toEqual([]);
    },
  );

  it('are not there unless the filesystem keeps some', () => {
    const play = dirtyPage('none');
    expect(play.page()).toMatchObject({ private: null, _refcount: 1 });
  });

  it('of an unknown style are refused with the styles that there are', () => {
    const privateStyle = 'bufferheads' as PrivateStyle;
    expect(() => new Machine({ build: 'base', files, privateStyle })).toThrow(
      'choose one of none, iomap, buffers-bio, buffers-locked',
    );
  });
});

describe('an iomap_page', () => {
  const pending = (play: Play) => play.page().private;

  it('counts the bytes under I/O from before the bit is set; at 0 the page is ended', () => {
    const play = dirtyPage('iomap');
    play.flusher('F', 'a');
    play.to('F', '2.7.2');
    expect(pending(play)).toEqual({ kind: 'iomap_page', write_bytes_pending: 64 });
    play.ends('F');
    play.ends('DMA1');
    play.past('A1', '2.9 pending');
    expect(pending(play)).toEqual({ kind: 'iomap_page', write_bytes_pending: 0 });
    play.ends('A1');
    expect(play.page().flags).not.toContain('PG_writeback');
  });

  it('does not hold a fooled truncate up: two warnings, and the page is freed under its I/O', () => {
    const play = fooled('iomap');
    expect(play.machine.detections).toMatchObject([
      { kind: 'WARN_ON_ONCE', name: 'PageWriteback', function: 'iomap_invalidatepage' },
      { kind: 'WARN_ON_ONCE', name: 'write_bytes_pending', function: 'iomap_page_release' },
      { kind: 'bad_page', name: 'PAGE_FLAGS_CHECK_AT_FREE', thread: 'T' },
    ]);
  });

  it('of nobody is warned about, and the page is ended all the same', () => {
    const play = truncateIsFooled('base', false, { privateStyle: 'iomap' });
    play.ends('DMA2');
    play.past('A2', '2.9 pending');
    expect(play.detected().at(-1)).toBe('WARN_ON_ONCE:!iop');
    expect(play.machine.peek('A2')?.step).toBe('C1');
  });

  it('of another owner is counted below 0, and his page is not ended', () => {
    const play = s3UntilDma('base', { privateStyle: 'iomap' });
    play.ends('DMA2');
    expect(play.detected()).toContain('disk:foreign-bytes');
    play.ends('A2');
    expect(play.detected().at(-1)).toBe('WARN_ON_ONCE:write_bytes_pending');
    expect(pending(play)).toEqual({ kind: 'iomap_page', write_bytes_pending: -64 });
  });
});

describe('buffers whose I/O goes out as bios', () => {
  it('leave an orphan page in S3, and nobody gets its memory', () => {
    const privateStyle = 'buffers-bio';
    const { thread, at } = cutOf(() => s3UntilDma('base', { privateStyle }));
    expect({ thread, at }).toEqual({ thread: 'W3', at: 'alloc_page' });
    const play = fooled(privateStyle);
    expect(play.page()).toMatchObject({ mapping: null, holders: ['PG_private'], isFree: false });
    expect(play.page().flags).toEqual(['PG_uptodate', 'PG_lru', 'PG_private', 'PG_writeback']);
    expect(play.detected()).toEqual([]);
  });

  it('do not save the block, which is written after truncate has returned', () => {
    const play = fooled('buffers-bio');
    play.ends('DMA2');
    expect(play.detected()).toEqual(['disk:write-after-truncate']);
    play.ends('A2');
    expect(play.page().flags).not.toContain('PG_writeback');
  });

  it('go with the page where it is not under writeback', () => {
    const play = underWriteback('buffers-bio');
    play.ends('DMA1');
    play.ends('A1');
    play.truncater('T', 'a');
    play.ends('T');
    expect(play.page().isFree).toBe(true);
  });
});

describe('buffers that are locked during I/O', () => {
  const privateStyle = 'buffers-locked';

  it('are locked before PG_writeback is set, and submitted before the page is unlocked', () => {
    const play = dirtyPage(privateStyle);
    play.flusher('F', 'a');
    play.to('F', '2.7.2');
    expect(play.page().private).toEqual({ kind: 'buffer_head', lockHolder: 'bio 1' });
    play.past('F', '2.8 submit');
    expect(play.page().flags).toEqual(expect.arrayContaining(['PG_locked', 'PG_writeback']));
    play.ends('F');
    play.ends('DMA1');
    play.past('A1', '2.9 buffer');
    expect(play.page().private).toEqual({ kind: 'buffer_head', lockHolder: null });
    expect(play.page().flags).toContain('PG_writeback');
  });

  it.each([
    ['S3', 'T2', () => s3UntilDma('base', { privateStyle })],
    ['S4', 'T', () => s4('base', { privateStyle })],
  ] as const)('hold %s up in discard_buffer', (_, thread, script) => {
    const cut = cutOf(script);
    expect(cut).toMatchObject({ thread, at: 'discard_buffer' });
    expect(cut.reason).toMatch(/^BH_Lock of page 0\/\d is held for bio 2, until its I\/O is done$/);
  });

  it('let truncate go on once the device is done, before the bit is clear: an orphan page', () => {
    const play = new Play({ build: 'base', files, privateStyle });
    secondWritebackOfOnePage(play);
    play.truncater('T', 'a');
    play.sleeps('T');
    play.past('A1', 'C6');
    expect(() => play.ends('T')).toThrow(/^T is blocked in discard_buffer/);
    play.ends('DMA2');
    play.past('A2', '2.9 buffer');
    play.ends('T');
    expect(play.page()).toMatchObject({ mapping: null, holders: ['PG_private'] });
    play.ends('A2');
    expect(play.detected()).toEqual([]);
  });
});
