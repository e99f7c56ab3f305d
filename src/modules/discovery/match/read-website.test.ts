import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { createSafeFetch } from '#infra/fetch/safe-fetch.ts';
import { AppError } from '#kernel/errors.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { readWebsite } from '../api.ts';
import { textOfPage } from './rules/text-of-page.ts';

const shop = `<!doctype html><html><head><meta charset="utf-8"><title>Oats &amp; Mornings</title>
<meta name="description" content="Barista oat drink for slow mornings"><style>b{color:red}</style></head>
<body><nav><a href="/">Home</a><a>Basket</a></nav><script>if (1 < 2) document.write("<p>never read</p>")</script>
<h1>Slow <em>mornings</em></h1><p>We roast oats, bake sourdough bread and<br>brew coffee for people at home.</p><!-- > a note -->
<P>Caf&eacute; &#8211; open &#x1F950; all week, with warm bread from our own oven</P><footer>Imprint</footer></body></html>`;

describe('the text of a web page', () => {
  it('is its title, description and what is read, without scripts, styles, menus and footers', () => {
    expect(textOfPage(shop)).toEqual({
      title: 'Oats & Mornings',
      text: [
        'Oats & Mornings',
        'Barista oat drink for slow mornings',
        'Slow mornings',
        'We roast oats, bake sourdough bread and',
        'brew coffee for people at home.',
        'Café – open 🥐 all week, with warm bread from our own oven',
      ].join('\n'),
    });
  });

  it('is read to the end however broken the page is, in time that grows with its length', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</',
      '<p',
      '<script>',
      '</script',
      '<!--',
      '-->',
      '&amp',
      '&#x;',
      'İ',
      'a b',
      '<title>',
      '"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        expect(textOfPage(parts.join('')).text).not.toContain('<script');
      }),
    );
    const startedMs = performance.now();
    for (const piece of ['<p ', '<meta name=x ', '<script', '<!-- ', '&', '<nav>']) textOfPage(piece.repeat(150_000));
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });
});

describe('a website as a brief', () => {
  let server: Server;
  let test: TestCore;
  let client: Client;
  let address: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/shop') response.setHeader('content-type', 'text/html').end(shop);
      else if (request.url === '/old')
        response
          .setHeader('content-type', 'text/html; charset=iso-8859-1')
          .end(Buffer.from(`<p>${'Brot und Brötchen backen wir jeden Tag '.repeat(3)}</p>`, 'latin1'));
      else if (request.url === '/picture') response.setHeader('content-type', 'image/png').end('x');
      else if (request.url === '/drawn') response.setHeader('content-type', 'text/html').end('<div id="root"></div>');
      else if (request.url === '/inside') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      else response.writeHead(404).end('no');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    address = `http://${place}`;
    test = await openTestCore({ fetch: createSafeFetch({ allowedLocal: [place] }) });
    await test.database.createWorkspace('mine');
    client = test.client('mine');
  });
  afterAll(async () => {
    await test.close();
    server.close();
  });
  const failure = (path: string) =>
    client.call(readWebsite, { url: path.startsWith('/') ? `${address}${path}` : path }).then(
      () => 'no error',
      (error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : String(error)),
    );

  it('is fetched when its address is given, in the charset it names, cut where it is asked to be', async () => {
    expect(await client.call(readWebsite, { url: `${address}/shop` })).toMatchObject({
      title: 'Oats & Mornings',
      isCut: false,
    });
    expect((await client.call(readWebsite, { url: `${address}/old` })).text).toContain('Brötchen');
  });

  it('says what is wrong when it is no page of text, is not there, or lies inside', async () => {
    expect(await failure('/picture')).toMatch(/discovery.website: .*image\/png/);
    expect(await failure('/nowhere')).toMatch(/discovery.website: .*status 404/);
    expect(await failure('/drawn')).toMatch(/discovery.website: .*0 words.*paste/);
    expect(await failure('/inside')).toMatch(/fetch.refused/);
    expect(await failure('http://localhost/admin')).toMatch(/fetch.refused/);
    expect(await failure('file:///etc/passwd')).toMatch(/fetch.refused/);
    expect(await failure('not an address')).toMatch(/fetch\.(refused|unreachable)/);
  });
});
