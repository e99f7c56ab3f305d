import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { Again, Opinion, saveOpinion as saveEndpoint } from './api.ts';
import { opinionSaved } from './events.ts';
import { getCampaignRef, getCreator, readCampaignNames } from './find-creator.ts';
import { insertOpinion, selectOpinions } from './queries/notes.ts';

/** Keeps whether somebody would work with a creator again, and why; saying the same again keeps nothing new. Error: not_found. */
export async function saveOpinion(infra: Infra, call: Call<typeof saveEndpoint>): Promise<Opinion[]> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId } = await getCreator(tx, workspaceId, input.personId);
    const campaign = await getCampaignRef(tx, workspaceId, input.campaignId);
    const { again, reason } = input;
    const campaignId = campaign?.id ?? null;
    const mine = (await selectOpinions(tx, workspaceId, personId)).find(
      (row) => row.by_id === actor.id && row.campaign_id === campaignId,
    );
    if (mine?.again !== again || mine.reason !== reason) {
      const at = infra.clock.now();
      const id = newId('opinion', at.getTime());
      const row = { id, personId, campaignId, again, reason, byId: actor.id, byName: actor.name, at };
      await insertOpinion(tx, workspaceId, row);
      await recordAudit(tx, {
        workspaceId,
        actor,
        requestId: call.requestId,
        action: 'creator.rebook-opinion',
        subjectKind: 'creator',
        subjectId: personId,
        changes: { again: { from: mine?.again ?? null, to: again }, reason },
      });
      await infra.outbox.emit(tx, {
        workspaceId,
        name: opinionSaved,
        payload: { personId, again, actorName: actor.name, ...(campaignId === null ? {} : { campaignId }) },
      });
    }
    return readOpinions(tx, workspaceId, personId);
  });
}

/** All opinions on a creator, newest first; of one person on one campaign the newest holds. */
export async function readOpinions(tx: Tx, workspaceId: string, personId: string): Promise<Opinion[]> {
  const rows = await selectOpinions(tx, workspaceId, personId);
  const names = await readCampaignNames(
    tx,
    workspaceId,
    rows.map((row) => row.campaign_id),
  );
  const seen = new Set<string>();
  return rows.map((row) => {
    const key = `${row.by_id} ${row.campaign_id ?? ''}`;
    const holds = !seen.has(key);
    seen.add(key);
    return {
      id: row.id,
      campaign: row.campaign_id === null ? null : (names.get(row.campaign_id) ?? null),
      again: row.again as Again,
      reason: row.reason,
      by: row.by_name,
      at: row.at.toISOString(),
      holds,
    };
  });
}
