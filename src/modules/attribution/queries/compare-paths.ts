import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { type OrderTouchQuery, orderTouchRows } from '#modules/tracking/index.ts';

/** One order's path: channels and ages in days before the order, oldest touch first, as text with spaces between. */
export interface PathRow {
  net_minor: bigint;
  currency: string;
  channels: string;
  ages: string;
}

export type ChannelKind = 'creator' | 'campaign';

const fetchRows = 20_000;

// Sorting a million touches on disk takes longer than all the rest.
const workMemory = '256MB';

const channelOf = (by: ChannelKind) =>
  by === 'creator' ? sql`coalesce(person_id, campaign_id)` : sql`coalesce(campaign_id, person_id)`;

/** Hands over the paths of all orders that have one, some ten thousand at a time; stops where `onRows` returns false. */
export async function readPathRows(
  tx: Tx,
  of: { query: OrderTouchQuery; by: ChannelKind },
  onRows: (rows: PathRow[]) => Promise<boolean>,
): Promise<void> {
  await prepare(tx);
  await sql`
    declare attribution_paths no scroll cursor for
    select net_minor, currency, string_agg(${channelOf(of.by)}, ' ' order by at, kind, tie desc) as channels,
      string_agg((extract(epoch from ordered_at - at) / 86400)::real::text, ' ' order by at, kind, tie desc) as ages
    from (${orderTouchRows(of.query)}) as touch
    group by conversion_id, net_minor, currency`.execute(tx);
  for (;;) {
    const { rows } = await sql<PathRow>`fetch ${sql.lit(fetchRows)} from attribution_paths`.execute(tx);
    if (rows.length > 0 && !(await onRows(rows))) break;
    if (rows.length < fetchRows) break;
  }
  await sql`close attribution_paths`.execute(tx);
}

export interface LastTouchSum {
  channel: string;
  currency: string;
  orders: bigint;
  net_minor: bigint;
}

/** Orders and money by last touch per channel and currency, over any number of clicks in one statement. */
export async function sumLastTouches(tx: Tx, of: { query: OrderTouchQuery; by: ChannelKind }): Promise<LastTouchSum[]> {
  await prepare(tx);
  const { rows } = await sql<LastTouchSum>`
    select channel, currency, count(*) as orders, sum(net_minor)::bigint as net_minor
    from (
      select distinct on (conversion_id) ${channelOf(of.by)} as channel, currency, net_minor
      from (${orderTouchRows(of.query)}) as touch order by conversion_id, at desc, kind desc, tie
    ) as last
    group by channel, currency order by channel, currency`.execute(tx);
  return rows;
}

async function prepare(tx: Tx): Promise<void> {
  await sql`select set_config('work_mem', ${workMemory}, true), set_config('cursor_tuple_fraction', '1', true)`.execute(
    tx,
  );
}
