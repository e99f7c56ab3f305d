import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testSecret } from './constants.ts';
import { openTestDatabase } from './database.ts';
import { removeDataFolder, type ServerProcess, startServerProcess } from './server-process.ts';
import { copySampleFiles, sampleTemplate } from './templates.ts';

export interface SampleServer {
  server: ServerProcess;
  dataDir: string;
  close(): Promise<void>;
}

/** The real program on a copy of the sample workspace, as it is found by a second start; a first start makes it in discover-browser.test.ts. */
export async function startSampleServer(env: Record<string, string>): Promise<SampleServer> {
  const database = await openTestDatabase(await sampleTemplate());
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-sample-'));
  await copySampleFiles(dataDir);
  const server = await startServerProcess({
    dataDir,
    env: { DATABASE_URL: database.adminUrl, RAPPORT_SECRET: testSecret, ...env },
  });
  return {
    server,
    dataDir,
    close: async () => {
      await server.interrupt();
      await removeDataFolder(dataDir);
      await database.drop();
    },
  };
}
