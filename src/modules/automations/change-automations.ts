import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  Automation,
  createAutomation,
  listAutomations,
  removeAutomation,
  switchAutomation,
  updateAutomation,
} from './api.ts';
import { automationsError } from './errors.ts';
import {
  type Content,
  deleteAutomation,
  insertAutomation,
  isNameTaken,
  type StoredAutomation,
  selectAutomation,
  selectAutomations,
  updateContent,
  updateState,
} from './queries/automations.ts';
import { countsOf, dropWaiting } from './queries/runs.ts';
import { faultsOfContent } from './rules/check-content.ts';

const automationsMax = 200;
const countedDays = 30;
const dayMs = 86_400_000;
const noRuns: Automation['runs'] = { done: 0, failed: 0, skipped: 0, waiting: 0, lastAt: null };

/** All automations with what their logs of the last 30 days say. */
export async function listAll(infra: Infra, call: Call<typeof listAutomations>): Promise<{ rows: Automation[] }> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const counts = await countsOf(tx, workspaceId, new Date(infra.clock.now().getTime() - countedDays * dayMs));
    const rows = await selectAutomations(tx, workspaceId);
    return { rows: rows.map((row) => ({ ...row, runs: counts.get(row.id) ?? noRuns })) };
  });
}

/** Errors: automations.unknown_trigger, .bad_condition, .bad_action, each with all faults by field. */
function refuseFaults(content: Content): void {
  const faults = faultsOfContent(content);
  const [first] = faults;
  if (first === undefined) return;
  const details = faults.map((fault) => fault.detail);
  throw automationsError(first.code, first.detail.message, details);
}

async function refuseTakenName(tx: Tx, workspaceId: string, of: { name: string; exceptId: string }): Promise<void> {
  if (!(await isNameTaken(tx, workspaceId, of))) return;
  throw automationsError('name_taken', `An automation is called "${of.name}" already. Give another name.`, [
    { field: 'name', message: 'is taken' },
  ]);
}

interface Who {
  workspaceId: string;
  actor: Actor;
  requestId: string;
}

const audit = (tx: Tx, who: Who, did: { action: string; id: string; changes: Record<string, unknown> }) =>
  recordAudit(tx, {
    workspaceId: who.workspaceId,
    actor: who.actor,
    requestId: who.requestId,
    action: did.action,
    subjectKind: 'automation',
    subjectId: did.id,
    changes: did.changes,
  });

async function presented(infra: Infra, tx: Tx, of: { workspaceId: string; id: string }): Promise<Automation> {
  const stored = await selectAutomation(tx, of.workspaceId, of.id);
  if (stored === null) throw notFound('automation');
  const counts = await countsOf(tx, of.workspaceId, new Date(infra.clock.now().getTime() - countedDays * dayMs));
  return { ...stored, runs: counts.get(of.id) ?? noRuns };
}

/** Makes an automation that is off. Errors: automations.full, .name_taken and those of its content. */
export async function makeAutomation(infra: Infra, call: Call<typeof createAutomation>): Promise<Automation> {
  const { workspaceId, actor, input } = call;
  refuseFaults(input);
  const at = infra.clock.now();
  const id = newId('automation', at.getTime());
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectAutomations(tx, workspaceId)).length >= automationsMax)
      throw automationsError('full', `There are ${automationsMax} automations already. Remove one that is not used.`);
    await refuseTakenName(tx, workspaceId, { name: input.name, exceptId: id });
    await insertAutomation(tx, workspaceId, { id, by: actor.name, at, content: input });
    await audit(tx, call, { action: 'automation.created', id, changes: { ...input } });
    return presented(infra, tx, { workspaceId, id });
  });
}

/** Errors: not_found, automations.changed, .name_taken and those of its content. */
export async function changeAutomation(infra: Infra, call: Call<typeof updateAutomation>): Promise<Automation> {
  const { workspaceId, actor, input } = call;
  const { automationId: id, basedOn, ...content } = input;
  refuseFaults(content);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectAutomation(tx, workspaceId, id);
    if (before === null) throw notFound('automation');
    await refuseTakenName(tx, workspaceId, { name: content.name, exceptId: id });
    const isDone = await updateContent(tx, workspaceId, {
      id,
      by: actor.name,
      at: infra.clock.now(),
      basedOn,
      content,
    });
    if (!isDone)
      throw automationsError(
        'changed',
        `${before.updatedBy} changed it meanwhile (version ${before.version}). Load it again.`,
      );
    await audit(tx, call, { action: 'automation.changed', id, changes: { from: contentOf(before), to: content } });
    return presented(infra, tx, { workspaceId, id });
  });
}

const contentOf = ({
  name,
  trigger,
  conditions,
  actions,
  waitMinutes,
  dailyMax,
  hourlyMaxEach,
}: StoredAutomation): Content => ({
  name,
  trigger,
  conditions,
  actions,
  waitMinutes,
  dailyMax,
  hourlyMaxEach,
});

/** Turns it on or off; what waits is dropped when it goes off. Error: not_found. */
export async function turnAutomation(infra: Infra, call: Call<typeof switchAutomation>): Promise<Automation> {
  const { workspaceId, actor, input } = call;
  const { automationId: id, isOn } = input;
  const at = infra.clock.now();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectAutomation(tx, workspaceId, id);
    if (before === null) throw notFound('automation');
    if (isOn) refuseFaults(before);
    await updateState(tx, workspaceId, { id, by: actor.name, at, state: isOn ? 'on' : 'off', because: null });
    if (!isOn) await dropWaiting(tx, workspaceId, { automationId: id, at });
    const changes = { state: { from: before.state, to: isOn ? 'on' : 'off' } };
    await audit(tx, call, { action: 'automation.switched', id, changes });
    return presented(infra, tx, { workspaceId, id });
  });
}

/** Removes it with its log. Error: not_found. */
export async function dropAutomation(infra: Infra, call: Call<typeof removeAutomation>): Promise<null> {
  const { workspaceId, input } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectAutomation(tx, workspaceId, input.automationId);
    if (before === null || !(await deleteAutomation(tx, workspaceId, before.id))) throw notFound('automation');
    await audit(tx, call, { action: 'automation.removed', id: before.id, changes: contentOf(before) });
  });
  return null;
}
