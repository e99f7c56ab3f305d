import type { AppError } from '#kernel/errors.ts';
import { creatorsError } from '../errors.ts';

// The bounds of a file; each message names the one that was met.
export const fileBytesMax = 2_000_000_000;
export const inflatedBytesMax = 8_000_000_000;
export const recordCharsMax = 1_000_000;
export const columnsMax = 2000;
export const jsonDepthMax = 40;
export const sharedTextCharsMax = 200_000_000;

/** The file as a whole cannot be read; the message says where and how to mend it. */
export function badFile(message: string, row?: number): AppError {
  return creatorsError('bad_file', message, row === undefined ? [] : [{ row, message }]);
}
