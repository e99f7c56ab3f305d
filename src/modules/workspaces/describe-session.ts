import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { getSession, Session } from './api.ts';
import type { Auth } from './auth.ts';
import { toWorkspace } from './get-workspace.ts';
import { membershipsOf } from './queries/members.ts';
import { firstPerson } from './queries/people.ts';
import { scopesOfRole } from './rules/permissions.ts';
import { whoIsSignedIn } from './who-is-signed-in.ts';

/** Who is signed in by the session cookie, what they may open, and whether the installation still waits for its first owner. */
export async function describeSession(infra: Infra, auth: Auth, call: Call<typeof getSession>): Promise<Session> {
  const signedIn = call.actor.kind === 'user' ? await whoIsSignedIn(infra, auth, call.request) : null;
  return infra.db.asSystem(async (tx) => {
    if (signedIn === null) return { user: null, workspaces: [], setUpNeeded: (await firstPerson(tx)) === undefined };
    const memberships = await membershipsOf(tx, signedIn.person.id);
    return {
      user: signedIn.person,
      workspaces: memberships.map(({ role, workspace }) => ({
        ...toWorkspace(workspace),
        role,
        scopes: [...scopesOfRole[role]],
      })),
      setUpNeeded: false,
    };
  });
}
