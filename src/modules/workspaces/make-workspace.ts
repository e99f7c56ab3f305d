import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import { newId } from '#kernel/id.ts';
import { workspacesError } from './errors.ts';
import { insertMember } from './queries/members.ts';
import { insertWorkspace, lockSetUp, type WorkspaceRow } from './queries/workspaces.ts';
import { recordAudit } from './record-audit.ts';
import { isReservedSlug, slugFromName, slugTry } from './rules/workspace-slug.ts';

const slugTriesMax = 200;

export interface WorkspaceToMake {
  name: string;
  /** Made from the name when null. */
  slug: string | null;
  currency: string;
  timeZone: string;
  isSample: boolean;
  /** Becomes its owner; null leaves it to whoever sets the installation up. */
  ownerId: string | null;
}

export interface Maker {
  actor: Actor;
  requestId: string | null;
  now: Date;
}

/** Makes a workspace with its owner, in a transaction of the system role. Error: workspaces.slug_taken for a slug that was asked for. */
export async function makeWorkspace(tx: Tx, wanted: WorkspaceToMake, by: Maker): Promise<WorkspaceRow> {
  // Two at once would hold each other up over a slug; one after the other is soon enough for a thing made once.
  await lockSetUp(tx);
  const workspace = await insertUnderFreeSlug(tx, wanted, by.now);
  const about = { workspaceId: workspace.id, actor: by.actor, requestId: by.requestId };
  await recordAudit(tx, {
    ...about,
    action: 'workspace.created',
    subjectKind: 'workspace',
    subjectId: workspace.id,
    changes: { name: { to: workspace.name }, slug: { to: workspace.slug }, currency: { to: workspace.currency } },
  });
  if (wanted.ownerId !== null) await insertMember(tx, ownerOf(workspace.id, wanted.ownerId, by.now));
  return workspace;
}

export function ownerOf(workspaceId: string, userId: string, createdAt: Date) {
  return { workspaceId, id: newId('member'), userId, role: 'owner' as const, createdAt };
}

async function insertUnderFreeSlug(tx: Tx, wanted: WorkspaceToMake, now: Date): Promise<WorkspaceRow> {
  const row = {
    id: newId('workspace'),
    name: wanted.name,
    currency: wanted.currency,
    time_zone: wanted.timeZone,
    is_sample: wanted.isSample,
    created_at: now,
  };
  if (wanted.slug !== null) {
    const made = isReservedSlug(wanted.slug) ? undefined : await insertWorkspace(tx, { ...row, slug: wanted.slug });
    if (made === undefined) throw slugTaken(wanted.slug);
    return made;
  }
  const base = slugFromName(wanted.name);
  for (let attempt = 1; attempt <= slugTriesMax; attempt += 1) {
    const made = await insertWorkspace(tx, { ...row, slug: slugTry(base, attempt) });
    if (made !== undefined) return made;
  }
  throw slugTaken(base);
}

export function slugTaken(slug: string) {
  const message = `"${slug}" is taken; choose another`;
  return workspacesError('slug_taken', `slug: ${message}`, [{ field: 'slug', message }]);
}
