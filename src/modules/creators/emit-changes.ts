import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { creatorsChanged, creatorsRemoved, idsPerEventMax } from './events.ts';

/** Tells the others, in the transaction of the change, which persons changed. */
export async function emitChanged(
  infra: Infra,
  tx: Tx,
  change: { workspaceId: string; personIds: Iterable<string> },
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
  change: { workspaceId: string; personIds: Iterable<string>; name: string },
): Promise<void> {
  const ids = [...new Set(change.personIds)];
  for (let from = 0; from < ids.length; from += idsPerEventMax) {
    const personIds = ids.slice(from, from + idsPerEventMax);
    await infra.outbox.emit(tx, { workspaceId: change.workspaceId, name: change.name, payload: { personIds } });
  }
}
