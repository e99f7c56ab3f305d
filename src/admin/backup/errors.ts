import pg from 'pg';
import type { ArchiveKind } from '#infra/archive/read-archive.ts';
import { systemErrorCode } from '#infra/data-folder/errors.ts';
import { AppError, defineErrors } from '#kernel/errors.ts';

export const backupError = defineErrors('backup', {
  file_exists: 'conflict',
  file_missing: 'not_found',
  cannot_write: 'unavailable',
  disk_full: 'unavailable',
  no_data: 'conflict',
  no_secret: 'conflict',
  other_secret: 'conflict',
  missing_right: 'forbidden',
  unreachable: 'unavailable',
  not_a_backup: 'invalid',
  damaged: 'invalid',
  newer: 'conflict',
  other_columns: 'conflict',
  not_empty: 'conflict',
  load_failed: 'conflict',
});

/** A backup among the archives: by what it begins with, and what is said of one that cannot be read. */
export const backupArchive: ArchiveKind = {
  firstPath: 'READ-ME.txt',
  faults: {
    missing: (file, what) => backupError('file_missing', `Cannot read ${file}: ${what}.`),
    other: (file, what) =>
      backupError(
        'not_a_backup',
        what === ''
          ? `${file} is not a backup of Rapport. Name a file that \`backup create\` made.`
          : `${file} ${what}.`,
      ),
    damaged: (file, what) =>
      backupError(
        'damaged',
        `${file} is damaged: ${what}. Nothing was written. Copy it anew from where it was kept, or take an older backup.`,
      ),
  },
};

/** Turns what ended the making of a backup file into an error that says what to do; anything else comes back as it is. */
export function explainWriteFault(error: unknown, path: string): unknown {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof pg.DatabaseError || reason.startsWith('Connection terminated')) {
    return backupError('unreachable', `The database broke off: ${reason}. No file was made; run the command again.`);
  }
  switch (systemErrorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return backupError('disk_full', `There is no room for ${path}. Free some space or name a file on another disk.`);
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EISDIR':
      return backupError('cannot_write', `Cannot write ${path}: ${reason}. Name a file in a folder that exists.`);
    default:
      return error;
  }
}
