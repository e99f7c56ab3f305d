import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectorRun, openConnectorRun } from '#tests/support/connector-run.ts';
import type { ReplayAnswer } from '#tests/support/replay-server.ts';
import { createFeeds } from './feeds.ts';
import { readFeed } from './read-feed.ts';

// Written after the RSS 2.0 specification with the content, dc and slash modules, RFC 4287 and RFC 5005, RSS 1.0, and JSON Feed 1.1.
const rss = (items: string) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:unknown="http://example.com/x">
<channel><title>My Oven</title><link>https://my-oven.example/</link><description>Slow bread</description><language>de-DE</language>
<unknown:thing>1</unknown:thing>${items}</channel></rss>`;
const item = (
  id: string,
  more = '',
) => `<item><title>Rye &amp; ${id}</title><link>/posts/${id}</link><guid isPermaLink="false">${id}</guid>
<pubDate>Mon, 06 Apr 2026 08:01:00 +0200</pubDate><category>Rye Bread</category>
<content:encoded><![CDATA[<p>Baked with <b>@millhouse</b> #rye</p><script>alert(1)</script>]]></content:encoded>${more}</item>`;
const atom = (
  more = '',
) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>Atoms</title><id>urn:a</id><updated>2026-01-01T00:00:00Z</updated>${more}
<entry><id>urn:1</id><title type="html">A &amp;amp; B</title><link rel="alternate" href="https://a.example/1"/><updated>2026-01-02T03:04:05Z</updated><summary>Hi</summary></entry></feed>`;

describe('a feed', () => {
  it('of RSS keeps comments that are 0 apart from comments that are not told', () => {
    const feed = readFeed(
      rss(item('a', '<slash:comments>0</slash:comments>') + item('b')),
      'https://my-oven.example/feed',
    );
    expect(feed?.posts).toEqual([
      expect.objectContaining({
        id: 'a',
        url: 'https://my-oven.example/posts/a',
        title: 'Rye & a',
        text: 'Baked with @millhouse #rye',
        postedAt: '2026-04-06T06:01:00.000Z',
        tags: ['rye bread'],
        comments: 0,
      }),
      expect.objectContaining({ id: 'b', comments: null }),
    ]);
    expect(feed).toMatchObject({ title: 'My Oven', description: 'Slow bread', language: 'de' });
  });

  it('of Atom, RSS 1.0 and JSON Feed is read the same way', () => {
    expect(readFeed(atom('<link rel="next" href="?page=2"/>'), 'https://a.example/feed')).toMatchObject({
      title: 'Atoms',
      next: 'https://a.example/feed?page=2',
      posts: [{ id: 'urn:1', title: 'A & B', text: 'Hi', postedAt: '2026-01-02T03:04:05.000Z', comments: null }],
    });
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://r.example/"><title>R</title><link>https://r.example/</link><description>d</description></channel>
      <item rdf:about="https://r.example/1"><title>One</title><link>https://r.example/1</link><dc:date>2026-02-03T04:05:06Z</dc:date></item></rdf:RDF>`;
    expect(readFeed(rdf, 'https://r.example/')?.posts).toMatchObject([
      { url: 'https://r.example/1', postedAt: '2026-02-03T04:05:06.000Z' },
    ]);
    const json = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      items: [
        {
          id: '1',
          url: 'https://j.example/1',
          content_html: '<p>x</p>',
          date_published: '2026-02-07T14:04:00-05:00',
          tags: ['Q'],
          _own: 1,
        },
        { url: 'https://j.example/2' },
      ],
    };
    expect(readFeed(JSON.stringify(json), 'https://j.example/feed.json')?.posts).toMatchObject([
      { id: '1', text: 'x', postedAt: '2026-02-07T19:04:00.000Z', tags: ['q'] },
      { id: 'https://j.example/2' },
    ]);
  });

  it('that is none is told as none, and dates that are none as unknown', () => {
    for (const text of ['', '<html><body>Hi</body></html>', '{"a":1}', '<rss', '\u0000'])
      expect([text, readFeed(text, 'https://x.example/')?.posts.length ?? null]).toEqual([text, null]);
    const odd = readFeed(
      rss('<item><guid>x</guid><pubDate>soon</pubDate></item><item><title>No id</title></item>'),
      'https://x.example/',
    );
    expect(odd?.posts).toMatchObject([{ id: 'x', postedAt: null, url: null }]);
  });
});

describe('the connector of blogs', () => {
  let run: ConnectorRun;
  beforeEach(async () => {
    run = await openConnectorRun(createFeeds);
  });
  afterEach(() => run.server.close());

  const replay = (pages: Record<string, ReplayAnswer>) =>
    run.server.answer(
      ({ origin, path, query }) => pages[`${origin}${path}${query.size > 0 ? `?${query}` : ''}`] ?? { status: 404 },
    );
  const page =
    '<html lang="de"><head><title>My Oven</title><meta property="og:image" content="/i.png"><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed"><link type="application/rss+xml" rel="alternate" href="/rss"></head></html>';

  it('finds the feed the page names, passing over that of comments', async () => {
    replay({ 'https://my-oven.example/': { body: page }, 'https://my-oven.example/rss': { body: rss(item('a')) } });
    const steps = await run.readAll('profile', 'my-oven.example');
    expect(steps).toHaveLength(2);
    expect(steps[1]).toMatchObject({
      creators: [
        {
          languages: ['de'],
          profiles: [{ platform: 'blog', handle: 'my-oven.example', displayName: 'My Oven', bio: 'Slow bread' }],
        },
      ],
      posts: [{ externalId: 'a', format: 'article', hashtags: ['rye bread', 'rye'], mentions: ['millhouse'] }],
      pictures: [{ url: 'https://my-oven.example/i.png' }],
      missing: [{ field: 'followers' }],
    });
  });

  it('tries where feeds usually lie, reads older pages within bounds, and says when there is none', async () => {
    replay({
      'https://a.example/': { body: '<html></html>' },
      'https://a.example/atom.xml': { body: atom('<link rel="next" href="/atom.xml?page=2"/>') },
      'https://a.example/atom.xml?page=2': { body: atom('<link rel="next" href="/atom.xml?page=2"/>') },
    });
    const steps = await run.readAll('profile', 'a.example');
    expect(steps.flatMap((step) => step.posts).map((post) => post.externalId)).toEqual(['urn:1', 'urn:1']);
    replay({ 'https://b.example/': { body: '<html><title>B</title></html>' } });
    const none = (await run.readAll('profile', 'b.example')).at(-1);
    expect(none).toMatchObject({
      creators: [{ profiles: [{ displayName: 'B' }] }],
      posts: [],
      missing: [{ field: 'posts' }],
    });
  });

  it('tells a site that is gone, closed or away', async () => {
    const expected = { 410: 'gone', 403: 'closed', 503: 'unavailable', 429: 'rate_limited' };
    for (const [status, kind] of Object.entries(expected)) {
      run.server.answer(() => ({ status: Number(status) }));
      expect(await run.fault('profile', 'x.example')).toMatchObject({ kind });
    }
  });
});
