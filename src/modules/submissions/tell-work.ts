import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import type { PortalTask } from '#kernel/portal-task.ts';
import { dayIn, dayMs, daysBetween } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { PortalSubmissionRow } from './api.ts';
import { readPortalRows } from './portal-rows.ts';
import { presentRows } from './present-rows.ts';
import { selectOpenThreads, selectProblemThreads } from './queries/submissions.ts';

const openMax = 200;

/** Drafts that wait for a decision, and posts that are not as approved; longest first. */
export async function openWork(infra: Infra, tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const waiting = await selectOpenThreads(tx, workspaceId, openMax);
  const wrong = await selectProblemThreads(tx, workspaceId, openMax);
  const rows = await presentRows(infra, tx, { workspaceId, threads: [...waiting, ...wrong] });
  return rows.map((row): OpenWork => {
    const base = {
      since: row.stateSince,
      path: `/submissions/${row.id}`,
      campaignId: row.campaign.id,
      personId: row.person.id,
    };
    const piece = `${row.person.name}, ${row.deliverable.title}`;
    if (row.state === 'pending_approval') {
      const fails = row.verdict === 'fail' ? 'the label fails the rules' : null;
      const silent =
        row.autoApproveAfter === null || fails !== null ? null : `silence approves after ${row.autoApproveAfter}`;
      const detail = [`round ${row.round}`, fails, silent].filter((one) => one !== null).join(', ');
      return { ...base, kind: 'draft.to_review', title: `Review ${piece}`, detail, dueOn: row.autoApproveAfter };
    }
    const isGone = row.live?.goneAt !== null && row.live !== null;
    const title = isGone ? `The post is gone: ${piece}` : `Not what was approved: ${piece}`;
    return { ...base, kind: isGone ? 'post.gone' : 'post.differs', title, detail: row.campaign.name, dueOn: null };
  });
}

/** Days before its due day from which a draft is asked for. */
const askDays = 14;

/** Drafts to send, changes to make, links to give and posts to mend. */
export async function portalTasks(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string },
): Promise<PortalTask[]> {
  const rows = await readPortalRows(infra, tx, of);
  const { timeZone } = await getWorkspace(tx, of.workspaceId);
  const today = dayIn(timeZone, infra.clock.now());
  return rows.flatMap((row) => {
    if (row.todo === null) return [];
    const daysLeft = row.dueOn === null ? null : daysBetween(today, row.dueOn);
    const isAnswer = row.state === 'changes_requested' || row.state === 'live';
    if (!isAnswer && daysLeft !== null && daysLeft > askDays) return [];
    return [
      {
        kind: kindOf(row),
        title: `${row.todo}: ${row.title}`,
        detail: row.live?.problems[0] ?? row.campaign.name,
        // Until the day is over; the last moment of it is near enough in any zone for ordering.
        dueAt: row.dueOn === null ? null : new Date(Date.parse(`${row.dueOn}T00:00:00Z`) + dayMs - 1),
        path: `/submissions/${row.deliverableId}`,
        campaignId: row.campaign.id,
        isUrgent: isAnswer || (daysLeft !== null && daysLeft <= 2),
      },
    ];
  });
}

function kindOf(row: PortalSubmissionRow): string {
  switch (row.state) {
    case 'changes_requested':
      return 'submission.change';
    case 'approved':
    case 'scheduled':
      return 'submission.post';
    case 'live':
      return 'submission.mend';
    default:
      return 'submission.draft';
  }
}
