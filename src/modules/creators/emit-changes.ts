import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { creatorsChanged, creatorsRemoved, idsPerEventMax } from './events.ts';

/** Tells the others, in the transaction of the change, which persons changed. */
export async function emitChanged(
  infra: Infra,
  tx: Tx,
  change: { workspaceId: string; personIds: Iterable<string>; statedBy?: string },
): Promise<void> {
  await emitIds(infra, tx, { ...change, name: creatorsChanged });
}

/** Tells the others which persons are gone. */
export async function emitRemoved(
  infra: Infra,
  tx: Tx,
  change: { workspaceId: string; personIds: Iterable<string> },
): Promise<void> {
  await emitIds(infra, tx, { ...change, name: creatorsRemoved });
}

async function emitIds(
  infra: Infra,
  tx: Tx,
  change: { workspaceId: string; personIds: Iterable<string>; name: string; statedBy?: string },
): Promise<void> {
  const ids = [...new Set(change.personIds)];
  for (let from = 0; from < ids.length; from += idsPerEventMax) {
    const personIds = ids.slice(from, from + idsPerEventMax);
    const payload = change.statedBy === undefined ? { personIds } : { personIds, statedBy: change.statedBy };
    await infra.outbox.emit(tx, { workspaceId: change.workspaceId, name: change.name, payload });
  }
}
