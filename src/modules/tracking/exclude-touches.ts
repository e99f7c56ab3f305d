import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { conversionChanged, idsPerEventMax } from './events.ts';
import { deleteExclusions, insertExclusions, type TouchExclusion } from './queries/touch-exclusions.ts';

interface Excluding {
  workspaceId: string;
  /** Who says so, to take it back by. */
  cause: string;
  exclusions: readonly TouchExclusion[];
}

/** Keeps touches from earning on their orders and has those orders decided anew; saying it again changes nothing. */
export async function excludeTouches(infra: Infra, tx: Tx, of: Excluding): Promise<void> {
  const { workspaceId, cause, exclusions } = of;
  const changed = await insertExclusions(tx, workspaceId, { exclusions, cause, at: infra.clock.now() });
  await tellChanged(infra, tx, { workspaceId, conversionIds: changed });
}

/** Lets touches earn again that a cause excluded; on all orders when none are named. */
export async function includeTouches(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; cause: string; conversionIds?: readonly string[] },
): Promise<void> {
  const conversionIds = await deleteExclusions(tx, of.workspaceId, of);
  await tellChanged(infra, tx, { workspaceId: of.workspaceId, conversionIds });
}

async function tellChanged(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionIds: readonly string[] },
): Promise<void> {
  for (let at = 0; at < of.conversionIds.length; at += idsPerEventMax)
    await infra.outbox.emit(tx, {
      workspaceId: of.workspaceId,
      name: conversionChanged,
      payload: { conversionIds: of.conversionIds.slice(at, at + idsPerEventMax) },
    });
}
