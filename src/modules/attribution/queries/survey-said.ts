import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface SaidRow {
  conversion_id: string;
  answer: string;
  answered_at: Date;
  person_id: string;
  campaign_id: string | null;
}

/** The first answer after each order that named a creator. */
export async function selectSaid(tx: Tx, workspaceId: string, conversionIds: readonly string[]): Promise<SaidRow[]> {
  const { rows } = await sql<SaidRow>`
    select distinct on (conversion_id) conversion_id, answer, answered_at, person_id, campaign_id
    from survey_answer
    where workspace_id = ${workspaceId} and conversion_id = any(${[...conversionIds]}::text[]) and person_id is not null
    order by conversion_id, answered_at, external_id`.execute(tx);
  return rows;
}

interface Period {
  workspaceId: string;
  /** First and last day, both included, in `timeZone`. */
  from: string;
  to: string;
  timeZone: string;
}

/** Answers of a period and those that name somebody. */
export async function countSaid(tx: Tx, of: Period): Promise<{ answers: number; named: number }> {
  const { rows } = await sql<{ answers: number; named: number }>`
    select count(*)::int as answers, count(person_id)::int as named from survey_answer
    where workspace_id = ${of.workspaceId} and answered_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone}
      and answered_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone}`.execute(tx);
  return rows[0] ?? { answers: 0, named: 0 };
}

export interface SaidSum {
  person_id: string;
  said: number;
  agrees: number;
  others: number;
  nobody: number;
  unknown: number;
  tracked: number;
}

/** Answers of a period by the creator they name, each held beside who is paid for its order, with the orders that creator is paid for. */
export async function sumSaid(tx: Tx, of: Period & { limit: number }): Promise<SaidSum[]> {
  const { rows } = await sql<SaidSum>`
    with said as (
      select a.person_id, a.conversion_id,
        exists (select from credit k where k.workspace_id = a.workspace_id and k.conversion_id = a.conversion_id and k.model = 'paid' and k.person_id = a.person_id) as agrees,
        (select k.rule from credit k where k.workspace_id = a.workspace_id and k.conversion_id = a.conversion_id and k.model = 'paid' and k.place = 0) as rule
      from survey_answer a
      where a.workspace_id = ${of.workspaceId} and a.person_id is not null and a.answered_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone}
        and a.answered_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone}
    ), paid as (
      select person_id, count(distinct conversion_id)::int as tracked from credit
      where workspace_id = ${of.workspaceId} and model = 'paid' and rule <> 'none' and person_id in (select person_id from said)
        and ordered_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone} and ordered_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone}
      group by person_id
    )
    select s.person_id, count(*)::int as said, count(*) filter (where s.agrees)::int as agrees,
      count(*) filter (where not s.agrees and s.rule <> 'none')::int as others, count(*) filter (where s.rule = 'none')::int as nobody,
      count(*) filter (where s.rule is null)::int as unknown, coalesce(max(p.tracked), 0) as tracked
    from said s left join paid p on p.person_id = s.person_id
    group by s.person_id order by said desc, s.person_id limit ${of.limit}`.execute(tx);
  return rows;
}
