import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { explainOrder } from '#modules/attribution/api.ts';
import { aCampaign } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createLink, createOrder, getLink } from './api.ts';

const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let nowMs = Date.parse('2026-06-10T23:20:00Z');
let test: TestCore;
let server: Server;
let workspaceId: string;

beforeAll(async () => {
  test = await openTestCore({ clock: { now: () => new Date(nowMs) } });
  workspaceId = await test.database.createWorkspace('clock');
  server = createServer((request, response) => {
    if (!test.core.modules.tracking.redirect(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await test.close();
});

it('when the clock jumps back an hour, over midnight, and a day ahead, no click is lost or counted twice within its hour, and windows hold', async () => {
  const client = test.client('clock');
  const roster = await aCampaign(test.database, workspaceId, ['ann.bakes']);
  const enrolmentId = roster.enrolments[0]?.id ?? '';
  const link = await client.call(createLink, { destination: 'https://shop.example/', slug: 'jumps', enrolmentId });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const visit = async (who: string): Promise<string> => {
    const answer = await fetch(`${origin}/jumps`, {
      redirect: 'manual',
      headers: { 'user-agent': `${browser} ${who}` },
    });
    expect(answer.status).toBe(302);
    return new URL(answer.headers.get('location') ?? '').searchParams.get('rapport_click') ?? '';
  };
  const totals = async () => {
    await test.core.modules.tracking.settleClicks();
    const { clicks, dropped } = await client.call(getLink, { linkId: link.id });
    return [clicks, dropped];
  };
  const given = new Set<string>();
  const step = async (jumpMs: number) => {
    nowMs += jumpMs;
    given.add(await visit('Ann'));
    return await totals();
  };
  expect(await step(0)).toEqual([1, 0]);
  // Past midnight: another salt, another hour. Then back before it: the hour and the salt from before, so the same visitor.
  expect(await step(50 * minuteMs)).toEqual([2, 0]);
  expect(await step(-45 * minuteMs)).toEqual([2, 1]);
  expect(await step(45 * minuteMs)).toEqual([2, 2]);
  // A day ahead, and back again.
  expect(await step(24 * hourMs)).toEqual([3, 2]);
  const ahead = [...given].at(-1) ?? '';
  expect(await step(-24 * hourMs)).toEqual([3, 3]);
  const stored = await test.database.db.asSystem((tx) => tx.selectFrom('click').select('click_id').execute());
  expect(stored.map((row) => row.click_id).sort()).toEqual([...given].sort());
  // An order does not count a click that the clock put after it.
  const { order } = await client.call(createOrder, {
    id: 'after-the-jump',
    orderedAt: new Date(nowMs).toISOString(),
    amount: { amountMinor: '1000', currency: 'EUR' },
    clickIds: [ahead],
  });
  await test.core.infra.outbox.settle();
  const why = await client.call(explainOrder, { orderId: order.id });
  expect(why).toMatchObject({ rule: 'none', losers: [{ why: expect.stringContaining('after the order') }] });
});
