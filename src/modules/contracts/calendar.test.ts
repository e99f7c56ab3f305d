import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import * as calendar from '#modules/campaigns/api.ts';
import { removeMember, updateWorkspace } from '#modules/workspaces/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { addMember, createPerson, openBrowser } from '#tests/support/people.ts';
import { offerContract, signContract } from '#tests/support/sign-contract.ts';
import * as api from './api.ts';

const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const reel = { platform: 'instagram' as const, format: 'reel' };

describe('the calendar of what was agreed', () => {
  let test: TestCore;
  // The night in which clocks go back in Berlin; it is the 25th there already.
  let now = new Date('2026-10-24T22:30:00Z');
  let roster: TestRoster;
  let workspaceId = '';
  let client: Client;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    workspaceId = await test.database.createWorkspace('mine');
    client = test.client('mine');
    await client.call(updateWorkspace, { timeZone: 'Europe/Berlin' });
    roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'dee.runs', 'kit.cooks']);
  }, 60_000);
  afterAll(() => test.close());

  const drafted = async (at: number) => {
    const enrolment = roster.enrolments[at];
    if (enrolment === undefined) throw new Error('No such creator');
    const { created } = await client.call(api.createContracts, {
      ...{ campaignId: roster.campaignId, templateId: 'sponsored-de', enrolmentIds: [enrolment.id] },
    });
    return { contractId: created[0]?.contractId ?? '', personId: enrolment.personId };
  };
  const days = async (kinds?: calendar.CalendarKind[]) => {
    const span = { from: '2026-10-01', until: '2027-12-31' };
    const { entries } = await client.call(calendar.getCalendar, { ...span, ...(kinds === undefined ? {} : { kinds }) });
    return entries.filter((entry) => entry.kind !== 'campaign');
  };
  const subscribe = async (email: string) => {
    const userId = await createPerson(test, email);
    const memberId = await addMember(test, workspaceId, { userId, role: 'viewer' });
    const browser = await openBrowser(test, email, 'mine');
    return { memberId, browser, made: await browser.client.call(calendar.makeCalendarFeed, {}) };
  };
  const open = (address: string, headers: Record<string, string> = {}) => test.fetch(new Request(address, { headers }));

  it('shows offers that lapse, fees due, ends of rights, of exclusivity and of contracts, each on its day', async () => {
    const signed = await drafted(0);
    await signContract(test, {
      ...{ workspace: 'mine', ...signed, expiresOn: '2026-11-01' },
      terms: {
        fee: eur('30000'),
        payment: { days: 30, trigger: 'signed' },
        startsOn: '2026-10-25',
        endsOn: '2026-12-31',
        deliverables: [{ ...reel, draftDueOn: '2026-10-31', dueOn: '2026-11-10' }],
        usageRights: [
          { channels: ['brand_social'], paid: false, territory: 'worldwide', startsAt: 'signed', days: 90 },
        ],
        exclusivity: null,
      },
    });
    const offered = await drafted(1);
    await offerContract(client, { contractId: offered.contractId, terms: {}, expiresOn: '2026-10-31' });
    await test.core.infra.outbox.settle();
    const shown = (await days()).map((entry) => [entry.from, entry.kind, entry.title, entry.isLate]);
    expect(shown).toEqual([
      ['2026-10-31', 'drafts_due', '1 draft due by contract', false],
      ['2026-10-31', 'signing_due', 'Offer lapses: Slow Mornings: agreement', false],
      ['2026-11-10', 'content_due', 'Instagram reel due', false],
      ['2026-11-24', 'fee_due', 'Fee due: Fee, 300.00 EUR, to nell', false],
      ['2026-12-31', 'contract_end', 'Contract ends: nell', false],
      ['2027-01-22', 'rights_end', 'Rights end: Organic use of content ends, nell', false],
    ]);
    const [fee] = await days(['fee_due']);
    expect(fee).toMatchObject({ count: 1, path: `/contracts/${signed.contractId}`, people: [{ name: 'nell' }] });
    now = new Date('2026-11-25T09:00:00Z');
    expect(await days(['fee_due'])).toMatchObject([{ isLate: true }]);
    expect(await days(['signing_due'])).toEqual([]);
    now = new Date('2026-10-24T22:30:00Z');
  });

  it('is followed by an address of the member’s own, that keeps only a hash and says when nothing changed', async () => {
    const { browser, made } = await subscribe('ada@example.com');
    const token = made.address.split('/').at(-2) ?? '';
    const rows = await test.database.db.asSystem((tx) => tx.selectFrom('guest_link').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(token);
    const first = await open(made.address);
    const etag = first.headers.get('etag') ?? '';
    expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
      'private, no-cache',
    ]);
    const text = (await first.text()).replaceAll('\r\n ', '');
    // Whole days carry no zone: no change of clocks, and no zone of the reader, moves them.
    expect(text).toContain(
      'DTSTART;VALUE=DATE:20261031\r\nDTEND;VALUE=DATE:20261101\r\nSUMMARY:1 draft due by contract',
    );
    expect(text).not.toMatch(/DT(START|END)[^\r]*T\d/);
    now = new Date(now.getTime() + 3_600_000);
    const again = await open(made.address, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    await client.call(calendar.addTask, { title: 'Call the printer', dueOn: '2026-11-02' });
    const changed = await open(made.address, { 'if-none-match': etag });
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
    expect((await browser.client.call(calendar.getCalendarFeed, {})).feed).toMatchObject({ opened: 3 });
    const one = await open(`${made.address}?campaignId=${roster.campaignId}&kinds=fee_due`);
    expect(((await one.text()).match(/BEGIN:VEVENT/g) ?? []).length).toBe(1);
    expect((await open(`${made.address}?campaignId=cmp_none`)).status).toBe(404);
  });

  it('stops with another address, with its end, and when its member leaves, and opens nothing else', async () => {
    const { browser, made, memberId } = await subscribe('ben@example.com');
    const second = await browser.client.call(calendar.makeCalendarFeed, {});
    expect((await open(made.address)).status).toBe(404);
    expect((await open(second.address)).status).toBe(200);
    expect((await test.fetch(new Request(second.address, { method: 'POST' }))).status).toBe(404);
    expect(await browser.client.call(calendar.endCalendarFeed, {})).toEqual({ isEnded: true });
    expect(await browser.client.call(calendar.endCalendarFeed, {})).toEqual({ isEnded: false });
    expect((await open(second.address)).status).toBe(404);
    expect((await browser.client.call(calendar.getCalendarFeed, {})).feed).toBeNull();
    const third = await browser.client.call(calendar.makeCalendarFeed, {});
    expect((await open(third.address)).status).toBe(200);
    await client.call(removeMember, { memberId });
    const gone = await open(third.address);
    const never = await open(third.address.replace(/[\w-]{43}/, 'x'.repeat(43)));
    expect([gone.status, await gone.text()]).toEqual([404, await never.text()]);
    await expect(client.call(calendar.makeCalendarFeed, {})).rejects.toMatchObject({ code: 'campaigns.not_a_member' });
  });
});
