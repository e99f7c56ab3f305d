import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Brief, briefSchema } from '../api.ts';
import { compareBriefs } from './compare-briefs.ts';
import { scriptExamples } from './script-examples.ts';
import { shiftBrief } from './shift-brief.ts';
import { scriptLimits, warnOfScript } from './warn-of-script.ts';

const brief = (change: Partial<Brief>): Brief => ({ ...briefSchema.parse({}), ...change });
const rules = (change: Partial<Brief>) => warnOfScript(brief(change)).map((warning) => warning.rule);

describe('the warning that a brief turns into a script', () => {
  it('is silent for a brief that leaves room', () => {
    const open = brief({
      background: 'Oatwhistle makes a barista oat drink. It "froths like milk".',
      keyMessages: ['It froths like milk', 'Made in Wexford'],
      dos: ['Show the pour'],
      donts: ['Never make health claims'],
      freedom: 'Story, place and cut are yours.',
      disclosure: 'Write exactly "#ad" as the very first word of the caption, before anything else at all',
    });
    expect(warnOfScript(open)).toEqual([]);
    expect(warnOfScript(brief({}))).toEqual([]);
  });

  it('quotes the sentence that is to be said word for word', () => {
    const [warning] = warnOfScript(
      brief({ keyMessages: ['Say “this drink makes my mornings slow and my coffee better”'] }),
    );
    expect(warning).toMatchObject({
      rule: 'word-for-word',
      evidence: [{ field: 'Key messages', text: 'this drink makes my mornings slow and my coffee better' }],
    });
  });

  it('finds dictated wording and timing by the second', () => {
    expect(rules({ dos: ['Seconds 0 to 3: show the logo'] })).toEqual(['dictated']);
    expect(rules({ dos: ['sec 0-3 logo, then product'] })).toEqual(['dictated']);
    expect(rules({ dos: ['The caption must be the text below'] })).toEqual(['dictated']);
    expect(rules({ keyMessages: ['Repeat these words'] })).toEqual(['dictated']);
  });

  it('counts messages, orders and rules, and only warns above the limits it states', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `Idea ${index}`);
    expect(rules({ keyMessages: many(scriptLimits.keyMessagesMax), freedom: 'Yours' })).toEqual([]);
    expect(rules({ keyMessages: many(scriptLimits.keyMessagesMax + 1), freedom: 'Yours' })).toEqual([
      'too-many-messages',
    ]);
    expect(rules({ dos: ['You must smile', 'Always wave', 'Never sit', 'Show the pour'], freedom: 'Yours' })).toEqual([
      'mostly-orders',
    ]);
    expect(rules({ dos: many(8), donts: many(7), freedom: 'Yours' })).toEqual(['too-many-rules']);
    expect(rules({ dos: many(4) })).toEqual(['nothing-left-free']);
  });
});

describe('the script warning on written examples', () => {
  it.each(scriptExamples.map((example) => [example.name, example] as const))('%s', (_, { brief: change, expected }) => {
    expect(rules(change).toSorted()).toEqual([...expected].toSorted());
  });
});

describe('comparing briefs', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 });

  it('finds nothing between equal briefs, and going back undoes what going on did', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const old = brief({ keyMessages: before });
        const now = brief({ keyMessages: after });
        expect(compareBriefs(old, old)).toEqual([]);
        const on = compareBriefs(old, now);
        const back = compareBriefs(now, old);
        expect(back.map((change) => [change.before, change.after])).toEqual(
          on.map((change) => [change.after, change.before]),
        );
        const [change] = on;
        const kept = before.length - (change?.before.length ?? 0);
        expect(kept + (change?.after.length ?? 0)).toBe(after.length);
      }),
    );
  });

  it('tells of every field in words', () => {
    const changes = compareBriefs(
      brief({}),
      brief({
        deliverables: [{ platform: 'tiktok', format: 'video', count: 2, title: '', dueOn: '2026-05-01' }],
        dates: { respondBy: '2026-04-01', draftsBy: null, liveFrom: null, liveUntil: null },
      }),
    );
    expect(changes).toEqual([
      { field: 'deliverables', label: 'Deliverables', before: [], after: ['2 × TikTok video, due 2026-05-01'] },
      { field: 'dates', label: 'Dates', before: [], after: ['Answer by 2026-04-01'] },
    ]);
  });
});

it('moving a brief moves all its days and nothing else, and moving it back restores it', () => {
  fc.assert(
    fc.property(fc.integer({ min: -900, max: 900 }), (days) => {
      const one = brief({
        deliverables: [{ platform: 'instagram', format: 'reel', count: 1, title: 'x', dueOn: '2026-02-28' }],
        dates: { respondBy: '2026-01-31', draftsBy: null, liveFrom: '2024-02-29', liveUntil: null },
      });
      expect(shiftBrief(shiftBrief(one, days), -days)).toEqual(one);
    }),
  );
});
