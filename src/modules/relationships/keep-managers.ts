import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { recordAudit, recordAudits } from '#modules/workspaces/index.ts';
import type {
  changeManagerCreators as changeEndpoint,
  createManager as createEndpoint,
  listManagers as listEndpoint,
  Manager,
  messageManager as messageEndpoint,
  removeManager as removeEndpoint,
  updateManager as updateEndpoint,
} from './api.ts';
import { relationshipsError } from './errors.ts';
import { getCreator } from './find-creator.ts';
import type { Frame } from './flags.ts';
import {
  deleteManager,
  deleteManagerCreators,
  insertManager,
  insertManagerCreators,
  insertMessage,
  isEmailTaken,
  type ManagerAbout,
  type ManagerRow,
  selectManagers,
  setManager,
} from './queries/managers.ts';

/** Managers and agencies by name. Error: not_found for a creator that is named. */
export async function listManagers(infra: Infra, call: Call<typeof listEndpoint>): Promise<Manager[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const personId =
      input.personId === undefined ? undefined : (await getCreator(tx, workspaceId, input.personId)).personId;
    return presentManagers(tx, workspaceId, await selectManagers(tx, workspaceId, { personId }));
  });
}

export async function presentManagers(tx: Tx, workspaceId: string, rows: readonly ManagerRow[]): Promise<Manager[]> {
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.flatMap((row) => row.person_ids),
  );
  return rows.map(({ person_ids, ...about }) => ({
    ...about,
    creators: person_ids
      .flatMap((id) => {
        const card = cards.get(id);
        return card === undefined ? [] : [{ id: card.personId, name: card.name }];
      })
      .toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)),
  }));
}

async function getManager(tx: Tx, workspaceId: string, managerId: string): Promise<Manager> {
  const [manager] = await presentManagers(tx, workspaceId, await selectManagers(tx, workspaceId, { managerId }));
  if (manager === undefined) throw notFound('manager');
  return manager;
}

/** Keeps a manager with the creators they speak for. Errors: email_taken, unknown_creator. */
export async function createManager(infra: Infra, call: Call<typeof createEndpoint>): Promise<Manager> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personIds, ...given } = input;
    const about = tidy(given);
    const at = infra.clock.now();
    const id = newId('manager', at.getTime());
    const creators = await checkCreators(tx, workspaceId, { personIds, field: 'personIds' });
    if (!(await insertManager(tx, workspaceId, { id, about, createdBy: actor.name, at })))
      throw emailTaken(about.email);
    await insertManagerCreators(tx, workspaceId, { managerId: id, personIds: creators, at });
    await audit(tx, call, { action: 'manager.created', managerId: id, changes: { name: about.name } });
    await auditCreators(tx, call, { managerId: id, name: about.name, added: creators, removed: [] });
    return getManager(tx, workspaceId, id);
  });
}

function tidy(about: ManagerAbout): ManagerAbout {
  const orNull = (text: string | null) => (text === '' ? null : text);
  const { kind, name, email } = about;
  return { kind, name, email, company: orNull(about.company), phone: orNull(about.phone), note: orNull(about.note) };
}

function emailTaken(email: string | null) {
  return relationshipsError('email_taken', `${email ?? 'This address'} belongs to another manager here.`, [
    { field: 'email', message: 'Belongs to another manager' },
  ]);
}

/** Changes what is known of a manager. Errors: not_found, email_taken. */
export async function updateManager(infra: Infra, call: Call<typeof updateEndpoint>): Promise<Manager> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await getManager(tx, workspaceId, input.managerId);
    const { managerId, ...given } = input;
    const about = tidy(given);
    if (about.email !== null && (await isEmailTaken(tx, workspaceId, { email: about.email, butId: managerId })))
      throw emailTaken(about.email);
    await setManager(tx, workspaceId, { id: managerId, about, at: infra.clock.now() });
    const { creators: _, ...was } = before;
    await audit(tx, call, { action: 'manager.changed', managerId, changes: { from: was, to: about } });
    return getManager(tx, workspaceId, managerId);
  });
}

/** Removes a manager; the creators stay. Error: not_found. */
export async function removeManager(infra: Infra, call: Call<typeof removeEndpoint>): Promise<null> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id, name } = await getManager(tx, workspaceId, input.managerId);
    await deleteManager(tx, workspaceId, id);
    await audit(tx, call, { action: 'manager.removed', managerId: id, changes: { name } });
    return null;
  });
}

/** Says for whom a manager speaks. Errors: not_found, unknown_creator. */
export async function changeManagerCreators(infra: Infra, call: Call<typeof changeEndpoint>): Promise<Manager> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: managerId, name, creators } = await getManager(tx, workspaceId, input.managerId);
    const had = new Set(creators.map((creator) => creator.id));
    const add = await checkCreators(tx, workspaceId, { personIds: input.add, field: 'add' });
    const added = add.filter((id) => !had.has(id));
    const removed = [...new Set(input.remove)].filter((id) => had.has(id) && !add.includes(id));
    await insertManagerCreators(tx, workspaceId, { managerId, personIds: added, at: infra.clock.now() });
    await deleteManagerCreators(tx, workspaceId, { managerId, personIds: removed });
    await auditCreators(tx, call, { managerId, name, added, removed });
    return getManager(tx, workspaceId, managerId);
  });
}

async function checkCreators(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[]; field: string },
): Promise<string[]> {
  const cards = await readPersonCards(tx, workspaceId, of.personIds);
  const at = of.personIds.findIndex((id) => !cards.has(id));
  if (at >= 0) {
    const field = `${of.field}.${at}`;
    throw relationshipsError('unknown_creator', `${field}: there is no creator "${of.personIds[at]}" here.`, [
      { field, message: 'No such creator' },
    ]);
  }
  return [...new Set([...cards.values()].map((card) => card.personId))];
}

const named = '{creators}';

/** One mail to a manager about many creators, kept in the story of each. Errors: not_found, no_email, unknown_creator. */
export async function messageManager(
  infra: Infra,
  call: Call<typeof messageEndpoint>,
): Promise<OutputOf<typeof messageEndpoint>> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const manager = await getManager(tx, workspaceId, input.managerId);
    if (manager.email === null)
      throw relationshipsError('no_email', `There is no address of ${manager.name}. Add one, or call them.`);
    const nameOf = new Map(manager.creators.map((creator) => [creator.id, creator.name]));
    const personIds = [...new Set(input.personIds)];
    const stranger = personIds.findIndex((id) => !nameOf.has(id));
    if (stranger >= 0)
      throw relationshipsError(
        'unknown_creator',
        `personIds.${stranger}: ${manager.name} does not speak for this creator.`,
        [{ field: `personIds.${stranger}`, message: 'Is not one of theirs' }],
      );
    const list = listOf(personIds.map((id) => nameOf.get(id) ?? ''));
    const subject = input.subject.replaceAll(named, list).slice(0, 500);
    const text = input.body.replaceAll(named, list);
    const at = infra.clock.now();
    const id = newId('message', at.getTime());
    const { state } = await infra.mail.queue(tx, {
      workspaceId,
      to: manager.email,
      subject,
      text,
      kind: 'outreach',
      key: `manager/${id}`,
    });
    const { subject: _, body: __, ...rest } = { ...input, managerId: manager.id, personIds };
    await insertMessage(tx, workspaceId, {
      ...rest,
      id,
      subject,
      body: text,
      mailState: state,
      sentBy: actor.name,
      at,
    });
    await audit(tx, call, { action: 'manager.messaged', managerId: manager.id, changes: { personIds, subject } });
    return { state, subject, text };
  });
}

function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function audit(
  tx: Tx,
  call: Frame,
  of: { action: string; managerId: string; changes: Record<string, unknown> },
): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  const { action, changes } = of;
  const subject = { subjectKind: 'manager', subjectId: of.managerId };
  return recordAudit(tx, { workspaceId, actor, requestId, action, ...subject, changes });
}

function auditCreators(
  tx: Tx,
  call: Frame,
  of: { managerId: string; name: string; added: readonly string[]; removed: readonly string[] },
): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  const entry = (action: string) => (personId: string) => ({
    workspaceId,
    actor,
    requestId,
    action,
    subjectKind: 'creator',
    subjectId: personId,
    changes: { manager: of.name, managerId: of.managerId },
  });
  return recordAudits(tx, [
    ...of.added.map(entry('creator.manager-added')),
    ...of.removed.map(entry('creator.manager-removed')),
  ]);
}
