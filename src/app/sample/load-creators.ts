import type { Tx } from '#infra/db/database.ts';
import { contentRow, extrasOf, priceRow } from './creator-data-rows.ts';
import { commentRows, historyRows, metricRow, personRow, postRow, profileRow } from './creator-rows.ts';
import { audienceSampleRows } from './draw-audience-samples.ts';
import { drawAudience, drawPerson, drawPrices, type PostExtras } from './draw-creator-data.ts';
import { drawCreators, drawPosts, type SampleCreator, type SamplePost } from './draw-creators.ts';
import { drawPod } from './draw-pod.ts';
import { type Cell, insertRows, type Stamp } from './insert-rows.ts';
import type { SampleParameters } from './parameters.ts';
import { createRandom, type Random } from './random.ts';
import { brands } from './words.ts';

export const sampleCreatorCount = 2400;
const postsPerProfile = 12;
const commentsPerPost = 6;
/** Comments are drawn for the first creators only: they are the ones on campaigns. */
const commentedCreators = 60;
const dataSeed = 71;
const sampleSeed = 72;
/** Creators, from the first, whose audiences were sampled. */
const sampledCreators = 60;

export interface LoadedCreators {
  creators: SampleCreator[];
  /** Posts of each profile, newest first. */
  posts: Map<string, SamplePost[]>;
}

/** Draws and stores creators with profiles, figures, forty weeks of history, recent posts and some comments. */
export async function loadCreators(
  tx: Tx,
  draw: { random: Random; parameters: SampleParameters },
  stamp: Stamp,
): Promise<LoadedCreators> {
  const how = { ...draw, nowMs: stamp.at.getTime() };
  const creators = drawCreators(sampleCreatorCount, how);
  const posts = new Map<string, SamplePost[]>();
  // Chance of its own: what it draws leaves the people and posts of a seed as they were.
  const random = createRandom(dataSeed);
  const extras = new Map<string, PostExtras>();
  const comments: Record<string, Cell>[] = [];
  for (const [at, creator] of creators.entries()) {
    for (const profile of creator.profiles) {
      const own = drawPosts(profile, { creator, count: postsPerProfile, brands }, how);
      posts.set(profile.id, own);
      for (const [id, extra] of extrasOf(own, { profile, creator }, random)) extras.set(id, extra);
      if (at < commentedCreators)
        comments.push(
          ...own.flatMap((post) => commentRows(post, { random: draw.random, count: commentsPerPost }, stamp)),
        );
    }
  }
  const profiles = creators.flatMap((creator) => creator.profiles.map((profile) => ({ profile, creator })));
  await insertRows(
    tx,
    'person',
    creators.map((creator) => personRow(creator, drawPerson(creator, random), stamp)),
  );
  await insertRows(
    tx,
    'profile',
    profiles.map(({ profile, creator }) => profileRow(profile, creator, stamp)),
  );
  await insertRows(
    tx,
    'profile_metric',
    profiles.map(({ profile, creator }) =>
      metricRow(
        profile,
        { posts: posts.get(profile.id) ?? [], audience: drawAudience(creator, random), random },
        stamp,
      ),
    ),
  );
  await insertRows(
    tx,
    'profile_content',
    profiles.map(({ profile }) => contentRow(profile, { all: posts.get(profile.id) ?? [], extras }, stamp)),
  );
  await insertRows(
    tx,
    'profile_price',
    profiles.flatMap(({ profile, creator }) =>
      drawPrices(profile, creator, random).map((price) => priceRow(price, profile, stamp)),
    ),
  );
  await insertRows(
    tx,
    'metric_history',
    profiles.flatMap(({ profile }) => historyRows(profile, stamp)),
  );
  await insertRows(
    tx,
    'post',
    [...posts.values()].flat().map((post) => postRow(post, extras.get(post.id), stamp)),
  );
  comments.push(...drawPod(creators, posts, { random, stamp }));
  await insertRows(tx, 'comment', comments);
  const ofSamples = createRandom(sampleSeed);
  await insertRows(
    tx,
    'follower_sample',
    creators
      .slice(0, sampledCreators)
      .flatMap((creator) => creator.profiles.flatMap((profile) => audienceSampleRows(profile, ofSamples, stamp))),
  );
  return { creators, posts };
}
