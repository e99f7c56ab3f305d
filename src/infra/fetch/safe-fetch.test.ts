import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { isPublicAddress } from './check-address.ts';
import { checkUrl } from './check-url.ts';
import { createSafeFetch } from './safe-fetch.ts';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

describe('checkUrl', () => {
  it('refuses every spelling of loopback, private and metadata addresses', () => {
    const inside = [
      'http://127.0.0.1/',
      'http://0177.0.0.1/',
      'http://0x7f000001/',
      'http://2130706433/',
      'http://127.1/',
      'http://①②⑦.0.0.1/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:a9fe:a9fe]/',
      'http://[64:ff9b::10.0.0.1]/',
      'http://[fd00:ec2::254]/',
      'http://[fe80::1]/',
      'http://169.254.169.254/latest/meta-data/',
      'http://metadata.google.internal/',
      'http://LOCALHOST./',
      'http://printer.local/',
      'http://100.64.0.1/',
      'http://192.168.1.1.:8080/',
      'http://user:pass@example.com/',
      'http://localhoste\\@localhost/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'http://[2002:7f00:1::]/',
      '',
    ];
    expect(inside.filter((address) => checkUrl(address).ok)).toEqual([]);
  });

  it('lets through public names and addresses, with or without a scheme', () => {
    const outside = ['example.com', 'https://example.com:8443/a?b=c', 'http://8.8.8.8/', 'http://[2606:4700::1111]/'];
    expect(outside.filter((address) => !checkUrl(address).ok)).toEqual([]);
  });

  it('says the same of an IPv4 address and of each IPv6 form that carries it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const isOpen = isPublicAddress(address);
        for (const form of [`::ffff:${address}`, `64:ff9b::${address}`, `::${address}`])
          expect([form, isPublicAddress(form)]).toEqual([form, isOpen]);
      }),
    );
  });
});

describe('safe fetch', () => {
  it('reaches no server of this machine unless a test names it', async () => {
    let asked = 0;
    const host = await serve((_request, response) => {
      asked += 1;
      response.end('inside');
    });
    await expect(createSafeFetch()(`http://${host}/`)).rejects.toMatchObject({ code: 'fetch.refused' });
    expect(asked).toBe(0);
    const answer = await createSafeFetch({ allowedLocal: [host] })(`http://${host}/`);
    expect(answer.body.toString()).toBe('inside');
  });

  it('refuses a redirect to an address inside', async () => {
    let asked = 0;
    const inside = await serve((_request, response) => {
      asked += 1;
      response.end('secret');
    });
    const outside = await serve((_request, response) =>
      response.writeHead(302, { location: `http://${inside}/` }).end(),
    );
    const fetch = createSafeFetch({ allowedLocal: [outside] });
    await expect(fetch(`http://${outside}/`)).rejects.toMatchObject({ code: 'fetch.refused' });
    expect(asked).toBe(0);
  });

  it('refuses a public name that leads to an address inside, also when only one of its addresses does', async () => {
    for (const addresses of [['127.0.0.1'], ['10.1.2.3'], ['8.8.8.8', '169.254.169.254'], ['::ffff:192.168.0.1']]) {
      const fetch = createSafeFetch({ resolve: async () => addresses });
      await expect(fetch('http://rebind.example/')).rejects.toMatchObject({ code: 'fetch.refused' });
    }
  });

  it('connects to the address it checked and asks the resolver once', async () => {
    const host = await serve((request, response) => response.end(request.headers.host));
    const port = host.split(':')[1];
    let asked = 0;
    const fetch = createSafeFetch({
      allowedLocal: [`feeds.example:${port}`],
      resolve: async () => {
        asked += 1;
        return asked === 1 ? ['127.0.0.1'] : ['127.0.0.2'];
      },
    });
    const answer = await fetch(`http://feeds.example:${port}/`);
    expect(answer.body.toString()).toBe(`feeds.example:${port}`);
    expect(asked).toBe(1);
  });

  it('stops at the bound of bytes, packed or not, at the bound of time and of redirects', async () => {
    const big = gzipSync(Buffer.alloc(20_000_000));
    const host = await serve((request, response) => {
      if (request.url === '/bomb') response.writeHead(200, { 'content-encoding': 'gzip' }).end(big);
      else if (request.url === '/plain') response.end(Buffer.alloc(300_000));
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
      else response.write('waiting');
    });
    const fetch = createSafeFetch({ allowedLocal: [host] });
    await expect(fetch(`http://${host}/bomb`)).rejects.toMatchObject({ code: 'fetch.too_large' });
    await expect(fetch(`http://${host}/plain`, { bytesMax: 1000 })).rejects.toMatchObject({ code: 'fetch.too_large' });
    await expect(fetch(`http://${host}/slow`, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'fetch.timed_out' });
    await expect(fetch(`http://${host}/round`)).rejects.toMatchObject({ code: 'fetch.too_many_redirects' });
  });

  it('takes a key no further than the origin it was meant for', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization, request.method);
      response.end();
    });
    const first = await serve((_request, response) => response.writeHead(307, { location: `http://${other}/` }).end());
    const fetch = createSafeFetch({ allowedLocal: [first, other] });
    await fetch(`http://${first}/`, { method: 'POST', body: 'token=x', headers: { Authorization: 'Bearer x' } });
    expect(seen).toEqual([undefined, 'GET']);
  });

  it('names the host of what cannot be reached, never its parameters', async () => {
    const fetch = createSafeFetch({ allowedLocal: ['127.0.0.1:1'] });
    const failure = await fetch('http://127.0.0.1:1/?key=secret').catch((error: Error) => error.message);
    expect(failure).toBe('127.0.0.1 could not be reached (ECONNREFUSED).');
  });
});
