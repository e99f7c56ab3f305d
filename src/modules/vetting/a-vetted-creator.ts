import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { type CreatorBatch, importCreatorRows } from '#modules/creators/index.ts';

// Builders for this module's tests.

export const testDay = '2026-05-07';
export const testNow = new Date(`${testDay}T12:00:00Z`);
const dayMs = 86_400_000;

export interface CreatorWish {
  handle: string;
  followers: number;
  /** Likes of each post, newest first, two days apart. */
  likes?: number[];
  comments?: (like: number) => number | null;
  caption?: (index: number) => string;
  following?: number;
  posts?: number;
  platform?: 'instagram' | 'tiktok';
  /** Followers a week, oldest first, the last one a day ago. */
  weekly?: number[];
  name?: string;
  bio?: string;
  isPrivate?: boolean;
  avgLikes?: number;
}

/** Brings a creator with posts in and returns the ids. */
export async function aCreator(
  infra: Infra,
  workspaceId: string,
  wish: CreatorWish,
): Promise<{ personId: string; profileId: string }> {
  const { handle, followers, likes = [], weekly = [] } = wish;
  const day = (daysAgo: number) => new Date(testNow.getTime() - daysAgo * dayMs).toISOString();
  const row: CreatorBatch['rows'][number] = {
    name: wish.name ?? handle,
    profiles: [
      {
        platform: wish.platform ?? 'instagram',
        handle,
        followers,
        following: wish.following ?? 300,
        postCount: wish.posts ?? 400,
        ...(wish.bio === undefined ? {} : { bio: wish.bio }),
        ...(wish.isPrivate === undefined ? {} : { isPrivate: wish.isPrivate }),
        ...(wish.avgLikes === undefined ? {} : { avgLikes: wish.avgLikes }),
        history: weekly.map((value, i) => ({
          day: day(1 + 7 * (weekly.length - 1 - i)).slice(0, 10),
          followers: value,
        })),
      },
    ],
  };
  const outcome = await importCreatorRows(infra, {
    workspaceId,
    rows: [row],
    source: 'test file',
    observedAt: testNow,
  });
  const personId = outcome.personIds[0];
  if (personId === null || personId === undefined) throw new Error(`Not brought in: ${JSON.stringify(outcome.errors)}`);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const profile = await tx
      .selectFrom('profile')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    const posts = likes.map((like, i) => ({
      workspace_id: workspaceId,
      id: newId('post', testNow.getTime() - i),
      profile_id: profile.id,
      external_id: `${handle}-${i}`,
      posted_at: day(3 + 2 * i),
      format: i % 3 === 0 ? 'reel' : 'image',
      caption: wish.caption?.(i) ?? `Morning number ${i}`,
      likes: BigInt(like),
      comments: toBigInt(wish.comments === undefined ? Math.round(like / 40) : wish.comments(like)),
      source: 'test file',
      observed_at: testNow,
    }));
    if (posts.length > 0) await tx.insertInto('post').values(posts).execute();
    return { personId, profileId: profile.id };
  });
}

const toBigInt = (value: number | null) => (value === null ? null : BigInt(value));

/** Likes of n posts about a middle, spread as real ones are, the same at every call. */
export function likesAround(middle: number, n = 12): number[] {
  return Array.from({ length: n }, (_, i) => Math.round(middle * (0.7 + 0.6 * (((i * 7 + 3) % n) / n))));
}

/** Peers of 16k to 32k followers whose median engagement runs evenly from 1 % to 5 %. */
export async function peersOfSize(infra: Infra, workspaceId: string, n: number): Promise<void> {
  for (let i = 0; i < n; i += 1) {
    const followers = 20_000 + 100 * i;
    await aCreator(infra, workspaceId, {
      handle: `peer.${i}`,
      followers,
      likes: likesAround(followers * (0.01 + (0.04 * i) / n)),
    });
  }
}
