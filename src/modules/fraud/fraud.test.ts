import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { explainOrder } from '#modules/attribution/api.ts';
import { getPortalHome } from '#modules/portal/api.ts';
import { createCode, createLink, createOrder, refundOrder } from '#modules/tracking/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  answerFraudAppeal,
  appealPortalHold,
  fraudPolicySchema,
  getCreatorFraud,
  getFraudGroup,
  getFraudSettings,
  getFraudSummary,
  getOrderFraud,
  listFraudBans,
  listFraudGroups,
  listPortalHolds,
  reopenFraudGroup,
  resolveFraudGroups,
  updateFraudSettings,
} from './api.ts';
import { judgeAll, judgeDue, lookAtNight } from './index.ts';

const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36';

describe('fraud in a workspace', () => {
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
    roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'tomasz.brews', 'ada.knits']);
    const [nell] = roster.enrolments;
    await test.database.db.inWorkspace(workspaceId, (tx) =>
      tx
        .updateTable('person')
        .set({ emails: ['Nell.Baker@gmail.com'] })
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', nell?.personId ?? '')
        .execute(),
    );
    server = createServer((request, response) => {
      if (!test.core.modules.tracking.redirect(request, response)) response.writeHead(418).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const [at, slug] of ['nell', 'tomasz', 'ada'].entries())
      await client.call(createLink, {
        destination: slug === 'tomasz' ? 'https://shop.example/checkout' : 'https://shop.example/',
        slug,
        enrolmentId: roster.enrolments[at]?.id,
      });
    await client.call(createCode, { code: 'NELL10', percent: 10, enrolmentId: nell?.id });
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await test.close();
  });

  const personOf = (at: number) => roster.enrolments[at]?.personId ?? '';
  const soon = (ms = 1000) => new Date(Date.now() + ms).toISOString();

  async function clickOn(slug: string, headers: Record<string, string> = {}, query = ''): Promise<string> {
    const answer = await fetch(`${origin}/${slug}${query}`, {
      redirect: 'manual',
      headers: { 'user-agent': agent, ...headers },
    });
    return new URL(answer.headers.get('location') ?? '').searchParams.get('rapport_click') ?? '';
  }

  async function settled(): Promise<void> {
    await test.core.modules.tracking.settleClicks();
    await test.core.infra.outbox.settle();
  }

  interface Wish {
    id: string;
    clickIds?: string[];
    codes?: string[];
    email?: string;
    orderedAt?: string;
  }

  async function order({ id, clickIds = [], codes = [], email, orderedAt = soon() }: Wish): Promise<string> {
    const made = await client.call(createOrder, {
      id,
      orderedAt,
      amount: { amountMinor: '5000', currency: 'EUR' },
      clickIds,
      codes,
      customer: email === undefined ? undefined : { email, isNew: true },
    });
    return made.order.id;
  }

  const credited = async (orderId: string) => {
    const { rule, credited: money, winner } = await client.call(explainOrder, { orderId });
    return { rule, minor: money.amountMinor, creator: winner?.creator?.handle ?? null };
  };
  const openGroups = async (filter = {}) => (await client.call(listFraudGroups, { state: 'open', ...filter })).rows;

  it('holds an order that the creator bought, withdraws its credit with a reversal when it is fraud, and gives it back when reopened', async () => {
    const orderId = await order({ id: 'own', codes: ['NELL10'], email: 'nellbaker+shop@googlemail.com' });
    await settled();
    expect(await client.call(getOrderFraud, { orderId })).toMatchObject({ state: 'held', score: 60 });
    expect(await client.call(getFraudSummary, {})).toMatchObject({
      open: 1,
      heldOrders: 1,
      held: [{ amountMinor: '5000', currency: 'EUR' }],
    });
    const [group] = await openGroups();
    expect(group).toMatchObject({ rule: 'customer-email-match', mode: 'enforce', orders: 1, findings: 1 });
    const { events } = await client.call(getFraudGroup, { groupId: group?.id ?? '' });
    expect(events[0]?.evidence).toMatchObject([{ kind: 'order', id: orderId }, { kind: 'code' }]);

    const resolved = await client.call(resolveFraudGroups, {
      groupIds: [group?.id ?? ''],
      outcome: 'fraud',
      reason: 'Bought it herself',
      ban: 'fraud',
    });
    expect(resolved).toMatchObject({ resolved: 1, withdrawnOrders: 1, banned: 1 });
    await settled();
    expect(await credited(orderId)).toEqual({ rule: 'none', minor: '0', creator: null });
    const { history, losers } = await client.call(explainOrder, { orderId });
    expect(history.map((change) => change.moved.amountMinor)).toEqual(['5000', '-5000']);
    expect(losers[0]?.why).toContain('Withdrawn as fraud');
    expect(await client.call(getOrderFraud, { orderId })).toMatchObject({ state: 'withdrawn' });
    expect((await client.call(listFraudBans, {})).rows).toMatchObject([{ reason: 'fraud' }]);
    expect(
      await client.call(resolveFraudGroups, { groupIds: [group?.id ?? ''], outcome: 'cleared', reason: 'again' }),
    ).toMatchObject({
      resolved: 0,
      unchanged: 1,
    });

    await client.call(reopenFraudGroup, { groupId: group?.id ?? '', reason: 'She showed the parcel of a customer' });
    await settled();
    expect(await credited(orderId)).toMatchObject({ rule: 'code', minor: '5000', creator: 'nell.bakes' });
    expect(await client.call(getOrderFraud, { orderId })).toMatchObject({ state: 'held' });
  });

  it('hears the creator, who sees only what holds their own credit, and clears the group when the appeal is accepted', async () => {
    const portal = await test.portal('brand', personOf(0));
    const other = await test.portal('brand', personOf(1));
    const { rows } = await portal.call(listPortalHolds, {});
    const hold = rows.find((row) => row.title === 'The customer is the creator');
    expect(hold).toMatchObject({ isHeld: true, orders: 1, canAppeal: true });
    expect((await other.call(listPortalHolds, {})).rows).toEqual([]);
    const groupId = hold?.groupId ?? '';
    await expect(other.call(appealPortalHold, { groupId, says: 'Mine' })).rejects.toMatchObject({ code: 'not_found' });
    await portal.call(appealPortalHold, { groupId, says: 'My sister shares my mailbox.' });
    await expect(portal.call(appealPortalHold, { groupId, says: 'Please' })).rejects.toMatchObject({
      code: 'fraud.already_said',
    });
    const { appeals } = await client.call(getFraudGroup, { groupId });
    await client.call(answerFraudAppeal, { appealId: appeals[0]?.id ?? '', outcome: 'accepted', answer: 'Thank you.' });
    expect(await client.call(getFraudGroup, { groupId })).toMatchObject({ group: { state: 'cleared' } });
    await expect(
      client.call(answerFraudAppeal, { appealId: appeals[0]?.id ?? '', outcome: 'declined', answer: 'No' }),
    ).rejects.toMatchObject({ code: 'fraud.already_answered' });
    // Judged again it stays where it was decided.
    await judgeAll(test.core.infra, workspaceId);
    expect(await openGroups({ rule: 'customer-email-match' })).toEqual([]);
  });

  it('keeps the earlier creator on an order that was taken at the checkout, where the settings say so', async () => {
    const from = await clickOn('ada', { 'user-agent': `${agent} A` });
    const by = await clickOn('tomasz', { 'user-agent': `${agent} B` });
    await test.core.modules.tracking.settleClicks();
    await test.database.db.asSystem((tx) =>
      sql`update click set clicked_at = clicked_at - interval '2 hours' where click_id = ${from}`.execute(tx),
    );
    const orderId = await order({ id: 'taken', clickIds: [from, by], orderedAt: soon(20_000) });
    await settled();
    expect(await credited(orderId)).toMatchObject({ creator: 'tomasz.brews' });
    const [group] = await openGroups({ rule: 'checkout-hijack' });
    expect(group).toMatchObject({ creator: { handle: 'tomasz.brews' }, mode: 'watch' });
    const policy = fraudPolicySchema.parse({ keepsEarlier: true });
    await client.call(updateFraudSettings, { policy });
    await judgeAll(test.core.infra, workspaceId);
    await settled();
    expect(await credited(orderId)).toMatchObject({ creator: 'ada.knits', minor: '5000' });
    await client.call(updateFraudSettings, { policy: fraudPolicySchema.parse({}) });
    await judgeAll(test.core.infra, workspaceId);
    await settled();
    expect(await credited(orderId)).toMatchObject({ creator: 'tomasz.brews' });
    expect((await client.call(getFraudSettings, {})).history.map((one) => one.version)).toEqual([2, 1]);
  });

  it('tells advertisements, banned places and the device of the portal by the click, and keeps no address', async () => {
    const portal = await test.portal('brand', personOf(2));
    await portal.call(getPortalHome, {});
    const visits = await test.database.db.asSystem((tx) =>
      sql<{ person_id: string }>`select person_id from fraud_visit`.execute(tx),
    );
    expect(visits.rows).toMatchObject([{ person_id: personOf(2) }]);
    await client.call(updateFraudSettings, {
      policy: fraudPolicySchema.parse({ bannedReferrers: ['*.spam.example'] }),
    });
    const clickId = await clickOn(
      'ada',
      { referer: 'https://deals.spam.example/x', 'user-agent': `${agent} C` },
      '?gclid=secret',
    );
    const orderId = await order({ id: 'ad', clickIds: [clickId], email: 'someone@mailinator.com' });
    await settled();
    const { findings, state } = await client.call(getOrderFraud, { orderId });
    expect(state).toBe('held');
    expect(
      findings
        .filter((one) => one.state === 'hit')
        .map((one) => one.rule)
        .sort(),
    ).toEqual(['banned-referrer', 'disposable-email', 'fast-order', 'own-network', 'paid-traffic']);
    const kept = await test.database.db.asSystem((tx) =>
      sql<{ text: string }>`
      select to_jsonb(k)::text || (select string_agg(details::text, '') from order_record) as text from click k where click_id = ${clickId}`.execute(
        tx,
      ),
    );
    expect(kept.rows[0]?.text).toContain('gclid');
    expect(kept.rows[0]?.text).not.toMatch(/secret|mailinator|someone@|127\.0\.0\.1/);
  });

  it('judges a creator by their traffic with the sum of what was found, and says what it cannot know', async () => {
    await settled();
    await judgeDue(test.core.infra, workspaceId);
    const judged = await client.call(getCreatorFraud, { personId: personOf(0) });
    const points = judged.findings.reduce((sum, one) => sum + one.points, 0);
    expect(judged.score).toBe(points);
    expect(judged.findings.find((one) => one.rule === 'banned-elsewhere')).toMatchObject({ state: 'hit', points: 100 });
    expect(judged.ban).toMatchObject({ reason: 'fraud' });
    expect(judged.figures).toMatchObject({ orders: 1, ownOrders: 1, topVisitorShare: null });
    const unknown = (await client.call(getCreatorFraud, { personId: personOf(1) })).findings.filter(
      (one) => one.state === 'unknown',
    );
    expect(unknown.every((one) => one.points === 0 && one.says.length > 10)).toBe(true);
  });

  it('lets open groups expire and their credit go when nobody decides', async () => {
    const [group] = await openGroups({ rule: 'banned-referrer' });
    await test.database.db.asSystem((tx) =>
      sql`update fraud_group set newest_at = newest_at - interval '31 days' where id = ${group?.id}`.execute(tx),
    );
    await lookAtNight(test.core.infra);
    expect(await client.call(getFraudGroup, { groupId: group?.id ?? '' })).toMatchObject({
      group: { state: 'expired' },
    });
  });

  it('ends in the same findings however late, often and in whatever order things arrive', async () => {
    const infra = test.core.infra;
    const stand = async () => {
      await settled();
      await judgeAll(infra, workspaceId);
      await settled();
      const events = await test.database.db.asSystem((tx) =>
        sql<{ row: string }>`
        select concat_ws(' ', e.rule, coalesce(c.external_id, '-'), p.name, g.state, e.points) as row from fraud_event e
        join fraud_group g on g.workspace_id = e.workspace_id and g.id = e.group_id
        left join conversion c on c.workspace_id = e.workspace_id and c.id = e.conversion_id
        left join person p on p.workspace_id = e.workspace_id and p.id = e.person_id
        where e.stands and c.external_id like 'p%' order by 1`.execute(tx),
      );
      const states = await test.database.db.asSystem((tx) =>
        sql<{ row: string }>`
        select concat_ws(' ', c.external_id, f.state, f.score) as row from fraud_order f join conversion c on c.workspace_id = f.workspace_id and c.id = f.conversion_id
        where c.external_id like 'p%' order by 1`.execute(tx),
      );
      return [...events.rows, ...states.rows].map((one) => one.row.replace(/p\d+-/g, 'p-'));
    };
    const at = soon(60_000);
    const later = soon(120_000);
    const steps = (run: number): (() => Promise<unknown>)[] => [
      () => order({ id: `p${run}-1`, codes: ['NELL10'], email: 'nell.baker@gmail.com', orderedAt: at }),
      () => order({ id: `p${run}-2`, codes: ['NELL10'], email: 'a@b.example', orderedAt: at }),
      () =>
        client.call(createOrder, {
          id: `p${run}-2`,
          updatedAt: later,
          orderedAt: at,
          amount: { amountMinor: '7000', currency: 'EUR' },
          codes: ['NELL10'],
          customer: { email: 'NELLBAKER@gmail.com', isNew: true },
        }),
    ];
    let run = 0;
    let wanted: string[] | null = null;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.array(fc.nat(2), { maxLength: 3 }),
        async (orderOfSteps, repeats) => {
          run += 1;
          await test.database.db.asSystem((tx) => sql`delete from conversion where external_id like 'p%'`.execute(tx));
          await test.database.db.asSystem((tx) =>
            sql`delete from fraud_event where conversion_id is not null`.execute(tx),
          );
          await test.database.db.asSystem((tx) => sql`delete from fraud_order`.execute(tx));
          await test.database.db.asSystem((tx) =>
            sql`delete from fraud_group where rule = 'customer-email-match'`.execute(tx),
          );
          const all = steps(run);
          for (const step of [...orderOfSteps, ...repeats]) {
            await all[step]?.();
            if (repeats.length % 2 === 0) await settled();
          }
          const state = await stand();
          wanted ??= state;
          expect(state).toEqual(wanted);
        },
      ),
      { numRuns: 5 },
    );
    expect(wanted).not.toEqual([]);
  });

  it('lets a finding lapse when a later version of the order tells otherwise, and refunds change no verdict about who bought', async () => {
    const orderId = await order({ id: 'lapse', codes: ['NELL10'], email: 'nell.baker@gmail.com' });
    await settled();
    expect(await client.call(getOrderFraud, { orderId })).toMatchObject({ state: 'held' });
    await client.call(refundOrder, { orderId, id: 'r1', amount: { amountMinor: '1000', currency: 'EUR' } });
    await client.call(createOrder, {
      id: 'lapse',
      updatedAt: soon(5000),
      orderedAt: soon(),
      amount: { amountMinor: '5000', currency: 'EUR' },
      codes: ['NELL10'],
      customer: { email: 'somebody@else.example' },
    });
    await settled();
    expect(await client.call(getOrderFraud, { orderId })).toMatchObject({ score: 0 });
    expect((await client.call(getOrderFraud, { orderId })).findings.filter((one) => one.state === 'hit')).toEqual([]);
  });
});
