import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import type { acceptInvitation, lookUpInvitation, Workspace } from './api.ts';
import type { Auth } from './auth.ts';
import { invalidField, workspacesError } from './errors.ts';
import { getWorkspace } from './get-workspace.ts';
import { hashSecret } from './key-secret.ts';
import { hashNewPassword } from './passwords.ts';
import { type InvitationRow, invitationByToken, markAccepted } from './queries/invitations.ts';
import { insertMember } from './queries/members.ts';
import { insertPerson, type PersonRow, personByEmail } from './queries/people.ts';
import { recordAudit } from './record-audit.ts';
import { isReading, siteOfRequest, whoIsSignedIn } from './who-is-signed-in.ts';

/** What a link invites to. Error: workspaces.invitation_ended, the same for a token that never was. */
export function describeInvitation(
  infra: Infra,
  call: Call<typeof lookUpInvitation>,
): Promise<OutputOf<typeof lookUpInvitation>> {
  return infra.db.asSystem(async (tx) => {
    const invitation = await openInvitation(infra, tx, call.input.token);
    const workspace = await getWorkspace(tx, invitation.workspaceId);
    return {
      workspaceName: workspace.name,
      invitedBy: invitation.invitedBy,
      email: invitation.email,
      role: invitation.role,
      expiresAt: invitation.expiresAt.toISOString(),
      hasAccount: (await personByEmail(tx, invitation.email)) !== undefined,
    };
  });
}

/**
 * Makes the invited person a member, once: signed in under the invited address, or as a new account with that address.
 * Errors: workspaces.invitation_ended, sign_in_first when the address has an account, other_account when somebody else is
 * signed in, invalid for a missing name or a guessable password.
 */
export async function joinByInvitation(
  infra: Infra,
  auth: Auth,
  call: Call<typeof acceptInvitation>,
): Promise<{ workspace: Workspace }> {
  const { input } = call;
  const signedIn = await personOfOwnPage(infra, auth, call.request);
  // Hashed before the transaction, which should not wait for it; only a new account needs it.
  const invited = await infra.db.asSystem((tx) => openInvitation(infra, tx, input.token));
  const account = signedIn === null ? await newAccount(input, invited.email) : null;
  return infra.db.asSystem(async (tx) => {
    const invitation = await openInvitation(infra, tx, input.token);
    const person = await personToJoin(infra, tx, { signedIn, account, email: invitation.email });
    const { workspaceId, role } = invitation;
    const now = infra.clock.now();
    await markAccepted(tx, { workspaceId, id: invitation.id, userId: person.id, now });
    const memberId = newId('member');
    const isNew = await insertMember(tx, { workspaceId, id: memberId, userId: person.id, role, createdAt: now });
    const actor: Actor = { kind: 'user', id: person.id, name: person.name };
    const about = { workspaceId, actor, requestId: call.requestId };
    const changes = {
      name: { to: person.name },
      email: { to: person.email },
      role: { to: role },
      invitation: invitation.id,
    };
    if (isNew)
      await recordAudit(tx, { ...about, action: 'member.added', subjectKind: 'member', subjectId: memberId, changes });
    return { workspace: await getWorkspace(tx, workspaceId) };
  });
}

async function openInvitation(infra: Infra, tx: Tx, token: string): Promise<InvitationRow> {
  const invitation = await invitationByToken(tx, hashSecret(token));
  const isOpen =
    invitation !== undefined &&
    invitation.acceptedAt === null &&
    invitation.revokedAt === null &&
    invitation.expiresAt > infra.clock.now();
  if (!isOpen) {
    throw workspacesError(
      'invitation_ended',
      'This invitation was used, was withdrawn or is older than 7 days. Ask for a new one.',
    );
  }
  return invitation;
}

async function personOfOwnPage(infra: Infra, auth: Auth, request: Request): Promise<PersonRow | null> {
  if (!isReading(request) && siteOfRequest(infra, request) !== 'own') return null;
  return (await whoIsSignedIn(infra, auth, request))?.person ?? null;
}

interface NewAccount {
  name: string;
  passwordHash: string;
}

async function newAccount(
  given: { name?: string | undefined; password?: string | undefined },
  email: string,
): Promise<NewAccount | null> {
  const { name, password } = given;
  if (name === undefined && password === undefined) return null;
  if (name === undefined) throw invalidField('name', 'is missing');
  if (password === undefined) throw invalidField('password', 'is missing');
  return { name, passwordHash: await hashNewPassword(password, { field: 'password', email, name }) };
}

async function personToJoin(
  infra: Infra,
  tx: Tx,
  who: { signedIn: PersonRow | null; account: NewAccount | null; email: string },
): Promise<PersonRow> {
  const { signedIn, account, email } = who;
  if (signedIn !== null) {
    if (signedIn.email === email) return signedIn;
    throw workspacesError(
      'other_account',
      `This invitation is for ${email}; you are signed in as ${signedIn.email}. Sign out first.`,
    );
  }
  if ((await personByEmail(tx, email)) !== undefined) {
    throw workspacesError('sign_in_first', `${email} has an account. Sign in with it, then open the link again.`);
  }
  if (account === null) {
    throw workspacesError('invalid', 'Give a name and a password for the new account.', [
      { field: 'name', message: 'is missing' },
      { field: 'password', message: 'is missing' },
    ]);
  }
  const person = { id: newId('user'), name: account.name, email };
  await insertPerson(tx, {
    ...person,
    accountId: newId('account'),
    passwordHash: account.passwordHash,
    createdAt: infra.clock.now(),
  });
  return person;
}
