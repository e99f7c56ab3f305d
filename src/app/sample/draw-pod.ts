import { newId } from '#kernel/id.ts';
import type { SampleCreator, SamplePost } from './draw-creators.ts';
import type { Cell, Stamp } from './insert-rows.ts';
import type { Random } from './random.ts';

const members = ['mirabel', 'osk_ar', 'tilda', 'renzo', 'juni', 'wolke', 'pepa'].map((name) => `${name}_sample`);
/** Places in the list of commented creators: few enough that most creators of the sample have no pod. */
const places = [1, 4, 7, 11, 16, 22, 28, 33];
const words = ['Amazing!! 🔥', 'wow 😍', 'love it', 'so good', '👏👏👏', 'Great shot my friend, keep going'];
const dayPart = 60_000;
const postsEach = 3;

/** Comments of an invented pod: the same few accounts under the same few creators, minutes after each post, with words for any post. */
export function drawPod(
  creators: readonly SampleCreator[],
  posts: ReadonlyMap<string, SamplePost[]>,
  how: { random: Random; stamp: Stamp },
): Record<string, Cell>[] {
  const { random, stamp } = how;
  return places.flatMap((place) => {
    const [main] = creators[place]?.profiles ?? [];
    const theirs = main === undefined ? [] : (posts.get(main.id) ?? []).slice(0, postsEach);
    return theirs.flatMap((post) =>
      members
        .filter(() => random.unit() < 0.9)
        .map((author) => ({
          workspace_id: stamp.workspaceId,
          id: newId('comment', stamp.at.getTime(), random.unit),
          post_id: post.id,
          external_id: `${post.externalId}-${author}`,
          author_handle: author,
          text: random.pick(words),
          likes: random.whole(0, 3),
          commented_at: new Date(post.postedAt.getTime() + random.whole(2, 18) * dayPart),
          source: 'sample',
        })),
    );
  });
}
