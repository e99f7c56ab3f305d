import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { newId } from '#kernel/id.ts';

/** Says that credit of orders of these instants moved, in the transaction that moved it: their days are summed anew. */
export async function markCreditDays(
  tx: Tx,
  workspaceId: string,
  of: { orderedAt: readonly (Date | string)[]; at: Date },
): Promise<void> {
  if (of.orderedAt.length === 0) return;
  const instants = [...new Set(of.orderedAt.map((instant) => new Date(instant).toISOString()))];
  await sql`
    insert into credit_day_due (workspace_id, id, day)
    select w.id, ${newId('event', of.at.getTime())} || '-' || row_number() over (order by d.day), d.day
    from workspace w
    cross join lateral (select distinct (t.at at time zone w.time_zone)::date as day from unnest(${instants}::timestamptz[]) t (at)) d
    where w.id = ${workspaceId}`.execute(tx);
}

export interface CreditSumQuery {
  workspaceId: string;
  /** First and last day of the orders, both included, in `timeZone`, the workspace's. All days when left out. */
  from?: string | undefined;
  to?: string | undefined;
  timeZone: string;
  campaignIds?: readonly string[] | undefined;
  personId?: string | undefined;
}

// What becomes of a credited order: cancelled, refunded in full, or counted.
const fate = sql`
  case when c.state = 'cancelled' then 'cancelled' when c.amount_minor > 0 and c.refunded_minor >= c.amount_minor then 'refunded' else 'counted' end`;

/** The sums from the credit itself: of these days (a statement with a column `day`), and of rows `which` lets through. The click that won is found by its UTC day, which is its touch's. */
function summed(
  of: { workspaceId: string; timeZone: string },
  how: { days: RawBuilder<unknown>; which: RawBuilder<unknown> },
): RawBuilder<unknown> {
  const { workspaceId, timeZone } = of;
  return sql`
    select day, campaign_id, enrolment_id, person_id, via, currency,
      count(*) filter (where is_order and fate = 'counted') as orders,
      count(*) filter (where is_order and fate = 'counted' and rule = 'code') as by_code,
      count(*) filter (where is_order and fate = 'counted' and rule = 'link') as by_link,
      count(*) filter (where is_order and fate = 'cancelled') as cancelled,
      count(*) filter (where is_order and fate = 'refunded') as refunded_in_full,
      count(*) filter (where is_order and fate = 'counted' and is_new_customer) as new_customers,
      count(*) filter (where is_order and fate = 'counted' and is_new_customer is not null) as known_customers,
      sum(gross_minor)::bigint as gross_minor,
      coalesce(sum(gross_minor) filter (where fate = 'cancelled'), 0)::bigint as cancelled_minor,
      coalesce(sum(gross_minor - credited_minor) filter (where fate <> 'cancelled'), 0)::bigint as refunded_minor,
      coalesce(sum(credited_minor) filter (where fate <> 'cancelled'), 0)::bigint as net_minor
    from (
      select n.day, coalesce(k.campaign_id, '') as campaign_id, coalesce(k.enrolment_id, '') as enrolment_id, coalesce(k.person_id, '') as person_id,
        case when k.rule = 'link' then coalesce(x.channel, '') else k.rule end as via, c.currency, k.rule,
        c.is_new_customer, k.gross_minor, k.credited_minor, ${fate} as fate, k.place = 0 as is_order
      from (${how.days}) n
      join credit k on k.ordered_at >= n.day::timestamp at time zone ${timeZone} and k.ordered_at < (n.day + 1)::timestamp at time zone ${timeZone}
      join conversion c on c.workspace_id = k.workspace_id and c.id = k.conversion_id
      left join click x on k.rule = 'link' and x.workspace_id = k.workspace_id and x.click_id = k.click_id and x.day = (k.touched_at at time zone 'UTC')::date
      where k.workspace_id = ${workspaceId} and k.model = 'paid' and ${how.which}
    ) one
    group by day, campaign_id, enrolment_id, person_id, via, currency`;
}

/**
 * The credit that pays by day, campaign, enrolment, creator, channel and currency, as rows for other statements to group: stored sums for days that stand, the credit
 * itself for all others, so that it says what the credit says at every moment. '' stands for none. An order counts for its largest share, its money for each; the
 * amounts of an order without credit are 0.
 */
export function creditSumRows(query: CreditSumQuery): RawBuilder<unknown> {
  const { workspaceId, from, to, timeZone, campaignIds, personId } = query;
  const standing = sql`
    exists (select from credit_day s where s.workspace_id = ${workspaceId} and s.day = d.day and s.time_zone = ${timeZone})
    and not exists (select from credit_day_due u where u.workspace_id = ${workspaceId} and u.day = d.day)`;
  const isOf = (alias: string) => {
    const column = (name: string) => sql.ref(`${alias}.${name}`);
    return sql.join(
      [
        campaignIds === undefined ? sql`true` : sql`${column('campaign_id')} = any(${[...campaignIds]}::text[])`,
        personId === undefined ? sql`true` : sql`${column('person_id')} = ${personId}`,
      ],
      sql` and `,
    );
  };
  const border = (of: 'min' | 'max') =>
    sql`(select (${sql.raw(of)}(e.ordered_at) at time zone ${timeZone})::date from credit e where e.workspace_id = ${workspaceId} and ${isOf('e')})`;
  const first = from === undefined ? border('min') : sql`${from}::date`;
  const last = to === undefined ? border('max') : sql`${to}::date`;
  const days = sql`select d.day from (select g::date as day from generate_series(${first}, ${last}, interval '1 day') g) d where not (${standing})`;
  return sql`
    select d.day, d.campaign_id, d.enrolment_id, d.person_id, d.via, d.currency, d.orders, d.by_code, d.by_link, d.cancelled, d.refunded_in_full,
      d.new_customers, d.known_customers, d.gross_minor, d.cancelled_minor, d.refunded_minor, d.net_minor
    from credit_daily d
    where d.workspace_id = ${workspaceId} and ${from === undefined ? sql`true` : sql`d.day >= ${from}::date`}
      and ${to === undefined ? sql`true` : sql`d.day <= ${to}::date`} and ${isOf('d')} and ${standing}
    union all ${summed({ workspaceId, timeZone }, { days, which: isOf('k') })}`;
}

/** Days of this workspace that are due, oldest first. */
export async function selectDueDays(tx: Tx, of: { workspaceId: string; limit: number }): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select distinct day from credit_day_due where workspace_id = ${of.workspaceId} order by day limit ${of.limit}`.execute(
    tx,
  );
  return rows.map((row) => row.day);
}

/** True when nobody else sums this workspace's days; holds them until the transaction ends. */
export async function holdCreditDays(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('credit-days ' || ${workspaceId}, 0)) as held`.execute(tx);
  return rows[0]?.held === true;
}

/** Makes what this transaction reads be of one moment; its first statement. */
export async function readOneMoment(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx);
}

/** Workspaces with days that are due. */
export async function selectDueWorkspaces(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select distinct workspace_id from credit_day_due order by workspace_id`.execute(tx);
  return rows.map((row) => row.workspace_id);
}

/** Workspaces with credit whose newest day was never summed: from before there were sums, or of another time zone's days. */
export async function selectUnsummed(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select w.id from workspace w
    where exists (select from credit k where k.workspace_id = w.id)
      and not exists (select from credit_day d where d.workspace_id = w.id and d.time_zone = w.time_zone)
    order by w.id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Makes every day of a workspace that has credit due. */
export async function markAllCreditDays(tx: Tx, workspaceId: string, at: Date): Promise<void> {
  await sql`
    insert into credit_day_due (workspace_id, id, day)
    select ${workspaceId}, ${newId('event', at.getTime())} || '-' || row_number() over (order by d.day), d.day
    from (
      select distinct (k.ordered_at at time zone w.time_zone)::date as day from credit k join workspace w on w.id = k.workspace_id where k.workspace_id = ${workspaceId}
      union select day from credit_day where workspace_id = ${workspaceId}
    ) d`.execute(tx);
}

/**
 * Sums these days anew and says that they stand. Three statements of one moment (repeatable read, set by the caller): decisions that are not seen yet have
 * made their day due in rows that are not seen either, and those stay.
 */
export async function sumCreditDays(
  tx: Tx,
  of: { workspaceId: string; days: readonly string[]; timeZone: string },
): Promise<void> {
  const { workspaceId, timeZone } = of;
  const days = sql`${[...of.days]}::date[]`;
  await sql`delete from credit_daily where workspace_id = ${workspaceId} and day = any(${days})`.execute(tx);
  await sql`
    insert into credit_daily (workspace_id, day, campaign_id, enrolment_id, person_id, via, currency, orders, by_code, by_link, cancelled, refunded_in_full,
      new_customers, known_customers, gross_minor, cancelled_minor, refunded_minor, net_minor)
    select ${workspaceId}, s.* from (${summed(of, { days: sql`select d as day from unnest(${days}) d`, which: sql`true` })}) s`.execute(
    tx,
  );
  await sql`delete from credit_day_due where workspace_id = ${workspaceId} and day = any(${days})`.execute(tx);
  await sql`
    insert into credit_day (workspace_id, day, time_zone) select ${workspaceId}, d, ${timeZone} from unnest(${days}) d
    on conflict (workspace_id, day) do update set time_zone = excluded.time_zone, built_at = now()`.execute(tx);
}
