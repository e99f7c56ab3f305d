import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { aCreator, likesAround, testNow } from '../a-vetted-creator.ts';
import { correctSponsoredPost, getVetting, listSponsoredPosts, putBrandProfile } from '../api.ts';

const captions = ['Oats #ad with @kettlemoth', 'Use my code LENA20', 'A day off', 'Bread again'];

describe('paid posts and the word of a person', () => {
  let test: TestCore;
  let personId: string;
  const client = () => test.client('mine');

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => testNow } });
    const workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    const made = await aCreator(test.core.infra, workspaceId, {
      handle: 'lena.crust',
      followers: 20_000,
      likes: likesAround(600, 14),
      caption: (i) => captions[i] ?? `Morning number ${i}`,
    });
    personId = made.personId;
  }, 60_000);
  afterAll(() => test.close());

  const list = async (state: 'deal' | 'own' | 'all') =>
    (await client().call(listSponsoredPosts, { personId, state })).rows;
  const dealsOf = async () => (await client().call(getVetting, { personId })).deals;

  it('lists what fired and what the text alone says, newest first, page by page', async () => {
    const deals = await list('deal');
    expect(deals.map((post) => [post.rule?.name, post.disclosure])).toEqual([
      ['clear_term', 'clear'],
      ['code', 'none'],
    ]);
    for (const post of deals) expect(post.probability).toBeGreaterThan(0);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client().call(listSponsoredPosts, {
        personId,
        state: 'all',
        limit: 5,
        ...(cursor && { cursor }),
      });
      seen.push(...page.rows.map((post) => post.postId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(14);
    expect(seen).toHaveLength(14);
  });

  it('counts a correction at once, keeps it, and lets it be taken back', async () => {
    const [ad] = await list('deal');
    const own = (await list('own')).find((post) => post.excerpt === 'A day off');
    const postId = own?.postId ?? '';
    const said = await client().call(correctSponsoredPost, {
      personId,
      postId,
      isSponsored: true,
      brands: ['@Gristmill'],
      reason: 'We paid for it',
    });
    expect(said).toMatchObject({ state: 'deal', brands: ['gristmill'], rule: { name: 'person' } });
    await client().call(correctSponsoredPost, { personId, postId: ad?.postId ?? '', isSponsored: false, reason: 'No' });
    const deals = await dealsOf();
    expect(deals).toMatchObject({ deals: 2, corrected: 2 });
    expect(deals?.brands.map((one) => one.brand)).toEqual(['gristmill']);
    await client().call(correctSponsoredPost, { personId, postId, isSponsored: null });
    await client().call(correctSponsoredPost, { personId, postId: ad?.postId ?? '', isSponsored: null });
    expect(await dealsOf()).toMatchObject({ deals: 2, corrected: 0 });
  });

  it('holds rivals against the window of the brand profile', async () => {
    const words = { niches: [], keywords: [], noGoWords: [] };
    await client().call(putBrandProfile, { ...words, competitors: ['Kettlemoth'], competitorDays: 10 });
    const report = await client().call(getVetting, { personId });
    expect(report.deals?.conflict).toMatchObject({ state: 'conflict', days: 10 });
    expect(report.flags.map((flag) => flag.name)).toContain('competitor_window');
    await client().call(putBrandProfile, { ...words, competitors: ['Gristmill'], competitorDays: 10 });
    expect((await dealsOf())?.conflict.state).toBe('clear');
    await expect(
      client().call(putBrandProfile, {
        ...words,
        competitors: [],
        exclusivity: { from: '2026-06-02', to: '2026-06-01' },
      }),
    ).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('matches the creator with the brief, as a sum of contributions', async () => {
    await client().call(putBrandProfile, {
      niches: ['baking'],
      keywords: [],
      noGoWords: [],
      competitors: [],
      handles: ['kettlemoth'],
      brief: 'Bread, flour and baking at home',
    });
    const { fit, signals } = await client().call(getVetting, { personId });
    expect(fit?.contributions.map((one) => one.signal)).toEqual(['content', 'topics', 'brands', 'audience']);
    const told = fit?.contributions.filter((one) => one.value !== null) ?? [];
    const most = told.reduce((sum, one) => sum + one.weight, 0);
    if (most > 0) expect(fit?.share).toBeCloseTo(told.reduce((sum, one) => sum + one.points, 0) / most, 6);
    expect(signals.find((signal) => signal.name === 'brand_match')?.state).toBe(most > 0 ? 'known' : 'unknown');
  });

  it("answers for another creator's or workspace's post as for one that does not exist", async () => {
    const [ad] = await list('deal');
    const ask = (slug: string, postId: string) =>
      test
        .client(slug)
        .call(correctSponsoredPost, { personId, postId, isSponsored: true })
        .catch((error: { kind: string; code: string }) => `${error.kind} ${error.code}`);
    expect(await ask('theirs', ad?.postId ?? '')).toBe(await ask('theirs', 'pst_none'));
    expect(await ask('mine', 'pst_none')).toContain('not_found');
  });
});
