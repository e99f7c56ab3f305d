import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface CreditTotal {
  campaignId: string;
  enrolmentId: string | null;
  personId: string | null;
  /** Day of the orders in the time zone asked for. */
  day: string;
  currency: string;
  /** Credited orders, cancelled ones left out. */
  orders: bigint;
  byCode: bigint;
  byLink: bigint;
  newCustomers: bigint | null;
  /** Net of refunds. */
  creditedMinor: bigint;
}

export interface CreditTotalsQuery {
  workspaceId: string;
  campaignId?: string;
  personId?: string;
  /** First and last day, both included, in `timeZone` (IANA name). */
  from: string;
  to: string;
  timeZone: string;
}

/**
 * Credit that pays, per campaign, enrolment, day and currency. An order counts for one enrolment only, the one with the largest share; its money is shared.
 * `newCustomers` is null where no order says whether its customer is new.
 */
export async function readCredits(tx: Tx, query: CreditTotalsQuery): Promise<CreditTotal[]> {
  const campaign = query.campaignId === undefined ? sql`true` : sql`c.campaign_id = ${query.campaignId}`;
  const person = query.personId === undefined ? sql`true` : sql`c.person_id = ${query.personId}`;
  const { rows } = await sql<CreditTotal>`
    select c.campaign_id as "campaignId", c.enrolment_id as "enrolmentId", c.person_id as "personId",
      (c.ordered_at at time zone ${query.timeZone})::date as day, c.currency,
      count(*) filter (where c.is_counted) as orders,
      count(*) filter (where c.is_counted and c.rule = 'code') as "byCode",
      count(*) filter (where c.is_counted and c.rule = 'link') as "byLink",
      case when count(c.is_new_customer) = 0 then null
        else count(*) filter (where c.is_counted and c.is_new_customer) end as "newCustomers",
      sum(c.credited_minor)::bigint as "creditedMinor"
    from credit c
    where c.workspace_id = ${query.workspaceId} and c.model = 'paid' and c.campaign_id is not null and ${campaign} and ${person}
      and c.ordered_at >= (${query.from}::date)::timestamp at time zone ${query.timeZone}
      and c.ordered_at < (${query.to}::date + 1)::timestamp at time zone ${query.timeZone}
    group by 1, 2, 3, 4, 5
    order by day, c.campaign_id, c.enrolment_id, c.currency`.execute(tx);
  return rows;
}
