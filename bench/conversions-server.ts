// The server of the bench of conversions: the whole program behind its own front door, on a database and data folder it is given.
// Started by conversions.ts; tells its parent where it listens and ends when told to.

import { sql } from 'kysely';
import { openCore } from '#app/core.ts';
import { openFrontDoor } from '#app/serve.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { newSigningSecret } from '#infra/seal.ts';
import { insertSource } from '../src/modules/tracking/queries/order-sources.ts';
import { createSecretBox } from '../src/modules/tracking/secret-box.ts';

const { BENCH_ADMIN_URL = '', BENCH_SECRET = '' } = process.env;
const workspaceId = 'ws_bench';
const sourceId = 'src_bench';

const door = await openFrontDoor('127.0.0.1', 0);
const core = await openCore({
  config: readConfig(process.env),
  adminUrl: BENCH_ADMIN_URL,
  secret: BENCH_SECRET,
  log: createLogger('error'),
});
const signingSecret = newSigningSecret();
await core.infra.db.asSystem(async (tx) => {
  await sql`insert into workspace (id, slug, name, currency, time_zone) values (${workspaceId}, 'bench', 'Bench', 'EUR', 'UTC')`.execute(
    tx,
  );
  const sealedSecret = createSecretBox(BENCH_SECRET).seal(signingSecret, sourceId);
  await insertSource(tx, {
    workspaceId,
    id: sourceId,
    name: 'Shop',
    kind: 'webhook',
    sealedSecret,
    createdBy: 'bench',
  });
  await sql`
    insert into discount_code (workspace_id, id, code, code_key, person_id, kind, percent, created_by)
    select ${workspaceId}, 'cod_' || n, 'CODE' || n, 'CODE' || n, 'per_' || n, 'percent', 10, 'bench' from generate_series(1, 200) n`.execute(
    tx,
  );
});
door.open(core, core.infra.config.dataDir);
process.send?.({ port: door.port, sourceId, signingSecret });

process.on('message', async (message) => {
  if (message !== 'stop') return;
  await door.close(2000);
  await core.stop();
  process.exit(0);
});
