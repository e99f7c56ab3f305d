// Writes db/tables.ts, the row types of the migrated schema, from a throw-away database. Run: npm run db:types
// With --check it writes nothing and fails when the file is out of date.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '#infra/db/migrate.ts';
import { prepareRoles } from '#infra/db/roles.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'rapport-types-'));
const server = await openEmbeddedPostgres({
  dataDir,
  log: createLogger('warn'),
  onProgress: () => undefined,
  durable: false,
});
try {
  await prepareRoles({
    adminUrl: server.adminUrl,
    installKey: 'types',
    secret: 'not a secret, this database is thrown away',
  });
  await migrate(server.adminUrl);
  const bin = fileURLToPath(new URL('../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url));
  const args = [
    '--dialect',
    'postgres',
    '--url',
    server.adminUrl,
    '--out-file',
    'db/tables.ts',
    '--include-pattern',
    'public.*',
    '--no-camel-case',
    '--type-mapping',
    '{"int8":"bigint","date":"string"}',
    '--log-level',
    'warn',
    ...(process.argv.includes('--check') ? ['--verify'] : []),
  ];
  const run = spawnSync(process.execPath, [bin, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  process.exitCode = run.status ?? 1;
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
