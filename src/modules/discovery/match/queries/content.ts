import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { LearntTopic } from '../../api.ts';

/** Marks creators whose texts may have changed; those that are gone are left out. */
export async function markDue(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  await sql`
    insert into creator_content_due (workspace_id, person_id)
    select ${workspaceId}, person_id from unnest(${personIds}::text[]) as changed (person_id) order by person_id
    on conflict (workspace_id, person_id) do update set marked_at = now()`.execute(tx);
}

/** Marks those made by another encoder than the one in use. */
export async function markOtherModels(tx: Tx, model: string): Promise<void> {
  await sql`
    insert into creator_content_due (workspace_id, person_id)
    select workspace_id, person_id from creator_vector where model <> ${model}
    on conflict (workspace_id, person_id) do nothing`.execute(tx);
}

export async function workspacesDue(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select distinct workspace_id from creator_content_due order by workspace_id`.execute(tx);
  return rows.map((row) => row.workspace_id);
}

export interface DueRow {
  person_id: string;
  /** As the database writes it, to the microsecond: a later mark is not taken for this one. */
  marked: string;
}

export async function selectDue(tx: Tx, workspaceId: string, limit: number): Promise<DueRow[]> {
  const { rows } = await sql<DueRow>`
    select person_id, marked_at::text as marked from creator_content_due
    where workspace_id = ${workspaceId} order by person_id limit ${limit}`.execute(tx);
  return rows;
}

/** Takes marks back, except of those marked again since. Locked in the order in which marks are made, so that the two never wait for each other. */
export async function clearDue(tx: Tx, workspaceId: string, due: readonly DueRow[]): Promise<void> {
  await sql`
    with done as materialized (
      select d.person_id from creator_content_due d
      join unnest(${due.map((row) => row.person_id)}::text[], ${due.map((row) => row.marked)}::text[]) as made (person_id, marked)
        on d.person_id = made.person_id and d.marked_at = made.marked::timestamptz
      where d.workspace_id = ${workspaceId} order by d.person_id for update of d
    )
    delete from creator_content_due d using done where d.workspace_id = ${workspaceId} and d.person_id = done.person_id`.execute(
    tx,
  );
}

export interface Content {
  personId: string;
  model: string;
  dims: number;
  scale: number;
  bytes: Int8Array | null;
  texts: number;
  words: number;
  wordsKnown: number;
  topics: LearntTopic[];
  mentions: string[];
  hash: string;
}

/** Hash of the texts each creator's content was made from, with the model; absent when there is none. */
export async function contentHashes(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ person_id: string; hash: string }>`
    select person_id, encode(source_hash, 'hex') as hash from creator_vector
    where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.person_id, row.hash]));
}

/** Puts the content of creators in place of what there was. */
export async function saveContent(
  tx: Tx,
  workspaceId: string,
  given: { contents: readonly Content[]; at: Date },
): Promise<void> {
  const { contents, at } = given;
  if (contents.length === 0) return;
  const ids = contents.map((one) => one.personId);
  await sql`
    insert into creator_vector (workspace_id, person_id, model, dims, scale, bytes, texts, words, words_known, topics, source_hash, made_at)
    select ${workspaceId}, g.person_id, g.model, g.dims, g.scale, decode(g.bytes, 'hex'), g.texts, g.words, g.words_known, g.topics::jsonb,
      decode(g.hash, 'hex'), ${at}
    from unnest(${ids}::text[], ${contents.map((one) => one.model)}::text[], ${contents.map((one) => one.dims)}::int[],
      ${contents.map((one) => one.scale)}::real[], ${contents.map((one) => toHex(one.bytes))}::text[], ${contents.map((one) => one.texts)}::int[],
      ${contents.map((one) => one.words)}::int[], ${contents.map((one) => one.wordsKnown)}::int[],
      ${contents.map((one) => JSON.stringify(one.topics))}::text[], ${contents.map((one) => one.hash)}::text[])
      as g (person_id, model, dims, scale, bytes, texts, words, words_known, topics, hash)
    join person p on p.workspace_id = ${workspaceId} and p.id = g.person_id
    on conflict (workspace_id, person_id) do update set model = excluded.model, dims = excluded.dims, scale = excluded.scale,
      bytes = excluded.bytes, texts = excluded.texts, words = excluded.words, words_known = excluded.words_known, topics = excluded.topics,
      source_hash = excluded.source_hash, made_at = excluded.made_at`.execute(tx);
  const pairs = contents.flatMap((one) => one.mentions.map((mention) => ({ mention, id: one.personId })));
  await sql`delete from creator_mention where workspace_id = ${workspaceId} and person_id = any(${ids}::text[])`.execute(
    tx,
  );
  await sql`
    insert into creator_mention (workspace_id, mention, person_id)
    select ${workspaceId}, g.mention, g.person_id
    from unnest(${pairs.map((pair) => pair.mention)}::text[], ${pairs.map((pair) => pair.id)}::text[]) as g (mention, person_id)
    join creator_vector v on v.workspace_id = ${workspaceId} and v.person_id = g.person_id
    on conflict do nothing`.execute(tx);
}

/** Lets the content of creators go that are no more. */
export async function dropContent(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  await sql`delete from creator_mention where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[])`.execute(
    tx,
  );
  await sql`delete from creator_vector where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[])`.execute(
    tx,
  );
}

export interface ContentRow {
  topics: LearntTopic[];
  texts: number;
  words_known: number;
  made_at: Date;
}

export async function readContent(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, ContentRow>> {
  const { rows } = await sql<ContentRow & { person_id: string }>`
    select person_id, topics, texts, words_known, made_at from creator_vector
    where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.person_id, row]));
}

export interface ContentCounts {
  made: bigint;
  not_enough: bigint;
  waiting: bigint;
  /** Waiting without any content yet. */
  new_ones: bigint;
}

export async function countContent(tx: Tx, workspaceId: string, model: string): Promise<ContentCounts> {
  const { rows } = await sql<ContentCounts>`
    select count(*) filter (where bytes is not null and model = ${model}) as made,
      count(*) filter (where bytes is null and model = ${model}) as not_enough,
      (select count(*) from creator_content_due where workspace_id = ${workspaceId}) as waiting,
      (select count(*) from creator_content_due d where d.workspace_id = ${workspaceId} and not exists (
        select 1 from creator_vector v where v.workspace_id = d.workspace_id and v.person_id = d.person_id)) as new_ones
    from creator_vector where workspace_id = ${workspaceId}`.execute(tx);
  return rows[0] ?? { made: 0n, not_enough: 0n, waiting: 0n, new_ones: 0n };
}

/** So many creators with content, picked evenly but always the same: by the hash of their id. */
export async function sampleIds(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from creator_vector where workspace_id = ${workspaceId} order by md5(person_id), person_id limit ${limit}`.execute(
    tx,
  );
  return rows.map((row) => row.person_id);
}

const toHex = (bytes: Int8Array | null) =>
  bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
