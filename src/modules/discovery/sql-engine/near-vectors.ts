import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { cosineOf, vectorQuery } from '../rules/vector-column.ts';
import type { EncodedVector } from '../search-engine.ts';

const vectorsPerRead = 20_000;

/** Persons with a vector that can be compared, and how near each is. */
export interface NearPersons {
  personIds: string[];
  cosines: number[];
}

/** Reads all vectors of the model, as many at a time as a few megabytes hold: about a second for 300,000 creators. */
export async function nearPersons(tx: Tx, workspaceId: string, vector: EncodedVector): Promise<NearPersons> {
  const query = vectorQuery(vector.values);
  const near: NearPersons = { personIds: [], cosines: [] };
  let after = '';
  for (;;) {
    const { rows } = await sql<{ person_id: string; bytes: Buffer }>`
      select person_id, bytes from creator_vector
      where workspace_id = ${workspaceId} and person_id > ${after} and model = ${vector.model}
      and dims = ${vector.values.length} and bytes is not null
      order by person_id limit ${vectorsPerRead}`.execute(tx);
    for (const { person_id, bytes } of rows) {
      near.personIds.push(person_id);
      near.cosines.push(cosineWith(query, bytes));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < vectorsPerRead) return near;
    after = last.person_id;
  }
}

function cosineWith(query: ReturnType<typeof vectorQuery>, bytes: Buffer): number {
  let dot = 0;
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const value = ((bytes[at] ?? 0) << 24) >> 24;
    dot += value * (query.values[at] ?? 0);
    length += value * value;
  }
  return cosineOf(dot, query.length, length);
}
