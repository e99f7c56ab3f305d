import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type addTask as addEndpoint,
  type listTasks as listEndpoint,
  type removeTask as removeEndpoint,
  type Task,
  tasksShownMax,
  type updateTask as updateEndpoint,
} from './api.ts';
import { differences } from './differences.ts';
import { taskChanged } from './events.ts';
import { selectEnrolments } from './queries/roster.ts';
import {
  deleteTask,
  insertTask,
  lockTask,
  selectTask,
  selectTasks,
  type TaskChange,
  type TaskRow,
  updateTaskRow,
} from './queries/tasks.ts';
import { getCampaignRow, readToday } from './read-campaigns.ts';

/** Tasks written down by hand. */
export async function listTasks(infra: Infra, call: Call<typeof listEndpoint>): Promise<Task[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { done, ...filter } = input;
    const rows = await selectTasks(tx, workspaceId, { ...filter, isDone: done, limit: tasksShownMax });
    return presentTasks(tx, workspaceId, { rows, today: await readToday(tx, workspaceId, infra.clock) });
  });
}

/** Writes a task down. Error: not_found for a campaign, enrolment or creator that is not there. */
export async function addTask(infra: Infra, call: Call<typeof addEndpoint>): Promise<Task> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const about = await readSubject(tx, workspaceId, input);
    const at = infra.clock.now();
    const id = newId('task', at.getTime());
    const ownerId = input.ownerId === undefined ? (actor.kind === 'user' ? actor.id : null) : input.ownerId;
    const { title, dueOn } = input;
    const note = input.note === '' ? null : input.note;
    await insertTask(tx, workspaceId, { id, title, note, ownerId, dueOn, ...about, createdBy: actor.name, at });
    await recordTask(infra, tx, { call, id, what: 'added', about, changes: { title, ownerId, dueOn, ...about } });
    return getTask(infra, tx, { workspaceId, id });
  });
}

interface Subject {
  campaignId: string | null;
  enrolmentId: string | null;
  personId: string | null;
}

async function readSubject(tx: Tx, workspaceId: string, input: Subject): Promise<Subject> {
  const { campaignId, enrolmentId, personId } = input;
  if (enrolmentId !== null) {
    const [row] = await selectEnrolments(tx, workspaceId, [enrolmentId]);
    if (row === undefined || (campaignId !== null && campaignId !== row.campaign_id)) throw notFound('enrolment');
    return { campaignId: row.campaign_id, enrolmentId, personId: row.person_id };
  }
  if (campaignId !== null) await getCampaignRow(tx, workspaceId, campaignId);
  if (personId !== null && !(await readPersonCards(tx, workspaceId, [personId])).has(personId))
    throw notFound('creator');
  return { campaignId, enrolmentId: null, personId };
}

/** Changes a task; ticking off what is done changes nothing. Error: not_found. */
export async function updateTask(infra: Infra, call: Call<typeof updateEndpoint>): Promise<Task> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockTask(tx, workspaceId, input.taskId);
    if (row === undefined) throw notFound('task');
    const at = infra.clock.now();
    const isTicked = input.isDone !== undefined && input.isDone !== (row.done_at !== null);
    const done = !isTicked
      ? {}
      : input.isDone
        ? { done_at: at, done_by: actor.name }
        : { done_at: null, done_by: null };
    const { change, changes } = differences<TaskChange>(row, {
      ...(input.title === undefined ? {} : { title: input.title }),
      ...(input.note === undefined ? {} : { note: input.note === '' ? null : input.note }),
      ...(input.ownerId === undefined ? {} : { owner_id: input.ownerId }),
      ...(input.dueOn === undefined ? {} : { due_on: input.dueOn }),
      ...done,
    });
    if (Object.keys(change).length > 0) {
      await updateTaskRow(tx, workspaceId, { id: row.id, change, at });
      const what = isTicked ? (input.isDone ? 'done' : 'reopened') : 'changed';
      await recordTask(infra, tx, { call, id: row.id, what, about: toSubject(row), changes });
    }
    return getTask(infra, tx, { workspaceId, id: row.id });
  });
}

/** Drops a task. Error: not_found. */
export async function removeTask(infra: Infra, call: Call<typeof removeEndpoint>): Promise<{ removed: true }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockTask(tx, workspaceId, input.taskId);
    if (row === undefined) throw notFound('task');
    await deleteTask(tx, workspaceId, row.id);
    await recordTask(infra, tx, {
      call,
      id: row.id,
      what: 'removed',
      about: toSubject(row),
      changes: { title: row.title },
    });
    return { removed: true };
  });
}

function toSubject(row: TaskRow): Subject {
  return { campaignId: row.campaign_id, enrolmentId: row.enrolment_id, personId: row.person_id };
}

interface TaskNews {
  call: { workspaceId: string; actor: Call['actor']; requestId: string };
  id: string;
  what: keyof typeof taskChanged;
  about: Subject;
  changes: Record<string, unknown>;
}

async function recordTask(infra: Infra, tx: Tx, of: TaskNews): Promise<void> {
  const { workspaceId, actor, requestId } = of.call;
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: `task.${of.what}`,
    subjectKind: 'task',
    subjectId: of.id,
    changes: of.changes,
  });
  const about = Object.fromEntries(Object.entries(of.about).filter(([, value]) => value !== null));
  await infra.outbox.emit(tx, {
    workspaceId,
    name: taskChanged[of.what],
    payload: { taskId: of.id, ...about, actorName: actor.name },
  });
}

async function getTask(infra: Infra, tx: Tx, of: { workspaceId: string; id: string }): Promise<Task> {
  const row = await selectTask(tx, of.workspaceId, of.id);
  const today = await readToday(tx, of.workspaceId, infra.clock);
  const [task] = row === undefined ? [] : await presentTasks(tx, of.workspaceId, { rows: [row], today });
  if (task === undefined) throw notFound('task');
  return task;
}

async function presentTasks(
  tx: Tx,
  workspaceId: string,
  of: { rows: readonly TaskRow[]; today: { day: string } },
): Promise<Task[]> {
  const cards = await readPersonCards(
    tx,
    workspaceId,
    of.rows.flatMap((row) => row.person_id ?? []),
  );
  return of.rows.map((row) => {
    const card = row.person_id === null ? undefined : cards.get(row.person_id);
    return {
      id: row.id,
      title: row.title,
      note: row.note,
      ownerId: row.owner_id,
      dueOn: row.due_on,
      isLate: row.done_at === null && row.due_on !== null && row.due_on < of.today.day,
      campaign:
        row.campaign_id === null || row.campaign_name === null
          ? null
          : { id: row.campaign_id, name: row.campaign_name },
      enrolmentId: row.enrolment_id,
      person: card === undefined ? null : { id: card.personId, name: card.name },
      doneAt: row.done_at?.toISOString() ?? null,
      doneBy: row.done_by,
      createdBy: row.created_by,
      createdAt: row.created_at.toISOString(),
    };
  });
}
