import type { Command } from 'commander';
import type { Cli } from './cli.ts';

/** `rapport backup create|restore`: everything of this installation in one file, and back. */
export function registerBackup(program: Command, cli: Cli): void {
  const noun = program.command('backup').description('Everything of this installation in one file, and back');
  noun
    .command('create')
    .argument('<file>', 'file to write, such as rapport-2026-01-31.tar')
    .option('--force', 'replace the file when it exists')
    .description('Write a backup, beside a running server or without one')
    .action(async (file: string, options: { force?: boolean }) => {
      // Loaded only now: it brings the database driver along.
      const { createBackupHere } = await import('#admin/backup-here.ts');
      cli.tell('Writing the backup');
      const made = await createBackupHere(process.env, { file, force: options.force === true });
      cli.print(
        made,
        () =>
          `${made.file}: ${made.rows.toLocaleString('en')} rows of ${made.tables} tables in ${Math.ceil(made.bytes / 1000).toLocaleString('en')} kB. Keep it as safe as the installation: it holds its secrets.`,
      );
    });
  noun
    .command('restore')
    .argument('<file>', 'file that `backup create` made')
    .description('Write a backup into an installation without data, while no server runs')
    .action(async (file: string) => {
      const { restoreBackupHere } = await import('#admin/backup-here.ts');
      cli.tell('Checking the backup, then writing it');
      const restored = await restoreBackupHere(process.env, { file });
      cli.print(restored, () => {
        const migrated =
          restored.migrated.length === 0 ? '' : ` Brought up to this version: ${restored.migrated.join(', ')}.`;
        return `Restored ${restored.rows.toLocaleString('en')} rows of ${restored.tables} tables as they were at ${restored.createdAt}.${migrated} Start with npm start.`;
      });
    });
}
