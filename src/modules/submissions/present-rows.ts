import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { findCampaign, findDeliverables } from '#modules/campaigns/index.ts';
import type { SubmissionRow } from './api.ts';
import { captionVerdictSchema, liveResultSchema } from './api.ts';
import { type RowFacts, type SubmissionThread, selectRowFacts } from './queries/submissions.ts';

/** Threads as a list shows them, in the order given. A few statements, however many of one campaign. */
export async function presentRows(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; threads: readonly SubmissionThread[] },
): Promise<SubmissionRow[]> {
  const { workspaceId, threads } = of;
  if (threads.length === 0) return [];
  const ids = threads.map((thread) => thread.deliverable_id);
  const deliverables = new Map(
    (await findDeliverables(tx, workspaceId, { ids, clock: infra.clock })).map((one) => [one.id, one]),
  );
  const names = new Map<string, string>();
  for (const id of new Set(threads.map((thread) => thread.campaign_id)))
    names.set(id, (await findCampaign(tx, workspaceId, id))?.name ?? '');
  const facts = await selectRowFacts(
    tx,
    workspaceId,
    threads.map((thread) => thread.id),
  );
  const factsOf = new Map(facts.map((one) => [one.submission_id, one]));
  return threads.flatMap((thread) => {
    const deliverable = deliverables.get(thread.deliverable_id);
    const known = factsOf.get(thread.id);
    if (deliverable === undefined || known === undefined) return [];
    const campaign = { id: thread.campaign_id, name: names.get(thread.campaign_id) ?? '' };
    const { id, title, platform, format, dueOn, person } = deliverable;
    return [{ ...toRow(thread, known), campaign, person, deliverable: { id, title, platform, format, dueOn } }];
  });
}

function toRow(thread: SubmissionThread, facts: RowFacts): Omit<SubmissionRow, 'campaign' | 'person' | 'deliverable'> {
  return {
    id: thread.id,
    enrolmentId: thread.enrolment_id,
    state: thread.state,
    stateSince: thread.state_since.toISOString(),
    round: thread.round,
    approvedRound: thread.approved_round,
    scheduledFor: thread.scheduled_for?.toISOString() ?? null,
    captionStart: facts.caption,
    verdict: captionVerdictSchema.shape.verdict.nullable().parse(facts.verdict),
    cover:
      facts.cover_id === null || facts.cover_kind === null ? null : { fileId: facts.cover_id, kind: facts.cover_kind },
    files: facts.files,
    openComments: facts.open_comments,
    autoApproveAfter: thread.state === 'pending_approval' ? facts.auto_approve_after : null,
    live:
      facts.live_url === null
        ? null
        : {
            url: facts.live_url,
            result: liveResultSchema.parse(facts.live_result),
            goneAt: facts.gone_at?.toISOString() ?? null,
          },
    updatedAt: thread.updated_at.toISOString(),
  };
}
