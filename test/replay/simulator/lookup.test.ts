/** Lock-free lookup (2.2) against truncate, which empties the slot and frees the page meanwhile. */
import { expect, it } from 'vitest';
import { Play } from './play.js';

function lookingUp(upTo: string): Play {
  const play = new Play({ build: 'base', files: { a: 1, b: 1 } });
  play.writes('W', { file: 'a', bytes: 'a[0] ' });
  play.flusher('F', 'a');
  play.to('F', upTo);
  play.truncater('T', 'a');
  play.ends('T');
  return play;
}

it('takes no reference of a page that is free, and finds the slot empty', () => {
  const play = lookingUp('2.2.2');
  expect(play.page()).toMatchObject({ isFree: true, _refcount: 0 });
  play.machine.step('F');
  expect(play.machine.peek('F')?.step).toBe('2.2.1');
  expect(play.page()._refcount).toBe(0);
  play.ends('F');
  expect(play.machine.describe().bios).toEqual([]);
  expect(play.detected()).toEqual([]);
});

it('drops the reference of a page that has left the slot, and with it the page', () => {
  const play = lookingUp('2.2.3');
  expect(play.page()).toMatchObject({ isFree: false, holders: ['F: lookup'] });
  expect(play.page().flags).not.toContain('PG_dirty');
  play.machine.step('F');
  expect(play.machine.peek('F')?.step).toBe('2.2.3 put');
  play.ends('F');
  expect(play.page()).toMatchObject({ isFree: true, _refcount: 0 });
  expect(play.detected()).toEqual([]);
});

it('does not take the page of the next owner of the frame for the one it looked up', () => {
  const play = lookingUp('2.2.2');
  play.writes('W2', { file: 'b', bytes: 'b[0] ' });
  play.ends('F');
  expect(play.machine.describe().bios).toEqual([]);
  expect(play.page()).toMatchObject({ mapping: 'b', holders: ['page cache'] });
});
