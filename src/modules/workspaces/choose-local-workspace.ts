import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { localActor } from './actors.ts';
import { workspacesError } from './errors.ts';
import { makeWorkspace } from './make-workspace.ts';
import { firstPerson } from './queries/people.ts';
import { allWorkspaces, lockSetUp, type WorkspaceRow } from './queries/workspaces.ts';

/** Name of the workspace the command line makes when there is none; set-up gives it the name its owner chooses. */
export const unnamedWorkspace = 'My brand';

/**
 * Where the machine's own command line works: the named workspace, else the only one that is not the sample, made when
 * there is none. Errors: not_found for an unknown slug; workspaces.which_workspace with the slugs when there are several.
 */
export function chooseLocalWorkspace(infra: Infra, slug: string | null): Promise<string> {
  return infra.db.asSystem(async (tx) => {
    const chosen = choose(await allWorkspaces(tx), slug);
    if (chosen !== undefined) return chosen.id;
    await lockSetUp(tx);
    // Another call may have made it while this one waited.
    const madeMeanwhile = choose(await allWorkspaces(tx), slug);
    if (madeMeanwhile !== undefined) return madeMeanwhile.id;
    const owner = await firstPerson(tx);
    const wanted = { name: unnamedWorkspace, slug: 'main', currency: 'USD', timeZone: 'UTC', isSample: false };
    const made = await makeWorkspace(
      tx,
      { ...wanted, ownerId: owner?.id ?? null },
      { actor: localActor, requestId: null, now: infra.clock.now() },
    );
    return made.id;
  });
}

function choose(all: WorkspaceRow[], slug: string | null): WorkspaceRow | undefined {
  if (slug !== null) {
    const named = all.find((workspace) => workspace.slug === slug);
    if (named === undefined) throw notFound('workspace');
    return named;
  }
  const own = all.filter((workspace) => !workspace.is_sample);
  if (own.length <= 1) return own[0];
  const slugs = own.map((workspace) => workspace.slug).join(', ');
  throw workspacesError(
    'which_workspace',
    `There are several workspaces: ${slugs}. Name one with --workspace SLUG or the header rapport-workspace.`,
    [{ field: 'workspace', message: `one of ${slugs}` }],
  );
}
