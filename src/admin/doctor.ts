import type { Config } from '#infra/config.ts';
import { openDataFolder } from '#infra/data-folder/open-data-folder.ts';
import { readServerFile } from '#infra/data-folder/server-file.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import type { EmbeddedLog } from '#infra/postgres/embedded-log.ts';
import { findAdminUrl } from '#infra/postgres/place.ts';
import { AppError } from '#kernel/errors.ts';
import { checkClicks } from './doctor-clicks.ts';
import { checkDatabase } from './doctor-database.ts';
import { doubtful, type Finding, wrong } from './doctor-finding.ts';
import { checkMachine } from './doctor-machine.ts';

export type { Finding } from './doctor-finding.ts';

/**
 * Looks at all that Rapport needs and changes nothing, beside a running server or without one: then it starts the
 * embedded database for the look and stops it again. Faults are findings; nothing a person can mend is thrown.
 */
export async function runDoctor(config: Config, log: EmbeddedLog): Promise<Finding[]> {
  return [...(await checkMachine(config)), await checkClicks(config), ...(await checkAnyDatabase(config, log))];
}

async function checkAnyDatabase(config: Config, log: EmbeddedLog): Promise<Finding[]> {
  if (config.databaseUrl !== null) return checkDatabase(config.databaseUrl);
  try {
    const adminUrl = await findAdminUrl(config.dataDir);
    if (adminUrl === null) return [doubtful('database', 'There is none yet', 'npm start makes it.')];
    if ((await readServerFile(config.dataDir)) !== null) return await checkDatabase(adminUrl);
    return await checkAlone(config, log);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [wrong('database', error.message, 'Do what the message says, then run the doctor again.')];
  }
}

async function checkAlone(config: Config, log: EmbeddedLog): Promise<Finding[]> {
  const folder = await openDataFolder(config.dataDir);
  try {
    const server = await openEmbeddedPostgres({ dataDir: config.dataDir, log });
    try {
      return await checkDatabase(server.adminUrl);
    } finally {
      await server.stop();
    }
  } finally {
    await folder.close();
  }
}
