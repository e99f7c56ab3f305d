import { afterAll, beforeAll, expect, it } from 'vitest';
import { importCreatorRows } from '#modules/creators/index.ts';
import { getContentState } from '#modules/discovery/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';

let test: TestCore;
const people: string[] = [];

beforeAll(async () => {
  test = await openTestCore();
  const workspaceId = await test.database.createWorkspace('mine');
  await test.database.createWorkspace('theirs');
  const about = ['Sourdough bread, flour and baking every day', 'Running shoes, marathon training and gym workouts'];
  const { personIds } = await importCreatorRows(test.core.infra, {
    workspaceId,
    source: 'test file',
    observedAt: new Date('2026-05-01T12:00:00Z'),
    rows: Array.from({ length: 24 }, (_, i) => ({
      name: `Person ${i}`,
      profiles: [
        { platform: 'instagram' as const, handle: `person.${i}`, followers: 9000 + i, bio: about[i % 2] ?? '' },
      ],
    })),
  });
  people.push(...personIds.filter((id) => id !== null));
  await test.core.infra.outbox.settle();
  await whenRead();
}, 60_000);
afterAll(() => test.close());

/** Resolves when the background has read what everybody writes about. */
async function whenRead(): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const state = await test.client('mine').call(getContentState, {});
    if (state.waiting === 0 && state.creators >= people.length) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The texts of creators were not read in 30 s');
}

it('matches a creator with the newest brief of a campaign, explained, and says what cannot be told', async () => {
  const client = test.client('mine');
  const [baker = '', runner = ''] = people;
  const { id: campaignId } = await client.call(api.createCampaign, {
    name: 'Loaves',
    model: 'sponsored',
    startsOn: '2026-05-01',
    endsOn: '2026-05-31',
  });
  const align = (personId: string) => client.call(api.alignCreator, { campaignId, personId });
  expect(await align(baker)).toMatchObject({ state: 'no_brief', fit: null, briefVersion: 0, asked: [] });
  await client.call(api.saveBrief, {
    campaignId,
    basedOn: 0,
    brief: api.briefSchema.parse({
      background: 'A new flour for sourdough bread. We look for people who bake bread at home every day.',
      deliverables: [{ platform: 'tiktok', format: 'video' }],
    }),
  });
  const [first, second] = [await align(baker), await align(runner)];
  expect(first).toMatchObject({
    state: 'matched',
    briefVersion: 1,
    asked: [{ platform: 'tiktok', hasProfile: false, posts: null }],
  });
  expect(first.fit?.share ?? 0).toBeGreaterThan(second.fit?.share ?? 1);
  const points = first.fit?.contributions.reduce((sum, one) => sum + one.points, 0) ?? 0;
  const most = first.fit?.contributions.reduce((sum, one) => sum + (one.value === null ? 0 : one.weight), 0) ?? 1;
  expect(first.fit?.share).toBeCloseTo(points / most, 9);
  await expect(test.client('theirs').call(api.alignCreator, { campaignId, personId: baker })).rejects.toMatchObject({
    message: 'No such campaign.',
  });
});
