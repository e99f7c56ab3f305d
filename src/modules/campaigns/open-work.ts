import type { Tx } from '#infra/db/database.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { type DeadlineKind, tasksShownMax } from './api.ts';
import { joinedFeeWork } from './decide-joined-fee.ts';
import { type DeadlineRow, selectDeadlines } from './queries/deadlines.ts';
import { selectTasks } from './queries/tasks.ts';

/** Deadlines show up in the list of work so many days before they come. */
export const deadlineDaysAhead = 3;
const namesShown = 3;

/**
 * What of campaigns waits for a member: tasks written down by hand, and deadlines of creators that come up within three days or have gone by, one entry a
 * campaign, kind and day. Content that is late is told by the deliverables themselves.
 */
export async function openWork(tx: Tx, workspaceId: string, of: { today: string }): Promise<OpenWork[]> {
  const tasks = await selectTasks(tx, workspaceId, { isDone: false, limit: tasksShownMax });
  const deadlines = await selectDeadlines(tx, workspaceId, { today: of.today, daysAhead: deadlineDaysAhead });
  const groups = [
    ...Map.groupBy(deadlines, (row) => [row.campaign_id, row.kind, row.due_on, row.owner_id].join(' ')).values(),
  ];
  const cards = await readPersonCards(tx, workspaceId, [
    ...groups.flatMap((rows) => rows.slice(0, namesShown).map((row) => row.person_id)),
    ...tasks.flatMap((task) => task.person_id ?? []),
  ]);
  const nameOf = (id: string) => cards.get(id)?.name ?? 'Erased creator';
  const fromTasks = tasks.map((task): OpenWork => {
    const about = [task.campaign_name, task.person_id === null ? null : nameOf(task.person_id)].filter(Boolean);
    return {
      kind: 'task.open',
      title: task.title,
      detail: about.length === 0 ? task.note : about.join(' · '),
      since: task.created_at.toISOString(),
      dueOn: task.due_on,
      path: `/tasks?task=${task.id}`,
      campaignId: task.campaign_id,
      personId: task.person_id,
      ownerId: task.owner_id,
    };
  });
  return [
    ...(await joinedFeeWork(tx, workspaceId)),
    ...fromTasks,
    ...groups.flatMap((rows) => fromDeadlines(rows, nameOf)),
  ];
}

const pages: Record<DeadlineKind, string> = {
  answer: 'roster',
  draft: 'content',
  content: 'content',
  live_window: 'content',
};
const plurals: Record<DeadlineKind, string> = {
  answer: 'answers to invitations',
  draft: 'drafts',
  content: 'pieces of content',
  live_window: 'posts to go live',
};

function fromDeadlines(rows: readonly DeadlineRow[], nameOf: (id: string) => string): OpenWork[] {
  const [first] = rows;
  if (first === undefined) return [];
  const verb = first.days < 0 ? 'were due' : 'due';
  const names = rows.slice(0, namesShown).map((row) => nameOf(row.person_id));
  const more = rows.length > names.length ? ` and ${rows.length - names.length} more` : '';
  const isOne = rows.length === 1;
  return [
    {
      kind: `${first.kind}.due`,
      title: isOne ? `${names[0] ?? ''}: ${first.title}` : `${rows.length} ${plurals[first.kind]} ${verb}`,
      detail: isOne ? first.campaign_name : `${first.campaign_name} · ${names.join(', ')}${more}`,
      since: null,
      dueOn: first.due_on,
      path: `/campaigns/${first.campaign_id}/${pages[first.kind]}`,
      campaignId: first.campaign_id,
      personId: isOne ? first.person_id : null,
      ownerId: first.owner_id,
    },
  ];
}
