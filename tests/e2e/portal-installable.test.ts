import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { z } from 'zod';

const folder = new URL('../../src/web/portal/installable/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

interface Asked {
  url: string;
  mode: string;
}

/** The worker as a browser runs it, on a network that is away or there. Tells what it kept and how it answered. */
function startWorker(network: (asked: Asked) => Promise<string>) {
  const handlers = new Map<string, (event: unknown) => void>();
  const kept: string[] = [];
  const cache = { add: (asked: Asked) => Promise.resolve(void kept.push(asked.url)) };
  runInNewContext(read('sw.js'), {
    Request: class {
      url: string;
      constructor(url: string) {
        this.url = url;
      }
    },
    fetch: network,
    caches: {
      open: () => Promise.resolve(cache),
      keys: () => Promise.resolve([]),
      match: (url: string) => Promise.resolve(kept.includes(url) ? `kept ${url}` : undefined),
    },
    self: {
      addEventListener: (name: string, handle: (event: unknown) => void) => handlers.set(name, handle),
      skipWaiting: () => undefined,
      clients: { claim: () => Promise.resolve() },
    },
  });
  const tell = async (name: string) => {
    const waits: Promise<unknown>[] = [];
    handlers.get(name)?.({ waitUntil: (work: Promise<unknown>) => waits.push(work) });
    await Promise.all(waits);
  };
  const ask = async (request: Asked) => {
    let answer: Promise<unknown> | null = null;
    handlers.get('fetch')?.({ request, respondWith: (given: Promise<unknown>) => (answer = given) });
    return answer === null ? 'not touched' : await answer;
  };
  return { tell, ask, kept };
}

test('the worker keeps the page for no connection and nothing else, whatever is opened', async () => {
  let isAway = false;
  const worker = startWorker((asked) =>
    isAway ? Promise.reject(new Error('away')) : Promise.resolve(`page ${asked.url}`),
  );
  await worker.tell('install');
  await worker.tell('activate');
  expect(await worker.ask({ url: '/p/brief', mode: 'navigate' })).toBe('page /p/brief');
  for (const mode of ['cors', 'no-cors', 'same-origin'])
    expect(await worker.ask({ url: '/api/v1/portal/home', mode })).toBe('not touched');
  isAway = true;
  expect(await worker.ask({ url: '/p/brief', mode: 'navigate' })).toBe('kept /p/offline.html');
  expect(await worker.ask({ url: '/api/v1/portal/home', mode: 'cors' })).toBe('not touched');
  expect(worker.kept).toEqual(['/p/offline.html']);
});

test('the manifest names only what is there, and the page for no connection asks nothing of anybody', () => {
  const icon = z.object({ src: z.string(), sizes: z.string(), purpose: z.string() });
  const manifest = z
    .object({
      start_url: z.literal('/p/'),
      scope: z.literal('/p/'),
      display: z.literal('standalone'),
      icons: z.array(icon),
    })
    .parse(JSON.parse(read('manifest.webmanifest')));
  expect(manifest.icons.map((one) => one.sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
  for (const { src, sizes } of manifest.icons) {
    const png = readFileSync(new URL(src.replace('/p/', ''), folder));
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
  }
  const page = read('offline.html');
  expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/u);
});
