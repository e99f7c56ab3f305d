import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { aCreator, likesAround, testNow } from '../a-vetted-creator.ts';
import { getVetting } from '../api.ts';
import { readPasts } from './read-past.ts';

const dayMs = 86_400_000;
const at = (daysAgo: number, minutes = 0) => new Date(testNow.getTime() - daysAgo * dayMs + minutes * 60_000);
/** A step of 20 % in the week that ended 29 days ago. */
const weekly = [20_000, 20_050, 20_100, 20_150, 20_200, 24_300, 24_350, 24_400, 24_450, 24_500];

describe('what growth is read from', () => {
  let test: TestCore;
  let workspaceId: string;
  let otherId: string;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => testNow } });
    workspaceId = await test.database.createWorkspace('mine');
    otherId = await test.database.createWorkspace('theirs');
  }, 60_000);
  afterAll(() => test.close());

  const bring = (handle: string, followers: number, of = workspaceId) =>
    aCreator(test.core.infra, of, { handle, followers, likes: likesAround(700), weekly: weekly.slice() });
  const pastOf = (profileId: string, of = workspaceId) =>
    test.core.infra.db.inWorkspace(of, async (tx) => {
      const pasts = await readPasts(tx, of, [{ profileId, history: [], hasOlderPosts: false }]);
      return pasts.get(profileId);
    });
  const post = async (profileId: string, given: { postedAt: Date; mentions?: string[] }, of = workspaceId) => {
    const id = newId('post', testNow.getTime());
    await test.core.infra.db.inWorkspace(of, (tx) =>
      tx
        .insertInto('post')
        .values({
          workspace_id: of,
          id,
          profile_id: profileId,
          external_id: id,
          posted_at: given.postedAt,
          mentions: given.mentions ?? [],
          source: 'test file',
          observed_at: testNow,
        })
        .execute(),
    );
    return id;
  };

  it('names mentions by other people of this workspace, never by the creator or another workspace', async () => {
    const named = await bring('named.one', 24_500);
    const friend = await bring('friend.of.named', 90_000);
    const elsewhere = await bring('stranger', 90_000, otherId);
    const said = await post(friend.profileId, { postedAt: at(30), mentions: ['named.one', 'brand'] });
    await post(named.profileId, { postedAt: at(30), mentions: ['named.one'] });
    await post(elsewhere.profileId, { postedAt: at(30), mentions: ['named.one'] }, otherId);

    const past = await pastOf(named.profileId);
    expect(past?.shoutouts).toEqual([
      expect.objectContaining({ postId: said, handle: 'friend.of.named', followers: 90_000 }),
    ]);
    expect((await pastOf(named.profileId, otherId))?.shoutouts).toEqual([]);

    const report = await test.client('mine').call(getVetting, { personId: named.personId });
    const [step] = report.growth.events;
    expect(step?.explainedBy).toMatchObject({ id: said, label: 'Mentioned by @friend.of.named' });
    expect(report.flags.map((flag) => flag.name)).not.toContain('bought_step');
  });

  it('flags the same step where nobody mentioned the creator, and tells the months', async () => {
    const { personId } = await bring('unnamed.one', 24_500);

    const report = await test.client('mine').call(getVetting, { personId });

    expect(report.flags.map((flag) => flag.name)).toContain('bought_step');
    expect(report.growth.events[0]?.explanations?.map((one) => one.cause)).toEqual([
      'strong_post',
      'giveaway',
      'shoutout',
      'advertising',
      'bought',
    ]);
    expect(report.growth.months?.[0]?.followers).toMatchObject({ value: 24_500, source: 'test file' });
  });

  it('reads delays of comments, but none from posts or comments that carry a day without a time', async () => {
    const { profileId } = await bring('commented', 24_500);
    const timed = await post(profileId, { postedAt: at(10, 17) });
    const dated = await post(profileId, { postedAt: new Date('2026-04-20T00:00:00Z') });
    const rows = [
      { post_id: timed, external_id: 'a', author_handle: 'reader', commented_at: at(10, 17 + 12) },
      { post_id: timed, external_id: 'b', author_handle: 'reader', commented_at: at(10, 17 - 5) },
      { post_id: timed, external_id: 'c', author_handle: null, commented_at: at(10, 17 + 3) },
      { post_id: timed, external_id: 'd', author_handle: 'dated', commented_at: new Date('2026-05-01T00:00:00Z') },
      { post_id: dated, external_id: 'e', author_handle: 'reader', commented_at: new Date('2026-04-20T00:00:09Z') },
    ];
    await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      tx
        .insertInto('comment')
        .values(
          rows.map((row) => ({
            workspace_id: workspaceId,
            id: newId('comment', testNow.getTime()),
            text: 'Lovely',
            source: 'test file',
            ...row,
          })),
        )
        .execute(),
    );

    expect((await pastOf(profileId))?.commentMoments).toEqual([
      { postId: timed, author: 'reader', minutesAfterPost: 12 },
    ]);
  });
});
