import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { type CreatorRow, mergeCreators } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  askDiscovery,
  correctCreatorTopics,
  defaultMatchWeights,
  getContentState,
  getCreatorTopics,
  getMatchWeights,
  type MatchAnswer,
  matchCreators,
  overruleMatch,
  putMatchWeights,
  type TargetAudience,
} from '../api.ts';

let test: TestCore;
let client: Client;
let workspaceId: string;
const ids = new Map<string, string>();
let mergedAway = 0;

const bios: Record<string, string> = {
  vegan_anna: 'Vegan bakery recipes, sourdough bread and plant-based cakes from my kitchen',
  baker_tom: 'I bake cakes, cookies and pastry every day. Recipes for home bakers',
  run_mia: 'Marathon runner, running shoes reviews and training plans for beginners',
  gym_leo: 'Personal trainer, strength workout and gym fitness coach',
  glow_sue: 'Skincare routines, makeup tutorials and beauty tips for dry skin',
  pup_max: 'Two dogs and a cat, puppy training and pet photos',
  quiet_one: 'жизнь',
};

async function bringIn(rows: CreatorRow[]): Promise<void> {
  const outcome = await importCreatorRows(test.core.infra, {
    workspaceId,
    rows,
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
  expect(outcome.errors).toEqual([]);
  rows.forEach((row, at) => {
    ids.set(row.profiles[0]?.handle ?? '', outcome.personIds[at] ?? '');
  });
  await test.core.infra.outbox.settle();
  await whenMade();
}

/** Resolves when the background has read everybody. */
async function whenMade(): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const state = await client.call(getContentState, {});
    if (state.waiting === 0 && state.creators >= ids.size - mergedAway) {
      await test.core.infra.outbox.settle();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The content of creators was not made in 60 s');
}

const handlesOf = (answer: MatchAnswer) => answer.rows.map((row) => row.hit?.profile?.handle);
const idOf = (handle: string) => ids.get(handle) ?? '';

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('matching');
  client = test.client('matching');
  await bringIn(
    Object.entries(bios).map(([handle, bio]) => ({
      profiles: [{ platform: 'instagram', handle, bio, followers: 12_000 }],
    })),
  );
}, 60_000);
afterAll(() => test.close());

describe('a question in words', () => {
  it('looks for the creator whose name it is, for the meaning where there is one, else for the words', async () => {
    const ask = (question: string) => client.call(askDiscovery, { question });
    expect((await ask('gym_leo')).query).toEqual({ filters: [], text: 'gym leo' });
    expect((await ask('dogs cats and puppy training')).query.about).toContain('puppy training');
    const unheard = await ask('Quillgate Tindermoer');
    expect(unheard).toMatchObject({ query: { text: 'Quillgate Tindermoer' }, total: 0 });
  });
});

describe('matching a brief', () => {
  it('puts those first who write about it, and every score is the sum of its points', async () => {
    const answer = await client.call(matchCreators, {
      text: 'We launch an organic flour and look for people who bake vegan bread and cakes at home.',
    });
    expect(handlesOf(answer).slice(0, 2).sort()).toEqual(['baker_tom', 'vegan_anna']);
    for (const row of answer.rows) {
      const sum = row.contributions.reduce((total, one) => total + one.points, 0);
      expect(row.score).toBeCloseTo(sum, 6);
      for (const one of row.contributions) expect(one.value === null ? one.points : 0).toBe(0);
      expect(row.unknown).toEqual(row.contributions.filter((one) => one.value === null).map((one) => one.signal));
    }
    const [best] = answer.rows;
    expect(best?.unknown).toContain('audience');
    const content = best?.contributions.find((one) => one.signal === 'content');
    expect(content?.evidence.find((one) => one.kind === 'words')?.text).toMatch(/vegan|bread|cakes/);
    expect(answer.asked.topics.map((topic) => topic.topic)).toEqual(expect.arrayContaining(['baking', 'vegan']));
  });

  it('names near misses for an audience it does not know, and takes countries by name', async () => {
    const ask = (audience: TargetAudience) => client.call(matchCreators, { text: 'vegan bread and cakes', audience });
    expect((await ask({ country: { Ireland: 0.5, ie: 0.2, UK: 0.1 } })).rows.length).toBeGreaterThan(0);
    const error = await ask({ country: { Irland: 0.5 }, age: { '18-25': 0.4 } }).catch((caught: unknown) => caught);
    if (!(error instanceof AppError)) throw new Error('No error');
    expect(error.details.map((detail) => detail.field)).toEqual(['audience.country.Irland', 'audience.age.18-25']);
    expect(error.details[0]?.message).toMatch(/no country 'Irland', did you mean .*ireland/);
    expect(error.details[1]?.message).toMatch(/18-24/);
  });

  it('ranks only creators within the filters', async () => {
    const answer = await client.call(matchCreators, {
      text: 'vegan bread and cakes baked at home',
      filters: [{ field: 'followers', op: 'range', min: 50_000 }],
    });
    expect(answer.rows).toEqual([]);
    expect(answer.notes.join(' ')).toContain('No creator with a vector matches the filters');
  });

  it('says how much is not enough when the encoder knows too few words', async () => {
    const failure = await client.call(matchCreators, { text: 'жизнь прекрасна каждый день' }).catch((error) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure.code).toBe('discovery.match_too_few_words');
    expect(failure.message).toContain('knows 0');
  });

  it('refuses a question that asks nothing, and an example of nobody', async () => {
    await expect(client.call(matchCreators, {})).rejects.toMatchObject({ code: 'discovery.match_empty' });
    await expect(client.call(matchCreators, { examples: ['per_nobody'] })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('finds others like an example, without the example', async () => {
    const answer = await client.call(matchCreators, { examples: [idOf('gym_leo')] });
    expect(handlesOf(answer)[0]).toBe('run_mia');
    expect(handlesOf(answer)).not.toContain('gym_leo');
  });

  it('keeps a person’s word above the score, with its reason, and only for that brief', async () => {
    const text = 'organic flour for people who bake bread and cakes at home';
    const { briefKey } = await client.call(matchCreators, { text });
    await client.call(overruleMatch, {
      briefKey,
      personId: idOf('baker_tom'),
      decision: 'no_fit',
      reason: 'Works for a rival',
    });
    await client.call(overruleMatch, {
      briefKey,
      personId: idOf('pup_max'),
      decision: 'fit',
      reason: 'Owner of our café',
    });
    const again = await client.call(matchCreators, { text });
    expect(handlesOf(again)[0]).toBe('pup_max');
    expect(handlesOf(again).at(-1)).toBe('baker_tom');
    expect(again.rows.at(-1)?.overrule).toMatchObject({ decision: 'no_fit', reason: 'Works for a rival' });
    const other = await client.call(matchCreators, { text: `${text} and vegan too` });
    expect(other.rows.every((row) => row.overrule === null)).toBe(true);
    await client.call(overruleMatch, { briefKey, personId: idOf('pup_max'), decision: null, reason: 'A mistake' });
    expect(handlesOf(await client.call(matchCreators, { text })).slice(0, 1)).toEqual(['vegan_anna']);
  });
});

describe('weights of a match', () => {
  it('are kept as versions, and a change on an old version is refused', async () => {
    const { current } = await client.call(getMatchWeights, {});
    expect(current).toMatchObject({ version: 0, weights: defaultMatchWeights });
    const first = await client.call(putMatchWeights, {
      weights: { ...defaultMatchWeights, content: 60 },
      reason: 'Texts first',
      basedOn: 0,
    });
    expect(first.version).toBe(1);
    await expect(client.call(putMatchWeights, { weights: defaultMatchWeights, basedOn: 0 })).rejects.toMatchObject({
      code: 'discovery.weights_changed',
    });
    const answer = await client.call(matchCreators, { text: 'dogs, cats and puppy training' });
    expect(answer.weights.version).toBe(1);
    expect(answer.rows[0]?.contributions.find((one) => one.signal === 'content')?.weight).toBe(60);
    const { earlier } = await client.call(getMatchWeights, {});
    expect(earlier.map((one) => one.version)).toEqual([0]);
  });
});

describe('topics of creators', () => {
  it('are learnt from texts, with the words that speak for them', async () => {
    const learnt = await client.call(getCreatorTopics, { personId: idOf('glow_sue') });
    expect(learnt.topics).toEqual(expect.arrayContaining(['skincare', 'beauty']));
    expect(learnt.learnt.flatMap((topic) => topic.words)).toEqual(expect.arrayContaining(['skincare', 'makeup']));
    expect(learnt.learnt.reduce((sum, topic) => sum + topic.share, 0)).toBeLessThanOrEqual(1.001);
    const nothing = await client.call(getCreatorTopics, { personId: idOf('quiet_one') });
    expect(nothing.topics).toEqual([]);
    expect(nothing.note).toContain('Not enough data');
  });

  it('stay as a person corrected them when the texts change', async () => {
    const personId = idOf('gym_leo');
    await client.call(correctCreatorTopics, { personId, topics: ['motivation'], reason: 'He speaks on stages' });
    await bringIn([
      {
        profiles: [
          { platform: 'instagram', handle: 'gym_leo', bio: 'Gym, workout, muscle and strength', followers: 12_000 },
        ],
      },
    ]);
    const after = await client.call(getCreatorTopics, { personId });
    expect(after.topics).toEqual(['motivation']);
    expect(after.learnt[0]?.topic).toBe('fitness');
    const back = await client.call(correctCreatorTopics, { personId, topics: null });
    expect(back.topics[0]).toBe('fitness');
  });

  it('and what was said of a brief go with a creator that is merged into another', async () => {
    const text = 'dogs, cats and puppy training';
    const { briefKey } = await client.call(matchCreators, { text });
    const [kept, absorbed] = [idOf('baker_tom'), idOf('pup_max')];
    await client.call(correctCreatorTopics, { personId: absorbed, topics: ['pets'], reason: 'Seen in the shop' });
    await client.call(overruleMatch, { briefKey, personId: absorbed, decision: 'fit', reason: 'A regular' });
    await client.call(mergeCreators, { keptPersonId: kept, absorbedPersonId: absorbed, reason: 'The same person' });
    mergedAway = 1;
    await test.core.infra.outbox.settle();
    await whenMade();
    expect((await client.call(getCreatorTopics, { personId: kept })).topics).toEqual(['pets']);
    const answer = await client.call(matchCreators, { text });
    expect(answer.rows[0]).toMatchObject({ personId: kept, overrule: { decision: 'fit', reason: 'A regular' } });
    expect(answer.rows.map((row) => row.personId)).not.toContain(absorbed);
  });

  it('of an unknown name are refused with near misses', async () => {
    const failure = await client
      .call(correctCreatorTopics, { personId: idOf('gym_leo'), topics: ['fitnes'] })
      .catch((error) => error);
    expect(failure.code).toBe('discovery.topics');
    expect(failure.message).toContain('fitness');
  });
});
