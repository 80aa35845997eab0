/** Long work in pieces: between two of them there is time for interrupts, limits and progress. */
import type { MemoryGuard } from './memoryGuard.js';
import type { Terminal } from './terminal.js';

export interface Work {
  /** Does about so much; false when it is over. */
  advance(count: number): boolean;
  interrupt(): void;
}

/** A piece takes about so long: nobody who presses Ctrl-C notices it, and looks cost nothing. */
const pieceMs = { least: 10, most: 40 };
const pieceSize = { first: 64, most: 1 << 15 };

/** To the end, or to a limit. Gives whether it was interrupted by a person. */
export async function doInPieces(
  work: Work,
  terminal: Terminal,
  guard: MemoryGuard,
  afterPiece: () => void,
): Promise<boolean> {
  let isInterrupted = false;
  const stopListening = terminal.onInterrupt(() => {
    isInterrupted = true;
    work.interrupt();
  });
  let size = pieceSize.first;
  try {
    for (let began = terminal.now(); work.advance(size); began = terminal.now()) {
      const took = terminal.now() - began;
      if (took < pieceMs.least) size = Math.min(size * 2, pieceSize.most);
      else if (took > pieceMs.most) size = Math.max(size >> 1, 1);
      guard.look();
      if (guard.reached !== null) work.interrupt();
      else afterPiece();
      await terminal.pause();
    }
  } finally {
    stopListening();
  }
  return isInterrupted;
}
