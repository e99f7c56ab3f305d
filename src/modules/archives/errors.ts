import type { ArchiveKind } from '#infra/archive/read-archive.ts';
import { defineErrors } from '#kernel/errors.ts';

export const archivesError = defineErrors('archives', {
  already_running: 'conflict',
  not_running: 'conflict',
  not_ready: 'conflict',
  file_gone: 'not_found',
  empty: 'invalid',
  too_large: 'invalid',
  not_an_archive: 'invalid',
  damaged: 'invalid',
  newer: 'conflict',
  other_shape: 'conflict',
  bad_row: 'invalid',
  slug_taken: 'conflict',
  owner_only: 'forbidden',
  cut_off: 'unavailable',
});

/** Ends a run that somebody cancelled. */
export class Cancelled extends Error {}

/** An archive of a workspace among the archives: by what it begins with, and what is said of one that cannot be read. */
export const workspaceArchive: ArchiveKind = {
  firstPath: 'README.txt',
  faults: {
    missing: (_file, what) => archivesError('file_gone', `The file cannot be read: ${what}. Upload it again.`),
    other: () =>
      archivesError(
        'not_an_archive',
        'This is not the archive of a workspace. Choose a file that Settings, Workspace data or `workspaces export` made; a backup of a whole installation is read by `backup restore`.',
      ),
    damaged: (_file, what) =>
      archivesError(
        'damaged',
        `The archive is damaged: ${what}. Nothing was written. Copy it anew from where it was kept, or export again.`,
      ),
  },
};
