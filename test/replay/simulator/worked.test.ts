/** Runs that the dossier describes in full: sections 4.3, 4.6, 2.14 and 3.1. */
import { describe, expect, it } from 'vitest';
import { Play } from './play.js';
import { s3, s3UntilDma, truncateIsFooled } from './scenarioScripts.js';

describe("the worked run of S3' on build b", () => {
  it('has the reference counts of section 4.6 after every row', () => {
    const play = new Play({ build: 'b', files: { a: 1, b: 1 }, debugVm: false });
    const refcounts: [string, number][] = [];
    const row = (label: string) => refcounts.push([label, play.page()._refcount]);
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    row('W: allocate and insert P/1, dirty');
    play.flusher('F', 'a', 'a');
    play.past('F', '2.6 unlock');
    row('F: get, lock, clear dirty, set PG_writeback, unlock');
    play.writes('W2', { file: 'a', bytes: 'a[0], again ' });
    row('W: re-dirty');
    play.past('F', '2.5 release');
    row('F: submit, put');
    play.past('F', '2.5.1');
    row('F: get, lock (second pass)');
    play.truncater('T', 'a');
    play.to('T', 'T1');
    row('T: get');
    expect(play.machine.step('T')).toMatchObject({ kind: 'blocked', function: 'lock_page' });
    play.ends('DMA1');
    play.past('A1', 'C1 get');
    row('A: get_page');
    play.past('A1', 'C2');
    row('A: clear PG_writeback');
    play.past('F', '2.6 unlock');
    row('F: clear dirty, set PG_writeback, unlock');
    play.ends('F');
    row('F: submit, put');
    play.sleeps('T');
    row('T: lock, queue, sleep');
    play.past('A1', 'C6');
    row('A: wake T');
    play.ends('T');
    row('T: delete, unlock, put');
    expect(play.page().flags).toContain('PG_writeback');
    play.past('A1', 'C6 put');
    row('A: put_page');
    play.ends('A1');
    play.writes('W3', { file: 'b', bytes: 'b[0] ' });
    row('W: allocate P/2');
    expect(refcounts.map(([, count]) => count)).toEqual([
      1, 2, 2, 1, 2, 3, 4, 4, 4, 3, 3, 3, 1, 0, 1,
    ]);
    play.ends('DMA2');
    expect(play.detected()).toContain('disk:foreign-bytes');
  });
});

describe('S3 without debug_vm', () => {
  it('is silent until the DMA, and the page comes back with its flags wiped', () => {
    const play = s3UntilDma('base');
    expect(play.detected()).toEqual([]);
    expect(play.page().incarnation).toBe(3);
    expect(play.page().flags).not.toContain('PG_writeback');
    play.past('DMA2', '2.8 disk write');
    expect(play.detected()).toEqual(['disk:foreign-bytes', 'disk:write-after-truncate']);
  });

  it('shows the bytes of both, and who wrote them for what', () => {
    const play = s3('base');
    const found = play.machine.detections.find(({ name }) => name === 'foreign-bytes');
    expect(found?.message).toBe('block 1 of b[0] received bytes of c[0]');
    expect(found?.evidence).toEqual([
      'bio 2: submitted by F2 for b[0], page 0/2',
      'the DMA read page 0/3',
      'what thread W2 wrote for b[0], page 0/2:',
      '00000000  62 5b 30 5d 20 62 5b 30 5d 20 62 5b 30 5d 20 62  |b[0] b[0] b[0] b|',
      '00000010  5b 30 5d 20 62 5b 30 5d 20 62 5b 30 5d 20 62 5b  |[0] b[0] b[0] b[|',
      '00000020  30 5d 20 62 5b 30 5d 20 62 5b 30 5d 20 62 5b 30  |0] b[0] b[0] b[0|',
      '00000030  5d 20 62 5b 30 5d 20 62 5b 30 5d 20 62 5b 30 5d  |] b[0] b[0] b[0]|',
      'what is on block 1, stored by thread W3 for c[0]:',
      '00000000  63 5b 30 5d 20 63 5b 30 5d 20 63 5b 30 5d 20 63  |c[0] c[0] c[0] c|',
      '00000010  5b 30 5d 20 63 5b 30 5d 20 63 5b 30 5d 20 63 5b  |[0] c[0] c[0] c[|',
      '00000020  30 5d 20 63 5b 30 5d 20 63 5b 30 5d 20 63 5b 30  |0] c[0] c[0] c[0|',
      '00000030  5d 20 63 5b 30 5d 20 63 5b 30 5d 20 63 5b 30 5d  |] c[0] c[0] c[0]|',
    ]);
  });

  it('ends in BUG() of the second completion, which finds the bit clear', () => {
    const play = s3('base');
    play.past('A2', 'C2');
    expect(play.machine.detections.at(-1)).toMatchObject({
      kind: 'BUG',
      name: 'end_page_writeback',
      thread: 'A2',
      step: 'C3',
    });
    expect(play.machine.stateOf('A2')).toBe('oops');
  });
});

describe('S4', () => {
  it('overwrites the data of the next owner of the block', () => {
    const play = new Play({
      build: 'b',
      files: { a: 1, b: 1 },
      frames: 2,
      blocks: 1,
      preallocate: false,
    });
    play.writes('W', { file: 'a', bytes: 'old ' });
    play.flusher('F', 'a');
    play.ends('F');
    play.writes('W2', { file: 'a', bytes: 'OLD ' });
    play.flusher('F2', 'a');
    play.past('F2', '2.5.1');
    play.clearsAndStalls(1);
    play.ends('F2');
    play.truncater('T', 'a');
    play.sleeps('T');
    play.past('A1', 'C6');
    play.ends('T');
    expect(play.detected()).toEqual(['disk:in-flight-at-truncate']);
    play.writes('W3', { file: 'b', bytes: 'new ' });
    play.flusher('F3', 'b');
    play.ends('F3');
    play.ends('DMA3');
    expect(play.machine.auditDisk()).toEqual([]);
    play.ends('DMA2');
    expect(play.detected()).toContain('disk:write-after-truncate');
    expect(play.machine.auditDisk()).toEqual([{ block: 0, owner: 'b[0]', holds: 'a[0]' }]);
  });

  it('is not confused with a write that lands before truncate has returned', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.flusher('F', 'a');
    play.ends('F');
    play.truncater('T', 'a');
    play.sleeps('T');
    play.ends('DMA1');
    play.ends('A1');
    play.ends('T');
    expect(play.detected()).toEqual([]);
  });

  it('can be looked for where truncate deletes the page, or where it returns', () => {
    const detectedIn = (inFlightCheck: 'delete' | 'return' | 'off') =>
      truncateIsFooled('base', false, { inFlightCheck }).machine.detections.map(
        ({ name, function: where, step }) => `${name} in ${where} ${step}`,
      );
    expect(detectedIn('delete')).toEqual([
      'in-flight-at-truncate in delete_from_page_cache T3 delete',
    ]);
    expect(detectedIn('return')).toEqual([
      'in-flight-at-truncate in truncate_inode_pages_range 2.2.1',
    ]);
    expect(detectedIn('off')).toEqual([]);
  });
});

describe('a completion that starts when the page is free already', () => {
  const freedUnderWriteback = (build: string, debugVm: boolean) => {
    const play = truncateIsFooled(build, debugVm, { badPage: 'reuse' });
    play.ends('DMA2');
    return play;
  };

  it('on b takes a reference of a free page, which debug_vm catches', () => {
    const play = freedUnderWriteback('b', true);
    play.past('A2', 'C1 get');
    expect(play.machine.detections.at(-1)).toMatchObject({ kind: 'refcount', name: 'get_page' });
    expect(play.machine.stateOf('A2')).toBe('oops');
  });

  it('on b without debug_vm goes on into BUG()', () => {
    const play = freedUnderWriteback('b', false);
    play.past('A2', 'C2');
    expect(play.detected().slice(-2)).toEqual(['refcount:get_page', 'BUG:end_page_writeback']);
  });
});

describe('the disk check', () => {
  it('tells another incarnation of the same file and index from foreign bytes', () => {
    const play = truncateIsFooled('base', false);
    play.writes('W3', { file: 'a', bytes: 'a[0], a new file ' });
    play.ends('DMA2');
    expect(play.detected()).toEqual(['disk:foreign-incarnation', 'disk:write-after-truncate']);
  });

  it('allows newer bytes of the same file and index, which the DMA may read', () => {
    const play = new Play({ build: 'b+e', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'older' });
    play.flusher('F', 'a');
    play.ends('F');
    play.writes('W2', { file: 'a', bytes: 'newer' });
    play.ends('DMA1');
    expect(play.detected()).toEqual([]);
    expect(play.machine.describe().disk[0]?.content?.thread).toBe('W2');
    expect(play.page().flags).toContain('PG_dirty');
  });
});

describe('bad_page', () => {
  it('names the flags and the thread, and takes the page out of use as the kernel does', () => {
    const play = truncateIsFooled('base', true);
    expect(play.machine.detections).toMatchObject([
      {
        kind: 'bad_page',
        name: 'PAGE_FLAGS_CHECK_AT_FREE',
        message: 'bad page state: page 0/1: PG_writeback set when it is freed',
        thread: 'T',
        function: 'free_pages_prepare',
        step: 'F4',
      },
    ]);
    expect(play.machine.describe()).toMatchObject({ freePages: [], leakedPages: [0] });
    expect(() => play.writes('W3', { file: 'b', bytes: 'b[0] ' })).toThrow(
      'no page is free; bad_page took page 0 out of use',
    );
  });

  it('is silent without debug_vm, and the page is free', () => {
    const play = truncateIsFooled('base', false);
    expect(play.detected()).toEqual([]);
    expect(play.page()).toMatchObject({ flags: [], isFree: true });
  });
});
