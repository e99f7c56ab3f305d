import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { readBrandCreators, readBrandPosts, readPersonCards } from '#modules/creators/index.ts';
import type { BrandCreator, BrandPost, listBrandCreators, listBrandPosts } from '../api.ts';
import { nextOffset, offsetOf } from '../page-by-rank.ts';
import { periodOf, requireBrand, termsOf, toMentions } from './compare-brands.ts';
import { followersOfBrand } from './find-brand-followers.ts';

/** A page of who posts about a brand, with whether they follow it where a file says. Errors: not_found, brand_period, cursor. */
export async function pageBrandCreators(infra: Infra, call: Call<typeof listBrandCreators>) {
  const { workspaceId, input } = call;
  const offset = offsetOf(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const brand = await requireBrand(tx, workspaceId, input.brandId);
    const period = await periodOf(infra, tx, { workspaceId, from: input.from, to: input.to });
    const { platform, country, payment, sort, limit } = input;
    const ask = { brands: [termsOf(brand)], period, platform, country, payment, sort, offset, limit: limit + 1 };
    const rows = await readBrandCreators(tx, workspaceId, ask);
    const page = rows.slice(0, limit);
    const cards = await readPersonCards(
      tx,
      workspaceId,
      page.map((row) => row.person_id),
    );
    const follows = await followersOfBrand(infra, tx, { workspaceId, brandId: brand.id, cards: [...cards.values()] });
    return {
      total: Number(rows[0]?.total ?? 0n),
      nextCursor: nextOffset(offset, { limit, hasMore: rows.length > limit }),
      rows: page.map((row): BrandCreator => {
        const card = cards.get(row.person_id);
        const [profile] = card?.profiles ?? [];
        return {
          personId: row.person_id,
          name: card?.name ?? 'Creator without a name',
          country: card?.country ?? null,
          profile:
            profile === undefined
              ? null
              : { platform: profile.platform, handle: profile.handle, followers: profile.followers },
          ...toMentions(row),
          followsBrand: follows.get(row.person_id) ?? null,
        };
      }),
    };
  });
}

/** A page of the posts that name a brand, newest first. Errors: not_found, brand_period, cursor. */
export async function pageBrandPosts(infra: Infra, call: Call<typeof listBrandPosts>) {
  const { workspaceId, input } = call;
  const offset = offsetOf(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const brand = await requireBrand(tx, workspaceId, input.brandId);
    const period = await periodOf(infra, tx, { workspaceId, from: input.from, to: input.to });
    const { platform, payment, limit } = input;
    const rows = await readBrandPosts(tx, workspaceId, {
      brands: [termsOf(brand)],
      period,
      platform,
      payment,
      personIds: input.personId === undefined ? undefined : [input.personId],
      offset,
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const cards = await readPersonCards(
      tx,
      workspaceId,
      page.map((row) => row.person_id),
    );
    const known = (value: bigint | null) => (value === null ? null : Number(value));
    return {
      nextCursor: nextOffset(offset, { limit, hasMore: rows.length > limit }),
      rows: page.map(
        (row): BrandPost => ({
          id: row.id,
          personId: row.person_id,
          name: cards.get(row.person_id)?.name ?? 'Creator without a name',
          platform: row.platform,
          handle: row.handle,
          url: row.url,
          postedAt: row.posted_at?.toISOString() ?? null,
          caption: row.caption,
          payment: row.payment,
          paymentSign: row.payment_sign,
          likes: known(row.likes),
          comments: known(row.comments),
          views: known(row.views),
        }),
      ),
    };
  });
}
