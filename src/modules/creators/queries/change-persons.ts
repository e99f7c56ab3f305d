import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { ContactType } from '../api.ts';
import type { Stamp } from '../rules/merge-fields.ts';
import { noteErasure } from './erasure-notes.ts';

/** Erases persons with those merged into them; profiles, posts, history, facts and keys go with them. Returns the ids that were there. */
export async function deletePersons(tx: Tx, workspaceId: string, ids: string[]): Promise<string[]> {
  await noteErasure(tx, workspaceId, ids);
  const { rows } = await sql<{ id: string; merged_into: string | null }>`
    delete from person where workspace_id = ${workspaceId} and (id = any(${ids}::text[]) or merged_into = any(${ids}::text[])) returning id, merged_into`.execute(
    tx,
  );
  const gone = rows.map((row) => row.id);
  await sql`
    delete from person_merge where workspace_id = ${workspaceId} and (kept_person_id = any(${gone}::text[]) or absorbed_person_id = any(${gone}::text[]))`.execute(
    tx,
  );
  return rows.filter((row) => row.merged_into === null).map((row) => row.id);
}

/** Adds and removes tags, sets the owner and says the contact type of many persons; returns those that changed. */
export async function changePersons(
  tx: Tx,
  workspaceId: string,
  change: {
    personIds: string[];
    addTags: string[];
    removeTags: string[];
    ownerId: string | null | undefined;
    contactType: ContactType | null | undefined;
    /** Who says so. */
    stamp: Stamp;
    now: Date;
  },
): Promise<string[]> {
  const tags = sql`array(select distinct tag from unnest(p.tags || ${change.addTags}::text[]) as tag where not (tag = any(${change.removeTags}::text[])) order by tag)`;
  const owner: RawBuilder<unknown> = change.ownerId === undefined ? sql`p.owner_id` : sql`${change.ownerId}::text`;
  const type: RawBuilder<unknown> =
    change.contactType === undefined ? sql`p.contact_type` : sql`${change.contactType}::text`;
  const { rows } = await sql<{ id: string }>`
    update person p set tags = ${tags}, owner_id = ${owner}, contact_type = ${type},
      provenance = case when p.contact_type is distinct from ${type} then p.provenance || jsonb_build_object('contactType', ${JSON.stringify(change.stamp)}::jsonb) else p.provenance end,
      updated_at = ${change.now}
    where p.workspace_id = ${workspaceId} and p.id = any(${change.personIds}::text[]) and p.merged_into is null and (p.tags is distinct from ${tags} or p.owner_id is distinct from ${owner} or p.contact_type is distinct from ${type})
    returning p.id`.execute(tx);
  return rows.map((row) => row.id);
}

export async function setOwner(
  tx: Tx,
  workspaceId: string,
  owner: { personId: string; ownerId: string | null },
): Promise<void> {
  await sql`update person set owner_id = ${owner.ownerId} where workspace_id = ${workspaceId} and id = ${owner.personId}`.execute(
    tx,
  );
}

export async function deleteProfile(tx: Tx, workspaceId: string, profileId: string): Promise<void> {
  await sql`delete from profile where workspace_id = ${workspaceId} and id = ${profileId}`.execute(tx);
}

export interface Bearer {
  workspaceId: string;
  personId: string;
}

/** Persons of all workspaces who bear one of the handles or addresses. For the system role. */
export async function selectBearers(
  tx: Tx,
  wanted: { handles: { platform: string; handleKey: string }[]; emails: string[] },
): Promise<Bearer[]> {
  const { rows } = await sql<{ workspace_id: string; person_id: string }>`
    select p.workspace_id, p.person_id from profile p
    join unnest(${wanted.handles.map((one) => one.platform)}::text[], ${wanted.handles.map((one) => one.handleKey)}::text[]) as w (platform, handle_key)
      on p.platform = w.platform and p.handle_key = w.handle_key
    union select workspace_id, coalesce(merged_into, id) from person where emails && ${wanted.emails}::text[] and cardinality(${wanted.emails}::text[]) > 0`.execute(
    tx,
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, personId: row.person_id }));
}

/** All handles and addresses of persons of one workspace. */
export async function selectSubjects(
  tx: Tx,
  workspaceId: string,
  personIds: string[],
): Promise<{ handles: { platform: string; handleKey: string }[]; emails: string[] }> {
  const profiles = await sql<{ platform: string; handle_key: string }>`
    select platform, handle_key from profile where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) order by id`.execute(
    tx,
  );
  const emails = await sql<{ email: string }>`
    select distinct email from person, unnest(emails) as email where workspace_id = ${workspaceId} and id = any(${personIds}::text[])`.execute(
    tx,
  );
  return {
    handles: profiles.rows.map((row) => ({ platform: row.platform, handleKey: row.handle_key })),
    emails: emails.rows.map((row) => row.email),
  };
}
