import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, readConfig } from '#infra/config.ts';
import { openDataFolder } from '#infra/data-folder/open-data-folder.ts';
import { loadSecrets } from '#infra/data-folder/secrets.ts';
import { readServerFile } from '#infra/data-folder/server-file.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { findAdminUrl } from '#infra/postgres/place.ts';
import { type CreatedBackup, createBackup, type InstallSecret } from './backup/create-backup.ts';
import { backupError } from './backup/errors.ts';
import { checkBackup, type RestoredBackup, restoreBackup } from './backup/restore-backup.ts';

type Environment = Record<string, string | undefined>;

/**
 * Backs up the installation that this environment names: beside its running server, or by starting the embedded
 * database for this one command. A relative file is meant from the folder where the person stands.
 */
export async function createBackupHere(
  env: Environment,
  wanted: { file: string; force: boolean },
): Promise<CreatedBackup> {
  const config = readConfig(env);
  const file = pathOf(env, wanted.file);
  const create = async (adminUrl: string) =>
    createBackup({ ...wanted, file, adminUrl, dataDir: config.dataDir, installSecret: await readSecret(config) });
  if (config.databaseUrl !== null) return create(config.databaseUrl);
  const adminUrl = await findAdminUrl(config.dataDir);
  if (adminUrl === null) {
    throw backupError('no_data', `There is no database in ${config.dataDir}. Name the data folder in RAPPORT_DATA.`);
  }
  if ((await readServerFile(config.dataDir)) !== null) return create(adminUrl);
  return withDatabaseAlone(config, create);
}

/** Restores a backup into the installation that this environment names, which must have no data and no running server. */
export async function restoreBackupHere(env: Environment, wanted: { file: string }): Promise<RestoredBackup> {
  const startedAt = Date.now();
  const config = readConfig(env);
  const backup = await checkBackup(pathOf(env, wanted.file), config.secret);
  const restored = await withDatabaseAlone(config, (adminUrl) =>
    restoreBackup(backup, { dataDir: config.dataDir, adminUrl, environmentSecret: config.secret }),
  );
  return { ...restored, tookMs: Date.now() - startedAt };
}

/** Holds the data folder, so that no server can start on it meanwhile, and has the database run. */
async function withDatabaseAlone<Result>(config: Config, run: (adminUrl: string) => Promise<Result>): Promise<Result> {
  const folder = await openDataFolder(config.dataDir);
  try {
    if (config.databaseUrl !== null) return await run(config.databaseUrl);
    const server = await openEmbeddedPostgres({ dataDir: config.dataDir, log: createLogger('error') });
    try {
      return await run(server.adminUrl);
    } finally {
      await server.stop();
    }
  } finally {
    await folder.close();
  }
}

async function readSecret(config: Config): Promise<InstallSecret> {
  if (config.secret !== null) return { secret: config.secret, keptIn: 'environment' };
  if (!existsSync(join(config.dataDir, 'secrets.json'))) {
    throw backupError(
      'no_secret',
      `${config.dataDir} holds no secrets.json, without which the data could not be used again. Name the server's own data folder in RAPPORT_DATA, or set RAPPORT_SECRET as the server has it.`,
    );
  }
  const { installSecret } = await loadSecrets(config.dataDir);
  return { secret: installSecret, keptIn: 'data_folder' };
}

/** npm runs commands in the package's folder and tells in INIT_CWD where the person stood. */
function pathOf(env: Environment, file: string): string {
  const from = env.npm_lifecycle_event === 'rapport' ? env.INIT_CWD : undefined;
  return resolve(from ?? process.cwd(), file);
}
