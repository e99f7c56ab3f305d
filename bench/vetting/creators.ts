import { sql } from 'kysely';
import type { Core } from '#app/core.ts';
import { newId } from '#kernel/id.ts';
import type { SampledAccount } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';

const rowsAtOnce = 500;
const weeks = 26;
const postsEach = 12;
const niches = ['baking', 'fitness', 'travel', 'beauty', 'pets'];
const captions = [
  'Slow morning with rye and honey',
  'The long way round the lake, and back before the rain #walks',
  'use my code NELL20 for the flour @snugloaf',
  '#ad a week with the small press of @kettlemoth',
  'Three things I would not bake again',
];

const dayMs = 86_400_000;
/** The bench's own now, so that every run measures the same data. */
export const benchNow = new Date('2026-05-07T12:00:00Z');
const day = (daysAgo: number) => new Date(benchNow.getTime() - daysAgo * dayMs);

/** A repeatable value from 0 up to 1 of two numbers. */
const spread = (at: number, salt: number) => ((at * 7919 + salt * 104_729) % 9973) / 9973;

/** Brings invented creators in, each with 26 weeks of followers and 12 posts; returns their ids in order. */
export async function bringCreators(core: Core, workspaceId: string, size: number): Promise<string[]> {
  const personIds: string[] = [];
  for (let from = 0; from < size; from += rowsAtOnce) {
    const rows = Array.from({ length: Math.min(rowsAtOnce, size - from) }, (_, i) => creatorRow(from + i));
    const outcome = await importCreatorRows(core.infra, {
      workspaceId,
      rows,
      source: 'bench file',
      observedAt: benchNow,
    });
    for (const personId of outcome.personIds) if (personId !== null) personIds.push(personId);
  }
  if (personIds.length !== size) throw new Error(`Only ${personIds.length} of ${size} creators came in`);
  await bringPosts(core, workspaceId);
  return personIds;
}

function creatorRow(at: number) {
  const followers = Math.round(5000 * 20 ** spread(at, 1));
  return {
    name: `Creator ${at}`,
    niches: [niches[at % niches.length] ?? 'baking'],
    profiles: [
      {
        platform: 'instagram' as const,
        handle: `bench_creator_${at}`,
        followers,
        following: 200 + (at % 900),
        postCount: 150 + (at % 700),
        bio: 'Bread, and what goes on it',
        history: Array.from({ length: weeks }, (_, week) => ({
          day: day(1 + 7 * (weeks - 1 - week))
            .toISOString()
            .slice(0, 10),
          followers: Math.round(followers * (0.9 + (0.1 * week) / weeks)),
        })),
      },
    ],
  };
}

async function bringPosts(core: Core, workspaceId: string): Promise<void> {
  await core.infra.db.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{ id: string; followers: number }>`
      select p.id, m.followers::float8 as followers from profile p
      join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
      where p.workspace_id = ${workspaceId} order by p.id`.execute(tx);
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const posts = rows
        .slice(from, from + rowsAtOnce)
        .flatMap((profile, i) => postsOf(workspaceId, profile, from + i));
      for (let at = 0; at < posts.length; at += 1000)
        await tx
          .insertInto('post')
          .values(posts.slice(at, at + 1000))
          .execute();
    }
    await sql`analyze post`.execute(tx).catch(() => undefined);
  });
}

function postsOf(workspaceId: string, profile: { id: string; followers: number }, at: number) {
  return Array.from({ length: postsEach }, (_, i) => {
    const likes = Math.round(profile.followers * (0.005 + 0.05 * spread(at, 2)) * (0.6 + 0.8 * spread(at * 13 + i, 3)));
    return {
      workspace_id: workspaceId,
      id: newId('post', benchNow.getTime() - i),
      profile_id: profile.id,
      external_id: `${profile.id}-${i}`,
      posted_at: day(3 + 3 * i),
      format: i % 3 === 0 ? 'reel' : 'image',
      caption: captions[(at + i) % captions.length] ?? null,
      likes: BigInt(likes),
      comments: BigInt(Math.round(likes / 40)),
      views: i % 3 === 0 ? BigInt(likes * 12) : null,
      source: 'bench file',
      observed_at: benchNow,
    };
  });
}

/** Sampled followers of every kind, repeatable. */
export function sampledAccounts(n: number): Partial<SampledAccount>[] {
  return Array.from({ length: n }, (_, at) => ({
    handle: spread(at, 5) < 0.2 ? `user${1_000_000 + at * 77}` : `morning.person.${at}`,
    followers: Math.round(10 ** (1 + 3 * spread(at, 6))),
    following: Math.round(10 ** (1.5 + 2 * spread(at, 7))),
    posts: Math.round(300 * spread(at, 8)),
    isPrivate: at % 3 === 0,
    hasPicture: spread(at, 9) > 0.1,
    hasLink: at % 7 === 0,
    bioLength: at % 120,
    fullNameWords: at % 4,
    fullNameDigitShare: at % 9 === 0 ? 0.3 : 0,
    nameDistance: spread(at, 10),
  }));
}

const texts = [
  'Did you bake it with spelt? Mine never rises',
  'so beautiful 💕',
  '🔥🔥🔥',
  'that green coat on the ferry is perfect',
  'DM us to get featured, free followers on my page',
  '@lena.t @tom_k look',
  'where can I buy the flour you used last week?',
  'we were there in May too, the rain never stopped',
  'schönes Foto, das Licht am Morgen ist toll',
  'the parcel came broken and nobody answers',
];

/** Comments of every kind and some length, a third of them never seen before in any round; the others come again and again, as praise and emoji do. */
export function commentTexts(n: number, round = 0): string[] {
  return Array.from({ length: n }, (_, at) =>
    `${texts[at % texts.length] ?? ''} ${at % 3 === 0 ? `no ${round * n + at}` : ''}`.trim(),
  );
}
