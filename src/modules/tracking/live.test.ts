import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { systemClock } from '#infra/clock.ts';
import { createLogger } from '#infra/log.ts';
import { createOutbox } from '#infra/outbox/outbox.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createLink, createOrder, watchTracking } from './api.ts';
import { createClickIds, dayOfClickId } from './click-id.ts';
import { storeBatch } from './store-batch.ts';

const ids = createClickIds('the secret of the tests');
let test: TestCore;
let client: Client;
let workspaceId: string;
let linkId: string;

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('live');
  client = test.client('live');
  linkId = (await client.call(createLink, { destination: 'https://shop.example/', slug: 'seen' })).id;
});
afterAll(() => test.close());

/** Stores clicks as another process does: this one hears of it only through the database. */
async function storeElsewhere(count: number): Promise<string[]> {
  const outbox = createOutbox(test.database.db, systemClock, createLogger('silent'));
  const made = Array.from({ length: count }, (_, at) => {
    const clickedAt = new Date();
    const clickId = ids.make(linkId, clickedAt.getTime());
    const visitorHash = `${Date.now().toString(16)}${at.toString(16)}`.padStart(32, '0');
    return {
      workspaceId,
      linkId,
      clickId,
      day: dayOfClickId(clickId) ?? '',
      clickedAt,
      dropReason: null,
      visitorHash,
      country: 'IE',
      device: 'mobile',
      browser: 'Safari',
      referrerHost: null,
      os: 'iOS',
      channel: 'Direct',
      isQr: false,
      consent: 'unasked',
      route: null,
      prefixHash: null,
      adParam: null,
    };
  });
  await test.database.db.asSystem((tx) => storeBatch(tx, { outbox }, made));
  return made.map((click) => click.clickId);
}

/** Reads a stream until `enough` of what came; gives the text and the id of the last event. */
async function watch(
  input: { since?: string; campaignId?: string },
  during: () => Promise<unknown>,
  enough: (text: string) => boolean,
): Promise<{ text: string; lastId: string }> {
  const stop = new AbortController();
  const stream = await client.open(watchTracking, input, stop.signal);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = (await reader?.read())?.value ?? '';
  await during();
  while (!enough(text)) text += (await reader?.read())?.value ?? '';
  stop.abort();
  await reader?.cancel().catch(() => undefined);
  return { text, lastId: [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '' };
}

it('what another process stores is seen, and who lost the stream goes on without a gap', async () => {
  let first: string[] = [];
  const before = await watch(
    {},
    async () => {
      first = await storeElsewhere(1);
    },
    (text) => text.includes('event: click'),
  );
  expect(before.text).toContain(first[0]);
  const missed = await storeElsewhere(2);
  await client.call(createOrder, {
    id: 'live-1',
    amount: { amountMinor: '1500', currency: 'USD' },
    orderedAt: new Date().toISOString(),
  });
  const after = await watch(
    { since: before.lastId },
    () => Promise.resolve(),
    (text) => text.includes('event: order'),
  );
  for (const id of missed) expect(after.text).toContain(id);
  expect(after.text).not.toContain('event: skipped');
});

it('of many at once the newest are shown, and it says how many are not', async () => {
  const { text } = await watch(
    {},
    () => storeElsewhere(45),
    (seen) => seen.split('event: click').length > 20,
  );
  expect(text).toContain('event: skipped');
  expect(text).toContain('"clicks":25');
});

it('an id of another database, or from too long ago, begins anew and says so; another campaign shows nothing of it', async () => {
  const old = Buffer.from(JSON.stringify(['1', Date.now() - 3_600_000, 'elsewhere'])).toString('base64url');
  for (const since of [old, 'no id at all']) {
    const { text } = await watch(
      { since },
      () => Promise.resolve(),
      (seen) => seen.includes('event: skipped'),
    );
    expect(text).toContain('"reason":"away"');
  }
  const { text } = await watch(
    { campaignId: 'cmp_other' },
    () => storeElsewhere(30),
    (seen) => seen.includes('event: skipped'),
  );
  expect(text).not.toContain('event: click');
});
