import type { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { getPerson } from '#modules/creators/index.ts';
import { readRefs } from '#modules/tracking/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { BanReason, banCreator, banSchema, liftFraudBan } from './api.ts';
import { judgeCreators } from './judge-creators.ts';
import { type BanRow, closeBan, insertBan, selectBans } from './queries/bans.ts';

type Ban = z.output<typeof banSchema>;

export async function presentBans(tx: Tx, workspaceId: string, rows: readonly BanRow[]): Promise<Ban[]> {
  const refs = await readRefs(
    tx,
    workspaceId,
    rows.map((row) => ({ person_id: row.person_id, campaign_id: null })),
  );
  return rows.map((row) => ({
    id: row.id,
    creator: refs.creatorOf(row.person_id),
    reason: row.reason,
    note: row.note,
    groupId: row.group_id,
    bannedBy: row.banned_by_name,
    bannedAt: row.banned_at.toISOString(),
  }));
}

interface Banning {
  workspaceId: string;
  personId: string;
  reason: BanReason;
  note: string;
  groupId: string | null;
  actor: Actor;
  requestId: string;
}

/** Bans a creator; false when they were banned already. Their traffic is judged anew by the caller. */
export async function writeBan(infra: Infra, tx: Tx, of: Banning): Promise<boolean> {
  const at = infra.clock.now();
  const isNew = await insertBan(tx, of.workspaceId, {
    id: newId('fraudBan', at.getTime()),
    person_id: of.personId,
    reason: of.reason,
    note: of.note,
    group_id: of.groupId,
    banned_at: at,
    by: of.actor,
  });
  if (isNew)
    await recordAudit(tx, {
      workspaceId: of.workspaceId,
      actor: of.actor,
      requestId: of.requestId,
      action: 'fraud.banned',
      subjectKind: 'creator',
      subjectId: of.personId,
      changes: { reason: of.reason, note: of.note.slice(0, 500), group: of.groupId },
    });
  return isNew;
}

/** Error: not_found. */
export async function ban(infra: Infra, call: Call<typeof banCreator>): Promise<OutputOf<typeof banCreator>> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: personId } = await getPerson(tx, workspaceId, input.personId);
    await writeBan(infra, tx, { ...input, workspaceId, personId, groupId: null, actor, requestId });
    await judgeCreators(infra, tx, { workspaceId, personIds: [personId] });
    const [row] = await presentBans(
      tx,
      workspaceId,
      await selectBans(tx, workspaceId, { personIds: [personId], limit: 1 }),
    );
    if (row === undefined) throw notFound('ban');
    return row;
  });
}

/** Error: not_found when no such ban stands. */
export async function liftBan(infra: Infra, call: Call<typeof liftFraudBan>): Promise<null> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const at = infra.clock.now();
    const personId = await closeBan(tx, workspaceId, { ...input, byName: actor.name, at });
    if (personId === undefined) throw notFound('ban');
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'fraud.ban_lifted',
      subjectKind: 'creator',
      subjectId: personId,
      changes: { ban: input.banId, reason: input.reason.slice(0, 500) },
    });
    await judgeCreators(infra, tx, { workspaceId, personIds: [personId] });
    return null;
  });
}
