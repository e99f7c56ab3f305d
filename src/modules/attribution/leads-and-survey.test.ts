import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { createCode, createLink, createOrder } from '#modules/tracking/api.ts';
import { createClickIds } from '#modules/tracking/index.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  answerSurveyPage,
  assignAnswer,
  explainOrder,
  getCreditRun,
  getLead,
  getSurvey,
  getSurveySummary,
  listAnswers,
  listLeads,
  type PolicyInput,
  policySchema,
  readSurveyPage,
  recordLeads,
  renewSurveyLink,
  setSurvey,
  updateAttributionSettings,
} from './api.ts';

const hourMs = 3_600_000;
let test: TestCore;
let client: Client;
let anybody: Client;
let workspaceId: string;
let roster: TestRoster;
const links: string[] = [];

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('said');
  client = test.client('said');
  anybody = test.client();
  roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'tomasz.brews']);
  for (const [at, one] of roster.enrolments.entries()) {
    const link = await client.call(createLink, {
      destination: 'https://shop.example/',
      slug: `said-${at}`,
      enrolmentId: one.id,
    });
    links.push(link.id);
    await client.call(createCode, { code: `SAID${at}`, percent: 10, enrolmentId: one.id });
  }
  await settle();
});
afterAll(() => test.close());

const settle = () => test.core.infra.outbox.settle();
const personOf = (at: number) => roster.enrolments[at]?.personId ?? '';

async function aClick(at: number, hoursAgo: number): Promise<{ clickId: string; store(): Promise<void> }> {
  const linkId = links[at] ?? '';
  const clickedAt = new Date(Date.now() - hoursAgo * hourMs);
  const clickId = createClickIds(test.core.infra.secret).make(linkId, clickedAt.getTime());
  const store = async () => {
    await test.database.db.inWorkspace(workspaceId, (tx) =>
      sql`insert into click (workspace_id, day, click_id, link_id, clicked_at, counted)
        values (${workspaceId}, ${clickedAt.toISOString().slice(0, 10)}::date, ${clickId}, ${linkId}, ${clickedAt}, true)`.execute(
        tx,
      ),
    );
  };
  return { clickId, store };
}

async function apply(policy: PolicyInput): Promise<void> {
  const { run } = await client.call(updateAttributionSettings, { policy: policySchema.parse(policy) });
  if (run === null) return;
  await expect
    .poll(async () => (await client.call(getCreditRun, { runId: run.id })).state, { timeout: 15_000 })
    .toBe('done');
}

describe('leads', () => {
  const aLead = (id: string, over: Record<string, unknown> = {}) =>
    client.call(recordLeads, { leads: [{ id, event: 'sign-up', happenedAt: new Date().toISOString(), ...over }] });

  it('are credited within their own window, never money, and the same one again changes nothing', async () => {
    const old = await aClick(0, 20 * 24);
    const late = await aClick(1, 2);
    await old.store();
    await late.store();
    const { leads } = await aLead('one', { clickIds: [old.clickId, late.clickId] });
    expect(leads[0]).toMatchObject({ rule: 'link', creator: { personId: personOf(1) }, isWaiting: false });
    expect(leads[0]?.touches.map((touch) => touch.verdict)).toEqual(['won', 'lost']);
    expect(await aLead('one', { codes: ['SAID0'] })).toMatchObject({
      created: 0,
      unchanged: 1,
      leads: [{ rule: 'link' }],
    });
    await apply({ windows: { leadDays: 10 } });
    const { leads: narrow } = await aLead('two', { clickIds: [old.clickId] });
    expect(narrow[0]).toMatchObject({ rule: 'none', windowDays: 10 });
    expect(narrow[0]?.touches[0]?.why).toBe('The click came 20 days before the lead; only 10 days count.');
    const { rows } = await test.database.db.inWorkspace(workspaceId, (tx) =>
      sql<{ money: number }>`select count(*)::int as money from credit where workspace_id = ${workspaceId}`.execute(tx),
    );
    expect(rows[0]?.money).toBe(0);
  });

  it('that name a click still on its way are decided again when it arrives, and follow new rules', async () => {
    const click = await aClick(0, 1);
    const { leads } = await aLead('waits', { clickIds: [click.clickId], codes: ['SAID1'] });
    const leadId = leads[0]?.id ?? '';
    expect(leads[0]).toMatchObject({ rule: 'code', creator: { personId: personOf(1) }, isWaiting: true });
    await click.store();
    await test.database.db.inWorkspace(workspaceId, (tx) =>
      test.core.infra.outbox.emit(tx, {
        workspaceId,
        name: 'tracking.clicks_drained',
        payload: { linkIds: [links[0] ?? ''] },
      }),
    );
    await settle();
    expect(await client.call(getLead, { leadId })).toMatchObject({ rule: 'code', isWaiting: false });
    await apply({ precedence: ['link', 'code'] });
    expect(await client.call(getLead, { leadId })).toMatchObject({ rule: 'link', creator: { personId: personOf(0) } });
    await apply({});
  });

  it('are refused whole with the place of the fault when one lies in the future, and listed by creator', async () => {
    const happenedAt = new Date(Date.now() + 2 * hourMs).toISOString();
    await expect(
      client.call(recordLeads, {
        leads: [
          { id: 'fine', happenedAt: new Date().toISOString() },
          { id: 'ahead', happenedAt },
        ],
      }),
    ).rejects.toMatchObject({ code: 'attribution.bad_lead', details: [{ field: 'leads.1.happenedAt' }] });
    const page = await client.call(listLeads, { personId: personOf(1), limit: 1 });
    expect(page).toMatchObject({ rows: [{ creator: { personId: personOf(1) } }], credited: page.total });
    expect((await client.call(listLeads, { limit: 100 })).rows.map((row) => row.externalId)).not.toContain('fine');
  });
});

describe('the page that asks customers', () => {
  const tokenOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);
  const ask = (over: Record<string, unknown> = {}) =>
    client.call(setSurvey, {
      isOpen: true,
      question: 'How did you hear of us?',
      choices: [
        { label: 'A creator', asks: 'Which one?' },
        { label: 'Nell', personId: personOf(0) },
        { label: 'A friend' },
      ],
      thanks: 'Thank you.',
      ...over,
    });

  it('asks nobody anything until it is opened, and says no more of a wrong link than of a closed one', async () => {
    const { url } = await client.call(getSurvey, {});
    const closed = await anybody.call(readSurveyPage, { token: tokenOf(url) }).catch((error: Error) => error);
    const wrong = await anybody
      .call(readSurveyPage, { token: `${workspaceId}.1.${'x'.repeat(24)}` })
      .catch((error: Error) => error);
    expect(closed).toMatchObject({ code: 'not_found' });
    expect(String(wrong)).toBe(String(closed));
    await ask();
    expect(await anybody.call(readSurveyPage, { token: tokenOf(url) })).toEqual({
      brand: 'said',
      question: 'How did you hear of us?',
      choices: [
        { label: 'A creator', asks: 'Which one?' },
        { label: 'Nell', asks: null },
        { label: 'A friend', asks: null },
      ],
      thanks: 'Thank you.',
    });
    const { url: next } = await client.call(renewSurveyLink, {});
    await expect(anybody.call(readSurveyPage, { token: tokenOf(url) })).rejects.toMatchObject({ code: 'not_found' });
    expect(await anybody.call(readSurveyPage, { token: tokenOf(next) })).toMatchObject({ thanks: 'Thank you.' });
  });

  it('keeps one answer an order, reads the creator from it, and shows it beside the credit without paying for it', async () => {
    const token = tokenOf((await ask()).url);
    const order = async (id: string, over: Record<string, unknown> = {}) => {
      const made = await client.call(createOrder, {
        id,
        orderedAt: new Date().toISOString(),
        amount: { amountMinor: '5000', currency: 'EUR' },
        ...over,
      });
      await settle();
      return made.order.id;
    };
    const untracked = await order('s-1');
    const tracked = await order('s-2', { codes: ['SAID1'] });
    const answer = (choice: number, of: { order?: string; text?: string; key?: string }) =>
      anybody.call(answerSurveyPage, { token, choice, key: 'a key of the page', ...of });
    expect(await answer(0, { order: 's-1', text: 'I saw @nell.bakes' })).toEqual({ isNew: true });
    expect(await answer(2, { order: 's-1' })).toEqual({ isNew: false });
    await answer(1, { order: 's-2' });
    await answer(1, { order: 'not here yet' });
    expect(await answer(2, { key: 'without an order' })).toEqual({ isNew: true });
    expect(await answer(2, { key: 'without an order' })).toEqual({ isNew: false });
    await expect(answer(7, { key: 'no such choice' })).rejects.toMatchObject({ code: 'attribution.bad_answer' });
    await settle();
    expect(await client.call(explainOrder, { orderId: untracked })).toMatchObject({
      rule: 'none',
      credited: { amountMinor: '0' },
      seen: { creator: { personId: personOf(0) } },
    });
    expect(await client.call(explainOrder, { orderId: tracked })).toMatchObject({ rule: 'code', seen: null });
    const summary = await client.call(getSurveySummary, {});
    expect(summary).toMatchObject({
      answers: 4,
      named: 3,
      rows: [{ creator: { personId: personOf(0) }, said: 3, agrees: 0, others: 1, nobody: 1, unknown: 1, tracked: 0 }],
    });
  });

  it('lets a person say whom an answer names, which stays with who said so', async () => {
    const { rows } = await client.call(listAnswers, { names: 'nobody', limit: 10 });
    expect(rows).toMatchObject([{ via: 'page', choice: 'A friend', creator: null }]);
    const answerId = rows[0]?.id ?? '';
    const named = await client.call(assignAnswer, { answerId, personId: personOf(1) });
    expect(named).toMatchObject({ creator: { personId: personOf(1) }, matchedBy: 'hand' });
    await expect(client.call(assignAnswer, { answerId, personId: 'per_nobody' })).rejects.toMatchObject({
      code: 'attribution.bad_answer',
    });
    const { rows: kept } = await test.database.db.inWorkspace(workspaceId, (tx) =>
      sql<{
        changes: unknown;
      }>`select changes from audit_entry where workspace_id = ${workspaceId} and subject_id = ${answerId}`.execute(tx),
    );
    expect(kept).toHaveLength(1);
  });
});
