import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import {
  createCode,
  createLink,
  createOrder,
  createRosterCodes,
  listCodes,
  listOrders,
  refundOrder,
} from '#modules/tracking/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { explainOrder, getAttributionSettings, policySchema, updateAttributionSettings } from './api.ts';
import { readCredits } from './index.ts';
import type { Case, Policies } from './rules/credit-case.ts';
import { decideCredit } from './rules/decide-credit.ts';

const at = (text: string) => new Date(`2026-05-${text}:00Z`);
const owner = (n: number) => ({ personId: `per_${n}`, campaignId: 'cmp_1', enrolmentId: `enr_${n}` });
const click = (n: number, when: string, over = {}) => ({
  clickId: `click-${n}`,
  linkId: `lnk_${n}`,
  slug: `creator-${n}`,
  clickedAt: at(when),
  dropReason: null,
  ...owner(n),
  ...over,
});
const code = (n: number, text: string, over = {}) => ({
  codeId: `cod_${n}`,
  codeKey: text,
  code: text,
  startsAt: null,
  endsAt: null,
  ...owner(n),
  ...over,
});

const within = (days: number): Policies => ({
  workspace: {
    version: 1,
    campaignId: null,
    policy: policySchema.parse({ windows: { firstDays: days, repeatDays: days } }),
  },
  campaigns: new Map(),
});

function aCase(over: Partial<Case>): Case {
  const codes = over.codes ?? [];
  return {
    orderedAt: at('20T12:00'),
    isCancelled: false,
    codes,
    codeKeys: codes,
    clickIds: (over.knownClicks ?? []).map((one) => one.clickId),
    knownCodes: [],
    knownClicks: [],
    occasion: 'first',
    bound: null,
    said: null,
    ...over,
  };
}

describe('who is credited', () => {
  it('is the last click within the window, and the earlier ones are told', () => {
    const decision = decideCredit(aCase({ knownClicks: [click(1, '18T12:00'), click(2, '20T09:00')] }), within(30));
    expect(decision).toMatchObject({
      rule: 'link',
      winner: { personId: 'per_2' },
      losers: [{ personId: 'per_1', why: 'An earlier click; the last one before the order counts.' }],
    });
    expect(decision.reason).toBe('Last click within 30 days: /creator-2, 3 hours before the order; no code was used.');
  });

  it('is the owner of the code before any click', () => {
    const decision = decideCredit(
      aCase({ codes: ['NELL10'], knownCodes: [code(1, 'NELL10')], knownClicks: [click(2, '20T11:59')] }),
      within(30),
    );
    expect(decision).toMatchObject({
      rule: 'code',
      winner: { personId: 'per_1' },
      losers: [{ personId: 'per_2', why: 'A code beats a link, and NELL10 was used.' }],
    });
  });

  it('is the clicked creator when the code belongs to nobody, is unknown, or was not running', () => {
    const knownCodes = [
      code(1, 'SITE', { personId: null, campaignId: null, enrolmentId: null }),
      code(2, 'OLD', { endsAt: at('01T00:00') }),
      code(3, 'SOON', { startsAt: at('21T00:00') }),
    ];
    const decision = decideCredit(
      aCase({ codes: ['SITE', 'OLD', 'SOON', 'WHAT'], knownCodes, knownClicks: [click(9, '19T12:00')] }),
      within(30),
    );
    expect(decision).toMatchObject({ rule: 'link', winner: { personId: 'per_9' } });
    expect(decision.losers.map((loser) => loser.why)).toEqual([
      'The code belongs to no creator.',
      'The code ended on 2026-05-01, before the order.',
      'The code begins on 2026-05-21, after the order.',
      'No code of that name is known here.',
    ]);
  });

  it('is nobody when every touch is too old, later than the order, a bot or unknown, and the reason says each', () => {
    const knownClicks = [click(1, '01T12:00'), click(2, '20T13:00'), click(3, '20T11:00', { dropReason: 'bot' })];
    const decision = decideCredit(
      aCase({ knownClicks, clickIds: ['click-1', 'click-2', 'click-3', 'nobody-knows'] }),
      within(7),
    );
    expect(decision).toMatchObject({ rule: 'none', winner: null });
    expect(decision.reason).toContain('19 days before the order; only 7 days count');
    expect(decision.reason).toContain('1 hour after the order');
    expect(decision.reason).toContain('not counted (bot)');
    expect(decision.reason).toContain('No click of that id is known');
    expect(decideCredit(aCase({}), within(30)).reason).toBe(
      'Nobody is credited: the order names no code and no click.',
    );
  });

  it('does not depend on the order in which the touches are known', () => {
    const clicks = [click(1, '18T12:00'), click(2, '20T09:00'), click(3, '20T09:00'), click(4, '20T12:03')];
    const codes = [code(5, 'A'), code(6, 'B')];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(clicks, { minLength: 4 }),
        fc.shuffledSubarray(codes, { minLength: 2 }),
        fc.boolean(),
        (knownClicks, knownCodes, withCodes) => {
          const used = withCodes ? ['A', 'B'] : [];
          const decided = decideCredit(aCase({ codes: used, knownClicks, knownCodes }), within(30));
          expect(decided).toEqual(
            decideCredit(aCase({ codes: used, knownClicks: clicks, knownCodes: codes }), within(30)),
          );
          expect(decided.losers.length + (decided.winner === null ? 0 : 1)).toBe(clicks.length + used.length);
        },
      ),
    );
  });
});

describe('credit in a workspace', () => {
  let test: TestCore;
  let server: Server;
  let origin: string;
  let client: Client;
  let workspaceId: string;
  let roster: TestRoster;

  beforeAll(async () => {
    test = await openTestCore();
    workspaceId = await test.database.createWorkspace('brand');
    client = test.client('brand');
    roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'tomasz.brews']);
    server = createServer((request, response) => {
      if (!test.core.modules.tracking.redirect(request, response)) response.writeHead(418).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await test.close();
  });

  const money = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
  const soon = () => new Date(Date.now() + 60_000).toISOString();

  async function clickOn(slug: string): Promise<string> {
    const answer = await fetch(`${origin}/${slug}`, {
      redirect: 'manual',
      headers: {
        'user-agent':
          'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36',
      },
    });
    return new URL(answer.headers.get('location') ?? '').searchParams.get('rapport_click') ?? '';
  }

  async function settled(): Promise<void> {
    await test.core.modules.tracking.settleClicks();
    await test.core.infra.outbox.settle();
  }

  it('follows a click that is drained after its order, and a code that is made after its order', async () => {
    const [nell, tomasz] = roster.enrolments;
    await client.call(createLink, { destination: 'https://shop.example/', slug: 'late-click', enrolmentId: nell?.id });
    const clickId = await clickOn('late-click');
    const { order } = await client.call(createOrder, {
      id: 'late',
      orderedAt: soon(),
      amount: money('5000'),
      clickIds: [clickId],
      codes: ['TOMASZ15'],
    });
    await settled();
    const first = await client.call(explainOrder, { orderId: order.id });
    expect(first).toMatchObject({
      rule: 'link',
      winner: { label: '/late-click', creator: { personId: nell?.personId, handle: 'nell.bakes' } },
      credited: { amountMinor: '5000' },
    });
    expect(first.losers).toMatchObject([{ label: 'TOMASZ15', why: 'No code of that name is known here.' }]);

    await client.call(createCode, { code: 'Tomasz15', percent: 15, enrolmentId: tomasz?.id });
    await settled();
    const second = await client.call(explainOrder, { orderId: order.id });
    expect(second).toMatchObject({
      rule: 'code',
      winner: { creator: { handle: 'tomasz.brews' } },
      losers: [{ creator: { handle: 'nell.bakes' }, why: expect.stringContaining('A code beats a link') }],
    });
    expect(
      (await client.call(listOrders, { personId: tomasz?.personId ?? '' })).rows.map((row) => row.externalId),
    ).toEqual(['late']);

    await client.call(refundOrder, { orderId: order.id, id: 'r', amount: money('2000') });
    await settled();
    const today = new Date().toISOString().slice(0, 10);
    const credits = await test.database.db.inWorkspace(workspaceId, (tx) =>
      readCredits(tx, { workspaceId, campaignId: roster.campaignId, from: today, to: today, timeZone: 'UTC' }),
    );
    expect(credits).toMatchObject([
      { enrolmentId: tomasz?.id, orders: 1n, byCode: 1n, byLink: 0n, creditedMinor: 3000n },
    ]);
  });

  it('makes readable codes for a roster, one a creator, without clashes', async () => {
    const more = await aCampaign(test.database, workspaceId, ['nell.one', 'nell.two', 'nell.three']);
    const made = await client.call(createRosterCodes, { campaignId: more.campaignId, percent: 10 });
    expect(made.created).toBe(3);
    expect(new Set(made.codes.map((one) => one.code)).size).toBe(3);
    expect(made.codes.map((one) => one.code)).toContain('NELL10');
    for (const one of made.codes) expect(one.code).toMatch(/^NELL[A-Z0-9]{0,6}10$/);
    expect(await client.call(createRosterCodes, { campaignId: more.campaignId, percent: 10 })).toMatchObject({
      created: 0,
      existing: 3,
    });
    expect((await client.call(listCodes, { campaignId: more.campaignId })).rows).toHaveLength(3);
  });

  it('is decided anew when the window changes', async () => {
    expect((await client.call(getAttributionSettings, {})).workspace).toMatchObject({
      version: 0,
      policy: { windows: { firstDays: 30 } },
    });
    const clickId = await clickOn('late-click');
    const inTwentyHours = new Date(Date.now() + 20 * 3_600_000).toISOString();
    const { order } = await client.call(createOrder, {
      id: 'window',
      orderedAt: inTwentyHours,
      amount: money('100'),
      clickIds: [clickId],
    });
    await settled();
    expect(await client.call(explainOrder, { orderId: order.id })).toMatchObject({ rule: 'link', windowDays: 30 });
    await client.call(updateAttributionSettings, { policy: { windows: { firstDays: 1, repeatDays: 1 } } });
    await expect
      .poll(async () => (await client.call(explainOrder, { orderId: order.id })).windowDays, { timeout: 10_000 })
      .toBe(1);
  });
});
