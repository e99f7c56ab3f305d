import { createHmac } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import * as campaigns from '#modules/campaigns/api.ts';
import * as contracts from '#modules/contracts/api.ts';
import * as relationships from '#modules/relationships/api.ts';
import * as tracking from '#modules/tracking/api.ts';
import { updateWorkspace } from '#modules/workspaces/api.ts';
import { noBrowser, openChromium, takePicture, watchPage } from '#tests/support/browser.ts';
import { stepsOn } from '#tests/support/browser-steps.ts';
import { noImapServer } from '#tests/support/imap-server.ts';
import { importFile } from '#tests/support/import-file.ts';
import { openStoryServer, type StoryServer } from '#tests/support/story-server.ts';
import {
  connectTeamMailbox,
  openAt,
  openLinkOf,
  setUpBrand,
  signInAgain,
  type Team,
} from '#tests/support/story-steps.ts';

const skipped = noBrowser ?? noImapServer;
if (skipped !== null) process.stdout.write(`story of ambassadors: ${skipped}\n`);

const team: Team = { person: 'Rita Marsh', email: 'rita@oatwhistle.example', brand: 'Oatwhistle', slug: 'oatwhistle' };

/** Hugo goes quiet, Gwen is late, Ines declines the renewal, Jude does not answer it. */
const people = ['Ada', 'Ben', 'Cleo', 'Dov', 'Edda', 'Finn', 'Gwen', 'Hugo', 'Ines', 'Jude'];
const mailOf = (name: string) => `${name.toLowerCase()}@creator.example`;
const handleOf = (name: string) => `${name.toLowerCase()}.oats`;
const creatorsCsv = [
  'handle,name,email,country,followers,niche',
  ...people.map((name, at) => `${handleOf(name)},${name} Vale,${mailOf(name)},DE,${8000 + at * 1500},food`),
].join('\n');

interface Month {
  name: string;
  /** The day posts are due on; the last one of February comes before any 31st. */
  dueOn: string;
  /** When the judging of it begins: midnight in Berlin, which is an hour off before and after the clocks change. */
  judgedAt: string;
  orders: Readonly<Record<string, number>>;
}
const months: readonly [Month, Month, Month] = [
  {
    name: 'February',
    dueOn: '2027-02-20',
    judgedAt: '2027-02-27T23:10:00Z',
    orders: { Ada: 3, Ben: 3, Cleo: 7, Dov: 1 },
  },
  {
    name: 'March',
    dueOn: '2027-03-20',
    judgedAt: '2027-03-30T22:10:00Z',
    orders: { Ada: 6, Cleo: 6, Dov: 1, Edda: 2 },
  },
  {
    name: 'April',
    dueOn: '2027-04-20',
    judgedAt: '2027-04-29T22:10:00Z',
    orders: { Ada: 1, Ben: 4, Cleo: 8, Edda: 3 },
  },
];

describe.skipIf(skipped !== null)('ambassadors over three months of a clock, with tiers and renewal', () => {
  let story: StoryServer;
  let browser: Browser;
  let page: Page;
  let client: Client;
  let faults: string[];
  let campaignId = '';
  let enrolled: campaigns.Enrolment[] = [];
  let shop: { url: string; secret: string };
  let codes = new Map<string, string>();

  beforeAll(async () => {
    [story, browser] = await Promise.all([
      openStoryServer({ startsAt: new Date('2027-01-29T08:00:00Z') }),
      openChromium(),
    ]);
    page = await openAt(story, browser, 'desk');
    faults = watchPage(page, story.address);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await story?.close();
  });

  const { button, field, dialog, heading, picture } = stepsOn(() => page, 'ambassador');
  const goTo = (path: string) => page.goto(`${story.address}/app/${team.slug}${path}`);
  const inCampaign = (path: string) => goTo(`/campaigns/${campaignId}${path}`);
  const ofName = (name: string) => {
    const found = enrolled.find((one) => one.person.name.startsWith(`${name} `));
    if (found === undefined) throw new Error(`${name} is not on the roster`);
    return found;
  };
  const portalOf = async (name: string) => story.portal(team.slug, await story.mailTo(mailOf(name), /\/p\/enter#/));
  /** Nobody leaves a page open for weeks: its questions would find the session ended. */
  const later = async (by: { to: Date }) => {
    await page.goto('about:blank');
    await story.move(by);
  };
  const back = async () => {
    await signInAgain(story, page, team);
  };

  it('begins with a goal that says what it was before, tiers, and contracts that ten sign', async () => {
    await setUpBrand(story, page, team);
    await connectTeamMailbox(story, page, team);
    client = await story.client(team.slug);
    await client.call(updateWorkspace, { timeZone: 'Europe/Berlin' });
    await importFile(client, { name: 'creators.csv', body: creatorsCsv });
    await planCampaign();
    await setTiers();
    await agreeContracts();
    expect(faults).toEqual([]);
  }, 180_000);

  async function planCampaign(): Promise<void> {
    await goTo('/campaigns/new');
    await field(/^Name/).fill('Oat Friends');
    await page.getByText('Ambassadorship').first().click();
    await field('First day').fill('2027-02-01');
    await field('Last day').fill('2027-04-30');
    await field('In your words').fill('mentions +30 % in three months');
    await button('Read it').click();
    await page.getByText('how much it was before').first().waitFor();
    await picture('goal-without-baseline');
    await field('How much it was before').fill('20');
    await button('Work it out').click();
    await expect.poll(() => field(/^Target/).inputValue()).toBe('26');
    await field('By').fill('2027-04-30');
    await button('Create campaign').click();
    await heading('Oat Friends');
    campaignId = /campaigns\/([^/]+)/.exec(page.url())?.[1] ?? '';
    const [goal] = (await client.call(campaigns.getCampaign, { campaignId })).goals;
    expect(goal).toMatchObject({ metric: 'posts_live', baseline: 20, target: 26 });
    const handles = people.map((name) => ({ platform: 'instagram' as const, handle: handleOf(name) }));
    await client.call(campaigns.addToRoster, { campaignId, handles });
    enrolled = (await client.call(campaigns.listRoster, { campaignId, limit: 50 })).rows;
    expect(enrolled).toHaveLength(10);
  }

  async function setTiers(): Promise<void> {
    await inCampaign('/ambassadors');
    await button('Set up tiers').click();
    await field(/^Judged on this day/, dialog()).fill('31');
    await field('Orders', dialog()).first().fill('3');
    await field('Orders', dialog()).last().fill('6');
    await field('Gives besides', dialog()).last().fill('The spring box');
    await picture('tiers');
    await button('Save tiers', dialog()).click();
    await page.getByText('Judged next on 31 Jan 2027').waitFor();
  }

  async function agreeContracts(): Promise<void> {
    const template = (await client.call(contracts.listTemplates, { model: 'ambassadorship', jurisdiction: 'DE' }))
      .templates[0];
    if (template === undefined) throw new Error('No template for ambassadors ships');
    const { created } = await client.call(contracts.createContracts, {
      campaignId,
      templateId: template.id,
      title: 'Oat Friends',
      terms: {
        ...template.terms,
        fee: { amountMinor: '30000', currency: 'EUR' },
        feeParts: [],
        startsOn: '2027-02-01',
        endsOn: '2027-04-30',
        deliverables: months.map(({ name, dueOn }) => ({
          platform: 'instagram' as const,
          format: 'reel',
          title: `${name} reel`,
          dueOn,
        })),
      },
    });
    expect(created).toHaveLength(10);
    const contractIds = created.map((one) => one.contractId);
    const sent = await client.call(contracts.sendContracts, { contractIds, expiresOn: '2027-02-10' });
    expect(sent).toMatchObject({ sent: 10, mailed: 10, refused: [] });
    await signOnPhone('Ada');
    await signAll(people.slice(1));
    await client.call(campaigns.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
    const reminds = { daysBefore: [3, 1], daysAfter: [1, 3], writesToCreators: true };
    await client.call(campaigns.setReminders, { campaignId, ...reminds });
    await story.settle();
    const owed = await client.call(campaigns.listDeliverables, { campaignId, limit: 100 });
    expect(owed.rows).toHaveLength(30);
    await inCampaign('/contracts');
    await page.getByText('10 contracts in force').waitFor();
    await picture('contracts');
  }

  async function signOnPhone(name: string): Promise<void> {
    const phone = await openLinkOf(story, browser, await story.mailTo(mailOf(name), /contract/i));
    await takePicture(phone, 'ambassador-phone-contract');
    const contractId = /contracts\/([^/?]+)/.exec(phone.url())?.[1] ?? '';
    await signForCreator(await portalOf(name), contractId, name);
    await phone.context().close();
    await signForBrand(contractId);
  }

  async function signAll(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const creator = await portalOf(name);
      const open = (await creator.call(contracts.listPortalContracts, {})).find((one) => one.waitsFor === 'me');
      if (open === undefined) throw new Error(`${name} has nothing to sign`);
      await signForCreator(creator, open.id, name);
      await signForBrand(open.id);
    }
  }

  async function signForCreator(creator: Client, contractId: string, name: string): Promise<void> {
    const { version, documentHash } = await creator.call(contracts.getPortalContract, { contractId });
    await creator.open(contracts.getPortalDocument, { contractId, version });
    const how = { name: `${name} Vale`, method: 'typed', agrees: true } as const;
    await creator.call(contracts.signPortalContract, { contractId, version, documentHash, ...how });
  }

  async function signForBrand(contractId: string): Promise<void> {
    const { version } = await client.call(contracts.getContract, { contractId });
    const { hash } = await client.call(contracts.readDocumentHash, { contractId, version });
    await client.open(contracts.getDocument, { contractId, version });
    const how = { name: team.person, method: 'typed', agrees: true } as const;
    await client.call(contracts.signContract, { contractId, version, documentHash: hash, ...how });
  }

  it('lives through February: briefs, reminders, orders by signed webhooks, one late and one quiet; two rise', async () => {
    await makeCodes();
    await briefAll(months[0]);
    await later({ to: new Date('2027-02-19T08:00:00Z') });
    await story.runDue('campaigns.remind');
    expect((await story.mailTo(mailOf('Hugo'), /February reel/)).parsed.text).toContain('/p/enter#');
    await postAll(months[0], { late: 'Gwen' });
    await blameGwen();
    await sellBy(months[0]);
    await judge(months[0]);
    await story.mailTo(mailOf('Hugo'), /February reel/);
    await decideFebruary();
    expect(faults).toEqual([]);
  }, 180_000);

  async function makeCodes(): Promise<void> {
    const made = await client.call(tracking.createRosterCodes, { campaignId, kind: 'percent', percent: 10 });
    codes = new Map(made.codes.map((code) => [code.creator?.name.split(' ')[0] ?? '', code.code]));
    expect(codes.size).toBe(10);
    const { source, secret } = await client.call(tracking.createOrderSource, { name: 'Our shop' });
    shop = { url: source.webhookUrl ?? '', secret: secret ?? '' };
  }

  async function briefAll(month: Month): Promise<void> {
    const { version } = await client.call(campaigns.getBrief, { campaignId });
    const brief = campaigns.briefSchema.parse({
      background: `What ${month.name} is about: oats before work.`,
      freedom: 'Your kitchen, your words.',
      compensation: '',
      usageRights: '',
      disclosure: 'Begin with “Werbung”.',
      deliverables: [],
      dates: { respondBy: null, draftsBy: null, liveFrom: null, liveUntil: month.dueOn },
    });
    await client.call(campaigns.saveBrief, { campaignId, brief, basedOn: version });
    const enrolmentIds = enrolled.map((one) => one.id);
    expect(await client.call(campaigns.sendBrief, { campaignId, enrolmentIds })).toMatchObject({
      sent: 10,
      refused: [],
    });
    for (const name of people) {
      if (name === 'Hugo') continue;
      await story.mailTo(mailOf(name), /brief/i);
      const creator = await portalOf(name);
      const { id: enrolmentId } = ofName(name);
      const { partHash } = await creator.call(campaigns.getPortalBrief, { enrolmentId });
      await creator.call(campaigns.acknowledgeBrief, { enrolmentId, partHash });
    }
  }

  /** Everybody but Hugo has posted by the day that is due, one three days later; the figures come as a file. */
  async function postAll(month: Month, of: { late?: string } = {}): Promise<void> {
    await later({ to: new Date(`${month.dueOn.slice(0, 8)}24T10:00:00Z`) });
    const { rows } = await client.call(campaigns.listDeliverables, { campaignId, limit: 100 });
    const figures = ['deliverable_id,views,likes,comments'];
    for (const name of people.filter((one) => one !== 'Hugo')) {
      const own = rows.find((row) => row.enrolmentId === ofName(name).id && row.title === `${month.name} reel`);
      if (own === undefined) throw new Error(`${name} owes nothing in ${month.name}`);
      const day = name === of.late ? '23' : '18';
      await client.call(campaigns.changeDeliverableState, {
        deliverableId: own.id,
        from: own.state,
        to: 'live',
        liveUrl: `https://www.instagram.com/reel/${name.toLowerCase()}${month.name}/`,
        liveAt: `${month.dueOn.slice(0, 8)}${day}T17:00:00Z`,
      });
      figures.push(`${own.id},${3000 + name.length * 100},210,14`);
    }
    const read = await client.upload(
      campaigns.importResults,
      { campaignId },
      { body: figures.join('\n'), fileName: `${month.name}.csv` },
    );
    expect(read).toMatchObject({ recorded: 9, skipped: 0 });
  }

  async function blameGwen(): Promise<void> {
    const { person } = ofName('Gwen');
    await client.call(relationships.openIncident, {
      personId: person.id,
      campaignId,
      about: 'creator',
      kind: 'late',
      summary: 'The February reel came three days late.',
      evidence: [],
      occurredOn: '2027-02-23',
      share: true,
    });
    const phone = await openLinkOf(story, browser, await story.mailTo(mailOf('Gwen'), /hear your side/));
    await takePicture(phone, 'ambassador-phone-incident');
    await phone.context().close();
    const creator = await portalOf('Gwen');
    const [incident] = await creator.call(relationships.listPortalIncidents, {});
    await creator.call(relationships.answerPortalIncident, {
      incidentId: incident?.id ?? '',
      text: 'My camera broke. It will not happen again.',
    });
  }

  async function sellBy(month: Month): Promise<void> {
    for (const [name, count] of Object.entries(month.orders))
      for (let at = 0; at < count; at += 1) {
        const body = JSON.stringify({
          type: 'order.paid',
          data: {
            id: `${month.name}-${name}-${at}`,
            orderedAt: `${month.dueOn.slice(0, 8)}${String(10 + at).padStart(2, '0')}T12:00:00Z`,
            amount: { amountMinor: String(2400 + at * 100), currency: 'EUR' },
            codes: [codes.get(name)],
          },
        });
        const signature = createHmac('sha256', shop.secret).update(body).digest('hex');
        const headers = { 'content-type': 'application/json', 'x-rapport-signature': signature };
        const answer = await fetch(shop.url, { method: 'POST', body, headers });
        expect(`${answer.status} ${await answer.text()}`).toMatch(/^2/);
      }
    await story.settle();
  }

  /** An hour before its day nothing is judged; then everybody is, once. */
  async function judge(month: Month): Promise<void> {
    const at = new Date(month.judgedAt);
    const before = (await judged()).length;
    await later({ to: new Date(at.getTime() - 3_600_000) });
    await story.runDue('relationships.judge-tiers');
    expect(await judged()).toHaveLength(before);
    await later({ to: at });
    await story.runDue('relationships.judge-tiers', 'contracts.watch', 'campaigns.remind');
    await story.runDue('relationships.judge-tiers');
    expect(await judged()).toHaveLength(before + 10);
    await back();
  }

  const judged = () => client.call(relationships.listJudgements, { campaignId, limit: 500 });

  async function decideFebruary(): Promise<void> {
    await goTo('');
    await page.getByText('Decide 3 moves between ambassador tiers').first().waitFor();
    await picture('today');
    await inCampaign('/ambassadors');
    await heading('3 moves to decide');
    await picture('february');
    await button('Confirm all 3').click();
    await page.getByText('3 moves decided, 3 mails sent').waitFor();
    await heading(/10 ambassadors: 1 Gold, 2 Silver, 7 Bronze/);
    const phone = await openLinkOf(story, browser, await story.mailTo(mailOf('Cleo'), /You are Gold now/));
    await phone.getByRole('heading', { name: 'You are Gold' }).waitFor();
    await takePicture(phone, 'ambassador-phone-gold');
    await phone.context().close();
  }

  it('lives through March, over the change of the clocks: one rises, one falls and is overruled with a reason', async () => {
    await briefAll(months[1]);
    await postAll(months[1]);
    await sellBy(months[1]);
    await judge(months[1]);
    await inCampaign('/ambassadors');
    await heading('2 moves to decide');
    const ben = page.locator('.amb-card').filter({ hasText: 'Ben Vale' });
    await ben.getByText('Does not hold Silver: 0 orders (3 needed)').waitFor();
    await ben.getByText('What this rests on').click();
    await picture('march');
    await button('Overrule', ben).click();
    await field(/^Why/, dialog()).fill('He moved house in March and told us before.');
    await button('Overrule', dialog()).click();
    await page.getByText('1 move decided').first().waitFor();
    await button('Raise to Gold').click();
    await heading(/10 ambassadors: 2 Gold, 1 Silver, 7 Bronze/);
    await page.getByText('He moved house in March and told us before.').waitFor();
    await picture('march-decided');
    const phone = await openLinkOf(story, browser, await story.mailTo(mailOf('Ada'), /You are Gold now/));
    await phone.goto(`${story.address}/p`);
    await phone.getByRole('heading', { name: 'My tier' }).waitFor();
    await takePicture(phone, 'ambassador-phone-home');
    await phone.context().close();
    expect(faults).toEqual([]);
  }, 180_000);

  it('lives through April: renewals are offered thirty days before, eight sign, one declines, one says nothing', async () => {
    await later({ to: new Date('2027-03-31T09:00:00Z') });
    await back();
    await goTo('');
    await page
      .getByText(/Decide on the renewal for \w+ Vale, and 9 more/)
      .first()
      .waitFor();
    await offerRenewals();
    await briefAll(months[2]);
    await postAll(months[2]);
    await sellBy(months[2]);
    await answerRenewals();
    await judge(months[2]);
    await inCampaign('/ambassadors');
    await button('Move to Silver').click();
    await heading(/10 ambassadors: 1 Gold, 2 Silver, 7 Bronze/);
    expect(faults).toEqual([]);
  }, 180_000);

  async function offerRenewals(): Promise<void> {
    await inCampaign('/contracts');
    await page.getByRole('checkbox', { name: /all/i }).first().check();
    await button('Draft renewals').click();
    await field(/^Fee/, dialog()).fill('360.00');
    await picture('renew');
    await button('Draft renewals', dialog()).click();
    await page.getByText('10 renewals drafted from 1 May 2027 to 31 Jul 2027').waitFor();
    const drafts = await client.call(contracts.listContracts, { campaignId, states: ['draft'], limit: 50 });
    const contractIds = drafts.rows.map((row) => row.id);
    const late = await client.call(contracts.sendContracts, { contractIds, expiresOn: '2027-05-10' });
    expect(late.refused[0]?.message).toContain('30 April 2027');
    const sent = await client.call(contracts.sendContracts, { contractIds, expiresOn: '2027-04-26' });
    expect(sent).toMatchObject({ sent: 10, mailed: 10 });
  }

  async function answerRenewals(): Promise<void> {
    await signAll(people.slice(0, 8));
    const ines = await portalOf('Ines');
    const offer = (await ines.call(contracts.listPortalContracts, {})).find((one) => one.waitsFor === 'me');
    await ines.call(contracts.declinePortalContract, {
      contractId: offer?.id ?? '',
      version: 1,
      reason: 'I begin to study in May.',
    });
    await story.runDue('contracts.watch');
    await story.mailTo(mailOf('Jude'), /waits for your answer/);
  }

  it('ends honestly: eight go on without a gap, two do not, and the goal is reached by what was posted', async () => {
    await later({ to: new Date('2027-05-01T07:00:00Z') });
    await story.runDue();
    await back();
    await inCampaign('/roster?view=table');
    await page.getByText('contract ended', { exact: false }).first().waitFor();
    await picture('roster');
    const roster = (await client.call(campaigns.listRoster, { campaignId, limit: 50 })).rows;
    const ended = roster.filter((row) => row.contractEnd !== null);
    expect(ended.map((row) => [row.person.name, row.contractEnd?.reason])).toEqual([
      ['Ines Vale', 'the renewal was declined'],
      ['Jude Vale', 'the renewal was not answered'],
    ]);
    expect((await story.mailTo(mailOf('Jude'), /Your contract ended/)).parsed.text).toContain('30 April 2027');
    const { total, inForce } = await client.call(contracts.listContracts, { campaignId, limit: 50 });
    expect({ total, inForce }).toEqual({ total: 20, inForce: 8 });
    await inCampaign('/ambassadors');
    await heading(/8 ambassadors/);
    await picture('may');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('may-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    await picture('may-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    await seeResults();
    expect(faults).toEqual([]);
  }, 180_000);

  async function seeResults(): Promise<void> {
    await inCampaign('/results');
    await page.getByText('27', { exact: false }).first().waitFor();
    await picture('results');
    const shown = ((await page.getByRole('main').textContent()) ?? '').replace(/\s+/g, ' ');
    expect(shown).toMatch(/Posts live: 27\s*of 26/);
    await goTo(`/creators/${ofName('Gwen').person.id}/relationship`);
    await page.getByText('My camera broke.', { exact: false }).first().waitFor();
    await picture('relationship');
  }
});
