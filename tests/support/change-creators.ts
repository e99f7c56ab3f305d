import type { Database } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';

const personsPerPart = 4000;

interface Place {
  infra: Infra;
  workspaceId: string;
}

/** Changes a person's name as a use case does: row and event in one transaction, which stays open until told. */
export async function beginRename(
  { infra, workspaceId }: Place,
  personId: string,
  name: string,
): Promise<() => Promise<void>> {
  const { db, outbox } = infra;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let ended: Promise<unknown> = Promise.resolve();
  await new Promise<void>((written, failed) => {
    ended = db.inWorkspace(workspaceId, async (tx) => {
      await tx
        .updateTable('person')
        .set({ name })
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', personId)
        .execute();
      await outbox.emit(tx, { workspaceId, name: 'creators.changed', payload: { personIds: [personId] } });
      written();
      await held;
    });
    ended.catch(failed);
  });
  return async () => {
    release();
    await ended;
  };
}

export async function rename(place: Place, personId: string, name: string): Promise<void> {
  await (await beginRename(place, personId, name))();
}

/** Many persons without accounts, their ids told apart by the part. */
export async function createPart(db: Database, id: string, part: number): Promise<void> {
  const rows = Array.from({ length: personsPerPart }, (_, at) => `${part}x${at}`);
  await db.inWorkspace(id, async (tx) => {
    for (let from = 0; from < rows.length; from += 2000) {
      const some = rows.slice(from, from + 2000);
      await tx
        .insertInto('person')
        .values(some.map((name) => ({ workspace_id: id, id: `per_${name}`, name: `Name ${name}` })))
        .execute();
    }
  });
}
