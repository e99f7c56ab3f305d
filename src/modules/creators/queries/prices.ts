import { sql } from 'kysely';
import type pg from 'pg';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import type { PriceFormat } from '../api.ts';

export interface PriceWrite {
  profileId: string;
  format: PriceFormat | null;
  currency: string;
  amountMinor: bigint;
  origin: 'rate_card' | 'creator';
  source: string;
  observedAt: string;
}

export interface StoredPrice extends Omit<PriceWrite, 'observedAt'> {
  personId: string;
  platform: Platform;
  observedAt: Date;
}

/**
 * States prices: of one profile, format, currency and origin the later statement holds, of one instant the greater amount, so that order and repeats do
 * not matter. Answers the profiles whose prices changed.
 */
export async function upsertPrices(
  client: pg.PoolClient,
  workspaceId: string,
  prices: readonly PriceWrite[],
): Promise<string[]> {
  if (prices.length === 0) return [];
  const { rows } = await client.query<{ profile_id: string }>(
    `insert into profile_price as kept (workspace_id, profile_id, format, currency, origin, amount_minor, source, observed_at)
     select distinct on (g.p, g.f, g.c, g.o) $1, g.p, g.f, g.c, g.o, g.a, g.s, g.t
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::timestamptz[]) as g (p, f, c, o, a, s, t)
     order by g.p, g.f, g.c, g.o, g.t desc, g.a desc, g.s desc
     on conflict (workspace_id, profile_id, format, currency, origin) do update
     set amount_minor = excluded.amount_minor, source = excluded.source, observed_at = excluded.observed_at
     where (excluded.observed_at, excluded.amount_minor, excluded.source) > (kept.observed_at, kept.amount_minor, kept.source)
     returning profile_id`,
    [
      workspaceId,
      prices.map((price) => price.profileId),
      prices.map((price) => price.format ?? ''),
      prices.map((price) => price.currency),
      prices.map((price) => price.origin),
      prices.map((price) => price.amountMinor),
      prices.map((price) => price.source),
      prices.map((price) => price.observedAt),
    ],
  );
  return rows.map((row) => row.profile_id);
}

/** Prices of persons, by person and profile. */
export async function selectPrices(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<StoredPrice[]> {
  const { rows } = await sql<{
    person_id: string;
    profile_id: string;
    platform: Platform;
    format: PriceFormat | '';
    currency: string;
    origin: 'rate_card' | 'creator';
    amount_minor: bigint;
    source: string;
    observed_at: Date;
  }>`
    select p.person_id, p.platform, r.profile_id, r.format, r.currency, r.origin, r.amount_minor, r.source, r.observed_at
    from profile p join profile_price r on r.workspace_id = p.workspace_id and r.profile_id = p.id
    where p.workspace_id = ${workspaceId} and p.person_id = any(${personIds}::text[])
    order by p.person_id, r.profile_id, r.format, r.currency, r.origin`.execute(tx);
  return rows.map((row) => ({
    personId: row.person_id,
    profileId: row.profile_id,
    platform: row.platform,
    format: row.format === '' ? null : row.format,
    currency: row.currency,
    origin: row.origin,
    amountMinor: row.amount_minor,
    source: row.source,
    observedAt: row.observed_at,
  }));
}

/** States a price in place of the one before, whenever that was. */
export async function replacePrice(tx: Tx, workspaceId: string, price: PriceWrite): Promise<void> {
  await sql`
    insert into profile_price (workspace_id, profile_id, format, currency, origin, amount_minor, source, observed_at)
    values (${workspaceId}, ${price.profileId}, ${price.format ?? ''}, ${price.currency}, ${price.origin}, ${price.amountMinor}, ${price.source}, ${price.observedAt})
    on conflict (workspace_id, profile_id, format, currency, origin) do update
    set amount_minor = excluded.amount_minor, source = excluded.source, observed_at = excluded.observed_at`.execute(tx);
}

export async function deletePrice(
  tx: Tx,
  workspaceId: string,
  price: Pick<PriceWrite, 'profileId' | 'format' | 'currency' | 'origin'>,
): Promise<boolean> {
  const { rows } = await sql<{ profile_id: string }>`
    delete from profile_price where workspace_id = ${workspaceId} and profile_id = ${price.profileId} and format = ${price.format ?? ''}
      and currency = ${price.currency} and origin = ${price.origin} returning profile_id`.execute(tx);
  return rows.length > 0;
}
