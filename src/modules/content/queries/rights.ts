import { type Insertable, type Selectable, sql } from 'kysely';
import type { ContentRight } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type RightRow = Selectable<ContentRight>;

export async function insertRights(tx: Tx, rights: readonly Insertable<ContentRight>[]): Promise<void> {
  if (rights.length > 0)
    await tx
      .insertInto('content_right')
      .values([...rights])
      .execute();
}

/** Rights of pieces, the newest first. */
export async function selectRights(tx: Tx, workspaceId: string, assetIds: readonly string[]): Promise<RightRow[]> {
  if (assetIds.length === 0) return [];
  return tx
    .selectFrom('content_right')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('asset_id', 'in', [...assetIds])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** A right that nobody else changes until the end of the transaction. */
export async function lockRights(tx: Tx, workspaceId: string, rightIds: readonly string[]): Promise<RightRow[]> {
  return tx
    .selectFrom('content_right')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...rightIds])
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function updateRight(
  tx: Tx,
  workspaceId: string,
  of: {
    rightId: string;
    set: Partial<
      Pick<
        RightRow,
        | 'state'
        | 'answered_at'
        | 'answered_by'
        | 'ended_at'
        | 'note'
        | 'starts_on'
        | 'price_minor'
        | 'price_currency'
        | 'counter_minor'
        | 'counter_note'
        | 'amends_id'
      >
    >;
  },
): Promise<RightRow> {
  return tx
    .updateTable('content_right')
    .set(of.set)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.rightId)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Rights that a person was asked for or has given, open requests first. */
export async function selectRightsOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<RightRow[]> {
  return tx
    .selectFrom('content_right')
    .innerJoin('content_asset', (join) =>
      join
        .onRef('content_asset.workspace_id', '=', 'content_right.workspace_id')
        .onRef('content_asset.id', '=', 'content_right.asset_id'),
    )
    .selectAll('content_right')
    .where('content_right.workspace_id', '=', workspaceId)
    .where('content_asset.person_id', '=', personId)
    .where('content_asset.removed_at', 'is', null)
    .orderBy(sql`content_right.state <> 'requested'`)
    .orderBy('content_right.created_at', 'desc')
    .orderBy('content_right.id')
    .limit(500)
    .execute();
}

export interface ContractRight {
  contract_id: string;
  contract_line: number;
  channels: string[];
  is_paid: boolean;
  territory: string;
  is_exclusive: boolean;
  may_edit: boolean;
  starts_on: string | null;
  ends_on: string | null;
}

/** Makes the rights of a piece that come from a contract those of its terms in force: new lines are added, changed ones changed, others end. */
export async function syncContractRights(
  tx: Tx,
  workspaceId: string,
  of: { assetId: string; rights: readonly (ContractRight & { id: string })[]; at: Date },
): Promise<void> {
  const { assetId, rights, at } = of;
  await sql`
    update content_right set state = 'ended', ended_at = ${at}
    where workspace_id = ${workspaceId} and asset_id = ${assetId} and source = 'contract' and state = 'granted'
      and not exists (
        select from unnest(${rights.map((right) => right.contract_id)}::text[], ${rights.map((right) => right.contract_line)}::int[]) as s (contract_id, line)
        where s.contract_id = content_right.contract_id and s.line = content_right.contract_line)`.execute(tx);
  for (const right of rights) {
    await tx
      .insertInto('content_right')
      .values({
        workspace_id: workspaceId,
        asset_id: assetId,
        source: 'contract',
        state: 'granted',
        created_at: at,
        created_by: 'The contract',
        ...right,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'asset_id', 'contract_id', 'contract_line'])
          .where('contract_id', 'is not', null)
          .doUpdateSet({
            state: 'granted',
            ended_at: null,
            channels: right.channels,
            is_paid: right.is_paid,
            territory: right.territory,
            is_exclusive: right.is_exclusive,
            may_edit: right.may_edit,
            starts_on: right.starts_on,
            ends_on: right.ends_on,
          }),
      )
      .execute();
  }
}

/** Granted rights with an end, whose end is at most so many days off or over for at most as long, with what was told of them. For the system role. */
export async function selectEnding(
  tx: Tx,
  of: { from: string; to: string; limit: number },
): Promise<(Pick<RightRow, 'workspace_id' | 'id' | 'asset_id' | 'ends_on'> & { told: number[] })[]> {
  const { rows } = await sql<Pick<RightRow, 'workspace_id' | 'id' | 'asset_id' | 'ends_on'> & { told: number[] }>`
    select r.workspace_id, r.id, r.asset_id, r.ends_on, coalesce(array_agg(t.days_left) filter (where t.days_left is not null), '{}') as told
    from content_right r left join content_alert t on t.workspace_id = r.workspace_id and t.right_id = r.id
    where r.state = 'granted' and r.ends_on between ${of.from}::date and ${of.to}::date
    group by r.workspace_id, r.id, r.asset_id, r.ends_on order by r.ends_on, r.id limit ${of.limit}`.execute(tx);
  return rows;
}

/** Notes that the end was told; false when it was already. */
export async function insertAlert(
  tx: Tx,
  workspaceId: string,
  alert: { rightId: string; daysLeft: number; at: Date },
): Promise<boolean> {
  const rows = await tx
    .insertInto('content_alert')
    .values({ workspace_id: workspaceId, right_id: alert.rightId, days_left: alert.daysLeft, told_at: alert.at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('right_id')
    .execute();
  return rows.length > 0;
}

/** Pieces of a person or an enrolment, for their rights. */
export async function selectAssetsOfEnrolment(
  tx: Tx,
  workspaceId: string,
  enrolmentId: string,
): Promise<
  {
    id: string;
    posted_at: Date | null;
    captured_at: Date;
    deliverable_id: string | null;
    enrolment_id: string | null;
  }[]
> {
  return tx
    .selectFrom('content_asset')
    .select(['id', 'posted_at', 'captured_at', 'deliverable_id', 'enrolment_id'])
    .where('workspace_id', '=', workspaceId)
    .where('enrolment_id', '=', enrolmentId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** The days on which the last right to a piece ends, where no contract gave it and no other one is without end. */
export async function selectRightsEnds(
  tx: Tx,
  workspaceId: string,
  of: { from: string; until: string; campaignId: string | undefined },
) {
  const { rows } = await sql<{
    asset_id: string;
    title: string;
    person_id: string | null;
    campaign_id: string | null;
    enrolment_id: string | null;
    ends_on: string;
  }>`
    with last as (
      select asset_id, max(ends_on) filter (where contract_id is null) as ends_on from content_right
      where workspace_id = ${workspaceId} and state in ('granted', 'ended') and starts_on is not null
      group by asset_id
      having count(*) filter (where ends_on is null) = 0 and max(ends_on) filter (where contract_id is null) = max(ends_on)
    )
    select a.id as asset_id, coalesce(nullif(a.title, ''), left(a.caption, 80), '') as title, a.person_id, a.campaign_id, a.enrolment_id, last.ends_on
    from last join content_asset a on a.workspace_id = ${workspaceId} and a.id = last.asset_id and a.removed_at is null
    where last.ends_on between ${of.from}::date and ${of.until}::date and (${of.campaignId ?? null}::text is null or a.campaign_id = ${of.campaignId ?? null})
    order by last.ends_on, a.id`.execute(tx);
  return rows;
}

/** Pieces whose last right ends within the days given or has ended while they run somewhere. */
export async function selectRightsWork(
  tx: Tx,
  workspaceId: string,
  of: { today: string; until: string; limit: number },
): Promise<
  {
    asset_id: string;
    title: string;
    person_id: string | null;
    campaign_id: string | null;
    ends_on: string;
    running: number;
  }[]
> {
  const { rows } = await sql<{
    asset_id: string;
    title: string;
    person_id: string | null;
    campaign_id: string | null;
    ends_on: string;
    running: number;
  }>`
    with last as (
      select asset_id, case when bool_or(ends_on is null) then null else max(ends_on) end as ends_on from content_right
      where workspace_id = ${workspaceId} and state = 'granted' and starts_on is not null group by asset_id
    ), runs as (
      select asset_id, count(*)::int as n from content_placement
      where workspace_id = ${workspaceId} and ended_at is null and starts_on <= ${of.today}::date and (ends_on is null or ends_on >= ${of.today}::date)
      group by asset_id
    )
    select a.id as asset_id, coalesce(nullif(a.title, ''), left(a.caption, 80), '') as title, a.person_id, a.campaign_id, last.ends_on::text as ends_on,
      coalesce(runs.n, 0) as running
    from last join content_asset a on a.workspace_id = ${workspaceId} and a.id = last.asset_id and a.removed_at is null
    left join runs on runs.asset_id = a.id
    where last.ends_on is not null and (last.ends_on between ${of.today}::date and ${of.until}::date or (last.ends_on < ${of.today}::date and runs.n > 0))
    order by last.ends_on, a.id limit ${of.limit}`.execute(tx);
  return rows;
}

/** Grants what both signed by an amendment; answers those that were not granted before. */
export async function grantAgreed(
  tx: Tx,
  workspaceId: string,
  of: { rightIds: readonly string[] },
): Promise<Pick<RightRow, 'id' | 'asset_id' | 'answered_by'>[]> {
  if (of.rightIds.length === 0) return [];
  const { rows } = await sql<Pick<RightRow, 'id' | 'asset_id' | 'answered_by'>>`
    update content_right set state = 'granted'
    where workspace_id = ${workspaceId} and id = any(${[...of.rightIds]}::text[]) and amends_id is not null and state in ('agreed', 'declined')
    returning id, asset_id, answered_by`.execute(tx);
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Rights that waited for an amendment nobody signs; a later one that has them grants them after all. */
export async function dropAgreed(tx: Tx, workspaceId: string, of: { contractId: string; why: string }): Promise<void> {
  await sql`
    update content_right set state = 'declined', note = left(trim(note || e'\n' || ${of.why}), 2000)
    where workspace_id = ${workspaceId} and amends_id = ${of.contractId} and state = 'agreed'`.execute(tx);
}
