import { randomBytes } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { localActor } from './actors.ts';
import type { chooseNewPassword, createPasswordReset } from './api.ts';
import { workspacesError } from './errors.ts';
import { hashSecret } from './key-secret.ts';
import { hashNewPassword } from './passwords.ts';
import { membershipsOf } from './queries/members.ts';
import { endResets, insertReset, markResetUsed, personOfReset } from './queries/password-resets.ts';
import { endSessions, personByEmail, replacePasswordHash } from './queries/people.ts';
import { recordInAllWorkspaces } from './record-in-all-workspaces.ts';

const validMs = 3600 * 1000;

/**
 * Makes the link by which a person chooses a new password; earlier links of theirs end. Only for the command line of this
 * machine: an admin of one workspace must not take over a person who owns another. Errors: workspaces.machine_only, not_found.
 */
export function makeResetLink(
  infra: Infra,
  call: Call<typeof createPasswordReset>,
): Promise<{ email: string; link: string; isMailed: boolean }> {
  if (call.actor.id !== localActor.id) {
    throw workspacesError(
      'machine_only',
      'Passwords are reset on the machine Rapport runs on: rapport members reset-password EMAIL.',
    );
  }
  const token = randomBytes(32).toString('base64url');
  const now = infra.clock.now();
  return infra.db.asSystem(async (tx) => {
    const person = await personByEmail(tx, call.input.email);
    if (person === undefined) throw notFound('person');
    await endResets(tx, person.id);
    const expiresAt = new Date(now.getTime() + validMs);
    const id = newId('passwordReset');
    await insertReset(tx, {
      id,
      userId: person.id,
      tokenHash: hashSecret(token),
      createdAt: now,
      expiresAt,
    });
    const { actor, requestId } = call;
    await recordInAllWorkspaces(tx, person.id, {
      actor,
      requestId,
      action: 'profile.reset_link_made',
      changes: { person: person.name },
    });
    const link = `${infra.config.publicUrl}/app/new-password/${token}`;
    return { email: person.email, link, isMailed: await mailLink(infra, tx, { id, person, link }) };
  });
}

/** Sends the link too, where mail is set up, in the name of the first workspace the person is in. */
async function mailLink(
  infra: Infra,
  tx: Tx,
  of: { id: string; person: { id: string; email: string }; link: string },
): Promise<boolean> {
  const [first] = await membershipsOf(tx, of.person.id);
  if (first === undefined) return false;
  const mailed = await infra.mail.queue(tx, {
    workspaceId: first.workspace.id,
    to: of.person.email,
    subject: 'Choose a new password',
    text: `Open this link to choose a new password; it works once, for one hour:\n${of.link}\n\nIf you did not ask for it, do nothing: your password stays.\n`,
    kind: 'transactional',
    key: `password-reset:${of.id}`,
    isSecret: true,
    headers: { autoSubmitted: 'auto-generated' },
  });
  return mailed.state === 'queued';
}

/** Takes the new password, once; every session ends. Errors: workspaces.link_ended; invalid for a guessable password, and the link stays good. */
export async function choosePassword(infra: Infra, call: Call<typeof chooseNewPassword>): Promise<{ email: string }> {
  const link = { tokenHash: hashSecret(call.input.token), now: infra.clock.now() };
  const person = await infra.db.asSystem((tx) => personOfReset(tx, link));
  if (person === undefined) throw linkEnded();
  const hash = await hashNewPassword(call.input.password, { field: 'password', ...person });
  return infra.db.asSystem(async (tx) => {
    if (!(await markResetUsed(tx, link))) throw linkEnded();
    await replacePasswordHash(tx, { personId: person.id, hash, now: link.now });
    const sessionsEnded = await endSessions(tx, { personId: person.id, except: null });
    const actor = { kind: 'user' as const, id: person.id, name: person.name };
    const what = { action: 'profile.password_changed', changes: { by: 'link', sessionsEnded } };
    await recordInAllWorkspaces(tx, person.id, { actor, requestId: call.requestId, ...what });
    return { email: person.email };
  });
}

function linkEnded() {
  return workspacesError('link_ended', 'This link was used or is older than one hour. Ask for a new one.');
}
