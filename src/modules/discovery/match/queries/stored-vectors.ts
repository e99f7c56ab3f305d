import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { LearntTopic } from '../../api.ts';

export interface StoredVector {
  personId: string;
  scale: number;
  bytes: Buffer | null;
  texts: number;
  wordsKnown: number;
  topics: LearntTopic[];
}

const columns = sql`person_id as "personId", scale, bytes, texts, words_known as "wordsKnown", topics`;

/** What was read of persons by an encoder. */
export async function selectVectors(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[]; model: string },
): Promise<Map<string, StoredVector>> {
  const { rows } = await sql<StoredVector>`
    select ${columns} from creator_vector
    where workspace_id = ${workspaceId} and person_id = any(${of.personIds}::text[]) and model = ${of.model}`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.personId, row]));
}

/** Vectors of at most `limit` persons, the same at every call while the table stands; drawn by blocks where the table is large. */
export async function sampleVectors(
  tx: Tx,
  workspaceId: string,
  of: { model: string; limit: number; wanted: number },
): Promise<StoredVector[]> {
  const { rows: drawn } = await sql<StoredVector>`
    select ${columns} from creator_vector
      tablesample system ((select least(100, greatest(0.05, 100.0 * ${of.limit} * 4 / greatest(reltuples, 1))) from pg_class where oid = 'creator_vector'::regclass)) repeatable (7)
    where workspace_id = ${workspaceId} and model = ${of.model} and bytes is not null order by person_id limit ${of.limit}`.execute(
    tx,
  );
  if (drawn.length >= of.wanted) return drawn;
  const { rows } = await sql<StoredVector>`
    select ${columns} from creator_vector
    where workspace_id = ${workspaceId} and model = ${of.model} and bytes is not null order by person_id limit ${of.limit}`.execute(
    tx,
  );
  return rows;
}
