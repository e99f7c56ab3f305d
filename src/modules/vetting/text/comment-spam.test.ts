import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentSpam } from './comment-spam.ts';
import { withoutMarkup } from './spam-features.ts';

describe('the probability that a comment is spam', () => {
  it('is high for begging and selling, low for talk', () => {
    for (const text of [
      'Please subscribe to my channel, I upload new covers every week!',
      'Make $5000 a month from home, visit http://example.com/money',
      'check out my new song on my page',
    ])
      expect(commentSpam(text)).toBeGreaterThan(0.8);
    for (const text of [
      'This song reminds me of last summer',
      'who is still listening in 2020?',
      'Where did you buy it?',
    ])
      expect(commentSpam(text)).toBeLessThan(0.2);
  });

  it('is 0 where nothing is said', () => {
    expect(['', '  ', '😍😍', '!!!'].map(commentSpam)).toEqual([0, 0, 0, 0]);
  });

  it('lies between 0 and 1 for any text, the same each time and with blanks around', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        const likely = commentSpam(text);
        expect(likely).toBeGreaterThanOrEqual(0);
        expect(likely).toBeLessThanOrEqual(1);
        expect(commentSpam(`\n ${text}\t`)).toBe(commentSpam(text.trim()));
      }),
    );
  });

  it('of 100,000 characters is found at once, whatever is repeated', () => {
    for (const unit of ['a', 'check out ', '<a href=', '& ', 'www . ', '1 ', 'a.', 'my song ']) {
      const fromMs = performance.now();
      commentSpam(unit.repeat(Math.ceil(100_000 / unit.length)));
      expect(performance.now() - fromMs).toBeLessThan(500);
    }
  });

  it('is read off what the author wrote, not off the marks of the page', () => {
    expect(withoutMarkup('I&#39;m in <b>love</b> &lt;3<br />bye').replace(/\s+/g, ' ')).toBe("I'm in love <3 bye");
    expect(withoutMarkup('<a href="http://www.example.com/watch?v=x&amp;t=2m19s">2:19</a> best')).toContain(
      'videomoment',
    );
  });
});
