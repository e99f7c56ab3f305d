import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Platform } from '#kernel/platform.ts';
import {
  type PersonCard,
  readAccountPage,
  readBrandCreators,
  readEngagementRates,
  readPersonCards,
} from '#modules/creators/index.ts';
import type { listBrandFollowers } from '../api.ts';
import { followersHash } from '../overlap/followers-hash.ts';
import { type FollowerSetRow, selectHashes, selectNewestSets } from '../overlap/queries/follower-sets.ts';
import { followerKey } from '../overlap/read-followers.ts';
import { nextOffset, offsetOf } from '../page-by-rank.ts';
import { requireBrand, termsOf } from './compare-brands.ts';

const accountsPerRead = 5000;
/** Accounts looked at for one question. */
const accountsMax = 5_000_000;

interface OpenSet {
  row: FollowerSetRow;
  has: (name: string) => boolean;
}

async function openSets(infra: Infra, tx: Tx, of: { workspaceId: string; brandId: string }): Promise<OpenSet[]> {
  const hasher = followersHash(infra, of.workspaceId);
  const open: OpenSet[] = [];
  for (const row of await selectNewestSets(tx, of.workspaceId, { brandId: of.brandId })) {
    const hashes = await selectHashes(tx, of.workspaceId, { setId: row.id, most: Number(row.size) });
    open.push({
      row,
      has: (name) => includes(hashes, hasher.number(followerKey(row.platform, row.id_kind, name))),
    });
  }
  return open;
}

function includes(sorted: Float64Array, wanted: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}

/**
 * Whether each of the persons follows the brand. True when any file names one of their accounts; false only by a complete file of handles on that
 * platform, kept whole; null when no file can say.
 */
export async function followersOfBrand(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; brandId: string; cards: readonly PersonCard[] },
): Promise<Map<string, boolean | null>> {
  const sets = (await openSets(infra, tx, of)).filter(({ row }) => row.id_kind === 'handle');
  return new Map(
    of.cards.map((card) => {
      const looked = card.profiles.flatMap((profile) =>
        sets.filter(({ row }) => row.platform === profile.platform).map((set) => ({ set, key: profile.handleKey })),
      );
      if (looked.some(({ set, key }) => set.has(key))) return [card.personId, true];
      const isSure = looked.some(({ set: { row } }) => row.coverage === 'complete' && row.kept === 'all');
      return [card.personId, isSure ? false : null];
    }),
  );
}

interface Follower {
  personId: string;
  profileId: string;
  setId: string;
  platform: Platform;
}

/** Creators that are among the brand's followers, by its newest files. Errors: not_found, cursor. */
export async function pageBrandFollowers(infra: Infra, call: Call<typeof listBrandFollowers>) {
  const { workspaceId, input } = call;
  const offset = offsetOf(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const brand = await requireBrand(tx, workspaceId, input.brandId);
    const sets = await openSets(infra, tx, { workspaceId, brandId: brand.id });
    const found = await findFollowers(tx, workspaceId, sets);
    const cards = await readPersonCards(tx, workspaceId, [...found.keys()]);
    const rates =
      input.sort === 'engagement'
        ? await readEngagementRates(
            tx,
            workspaceId,
            [...found.values()].map((follower) => follower.profileId),
          )
        : new Map<string, number>();
    const all = [...found.values()].flatMap((follower) => {
      const card = cards.get(follower.personId);
      const profile = card?.profiles.find((one) => one.profileId === follower.profileId);
      return card === undefined || profile === undefined ? [] : [{ follower, card, profile }];
    });
    const rank = ({ profile }: (typeof all)[number]) =>
      input.sort === 'engagement' ? (rates.get(profile.profileId) ?? -1) : (profile.followers ?? -1);
    all.sort((a, b) => rank(b) - rank(a) || (a.card.personId < b.card.personId ? -1 : 1));
    const page = all.slice(offset, offset + input.limit);
    const ids = page.map(({ card }) => card.personId);
    const ask = { brands: [termsOf(brand)], period: null, personIds: ids };
    const named = await readBrandCreators(tx, workspaceId, { ...ask, sort: 'posts', offset: 0, limit: input.limit });
    const shown = await readEngagementRates(
      tx,
      workspaceId,
      page.map(({ profile }) => profile.profileId),
    );
    const mentions = new Map(named.map((row) => [row.person_id, row]));
    return {
      total: all.length,
      files: sets.length,
      note: noteOf(sets.map(({ row }) => row)),
      nextCursor: nextOffset(offset, { limit: input.limit, hasMore: all.length > offset + input.limit }),
      rows: page.map(({ follower, card, profile }) => ({
        personId: card.personId,
        name: card.name,
        country: card.country,
        platform: profile.platform,
        handle: profile.handle,
        followers: profile.followers,
        engagementRate: shown.get(profile.profileId) ?? null,
        mentions: Number(mentions.get(card.personId)?.posts ?? 0n),
        lastMentionAt: mentions.get(card.personId)?.last_at?.toISOString() ?? null,
        setId: follower.setId,
      })),
    };
  });
}

async function findFollowers(tx: Tx, workspaceId: string, sets: readonly OpenSet[]): Promise<Map<string, Follower>> {
  const found = new Map<string, Follower>();
  for (const platform of new Set(sets.map(({ row }) => row.platform))) {
    const here = sets.filter(({ row }) => row.platform === platform);
    let afterProfileId = '';
    for (let read = 0; read < accountsMax; read += accountsPerRead) {
      const accounts = await readAccountPage(tx, workspaceId, { platform, afterProfileId, limit: accountsPerRead });
      for (const account of accounts) {
        const set = here.find(({ row, has }) => {
          const name = row.id_kind === 'handle' ? account.handle_key : account.external_id;
          return name !== null && has(name);
        });
        if (set !== undefined && !found.has(account.person_id))
          found.set(account.person_id, {
            personId: account.person_id,
            profileId: account.profile_id,
            setId: set.row.id,
            platform,
          });
      }
      const last = accounts.at(-1);
      if (accounts.length < accountsPerRead || last === undefined) break;
      afterProfileId = last.profile_id;
    }
  }
  return found;
}

function noteOf(sets: readonly FollowerSetRow[]): string {
  if (sets.length === 0) return 'Not known: no file of the brand’s followers was imported yet.';
  const parts = sets.map((set) => {
    const how =
      set.coverage === 'complete' && set.kept === 'all'
        ? `all ${set.size} followers`
        : `${set.kept === 'smallest' ? 'the 65,536 smallest hashes of ' : ''}${set.size} of ${set.total} followers, so others may follow too`;
    return `${how}, ${set.platform}, ${set.taken_on}`;
  });
  return `Looked up in ${parts.join('; ')}.`;
}
