import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { EncodedVector } from '../search-engine.ts';

/** Vectors of the named creators that have one, by id. */
export async function readVectors(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, EncodedVector>> {
  const { rows } = await sql<{ person_id: string; model: string; scale: number; bytes: Buffer }>`
    select person_id, model, scale, bytes from creator_vector
    where workspace_id = ${workspaceId} and person_id = any(${[...personIds]}::text[]) and bytes is not null`.execute(
    tx,
  );
  return new Map(
    rows.map(({ person_id, model, scale, bytes }) => [
      person_id,
      // A copy of its own: the driver's buffer holds the whole answer.
      { model, scale, values: new Int8Array(bytes) },
    ]),
  );
}
