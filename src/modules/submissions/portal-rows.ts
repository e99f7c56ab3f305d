import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Deliverable } from '#modules/campaigns/api.ts';
import { findCampaign, listDeliverablesOfPerson } from '#modules/campaigns/index.ts';
import type { LiveFinding, PortalSubmissionRow } from './api.ts';
import { toLiveCheck } from './look-at-post.ts';
import { type LivePostRow, selectLiveChecks, selectLivePosts } from './queries/live.ts';
import { type SubmissionThread, selectThreadsOfDeliverables } from './queries/submissions.ts';
import { todoOf } from './rules/say-todo.ts';

/** What a creator makes, by due day, each with where it stands. */
export async function readPortalRows(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string },
): Promise<PortalSubmissionRow[]> {
  const { workspaceId, personId } = of;
  const deliverables = await listDeliverablesOfPerson(tx, workspaceId, { personId, clock: infra.clock });
  const open = deliverables.filter((one) => one.state !== 'cancelled');
  const ids = open.map((one) => one.id);
  const threads = await selectThreadsOfDeliverables(tx, workspaceId, ids);
  const lives = await selectLivePosts(
    tx,
    workspaceId,
    threads.map((one) => one.id),
  );
  const names = await readCampaignNames(tx, { workspaceId, deliverables: open });
  const rows: PortalSubmissionRow[] = [];
  for (const deliverable of open) {
    const thread = threads.find((one) => one.deliverable_id === deliverable.id);
    const live = lives.find((one) => one.submission_id === thread?.id);
    const campaign = { id: deliverable.campaignId, name: names.get(deliverable.campaignId) ?? '' };
    rows.push(await toRow(tx, workspaceId, { deliverable, thread, live, campaign }));
  }
  return rows;
}

async function toRow(
  tx: Tx,
  workspaceId: string,
  of: {
    deliverable: Deliverable;
    thread: SubmissionThread | undefined;
    live: LivePostRow | undefined;
    campaign: { id: string; name: string };
  },
): Promise<PortalSubmissionRow> {
  const { deliverable, thread, live, campaign } = of;
  const problems = live === undefined ? [] : await problemsOf(tx, workspaceId, live);
  return {
    deliverableId: deliverable.id,
    campaign,
    title: deliverable.title,
    platform: deliverable.platform,
    format: deliverable.format,
    dueOn: deliverable.dueOn,
    isLate: deliverable.isLate,
    state: thread?.state ?? null,
    stateSince: thread?.state_since.toISOString() ?? null,
    round: thread?.round ?? 0,
    live: live === undefined ? null : { url: live.url, result: live.result, problems },
    todo: todoOf({
      state: thread?.state ?? null,
      problems: problems.length,
      isAccepted: live?.accepted_at != null,
      isForBrand: deliverable.isForBrand,
    }),
  };
}

/** What the newest look that read something found wrong, in words; none where a member accepted it. */
async function problemsOf(tx: Tx, workspaceId: string, live: LivePostRow): Promise<string[]> {
  if (live.accepted_at !== null || live.result === 'ok' || live.result === 'unknown') return [];
  const checks = await selectLiveChecks(tx, workspaceId, { submissionId: live.submission_id, limit: 20 });
  const newest = checks.map(toLiveCheck).find((check) => check.seen !== null);
  const isWrong = (one: LiveFinding) => one.result === 'differs' || one.result === 'missing';
  return (newest?.findings ?? []).flatMap((one) => (isWrong(one) && one.point !== 'approval' ? [one.detail] : []));
}

async function readCampaignNames(
  tx: Tx,
  of: { workspaceId: string; deliverables: readonly Deliverable[] },
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(of.deliverables.map((one) => one.campaignId)))
    names.set(id, (await findCampaign(tx, of.workspaceId, id))?.name ?? '');
  return names;
}
