// A process that changes creators and saves their index without pause, to be killed at any moment. Started by index-snapshot.test.ts.
import { openCore } from '#app/core.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';

const { FAULT_ADMIN_URL = '', FAULT_SECRET = '', FAULT_WORKSPACE = '' } = process.env;
const core = await openCore({
  config: readConfig(process.env),
  adminUrl: FAULT_ADMIN_URL,
  secret: FAULT_SECRET,
  log: createLogger('error'),
});
const { index } = core.modules.discovery;
await index.warm(FAULT_WORKSPACE);
await index.saveAll();
process.send?.('saving');
for (let round = 0; ; round += 1) {
  await core.infra.db.inWorkspace(FAULT_WORKSPACE, async (tx) => {
    const { id } = await tx
      .updateTable('person')
      .set({ name: `Changed ${process.pid} ${round}` })
      .where('workspace_id', '=', FAULT_WORKSPACE)
      .where('id', '=', (eb) =>
        eb
          .selectFrom('person')
          .select('id')
          .where('workspace_id', '=', FAULT_WORKSPACE)
          .orderBy('id')
          .offset(round % 50)
          .limit(1),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    const payload = { personIds: [id] };
    await core.infra.outbox.emit(tx, { workspaceId: FAULT_WORKSPACE, name: 'creators.changed', payload });
  });
  await index.catchUp(FAULT_WORKSPACE);
  await index.saveAll();
}
