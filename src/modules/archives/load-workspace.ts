import { z } from 'zod';
import type { Archive } from '#infra/archive/read-archive.ts';
import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { eraseObjectors } from '#modules/creators/index.ts';
import { type BarredContact, keepBarred } from '#modules/outreach/index.ts';
import { findInstallationOwner, recordAudit } from '#modules/workspaces/index.ts';
import type { ArchiveImportResult } from './api.ts';
import { archivesError } from './errors.ts';
import { workspaceImported } from './events.ts';
import { type Loading, loadPart, readPart } from './load-part.ts';
import type { Manifest, Part } from './manifest.ts';
import { placeContent } from './place-content.ts';
import { insertArrived, insertMembers, takenIds, workspaceIdIsTaken } from './queries/arrive.ts';
import type { WorkspaceTable } from './queries/catalogue.ts';
import { type ArchivedMember, readMembers } from './read-members.ts';
import { packedReportTable, withPackedReport } from './readable-reports.ts';
import { type Renamed, renameTaken } from './rename-links.ts';
import { planTable, type TablePlan } from './rules/plan-table.ts';
import { replaceIds } from './rules/rewrite-line.ts';
import { carried, doNotContactPart, goneTables, memberPart, onlyToRead } from './rules/tables.ts';
import { toDoAfter } from './rules/to-do.ts';
import type { RunWatch } from './write-workspace.ts';

export interface Arrival {
  archive: Archive;
  manifest: Manifest;
  /** Today's tables, each after those it refers to. */
  tables: readonly WorkspaceTable[];
  slug: string;
  name: string;
  actor: Actor;
  requestId: string | null;
  watch: RunWatch;
}

interface PlannedPart {
  part: Part;
  plan: TablePlan;
}

/** How each part becomes rows of today's tables, in their order. Error: other_shape, naming what cannot be brought forward. */
export function planParts(manifest: Manifest, tables: readonly WorkspaceTable[]): PlannedPart[] {
  const parts = new Map(manifest.parts.map((part) => [part.name, part]));
  const known = (name: string) =>
    name === memberPart || name === doNotContactPart || name in carried || name in onlyToRead || name in goneTables;
  const strange = manifest.parts.filter((part) => !known(part.name)).map((part) => part.name);
  const faults = strange.length === 0 ? [] : [`the parts ${strange.join(', ')} are not known here`];
  const planned: PlannedPart[] = [];
  for (const table of tables) {
    const rules = carried[table.name];
    const part = parts.get(table.name);
    if (rules === undefined || part === undefined) continue;
    const plan = planTable({ name: table.name, table: rules, today: table.columns, archived: part.columns });
    if (typeof plan === 'string') faults.push(plan);
    else planned.push({ part, plan });
  }
  if (faults.length === 0) return planned;
  throw archivesError(
    'other_shape',
    `The archive of Rapport ${manifest.rapportVersion} does not fit this version: ${faults.slice(0, 5).join('; ')}. Nothing was written. Take it in with the version that made it, update there, and export again.`,
  );
}

/**
 * Makes the workspace, in the caller's transaction of the system role: with its commit all of it is there, without it nothing.
 * Errors: slug_taken, other_shape, bad_row, damaged.
 */
export async function loadWorkspace(infra: Infra, tx: Tx, arrival: Arrival): Promise<ArchiveImportResult> {
  const { archive, manifest, watch } = arrival;
  const planned = planParts(manifest, arrival.tables);
  const keptItsId = !(await workspaceIdIsTaken(tx, manifest.workspace.id));
  const workspaceId = keptItsId ? manifest.workspace.id : newId('workspace');
  const { slug, name } = arrival;
  if (!(await insertArrived(tx, { ...manifest.workspace, id: workspaceId, slug, name }))) throw slugTaken(slug);
  const members = await readMembers(tx, { archive, manifest });
  const ids = new Map<string, string>([[manifest.workspace.id, workspaceId]]);
  if (keptItsId) ids.clear();
  for (const { userId, hereId } of members) if (hereId !== null && hereId !== userId) ids.set(userId, hereId);
  const loading: Loading = { tx, archive, workspaceId, watch };
  const newSources = await findTaken(loading, planned, { table: 'order_source', kind: 'source', ids });
  await findTaken(loading, planned, { table: 'link', kind: 'link', ids });
  const renamed: Renamed = { total: 0, links: [] };
  let rows = 0;
  for (const { part, plan } of planned) {
    watch.onStep(`Writing ${part.name.replaceAll('_', ' ')}`);
    const change = (lines: string[]) => {
      const changed = lines.map((line) =>
        replaceIds(part.name === packedReportTable ? withPackedReport(line) : line, ids),
      );
      return part.name === 'link' ? renameTaken(tx, changed, renamed) : changed;
    };
    rows += await loadPart(loading, { part, plan, change });
  }
  await letMembersIn(infra, { tx, workspaceId, members, actor: arrival.actor });
  const doNotContact = await loadBarred(infra, loading, manifest);
  const objectors = await eraseObjectors(infra, tx, workspaceId);
  watch.onStep('Copying files');
  const missing = new Set(manifest.missingFiles);
  const files = await placeContent(tx, { dataDir: infra.config.dataDir, archive, workspaceId, missing, watch });
  const result: ArchiveImportResult = {
    workspace: { id: workspaceId, slug, name },
    rows,
    files,
    keptItsId,
    members: members.map(toShownMember),
    renamedLinks: renamed.links,
    renamedLinksTotal: renamed.total,
    newSources,
    doNotContact,
    objectors,
    toDo: toDoAfter({
      secrets: manifest.secretsLeftOut,
      rowsOf: Object.fromEntries(manifest.parts.map((part) => [part.name, part.rows])),
      unknownMembers: members.filter((member) => member.hereId === null).length,
      renamedLinks: renamed.total,
      newSources,
      missingFiles: manifest.missingFiles.length,
      objectors,
    }),
  };
  await recordAudit(tx, {
    workspaceId,
    actor: arrival.actor,
    requestId: arrival.requestId,
    action: 'workspace.imported',
    subjectKind: 'workspace',
    subjectId: workspaceId,
    changes: { asOf: manifest.createdAt, rapportVersion: manifest.rapportVersion, rows, files },
  });
  await infra.outbox.emit(tx, { workspaceId, name: workspaceImported, payload: {} });
  return result;
}

export function slugTaken(slug: string) {
  const message = `"${slug}" is taken here; choose another`;
  return archivesError('slug_taken', `slug: ${message}. Nothing was written.`, [{ field: 'slug', message }]);
}

export function toShownMember({ name, email, role, hereId }: ArchivedMember) {
  return { name, email, role, isKnown: hereId !== null };
}

/** What is unique over the whole installation gets another id where its own is taken. Returns how many. */
async function findTaken(
  { tx, archive }: Loading,
  planned: readonly PlannedPart[],
  of: { table: 'link' | 'order_source'; kind: 'link' | 'source'; ids: Map<string, string> },
): Promise<number> {
  const part = planned.find((one) => one.part.name === of.table)?.part;
  let found = 0;
  if (part === undefined) return found;
  for await (const { lines } of readPart(archive, part)) {
    // A line that is no JSON is told of where it is written, with its number.
    const ids = lines.flatMap((line) => /"id":"([^"\\]{1,100})"/.exec(line)?.[1] ?? []);
    for (const id of await takenIds(tx, of.table, ids)) {
      of.ids.set(id, newId(of.kind));
      found += 1;
    }
  }
  return found;
}

async function letMembersIn(
  infra: Infra,
  of: { tx: Tx; workspaceId: string; members: readonly ArchivedMember[]; actor: Actor },
): Promise<void> {
  const { tx, workspaceId, members, actor } = of;
  // Whoever takes it in owns it here; what the command line makes belongs to the first owner.
  const ownerId = actor.kind === 'user' ? actor.id : ((await findInstallationOwner(tx))?.id ?? null);
  const rows = members.flatMap((member) =>
    member.hereId === null || member.hereId === ownerId
      ? []
      : [
          {
            workspace_id: workspaceId,
            id: member.id,
            user_id: member.hereId,
            role: member.role,
            created_at: new Date(member.createdAt),
          },
        ],
  );
  if (ownerId !== null) {
    const own = members.find((member) => member.hereId === ownerId);
    rows.push({
      workspace_id: workspaceId,
      id: own?.id ?? newId('member'),
      user_id: ownerId,
      role: 'owner',
      created_at: own === undefined ? infra.clock.now() : new Date(own.createdAt),
    });
  }
  await insertMembers(tx, rows);
}

const barredSchema = z.object({
  kind: z.enum(['email', 'handle']),
  email: z.string().max(320).nullable(),
  platform: z.enum(['instagram', 'tiktok', 'youtube', 'pinterest', 'blog']).nullable(),
  handle_key: z.string().max(300).nullable(),
  scope: z.enum(['outreach', 'all']),
  source: z.enum(['unsubscribe', 'reply', 'person', 'import']),
  reason: z.string().max(2000),
  created_at: z.iso.datetime(),
});

async function loadBarred(infra: Infra, { tx, archive, watch }: Loading, manifest: Manifest): Promise<number> {
  const part = manifest.parts.find((one) => one.name === doNotContactPart);
  let added = 0;
  if (part === undefined) return added;
  for await (const { first, lines } of readPart(archive, part)) {
    const contacts = lines.map((line, at): BarredContact => {
      const parsed = barredSchema.safeParse(parse(line));
      if (parsed.success) return parsed.data;
      const what = `${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`;
      throw archivesError('bad_row', `${part.path}, line ${first + at}: ${what}. Nothing was written.`, [
        { field: part.name, row: first + at, message: what },
      ]);
    });
    added += await keepBarred(infra, tx, contacts);
    watch.onRows(lines.length);
  }
  return added;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
