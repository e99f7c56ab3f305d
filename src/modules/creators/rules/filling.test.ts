import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platforms } from '#kernel/platform.ts';
import type { CapturedPage } from '../api.ts';
import { emailsInText } from './emails-in-text.ts';
import { nextMidnight } from './next-midnight.ts';
import { readCapturedPage } from './read-captured-page.ts';
import { readPasted } from './read-pasted.ts';
import { retryDelayMs } from './retry-delay.ts';

const understood = (text: string) =>
  readPasted(text, 'instagram').map((entry) => (entry.ok ? `${entry.platform}:${entry.handle}` : `? ${entry.text}`));

describe('a pasted list', () => {
  it('is read with its platforms mixed and its lines dirty', () => {
    const text = [
      '@Nell.Bakes',
      'https://www.tiktok.com/@oat.ember?lang=en&_r=1',
      '  3. https://youtube.com/@EmberTV/videos ',
      '- tt: @rye_and_shine',
      '@crumb (TikTok)',
      'Nell Baker, https://instagram.com/nell.bakes/?igsh=abc==',
      'Yt UCabcdefghijklmnopqrstuv',
      '"@quoted", <@angled>; @third.',
      'https://my-oven.example/blog/',
      'https://www.pinterest.de/breadpins/',
      '\u200b@hidden\u200f',
      '',
      'https://www.instagram.com/p/Cabc123/',
      '\u{1f35e} @emoji',
      'one two',
      'ig',
    ].join('\r\n');
    expect(understood(text)).toEqual([
      'instagram:Nell.Bakes',
      'tiktok:oat.ember',
      'youtube:EmberTV',
      'tiktok:rye_and_shine',
      'tiktok:crumb',
      'instagram:nell.bakes',
      'youtube:UCabcdefghijklmnopqrstuv',
      'instagram:quoted',
      'instagram:angled',
      'instagram:third',
      'blog:my-oven.example/blog',
      'pinterest:breadpins',
      'instagram:hidden',
      '? https://www.instagram.com/p/Cabc123/',
      'instagram:emoji',
      'instagram:one',
      'instagram:two',
      'instagram:ig',
    ]);
  });

  it('names the line of every entry and never throws, whatever is pasted', () => {
    expect(readPasted('@a\n\n@b @c', 'tiktok').map((entry) => entry.line)).toEqual([1, 3, 3]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom(...platforms), (text, platform) => {
        const lines = text.split(/\r\n|\r|\n|\u2028|\u2029/).length;
        for (const entry of readPasted(text, platform)) {
          expect(entry.line).toBeLessThanOrEqual(lines);
          if (entry.ok) expect(entry.handle).not.toBe('');
          else expect(entry.message).not.toBe('');
        }
      }),
    );
  });
});

const page = (more: Partial<CapturedPage> & { url: string }): CapturedPage => ({
  title: '',
  canonical: '',
  meta: [],
  data: [],
  marks: [],
  text: '',
  ...more,
});

// Pages written for these tests after the tags that https://ogp.me, https://schema.org/ProfilePage (with Google's guide for it) and Pinterest's
// rich-pin documents describe, and after the visible labels of the platforms' profile pages. Nobody real is in them.
describe('a captured page', () => {
  it('of Instagram is read from its Open Graph description, whose bio stands in quotes', () => {
    const read = readCapturedPage(
      page({
        url: 'https://www.instagram.com/nell.bakes/?hl=en',
        title: 'Nell Baker (@nell.bakes) \u2022 Instagram photos and videos',
        meta: [
          ['og:type', 'profile'],
          ['og:title', 'Nell Baker (@nell.bakes) \u2022 Instagram photos and videos'],
          ['og:image', 'https://scontent.example/nell.jpg'],
          [
            'og:description',
            '12.3K Followers, 345 Following, 1,678 Posts - See Instagram photos and videos from Nell Baker (@nell.bakes)',
          ],
          [
            'description',
            '12.3K Followers, 345 Following, 1,678 Posts - Nell Baker (@nell.bakes) on Instagram: "Slow bread.\nLeipzig"',
          ],
        ],
      }),
    );
    expect(read).toMatchObject({
      platform: 'instagram',
      handle: 'nell.bakes',
      displayName: 'Nell Baker',
      bio: 'Slow bread.\nLeipzig',
      followers: 12_300,
      following: 345,
      postCount: 1_678,
      pictureUrl: 'https://scontent.example/nell.jpg',
      from: { followers: 'og:description', bio: 'description' },
    });
  });

  it('of TikTok is read from the marks of its page', () => {
    const read = readCapturedPage(
      page({
        url: 'https://www.tiktok.com/@rye_and_shine?lang=de',
        title: 'Rye & Shine (@rye_and_shine) | TikTok',
        marks: [
          ['user-title', 'rye_and_shine'],
          ['user-subtitle', 'Rye & Shine'],
          ['followers-count', '84.2K'],
          ['following-count', '0'],
          ['likes-count', '1.2M'],
          ['user-bio', 'Bread at dawn'],
          ['user-link', 'rye.example/shop'],
        ],
      }),
    );
    expect(read).toMatchObject({
      handle: 'rye_and_shine',
      displayName: 'Rye & Shine',
      followers: 84_200,
      following: 0,
      postCount: null,
      bio: 'Bread at dawn',
      website: 'https://rye.example/shop',
    });
  });

  it('of YouTube is read from JSON-LD before the visible text, and hidden subscribers stay unknown', () => {
    const data = JSON.stringify({
      '@context': 'https://schema.org',
      '@type': 'ProfilePage',
      mainEntity: {
        '@type': 'Person',
        name: 'Ember TV',
        description: 'Ovens and more',
        interactionStatistic: [
          {
            '@type': 'InteractionCounter',
            interactionType: 'https://schema.org/FollowAction',
            userInteractionCount: 51234,
          },
          { '@type': 'InteractionCounter', interactionType: { '@type': 'WriteAction' }, userInteractionCount: '87' },
        ],
      },
    });
    const url = 'https://www.youtube.com/@EmberTV/videos';
    const text = 'Ember TV\n@EmberTV \u2022 51.2K subscribers \u2022 87 videos';
    expect(readCapturedPage(page({ url, text, data: ['{broken', data] }))).toMatchObject({
      followers: 51_234,
      postCount: 87,
      displayName: 'Ember TV',
      from: { followers: 'JSON-LD Person' },
    });
    expect(readCapturedPage(page({ url, text }))).toMatchObject({ followers: 51_200, postCount: 87 });
    const hidden = readCapturedPage(page({ url, text: 'Ember TV\n@EmberTV\n87 videos' }));
    expect(hidden).toMatchObject({ followers: null, postCount: 87 });
  });

  it('of Pinterest is read from its own tags, in other languages from the visible text', () => {
    const url = 'https://www.pinterest.de/breadpins/_saved/';
    const meta: [string, string][] = [
      ['pinterestapp:followers', '2310'],
      ['pinterestapp:pins', '0'],
      ['og:title', 'Bread Pins (breadpins) - Profile | Pinterest'],
    ];
    expect(readCapturedPage(page({ url, meta }))).toMatchObject({ handle: 'breadpins', followers: 2310, postCount: 0 });
    expect(readCapturedPage(page({ url, text: '2.310 Follower \u00b7 12 gefolgt' }))).toMatchObject({
      followers: 2310,
    });
    expect(readCapturedPage(page({ url, text: '1,5 Mio. Abonnenten' }))).toMatchObject({ followers: 1_500_000 });
    expect(readCapturedPage(page({ url, text: '12,4 k abonn\u00e9s' }))).toMatchObject({ followers: 12_400 });
  });

  it('of a blog stands for the site, not for the article', () => {
    const read = readCapturedPage(
      page({
        url: 'https://www.my-oven.example/2026/05/rye?utm_source=x',
        title: 'Rye in a day',
        meta: [
          ['og:site_name', 'My Oven'],
          ['description', 'All about ovens'],
        ],
      }),
    );
    expect(read).toMatchObject({
      platform: 'blog',
      handle: 'my-oven.example',
      displayName: 'My Oven',
      bio: 'All about ovens',
      followers: null,
    });
  });

  it('that is no profile is refused', () => {
    for (const url of [
      'https://www.instagram.com/p/Cabc/',
      'https://www.youtube.com/watch?v=abc',
      'about:blank',
      'javascript:alert(1)',
    ])
      expect([url, readCapturedPage(page({ url }))]).toEqual([url, null]);
  });

  it('never throws and never turns what is absent into a number, whatever the page holds', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, text), { maxLength: 5 }),
        fc.array(fc.oneof(text, fc.json()), { maxLength: 3 }),
        text,
        (meta, data, shown) => {
          const read = readCapturedPage(page({ url: 'https://www.tiktok.com/@a', meta, data, text: shown }));
          expect(read?.handle).toBe('a');
          for (const count of [read?.followers, read?.following, read?.postCount])
            expect(count === null || (Number.isSafeInteger(count) && Number(count) >= 0)).toBe(true);
        },
      ),
    );
  });
});

describe('a bio', () => {
  it('gives the addresses a creator writes there to be reached by, and no handle or file', () => {
    const bio =
      'Business: Nell.Baker+work@Mail.example.co.uk \u2022 \u{1f4e7}hi@rye.example. @millhouse a@b logo@2x.png hi@rye.example';
    expect(emailsInText(bio)).toEqual(['nell.baker+work@mail.example.co.uk', 'hi@rye.example']);
    expect(emailsInText(null)).toEqual([]);
    expect(emailsInText(`${'a@'.repeat(50_000)}b`)).toEqual([]);
  });
});

describe('waiting', () => {
  it('doubles up to its bound, with half of it left to chance', () => {
    const bounds = { firstMs: 1000, maxMs: 60_000 };
    expect([0, 1, 2, 10].map((attempt) => retryDelayMs(attempt, 0, bounds))).toEqual([500, 1000, 2000, 30_000]);
    expect(retryDelayMs(3, 0.999999, bounds)).toBe(8000);
  });

  it('for the next day ends at midnight of the zone, over changes of the clock too', () => {
    const midnight = (now: string) => nextMidnight('America/Los_Angeles', new Date(now)).toISOString();
    expect(midnight('2026-06-01T12:00:00Z')).toBe('2026-06-02T07:00:00.000Z');
    expect(midnight('2026-01-01T07:59:59Z')).toBe('2026-01-01T08:00:00.000Z');
    // The day of the change has 25 hours.
    expect(midnight('2026-11-01T07:30:00Z')).toBe('2026-11-02T08:00:00.000Z');
  });
});
