import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { changePassword, signOutEverywhere, updateProfile } from './api.ts';
import type { Auth, SignedIn } from './auth.ts';
import type { TryLimits } from './auth-limits.ts';
import { invalidField, workspacesError } from './errors.ts';
import { hashNewPassword, passwordMatches } from './passwords.ts';
import { endSessions, passwordHashOf, renamePerson, replacePasswordHash } from './queries/people.ts';
import { recordInAllWorkspaces } from './record-in-all-workspaces.ts';
import { whoIsSignedIn } from './who-is-signed-in.ts';

export interface ProfileParts {
  infra: Infra;
  auth: Auth;
  limits: TryLimits;
}

/** Changes the caller's own name. Error: workspaces.person_needed for a key. */
export async function renameSelf(parts: ProfileParts, call: Call<typeof updateProfile>): Promise<null> {
  const { infra } = parts;
  const { person } = await personCalling(parts, call);
  const { name } = call.input;
  if (name === person.name) return null;
  await infra.db.asSystem(async (tx) => {
    await renamePerson(tx, { id: person.id, name, now: infra.clock.now() });
    await recordInAllWorkspaces(tx, person.id, {
      actor: call.actor,
      requestId: call.requestId,
      action: 'profile.renamed',
      changes: { name: { from: person.name, to: name } },
    });
  });
  return null;
}

/**
 * Changes the caller's own password and ends their other sessions. Errors: workspaces.invalid at the field at fault,
 * too_many_tries after five wrong current passwords in a minute.
 */
export async function replacePassword(
  parts: ProfileParts,
  call: Call<typeof changePassword>,
): Promise<{ sessionsEnded: number }> {
  const { infra, limits } = parts;
  const { person, sessionId } = await personCalling(parts, call);
  const { currentPassword, newPassword } = call.input;
  const succeed = await limits.begin(person.email, call.remoteAddress);
  const current = await infra.db.asSystem((tx) => passwordHashOf(tx, person.id));
  if (current === null || !(await passwordMatches(currentPassword, current))) {
    throw invalidField('currentPassword', 'is not your password');
  }
  await succeed();
  if (newPassword === currentPassword) throw invalidField('newPassword', 'is the one you have');
  const hash = await hashNewPassword(newPassword, { field: 'newPassword', ...person });
  return infra.db.asSystem(async (tx) => {
    await replacePasswordHash(tx, { personId: person.id, hash, now: infra.clock.now() });
    const sessionsEnded = await endSessions(tx, { personId: person.id, except: sessionId });
    await recordInAllWorkspaces(tx, person.id, {
      actor: call.actor,
      requestId: call.requestId,
      action: 'profile.password_changed',
      changes: { sessionsEnded },
    });
    return { sessionsEnded };
  });
}

/** Ends every session of the caller, this one too. */
export async function endAllSessions(
  parts: ProfileParts,
  call: Call<typeof signOutEverywhere>,
): Promise<{ sessionsEnded: number }> {
  const { person } = await personCalling(parts, call);
  return parts.infra.db.asSystem(async (tx) => ({
    sessionsEnded: await endSessions(tx, { personId: person.id, except: null }),
  }));
}

async function personCalling({ infra, auth }: ProfileParts, call: Pick<Call, 'actor' | 'request'>): Promise<SignedIn> {
  const signedIn = call.actor.kind === 'user' ? await whoIsSignedIn(infra, auth, call.request) : null;
  if (signedIn === null) throw workspacesError('person_needed', 'Only a person who is signed in has a profile.');
  return signedIn;
}
