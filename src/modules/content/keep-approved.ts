import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { newId } from '#kernel/id.ts';
import { contentRecorded, contentRecordedPayload, findDeliverables } from '#modules/campaigns/index.ts';
import {
  type ApprovedDraft,
  readApprovedDrafts,
  submissionApproved,
  submissionEventPayload,
} from '#modules/submissions/index.ts';
import { assetCaptured, type ContentEventPayload } from './events.ts';
import { insertAssets, setPosted } from './queries/assets.ts';
import { syncEnrolmentRights } from './sync-rights.ts';

/** Puts the originals of approved drafts into the library, each with the clock of its rights. Idempotent: a file stands there once. */
export async function keepApproved(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string } & ({ submissionIds: readonly string[] } | { campaignId: string }),
): Promise<number> {
  const { workspaceId } = of;
  const at = infra.clock.now();
  const drafts = await readApprovedDrafts(tx, workspaceId, of);
  if (drafts.length === 0) return 0;
  const ids = drafts.map((draft) => draft.deliverableId);
  const deliverables = new Map(
    (await findDeliverables(tx, workspaceId, { ids, clock: infra.clock })).map((one) => [one.id, one]),
  );
  const files = new Map(
    (
      await infra.files.list(
        tx,
        workspaceId,
        drafts.flatMap((draft) => draft.fileIds),
      )
    ).map((file) => [file.id, file]),
  );
  const rows = drafts.flatMap((draft) => {
    const deliverable = deliverables.get(draft.deliverableId);
    return draft.fileIds.flatMap((fileId) => {
      const file = files.get(fileId);
      if (file === undefined) return [];
      return [
        {
          ...columnsOf(draft),
          workspace_id: workspaceId,
          id: newId('asset', at.getTime()),
          platform: deliverable?.platform ?? null,
          format: file.kind,
          file_id: file.id,
          title: (deliverable?.title ?? file.name).slice(0, 200),
          posted_at: deliverable?.liveAt == null ? null : new Date(deliverable.liveAt),
          captured_how: 'approved',
          captured_by: draft.approvedBy.slice(0, 200),
          captured_at: at,
        },
      ];
    });
  });
  const added = new Set(await insertAssets(tx, rows));
  for (const row of rows)
    if (added.has(row.id))
      await infra.outbox.emit(tx, {
        workspaceId,
        name: assetCaptured,
        payload: {
          assetId: row.id,
          personId: row.person_id,
          campaignId: row.campaign_id,
          how: row.captured_how,
          actorName: 'Rapport',
        } satisfies ContentEventPayload,
      });
  for (const enrolmentId of new Set(drafts.map((draft) => draft.enrolmentId)))
    await syncEnrolmentRights(infra, tx, { workspaceId, enrolmentId });
  return added.size;
}

const columnsOf = (draft: ApprovedDraft) => ({
  person_id: draft.personId,
  campaign_id: draft.campaignId,
  enrolment_id: draft.enrolmentId,
  deliverable_id: draft.deliverableId,
  caption: draft.caption === '' ? null : draft.caption,
});

/** An original comes in when its draft is approved; rights that begin with the post begin on the day its piece is live. */
export function followApprovals(infra: Infra): Consumer {
  return {
    name: 'content.originals',
    events: [submissionApproved, contentRecorded],
    handle: async (events) => {
      for (const { name, workspaceId, payload } of events) {
        if (name === submissionApproved) {
          const { submissionId } = submissionEventPayload.parse(payload);
          await infra.db.inWorkspace(workspaceId, (tx) =>
            keepApproved(infra, tx, { workspaceId, submissionIds: [submissionId] }),
          );
          continue;
        }
        const { deliverableIds, what } = contentRecordedPayload.parse(payload);
        if (what !== 'live' && what !== 'changed') continue;
        await infra.db.inWorkspace(workspaceId, (tx) => followLive(infra, tx, { workspaceId, deliverableIds }));
      }
    },
  };
}

async function followLive(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; deliverableIds: readonly string[] },
): Promise<void> {
  const { workspaceId } = of;
  const deliverables = await findDeliverables(tx, workspaceId, { ids: of.deliverableIds, clock: infra.clock });
  for (const { id, enrolmentId, liveAt } of deliverables) {
    if (liveAt === null) continue;
    const hasMoved = await setPosted(tx, workspaceId, { deliverableId: id, postedAt: new Date(liveAt) });
    if (hasMoved) await syncEnrolmentRights(infra, tx, { workspaceId, enrolmentId });
  }
}
