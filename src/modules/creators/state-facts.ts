import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { emitChanged } from './emit-changes.ts';

export interface Fact {
  personId: string;
  /** Stable name within the platform, such as `credibility` or `last_contacted_at`. */
  name: string;
  /** Any JSON value; null takes the fact back. */
  value: unknown;
}

const factsMax = 10_000;

/**
 * States facts about persons for discovery, so that later modules need no arrow back. A person counts as changed only when a value differs from
 * the one stated before; facts of persons that do not exist are dropped. `statedBy` is the module's name.
 */
export async function stateFacts(
  infra: Infra,
  tx: Tx,
  statement: { workspaceId: string; statedBy: string; facts: Fact[] },
): Promise<void> {
  const { workspaceId, statedBy, facts } = statement;
  if (facts.length > factsMax) throw new Error(`At most ${factsMax} facts at once, not ${facts.length}`);
  const given = JSON.stringify(facts.map((fact) => ({ p: fact.personId, n: fact.name, v: fact.value })));
  const { rows } = await sql<{ person_id: string }>`
    with given as (
      select g.p as person_id, g.n as name, g.v as value from jsonb_to_recordset(${given}::jsonb) as g (p text, n text, v jsonb)
      join person on person.workspace_id = ${workspaceId} and person.id = g.p
    ), gone as (
      delete from person_fact f using given
      where f.workspace_id = ${workspaceId} and f.person_id = given.person_id and f.name = given.name and coalesce(given.value, 'null') = 'null'
      returning f.person_id
    ), stated as (
      insert into person_fact (workspace_id, person_id, name, value, stated_by, stated_at)
      select distinct on (person_id, name) ${workspaceId}, person_id, name, value, ${statedBy}, now() from given where coalesce(value, 'null') <> 'null'
      on conflict (workspace_id, person_id, name) do update set value = excluded.value, stated_by = excluded.stated_by, stated_at = excluded.stated_at
      where person_fact.value is distinct from excluded.value
      returning person_id
    )
    select person_id from gone union select person_id from stated`.execute(tx);
  await emitChanged(infra, tx, { workspaceId, statedBy, personIds: rows.map((row) => row.person_id) });
}

/** States one fact about one person; see stateFacts. */
export async function stateFact(
  infra: Infra,
  tx: Tx,
  statement: Fact & { workspaceId: string; statedBy: string },
): Promise<void> {
  const { workspaceId, statedBy, ...fact } = statement;
  await stateFacts(infra, tx, { workspaceId, statedBy, facts: [fact] });
}

/** Who of these persons has a fact of this name, with its value. */
export async function findPersonsWithFact(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[]; name: string },
): Promise<Map<string, unknown>> {
  const { rows } = await sql<{ person_id: string; value: unknown }>`
    select person_id, value from person_fact
    where workspace_id = ${workspaceId} and name = ${of.name} and person_id = any(${of.personIds}::text[]) order by person_id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.person_id, row.value]));
}
