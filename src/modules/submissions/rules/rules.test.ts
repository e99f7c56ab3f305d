import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { submissionStates } from '../api.ts';
import { compareCaptions } from './compare-captions.ts';
import { compareLive, type LiveTarget, liveResultOf } from './compare-live.ts';
import { findListed, hasCode, hasHashtag, hasLink, hasMention, joinExpectations } from './find-in-caption.ts';
import { matchPost } from './match-post.ts';
import { reviewOutcome, roundLimit } from './standing-of-review.ts';
import { draftSteps, stateAfter } from './submission-states.ts';

describe('the states of a draft', () => {
  const steps = fc.array(fc.constantFrom(...draftSteps), { maxLength: 40 });
  const walk = (path: readonly (typeof draftSteps)[number][]) => {
    const states = [submissionStates[0]] as (typeof submissionStates)[number][];
    for (const step of path) {
      const now = states.at(-1) ?? 'draft';
      states.push(stateAfter(now, step) ?? now);
    }
    return states;
  };

  it('never come back from live, and are approved only from waiting for approval, in whatever order things happen', () => {
    fc.assert(
      fc.property(steps, (path) => {
        const states = walk(path);
        const live = states.indexOf('live');
        if (live >= 0) for (const state of states.slice(live)) expect(['live', 'verified']).toContain(state);
        states.forEach((state, at) => {
          const before = states[at - 1];
          if (state === 'approved' && before !== 'approved')
            expect(['pending_approval', 'scheduled']).toContain(before);
          if (state === 'verified' && before !== 'verified') expect(before).toBe('live');
        });
      }),
    );
  });

  it('are the same after a step that is repeated, save beginning and handing in anew', () => {
    fc.assert(
      fc.property(fc.constantFrom(...submissionStates), fc.constantFrom(...draftSteps), (state, step) => {
        const once = stateAfter(state, step);
        if (once !== null) expect([once, null]).toContain(stateAfter(once, step));
      }),
    );
  });

  it('let a post go live from everywhere', () => {
    for (const state of submissionStates) expect(stateAfter(state, 'go_live')).toBe('live');
  });
});

describe('several reviewers', () => {
  it('approve only together, the newest word of each counting, whatever others add', () => {
    const roles = ['manager', 'legal', 'client'] as const;
    const decision = fc.record({
      role: fc.constantFrom(...roles),
      decision: fc.constantFrom('approved' as const, 'changes_requested' as const),
    });
    fc.assert(
      fc.property(
        fc.subarray([...roles], { minLength: 1 }),
        fc.array(decision, { maxLength: 12 }),
        (required, said) => {
          const newest = (role: string) => said.findLast((one) => one.role === role)?.decision;
          const { isApproved, objecting } = reviewOutcome(required, said);
          expect(isApproved).toBe(required.every((role) => newest(role) === 'approved'));
          expect(objecting.every((role) => newest(role) === 'changes_requested')).toBe(true);
        },
      ),
    );
  });

  it('count the rounds of the contract before those of the campaign', () => {
    const outcomes = ['changes_requested', 'withdrawn', 'changes_requested', 'open'];
    expect(roundLimit({ outcomes, contractMax: 0, campaignMax: 3 })).toEqual({ used: 2, max: 0, source: 'contract' });
    expect(roundLimit({ outcomes, contractMax: null, campaignMax: 3 }).source).toBe('campaign');
    expect(roundLimit({ outcomes, contractMax: null, campaignMax: null }).max).toBeNull();
  });
});

describe('captions side by side', () => {
  it('give both captions back from their parts, in any script', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .array(fc.constantFrom('Ad ', 'milk ', 'صباح ', '朝の', 'ココア', '🥛', '👩‍🍳', '#ad ', '\n'), {
          maxLength: 20,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = compareCaptions(before, after);
        const joined = (skip: string) => parts.flatMap((part) => (part.kind === skip ? [] : [part.text])).join('');
        expect([joined('added'), joined('removed')]).toEqual([before, after]);
      }),
    );
  });

  it('show a changed Japanese word as a word and not as the whole line', () => {
    const parts = compareCaptions('朝のココアはふわふわです', '朝のココアはなめらかです');
    expect(
      parts
        .filter((part) => part.kind === 'same')
        .map((part) => part.text)
        .join(''),
    ).toMatch(/朝のココアは.*です/);
  });
});

describe('what a caption has to carry', () => {
  it('is found as a whole and not as the beginning of something longer', () => {
    expect(hasHashtag('nice #ad.', 'ad')).toBe(true);
    expect(hasHashtag('nice #adventure', '#ad')).toBe(false);
    expect(hasMention('with @oatwhistle.', 'oatwhistle')).toBe(true);
    expect(hasMention('with @oatwhistle.de', '@oatwhistle')).toBe(false);
    expect(hasCode('10 % off with nell10!', 'NELL10')).toBe(true);
    expect(hasCode('NELL100', 'NELL10')).toBe(false);
    expect(hasLink('see ow.example/nell, now', 'https://www.ow.example/nell/')).toBe(true);
    expect(hasLink('see notow.example/nell', 'https://ow.example/nell')).toBe(false);
    expect(hasLink('see https://www.ow.example/nell?x=1', 'ow.example/nell')).toBe(true);
    expect(hasHashtag('صباح #إعلان', 'إعلان')).toBe(true);
  });

  it('is the creator’s own link where there is one, and of windows the narrowest', () => {
    const none = { links: [], codes: [], hashtags: [], mentions: [], liveFrom: null, liveUntil: null };
    const brief = {
      ...none,
      links: ['https://shop.example'],
      hashtags: ['#Slow'],
      liveFrom: '2026-05-01',
      liveUntil: '2026-05-31',
    };
    const own = {
      ...none,
      links: ['https://ow.example/nell'],
      hashtags: ['#slow'],
      liveFrom: '2026-05-10',
      liveUntil: '2026-06-30',
    };
    const joined = joinExpectations([brief, own, null]);
    expect(joined).toEqual({
      ...none,
      links: own.links,
      hashtags: ['#Slow'],
      liveFrom: '2026-05-10',
      liveUntil: '2026-05-31',
    });
    expect(findListed('at ow.example/nell #slow', joined)).toMatchObject({
      links: { missing: [] },
      hashtags: { missing: [] },
    });
  });
});

describe('a live post', () => {
  const target: LiveTarget = {
    platform: 'instagram',
    approved: { round: 2, caption: 'Ad. Slow mornings with @oatwhistle. NELL10' },
    wasHandedIn: true,
    expected: {
      links: ['https://ow.example/nell'],
      codes: ['NELL10'],
      hashtags: [],
      mentions: ['@oatwhistle'],
      liveFrom: '2026-05-10',
      liveUntil: '2026-05-20',
    },
    verdict: {
      verdict: 'pass',
      findings: [],
      repaired: null,
      disclosedBy: null,
      pack: 'us@1',
      language: 'en',
      foldAt: 125,
      standing: 'clear',
      country: 'US',
    },
    handles: ['Nell.Bakes'],
    postedOn: '2026-05-12',
    scheduledOn: null,
    lastReadAt: null,
    needsPlatformLabel: false,
  };
  const seen = {
    url: 'https://www.instagram.com/p/C1/',
    caption: 'Ad. Slow mornings  with @oatwhistle.\r\nNELL10',
    postedAt: '2026-05-12T08:00:00Z',
    handle: '@nell.bakes',
    isPaidLabel: null,
    isGone: false,
    source: 'export.csv',
    observedAt: '2026-05-13T08:00:00Z',
  };
  const pointsOf = (findings: ReturnType<typeof compareLive>) =>
    Object.fromEntries(findings.map((one) => [one.point, one.result]));

  it('is in order when only spaces differ, and says what could not be read', () => {
    const spaced = { ...seen, caption: 'Ad. Slow mornings  with @oatwhistle. NELL10 ' };
    const findings = compareLive(spaced, target);
    expect(pointsOf(findings)).toMatchObject({
      caption: 'ok',
      code: 'ok',
      mentions: 'ok',
      account: 'ok',
      date: 'ok',
      link: 'unknown',
    });
    expect(liveResultOf(findings)).toBe('ok');
  });

  it('stays unknown when nothing, or not the caption, could be read', () => {
    expect(liveResultOf(compareLive(null, target))).toBe('unknown');
    expect(liveResultOf(compareLive({ ...seen, caption: null }, target))).toBe('unknown');
    expect(liveResultOf(compareLive({ ...seen, postedAt: null }, { ...target, postedOn: null }))).not.toBe('ok');
  });

  it('of which no draft was asked for is judged by what it has to carry, and said to have nothing to compare with', () => {
    const gifted = compareLive({ ...seen, isPaidLabel: true }, { ...target, approved: null, wasHandedIn: false });
    expect(pointsOf(gifted)).toMatchObject({ approval: 'unknown', disclosure: 'ok', code: 'ok' });
    expect(pointsOf(gifted)).not.toHaveProperty('caption');
    expect(liveResultOf(gifted)).toBe('ok');
  });

  it('names each thing that is wrong', () => {
    const wrong = compareLive(
      { ...seen, caption: 'Slow mornings', handle: 'ravi', isPaidLabel: false },
      {
        ...target,
        postedOn: '2026-05-22',
        needsPlatformLabel: true,
        verdict: { ...(target.verdict ?? never()), verdict: 'fail' },
      },
    );
    expect(pointsOf(wrong)).toMatchObject({
      caption: 'differs',
      disclosure: 'missing',
      label: 'missing',
      code: 'missing',
      mentions: 'missing',
      date: 'differs',
      account: 'differs',
    });
    expect(pointsOf(compareLive({ ...seen, isGone: true }, target))).toEqual({ readable: 'missing', approval: 'ok' });
    expect(pointsOf(compareLive(seen, { ...target, approved: null }))).toMatchObject({
      approval: 'missing',
      caption: 'unknown',
    });
  });

  it('is never in order where a point is not, whatever was read', () => {
    const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
    fc.assert(
      fc.property(
        maybe(fc.string()),
        maybe(fc.constantFrom('nell.bakes', 'ravi')),
        maybe(fc.boolean()),
        fc.boolean(),
        (caption, handle, isPaidLabel, isGone) => {
          const findings = compareLive({ ...seen, caption, handle, isPaidLabel, isGone }, target);
          if (liveResultOf(findings) !== 'ok') return;
          expect(findings.some((one) => one.result === 'missing' || one.result === 'differs')).toBe(false);
          expect([caption, handle, isGone]).not.toContain(null);
        },
      ),
    );
  });

  it('is found among imported posts only when it alone is near, and to this draft alone', () => {
    const caption = 'Ad. One two three four five six seven eight nine ten';
    const post = { id: 'a', caption: `${caption} more`, postedAt: '2026-05-12T08:00:00Z' };
    const of = { caption, notBefore: new Date('2026-05-11'), otherCaptions: [] };
    expect(matchPost([post], of)?.id).toBe('a');
    expect(matchPost([post, { ...post, id: 'b' }], of)).toBeNull();
    expect(matchPost([post, { ...post, id: 'b', caption }], of)?.id).toBe('b');
    expect(matchPost([post], { ...of, otherCaptions: [`${caption} more`] })).toBeNull();
    expect(matchPost([post], { ...of, notBefore: new Date('2026-05-13') })).toBeNull();
    expect(matchPost([{ ...post, caption: '🥛🥛' }], { ...of, caption: '🥛🥛' })).toBeNull();
  });
});

function never(): never {
  throw new Error('The test has a verdict');
}
