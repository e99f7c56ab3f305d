import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { starter } from './actors.ts';
import type { canSetUp, setUp, Workspace } from './api.ts';
import { unnamedWorkspace } from './choose-local-workspace.ts';
import { workspacesError } from './errors.ts';
import { toWorkspace } from './get-workspace.ts';
import { type Maker, makeWorkspace, ownerOf } from './make-workspace.ts';
import { hashNewPassword } from './passwords.ts';
import { insertMember } from './queries/members.ts';
import { firstPerson, insertPerson } from './queries/people.ts';
import { lockSetUp, updateWorkspaceRow, type WorkspaceRow, workspacesOfNobody } from './queries/workspaces.ts';
import { recordAudit } from './record-audit.ts';
import type { SetUpDoor } from './set-up-door.ts';

interface FirstOwner {
  name: string;
  email: string;
  passwordHash: string;
  workspaceName: string;
  currency: string;
  timeZone: string;
}

/**
 * Makes the first owner and their workspace; of two at once one wins. Errors: workspaces.set_up_done when there is an
 * owner, set_up_closed from elsewhere without the link, invalid for a password anybody would guess.
 */
export async function setUpFirstOwner(
  infra: Infra,
  door: SetUpDoor,
  call: Call<typeof setUp>,
): Promise<{ workspace: Workspace }> {
  const { input } = call;
  const done = await infra.db.asSystem(firstPerson);
  if (done !== undefined) throw setUpDone();
  if (!door.isOpenTo(call, input.token)) {
    throw workspacesError(
      'set_up_closed',
      'The first owner is made on the machine Rapport runs on, or with the link that its start prints.',
    );
  }
  const passwordHash = await hashNewPassword(input.password, { field: 'password', ...input });
  const workspace = await infra.db.asSystem((tx) =>
    makeFirstOwner(tx, { ...input, passwordHash }, { requestId: call.requestId, now: infra.clock.now() }),
  );
  if (workspace === null) throw setUpDone();
  return { workspace: toWorkspace(workspace) };
}

/** Whether the set-up page has anything to offer this caller. */
export async function checkSetUp(
  infra: Infra,
  door: SetUpDoor,
  call: Call<typeof canSetUp>,
): Promise<{ needed: boolean; allowed: boolean }> {
  const needed = (await infra.db.asSystem(firstPerson)) === undefined;
  return { needed, allowed: needed && door.isOpenTo(call, call.input.token) };
}

/** Makes the first owner from the environment when there is none; nothing without both values. */
export async function setUpFromConfig(infra: Infra): Promise<void> {
  const { adminEmail, adminPassword } = infra.config;
  if (adminEmail === null || adminPassword === null) return;
  const email = adminEmail.toLowerCase();
  const name = email.split('@')[0] ?? email;
  if ((await infra.db.asSystem(firstPerson)) !== undefined) return;
  const passwordHash = await hashNewPassword(adminPassword, { field: 'RAPPORT_ADMIN_PASSWORD', email, name });
  const owner = { name, email, passwordHash, workspaceName: unnamedWorkspace, currency: 'USD', timeZone: 'UTC' };
  await infra.db.asSystem((tx) => makeFirstOwner(tx, owner, { requestId: null, now: infra.clock.now() }));
}

function setUpDone() {
  return workspacesError('set_up_done', 'This installation has its owner already. Sign in, or ask them to invite you.');
}

/**
 * In one transaction: the person, and the workspaces that belong to nobody yet (made by the command line, or the sample)
 * as theirs; a workspace of their own when there is none. Null when another was first.
 */
async function makeFirstOwner(
  tx: Tx,
  owner: FirstOwner,
  about: { requestId: string | null; now: Date },
): Promise<WorkspaceRow | null> {
  await lockSetUp(tx);
  if ((await firstPerson(tx)) !== undefined) return null;
  const { name, email, passwordHash } = owner;
  const person = { id: newId('user'), name, email };
  await insertPerson(tx, { ...person, accountId: newId('account'), passwordHash, createdAt: about.now });
  const by: Maker = {
    actor: about.requestId === null ? starter : { kind: 'user', id: person.id, name },
    requestId: about.requestId,
    now: about.now,
  };
  const found = await workspacesOfNobody(tx);
  for (const workspace of found) {
    await insertMember(tx, ownerOf(workspace.id, person.id, about.now));
    await recordFirstOwner(tx, workspace.id, { by, person });
  }
  const own = found.find((workspace) => !workspace.is_sample);
  if (own !== undefined) return own.name === unnamedWorkspace ? nameWorkspace(tx, own.id, owner) : own;
  const wanted = { name: owner.workspaceName, currency: owner.currency, timeZone: owner.timeZone };
  const made = await makeWorkspace(
    tx,
    { ...wanted, slug: owner.workspaceName === unnamedWorkspace ? 'main' : null, isSample: false, ownerId: person.id },
    by,
  );
  await recordFirstOwner(tx, made.id, { by, person });
  return made;
}

function nameWorkspace(tx: Tx, id: string, owner: FirstOwner): Promise<WorkspaceRow> {
  return updateWorkspaceRow(tx, id, { name: owner.workspaceName, currency: owner.currency, time_zone: owner.timeZone });
}

function recordFirstOwner(
  tx: Tx,
  workspaceId: string,
  { by, person }: { by: Maker; person: { id: string; name: string; email: string } },
) {
  return recordAudit(tx, {
    workspaceId,
    actor: by.actor,
    requestId: by.requestId,
    action: 'member.added',
    subjectKind: 'member',
    subjectId: person.id,
    changes: { name: { to: person.name }, email: { to: person.email }, role: { to: 'owner' } },
  });
}
