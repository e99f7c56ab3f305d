import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { commentsChanged, creatorsChanged, creatorsRemoved, idsPerEventMax } from './events.ts';

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

/** Tells the others which comments came in or changed. */
export async function emitComments(
  infra: Infra,
  tx: Tx,
  change: { workspaceId: string; commentIds: readonly string[] },
): Promise<void> {
  const { workspaceId, commentIds } = change;
  for (let from = 0; from < commentIds.length; from += idsPerEventMax) {
    const payload = { commentIds: commentIds.slice(from, from + idsPerEventMax) };
    await infra.outbox.emit(tx, { workspaceId, name: commentsChanged, payload });
  }
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
