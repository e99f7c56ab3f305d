import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FileRow } from './read-rows.ts';

/** Regroups rows into batches of one size, leaving out the first `rowsDone`. */
export async function* inBatches(
  batches: AsyncGenerator<FileRow[]>,
  { size, rowsDone }: { size: number; rowsDone: number },
): AsyncGenerator<FileRow[]> {
  let toSkip = rowsDone;
  let open: FileRow[] = [];
  for await (const rows of batches) {
    for (const row of rows) {
      if (toSkip > 0) {
        toSkip -= 1;
        continue;
      }
      open.push(row);
      if (open.length < size) continue;
      yield open;
      open = [];
    }
    // Other requests get their turn between pieces of the file.
    await nextTurn();
  }
  if (open.length > 0) yield open;
}
