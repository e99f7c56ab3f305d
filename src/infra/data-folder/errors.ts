import type { AppError } from '#kernel/errors.ts';
import { defineErrors } from '#kernel/errors.ts';

export const dataFolderError = defineErrors('data_folder', {
  not_writable: 'unavailable',
  not_a_folder: 'unavailable',
  disk_full: 'unavailable',
  locked: 'conflict',
  damaged: 'conflict',
});

/** The `code` of a Node system error (ENOENT, EACCES ...), null for anything else. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Turns a failed file operation into an error that says what to do; null when the cause is not the folder's state. */
export function explainFileFault(error: unknown, path: string): AppError | null {
  switch (systemErrorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return dataFolderError(
        'not_writable',
        `Cannot write to ${path}: permission denied for ${currentUserName()}. Give this user the folder (chown), or name another one in RAPPORT_DATA.`,
      );
    case 'EROFS':
      return dataFolderError(
        'not_writable',
        `Cannot write to ${path}: the file system is read-only. Name a folder on a writable disk in RAPPORT_DATA.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return dataFolderError(
        'disk_full',
        `Cannot write to ${path}: the disk or quota is full. Free some space, then start again; nothing was lost.`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return dataFolderError(
        'not_a_folder',
        `${path} or a part of its path is a file, not a folder. Name a folder in RAPPORT_DATA.`,
      );
    default:
      return null;
  }
}

function currentUserName(): string {
  const uid = process.getuid?.();
  return uid === undefined ? 'this user' : uid === 0 ? 'root' : `user ${process.env.USER ?? uid}`;
}
