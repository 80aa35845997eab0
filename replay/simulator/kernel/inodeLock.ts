/**
 * The inode's lock (i_rwsem, exclusive): write(2) and truncate of one file keep each other out. It is
 * what stops a new page from being written to a block that truncate is about to free; writeback and
 * users of mapped pages do not take it.
 */
import type { AddressSpace } from '../addressSpace.js';
import { kernelFunction } from '../task.js';

export const inode_lock = kernelFunction('inode_lock', function* (task, mapping: AddressSpace) {
  if (!task.state.config.inodeLock) return;
  yield task.stop('inode lock', `take the inode lock of ${mapping.file}`, () =>
    mapping.inodeLockHolder === null
      ? null
      : {
          on: 'lock',
          reason: `the inode lock of ${mapping.file} is held by ${mapping.inodeLockHolder}`,
        },
  );
  mapping.inodeLockHolder = task.name;
  task.record(`inode lock of ${mapping.file}`, null, task.name);
});

export const inode_unlock = kernelFunction('inode_unlock', function* (task, mapping: AddressSpace) {
  if (!task.state.config.inodeLock) return;
  yield task.stop('inode unlock', `drop the inode lock of ${mapping.file}`);
  mapping.inodeLockHolder = null;
  task.record(`inode lock of ${mapping.file}`, task.name, null);
});
