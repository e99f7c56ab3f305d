import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

interface Period {
  workspaceId: string;
  campaignId: string;
  /** First and last day, both included, in `timeZone`. */
  from: string;
  to: string;
  timeZone: string;
}

export interface SeenSum {
  person_id: string | null;
  late: number;
  said: number;
}

/** Orders nobody is paid for that show a creator of the campaign as seen or named, by creator. */
export async function sumSeen(tx: Tx, of: Period & { limit: number }): Promise<SeenSum[]> {
  const { rows } = await sql<SeenSum>`
    select person_id, count(*) filter (where rule <> 'customer')::int as late, count(*) filter (where rule = 'customer')::int as said
    from credit
    where workspace_id = ${of.workspaceId} and model = 'seen' and campaign_id = ${of.campaignId}
      and ordered_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone} and ordered_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone}
    group by person_id order by count(*) desc, person_id limit ${of.limit}`.execute(tx);
  return rows;
}

/** Orders nobody is paid for within so many days after and before each instant, in the order of the instants. */
export async function countAround(
  tx: Tx,
  workspaceId: string,
  of: { instants: readonly Date[]; days: number },
): Promise<{ after: number; before: number }[]> {
  if (of.instants.length === 0) return [];
  const { rows } = await sql<{ after: number; before: number }>`
    select count(k.conversion_id) filter (where k.ordered_at >= p.at)::int as after, count(k.conversion_id) filter (where k.ordered_at < p.at)::int as before
    from unnest(${of.instants.map((at) => at.toISOString())}::timestamptz[]) with ordinality as p (at, place)
    left join credit k on k.workspace_id = ${workspaceId} and k.model = 'paid' and k.rule = 'none' and k.is_counted
      and k.ordered_at >= p.at - make_interval(days => ${of.days}) and k.ordered_at < p.at + make_interval(days => ${of.days})
    group by p.place order by p.place`.execute(tx);
  return rows;
}
