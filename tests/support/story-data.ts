import { stringify } from 'csv-stringify/sync';
import { drawCreators, drawPosts, type SampleCreator } from '#app/sample/draw-creators.ts';
import { readParameters } from '#app/sample/parameters.ts';
import { createRandom } from '#app/sample/random.ts';
import { brands } from '#app/sample/words.ts';

export interface StoryFiles {
  creators: SampleCreator[];
  creatorsCsv: string;
  postsNdjson: string;
}

/** Files a marketing manager might hold: a sheet of creators as it was typed, and an export of their posts. All invented. */
export function storyFiles(count: number, nowMs: number): StoryFiles {
  const draw = { random: createRandom(11), parameters: readParameters(), nowMs };
  const creators = drawCreators(count, draw).map((creator) => ({ ...creator, profiles: creator.profiles.slice(0, 1) }));
  const rows = creators.flatMap((creator) =>
    creator.profiles.map((profile) => ({
      Handle: `@${profile.handle}`,
      Name: creator.name,
      Platform: profile.platform,
      Followers: profile.followers,
      Following: profile.following ?? '',
      Posts: profile.postCount,
      Country: creator.place.country,
      City: creator.place.city,
      Niche: creator.niche,
      Bio: profile.bio,
      Email: creator.email ?? 'N/A',
    })),
  );
  const posts = creators.flatMap((creator) =>
    creator.profiles.flatMap((profile) =>
      drawPosts(profile, { creator, count: 12, brands }, draw).map((post) => ({
        handle: profile.handle,
        platform: profile.platform,
        shortcode: post.externalId,
        date: post.postedAt.toISOString(),
        is_video: post.format === 'video',
        tags: post.hashtags.map((tag) => `#${tag}`),
        mentions: post.mentions.map((name) => `@${name}`),
        caption: post.caption,
        likes: post.likes,
        comments: post.comments,
      })),
    ),
  );
  return {
    creators,
    creatorsCsv: stringify(rows, { header: true }),
    postsNdjson: `${posts.map((post) => JSON.stringify(post)).join('\n')}\n`,
  };
}
