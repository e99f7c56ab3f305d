import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { localActor } from './actors.ts';
import type { createWorkspace, Workspace } from './api.ts';
import { workspacesError } from './errors.ts';
import { toWorkspace } from './get-workspace.ts';
import { makeWorkspace } from './make-workspace.ts';
import { firstPerson } from './queries/people.ts';

/**
 * Makes a workspace for the person who asks; what the command line makes belongs to the installation's first owner.
 * Errors: workspaces.person_needed for an API key, which belongs to one workspace; slug_taken.
 */
export async function createOwnWorkspace(infra: Infra, call: Call<typeof createWorkspace>): Promise<Workspace> {
  const { actor, input, requestId } = call;
  if (actor.kind === 'api_key') {
    throw workspacesError(
      'person_needed',
      'An API key belongs to one workspace and cannot make another. Sign in to make one.',
    );
  }
  const made = await infra.db.asSystem(async (tx) => {
    const ownerId = actor.id === localActor.id ? ((await firstPerson(tx))?.id ?? null) : actor.id;
    const { name, slug = null, currency, timeZone } = input;
    const by = { actor, requestId, now: infra.clock.now() };
    return makeWorkspace(tx, { name, slug, currency, timeZone, isSample: false, ownerId }, by);
  });
  return toWorkspace(made);
}
