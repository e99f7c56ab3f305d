import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParsedInputOf } from '#kernel/endpoint.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { aCreator, likesAround, testNow } from './a-vetted-creator.ts';
import {
  getRun,
  getVetting,
  getVettingRules,
  listVettingRules,
  previewVettingRules,
  putVettingRules,
  runVetting,
  startRun,
  type VettingRules,
} from './api.ts';

describe('points and verdict rules of a workspace', () => {
  let test: TestCore;
  const people: string[] = [];

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => testNow } });
    const workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    for (let i = 0; i < 6; i += 1) {
      const wish = { handle: `judged.${i}`, followers: 20_000, likes: likesAround(200 + 150 * i) };
      people.push((await aCreator(test.core.infra, workspaceId, wish)).personId);
    }
  }, 60_000);
  afterAll(() => test.close());

  const client = () => test.client('mine');
  const inputOf = (rules: VettingRules, change: Partial<VettingRules['verdict']> = {}) => ({
    weights: rules.weights.map(({ signal, min, max, unknown }) => ({ signal, min, max, unknown })),
    verdict: { ...rules.verdict, ...change },
  });
  const finished = async (runId: string) => {
    for (let polls = 0; polls < 100; polls += 1) {
      const run = await client().call(getRun, { runId });
      if (run.state === 'done') return run;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The run did not end in 10 s');
  };

  it('begins with the default and says what every signal may take and add', async () => {
    const rules = await client().call(getVettingRules, {});

    expect(rules).toMatchObject({ version: 0, savedBy: null });
    expect(rules.weights.find((one) => one.signal === 'engagement_level')).toMatchObject({
      min: -14,
      max: 14,
      title: 'Engagement',
      defaults: { min: -14, max: 14 },
    });
    expect(rules.flags.map((flag) => flag.name)).toContain('engagement_too_low');
  });

  it('previews exactly what a save then brings, and names the version in every report', async () => {
    await finished((await client().call(startRun, { personIds: people })).id);
    const before = await Promise.all(people.map((personId) => client().call(getVetting, { personId })));
    const rules = await client().call(getVettingRules, {});
    const input = inputOf(rules, { pass: 30, reject: 10, confidenceForPass: 0 });
    const weights = input.weights.map((one) =>
      one.signal === 'engagement_level' ? { ...one, max: 5, min: -20 } : one,
    );

    const preview = await client().call(previewVettingRules, { ...input, weights });
    const unsaved = await client().call(getVettingRules, {});
    const saved = await client().call(putVettingRules, {
      ...input,
      weights,
      baseVersion: 0,
      note: 'Likes matter less',
    });
    if (saved.runId === null) throw new Error('A save starts a run');
    await finished(saved.runId);
    const after = await Promise.all(people.map((personId) => client().call(getVetting, { personId })));

    expect(unsaved.version).toBe(0);
    expect(preview.creators).toBe(6);
    expect(preview.verdictsChanged).toBe(after.filter((one, i) => one.verdict !== before[i]?.verdict).length);
    for (const row of preview.rows) {
      const report = after.find((one) => one.personId === row.personId);
      expect([row.after.score, row.after.verdict]).toEqual([report?.score, report?.verdict]);
    }
    expect(preview.rows.length).toBeGreaterThan(0);
    expect(after.map((one) => one.weightsVersion)).toEqual(people.map(() => 1));
    expect((await client().call(listVettingRules, {})).rows).toMatchObject([{ version: 1, note: 'Likes matter less' }]);
  }, 30_000);

  it('lets a limit of one’s own decide, with its numbers in the reason', async () => {
    const rules = await client().call(getVettingRules, {});
    const limits = [{ signal: 'engagement_level', when: 'below', value: 0.5, verdict: 'reject' }] as const;
    await client().call(putVettingRules, { ...inputOf(rules, { limits: [...limits] }), baseVersion: rules.version });

    const report = await client().call(runVetting, { personId: people[0] ?? '' });

    expect(report).toMatchObject({ verdict: 'reject', rule: { name: 'limit' } });
    expect(report.rule.text).toMatch(/^Your limit: Engagement is 0\.0\d+, below 0\.5\.$/);
  });

  it('refuses a save on top of a version somebody else replaced, and leaves theirs', async () => {
    const rules = await client().call(getVettingRules, {});

    await expect(
      client().call(putVettingRules, { ...inputOf(rules, { pass: 80 }), baseVersion: rules.version - 1 }),
    ).rejects.toMatchObject({ code: 'vetting.rules_changed', kind: 'conflict' });
    expect((await client().call(getVettingRules, {})).verdict.pass).toBe(rules.verdict.pass);
  });

  it.each<[string, (input: ReturnType<typeof inputOf>) => Partial<ParsedInputOf<typeof previewVettingRules>>, string]>([
    [
      'an unknown signal',
      (of) => ({ weights: [{ ...of.weights[0], signal: 'luck', min: 0, max: 1, unknown: 'worst' }] }),
      'weights.0.signal',
    ],
    [
      'points finer than a tenth',
      (of) => ({ weights: [{ ...of.weights[0], signal: 'cadence', min: 0, max: 1.25, unknown: 'worst' }] }),
      'weights.0.max',
    ],
    ['a pass below the reject', (of) => ({ verdict: { ...of.verdict, pass: 20, reject: 30 } }), 'verdict.reject'],
    [
      'a limit on nothing',
      (of) => ({
        verdict: { ...of.verdict, limits: [{ signal: 'luck', when: 'above', value: 1, verdict: 'review' }] },
      }),
      'verdict.limits.0.signal',
    ],
  ])('refuses %s with its field, and saves nothing', async (_, change, field) => {
    const rules = await client().call(getVettingRules, {});
    const input = inputOf(rules);

    await expect(
      client().call(putVettingRules, { ...input, ...change(input), baseVersion: rules.version }),
    ).rejects.toMatchObject({ kind: 'invalid', details: [{ field }] });
    expect((await client().call(getVettingRules, {})).version).toBe(rules.version);
  });

  it('keeps the rules of another workspace out of sight', async () => {
    expect((await test.client('theirs').call(getVettingRules, {})).version).toBe(0);
    await expect(test.client('theirs').call(getVettingRules, { version: 1 })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});
