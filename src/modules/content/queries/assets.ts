import { type Insertable, type Selectable, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { ContentAsset as AssetTable, DB } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type AssetRow = Selectable<AssetTable>;
export type NewAsset = Omit<Insertable<AssetTable>, 'products' | 'colours' | 'tags'> & {
  products?: string[];
  colours?: string[];
  tags?: string[];
};

/** Puts pieces into the library; those whose post, address or file is there already, removed ones too, stay as they are. The ids that are new. */
export async function insertAssets(tx: Tx, assets: readonly NewAsset[]): Promise<string[]> {
  if (assets.length === 0) return [];
  const rows = await tx
    .insertInto('content_asset')
    .values([...assets])
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

export async function selectAsset(tx: Tx, workspaceId: string, assetId: string): Promise<AssetRow | undefined> {
  return tx
    .selectFrom('content_asset')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', assetId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
}

export async function selectAssets(tx: Tx, workspaceId: string, assetIds: readonly string[]): Promise<AssetRow[]> {
  if (assetIds.length === 0) return [];
  return tx
    .selectFrom('content_asset')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...assetIds])
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** The piece that has the post, address or file, removed or not. */
export async function selectSame(
  tx: Tx,
  workspaceId: string,
  of: { postId: string | null; urlKey: string | null },
): Promise<AssetRow | undefined> {
  return tx
    .selectFrom('content_asset')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where((eb) => eb.or([eb('post_id', '=', of.postId ?? ''), eb('url_key', '=', of.urlKey ?? '')]))
    .orderBy('captured_at')
    .limit(1)
    .executeTakeFirst();
}

export async function changeAsset(
  tx: Tx,
  workspaceId: string,
  of: {
    assetId: string;
    set: Partial<Pick<AssetRow, 'title' | 'note' | 'products' | 'colours' | 'tags' | 'campaign_id' | 'removed_at'>>;
  },
): Promise<AssetRow | undefined> {
  if (Object.keys(of.set).length === 0) return selectAsset(tx, workspaceId, of.assetId);
  return tx
    .updateTable('content_asset')
    .set(of.set)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.assetId)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Ties pieces to the deliverables they are of. */
export async function tieToDeliverable(
  tx: Tx,
  workspaceId: string,
  of: { assetId: string; deliverableId: string },
): Promise<void> {
  await tx
    .updateTable('content_asset')
    .set({ deliverable_id: of.deliverableId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.assetId)
    .execute();
}

export interface PostFigures {
  postId: string;
  likes: number | null;
  comments: number | null;
  views: number | null;
  shares: number | null;
  saves: number | null;
  source: string;
  observedAt: string;
}

/** A piece that was taken out gives its post and address free: whoever adds it again wants it back as it is now. */
export async function letGoOfPost(tx: Tx, workspaceId: string, assetId: string): Promise<void> {
  await tx
    .updateTable('content_asset')
    .set({ post_id: null, url_key: null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', assetId)
    .where('removed_at', 'is not', null)
    .execute();
}

/** Copies newer figures of posts to the pieces that show them; the campaigns whose pieces have some. */
export async function refreshFigures(tx: Tx, workspaceId: string, figures: readonly PostFigures[]): Promise<string[]> {
  if (figures.length === 0) return [];
  const { rows } = await sql<{ campaign_id: string | null }>`
    update content_asset a set likes = f.likes, comments = f.comments, views = f.views, shares = f.shares, saves = f.saves, figures_at = f."observedAt"
    from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) as f ("postId" text, likes bigint, comments bigint, views bigint, shares bigint, saves bigint, "observedAt" timestamptz)
    where a.workspace_id = ${workspaceId} and a.post_id = f."postId" and (a.figures_at is null or a.figures_at < f."observedAt")
    returning a.campaign_id`.execute(tx);
  return [...new Set(rows.flatMap((row) => row.campaign_id ?? []))].toSorted();
}

/** Of these posts those that stand in the library, removed ones too. */
export async function knownPosts(tx: Tx, workspaceId: string, postIds: readonly string[]): Promise<Set<string>> {
  if (postIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('content_asset')
    .select('post_id')
    .where('workspace_id', '=', workspaceId)
    .where('post_id', 'in', [...postIds])
    .execute();
  return new Set(rows.flatMap((row) => (row.post_id === null ? [] : [row.post_id])));
}

/** Deliverables of a campaign that have a piece in the library. */
export async function capturedDeliverables(tx: Tx, workspaceId: string, campaignId: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('content_asset')
    .select('deliverable_id')
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('deliverable_id', 'is not', null)
    .where('removed_at', 'is', null)
    .execute();
  return new Set(rows.flatMap((row) => (row.deliverable_id === null ? [] : [row.deliverable_id])));
}

export interface AssetSearch {
  query?: string | undefined;
  campaignId?: string | undefined;
  personId?: string | undefined;
  platform?: string | undefined;
  format?: string | undefined;
  product?: string | undefined;
  colour?: string | undefined;
  tag?: string | undefined;
  rights?: string | undefined;
  capturedHow?: string | undefined;
  likesMin?: number | undefined;
  sort: 'newest' | 'likes' | 'views' | 'rights_end';
  today: string;
  limit: number;
  after: readonly (string | number | null)[] | null;
}

type Assets = SelectQueryBuilder<DB, 'content_asset', object>;

// What the rights of a piece come to on a day, as rules/rights-clock.ts says it.
const rightsState = (today: string) => sql<string>`(
  select case
    when bool_or(held) then case when bool_or(held and r.ends_on is null) or max(r.ends_on) filter (where held) - ${today}::date > 30 then 'in_force' else 'ending' end
    when bool_or(r.state = 'granted' and (r.starts_on is null or r.starts_on > ${today}::date)) then 'later'
    when bool_or(r.state in ('granted', 'ended')) then 'ended'
    when bool_or(r.state in ('requested', 'countered', 'agreed')) then 'requested'
    else 'none' end
  from content_right r
  cross join lateral (select r.state = 'granted' and r.starts_on <= ${today}::date and (r.ends_on is null or r.ends_on >= ${today}::date) as held) h
  where r.workspace_id = content_asset.workspace_id and r.asset_id = content_asset.id)`;

const rightsEnd = (today: string) => sql<string | null>`(
  select case when bool_or(r.ends_on is null) then null else max(r.ends_on) end from content_right r
  where r.workspace_id = content_asset.workspace_id and r.asset_id = content_asset.id and r.state = 'granted'
    and r.starts_on <= ${today}::date and (r.ends_on is null or r.ends_on >= ${today}::date))`;

function searched(tx: Tx, workspaceId: string, search: AssetSearch) {
  const like = `%${(search.query ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  return tx
    .selectFrom('content_asset')
    .where('content_asset.workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .$if(search.query !== undefined && search.query !== '', (q) =>
      q.where(sql<SqlBool>`(caption ilike ${like} or title ilike ${like} or note ilike ${like})`),
    )
    .$if(search.campaignId !== undefined, (q) => q.where('campaign_id', '=', search.campaignId ?? ''))
    .$if(search.personId !== undefined, (q) => q.where('person_id', '=', search.personId ?? ''))
    .$if(search.platform !== undefined, (q) => q.where('platform', '=', search.platform ?? ''))
    .$if(search.format !== undefined, (q) => q.where(sql<SqlBool>`lower(format) = lower(${search.format ?? ''})`))
    .$if(search.product !== undefined, (q) => q.where(sql<SqlBool>`${search.product ?? ''} = any(products)`))
    .$if(search.colour !== undefined, (q) => q.where(sql<SqlBool>`${search.colour ?? ''} = any(colours)`))
    .$if(search.tag !== undefined, (q) => q.where(sql<SqlBool>`${search.tag ?? ''} = any(tags)`))
    .$if(search.capturedHow !== undefined, (q) => q.where('captured_how', '=', search.capturedHow ?? ''))
    .$if(search.likesMin !== undefined, (q) => q.where('likes', '>=', BigInt(search.likesMin ?? 0)))
    .$if(search.rights !== undefined, (q) =>
      q.where(sql<SqlBool>`${rightsState(search.today)} = ${search.rights ?? ''}`),
    ) satisfies Assets;
}

/** A page of the library. The key of the order stands beside each row, for the cursor; ties by id. */
export async function searchAssets(
  tx: Tx,
  workspaceId: string,
  search: AssetSearch,
): Promise<{ row: AssetRow; key: string | null }[]> {
  const keys = {
    newest: sql<string | null>`captured_at::text`,
    likes: sql<string | null>`lpad(likes::text, 20, '0')`,
    views: sql<string | null>`lpad(views::text, 20, '0')`,
    // The soonest end first: days to a far day, so that all orders run downwards.
    rights_end: sql<string | null>`lpad((date '2300-01-01' - ${rightsEnd(search.today)})::text, 20, '0')`,
  };
  const key = keys[search.sort];
  const rows = await searched(tx, workspaceId, search)
    .selectAll('content_asset')
    .select(key.as('sort_key'))
    .$if(search.after !== null, (q) =>
      q.where(
        sql<SqlBool>`(coalesce(${key}, ''), content_asset.id) < (${search.after?.[0] ?? ''}, ${search.after?.[1] ?? ''})`,
      ),
    )
    .orderBy(sql`coalesce(${key}, '')`, 'desc')
    .orderBy('content_asset.id', 'desc')
    .limit(search.limit)
    .execute();
  return rows.map(({ sort_key, ...row }) => ({ row, key: sort_key }));
}

export async function countAssets(tx: Tx, workspaceId: string, search: AssetSearch): Promise<number> {
  const { n } = await searched(tx, workspaceId, search)
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Pieces follow a merged person; those of an erased one stay without a name. */
export async function movePersons(tx: Tx, workspaceId: string, from: string, to: string): Promise<void> {
  for (const table of ['content_asset', 'content_ad_permission'] as const)
    await sql`update ${sql.table(table)} set person_id = ${to} where workspace_id = ${workspaceId} and person_id = ${from}`.execute(
      tx,
    );
}

/** Sets the moment of the post for the originals of a deliverable; false when it stood there. */
export async function setPosted(
  tx: Tx,
  workspaceId: string,
  of: { deliverableId: string; postedAt: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update content_asset set posted_at = ${of.postedAt}
    where workspace_id = ${workspaceId} and deliverable_id = ${of.deliverableId} and captured_how = 'approved' and posted_at is distinct from ${of.postedAt}
    returning 1 as moved`.execute(tx);
  return rows.length > 0;
}
