import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { workspacesError } from './errors.ts';
import { allWorkspaces, insertWorkspace, type WorkspaceRow } from './queries/workspaces.ts';

/**
 * Where the machine's own command line works: the named workspace, else the only one that is not the sample,
 * made when there is none. Errors: not_found for an unknown slug; workspaces.which_workspace with the slugs when there are several.
 */
export function chooseLocalWorkspace(infra: Infra, slug: string | null): Promise<string> {
  return infra.db.asSystem(async (tx) => {
    const all = await allWorkspaces(tx);
    const chosen = slug === null ? onlyOwn(all) : all.find((workspace) => workspace.slug === slug);
    if (chosen !== undefined) return chosen.id;
    if (slug !== null) throw notFound('workspace');
    const made = await insertWorkspace(tx, {
      id: newId('workspace'),
      slug: 'main',
      name: 'My brand',
      created_at: infra.clock.now(),
    });
    if (made !== undefined) return made.id;
    // Another call made it between the two statements; or the slug belongs to the sample.
    const again = (await allWorkspaces(tx)).find((workspace) => workspace.slug === 'main' && !workspace.is_sample);
    if (again === undefined)
      throw workspacesError(
        'no_workspace',
        'There is no workspace but the sample. Make one: workspaces create --name NAME.',
      );
    return again.id;
  });
}

function onlyOwn(all: WorkspaceRow[]): WorkspaceRow | undefined {
  const own = all.filter((workspace) => !workspace.is_sample);
  if (own.length <= 1) return own[0];
  const slugs = own.map((workspace) => workspace.slug).join(', ');
  throw workspacesError(
    'which_workspace',
    `There are several workspaces: ${slugs}. Name one with --workspace SLUG or the header rapport-workspace.`,
    [{ field: 'workspace', message: `one of ${slugs}` }],
  );
}
