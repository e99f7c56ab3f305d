import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { createClient } from '#client/client.ts';
import { addToRoster, createCampaign, listRoster } from '#modules/campaigns/api.ts';
import { createCreator, getCreator } from '#modules/creators/api.ts';
import { createCode, createLink } from '#modules/tracking/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';

/** A browser: keeps its cookie, and says that its requests come from our own pages. */
function openBrowser(test: TestCore, workspace: string | null = null): { client: Client; cookie: () => string } {
  let cookie = '';
  const client = createClient({
    baseUrl: test.core.infra.config.publicUrl,
    workspace: () => workspace,
    fetch: async (request) => {
      const headers = new Headers(request.headers);
      headers.set('cookie', cookie);
      headers.set('sec-fetch-site', 'same-origin');
      const answer = await test.fetch(new Request(request, { headers }));
      cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return answer;
    },
  });
  return { client, cookie: () => cookie };
}

describe('the portal', () => {
  let test: TestCore;
  let workspaceId: string;
  let nell: string;
  let odd: string;
  let campaignId: string;

  beforeAll(async () => {
    test = await openTestCore({
      env: { RAPPORT_SMTP_URL: 'smtp://127.0.0.1:9', RAPPORT_MAIL_FROM: 'Rapport <hello@brand.example>' },
    });
    workspaceId = await test.database.createWorkspace('brand');
    await test.database.createWorkspace('other');
    nell = (await make('brand', 'nell', 'nell@x.example')).id;
    odd = (await make('brand', 'odd', 'odd@x.example')).id;
    const campaign = await brand().call(createCampaign, {
      name: 'Slow Mornings',
      model: 'sponsored',
      startsOn: day(-5),
      endsOn: day(30),
    });
    campaignId = campaign.id;
    await brand().call(addToRoster, {
      campaignId,
      personIds: [nell, odd],
      fee: { amountMinor: '32000', currency: campaign.currency },
    });
  });

  afterAll(() => test.close());

  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const brand = () => test.client('brand');
  const make = (slug: string, handle: string, email: string) =>
    test
      .client(slug)
      .call(createCreator, { name: handle, emails: [email], profiles: [{ platform: 'instagram', handle }] });
  const enrolmentOf = async (personId: string) => {
    const { rows } = await brand().call(listRoster, { campaignId });
    return rows.find((row) => row.person.id === personId)?.id ?? '';
  };
  const lastMail = (to: string) =>
    test.core.infra.db.asSystem((tx) =>
      tx
        .selectFrom('mail_out')
        .selectAll()
        .where('to_address', '=', to)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow(),
    );
  const cameIn = async (personId: string, more: object = {}) => {
    const { link } = await brand().call(api.makePortalLink, { personId, ...more });
    const browser = openBrowser(test);
    await browser.client.call(api.enterPortal, { token: new URL(link).hash.slice(1) });
    return browser;
  };

  it('keeps a campaign from whom the brand only considers, and shows it once they are invited', async () => {
    const portal = await test.portal('brand', nell);
    expect((await portal.call(api.listPortalCampaigns, {})).rows).toEqual([]);
    const enrolmentId = await enrolmentOf(nell);
    const sent = await brand().call(api.sendInvitations, {
      campaignId,
      enrolmentIds: [enrolmentId, 'enr_none'],
      message: 'We like your bread.',
      respondBy: day(1),
    });
    expect(sent).toMatchObject({ rows: [{ mail: 'queued', link: null }], skipped: [{ enrolmentId: 'enr_none' }] });
    expect((await lastMail('nell@x.example')).body).toContain('/p/enter#rpp_');
    expect((await portal.call(api.getPortalHome, {})).tasks).toMatchObject([
      { kind: 'invitation.answer', isUrgent: true, path: `/campaigns/${enrolmentId}` },
    ]);
  });

  it('keeps the first answer to an invitation, and moves the creator on by it', async () => {
    const portal = await test.portal('brand', nell);
    const enrolmentId = await enrolmentOf(nell);
    const accepted = await portal.call(api.acceptInvitation, { enrolmentId });
    expect(accepted).toMatchObject({
      invitation: { state: 'accepted' },
      steps: [{ label: 'Agreed', state: 'done' }, {}, {}, {}],
    });
    await portal.call(api.acceptInvitation, { enrolmentId });
    await expect(portal.call(api.declineInvitation, { enrolmentId, reason: 'No' })).rejects.toMatchObject({
      code: 'portal.answered',
    });
    const { rows } = await brand().call(listRoster, { campaignId });
    expect(rows.find((row) => row.id === enrolmentId)?.stage).toBe('contract');
    expect(
      (await portal.call(api.getPortalHome, {})).tasks.filter((task) => task.kind === 'invitation.answer'),
    ).toEqual([]);
  });

  it('takes a creator who declines off the roster with their reason, and hides one creator’s job from another', async () => {
    const enrolmentId = await enrolmentOf(odd);
    await brand().call(api.sendInvitations, { campaignId, enrolmentIds: [enrolmentId] });
    const stranger = await test.portal('brand', nell);
    const strange = stranger.call(api.declineInvitation, { enrolmentId, reason: 'Ha' });
    const missing = stranger.call(api.declineInvitation, { enrolmentId: 'enr_none', reason: 'Ha' });
    const [a, b] = await Promise.all([strange.catch(String), missing.catch(String)]);
    expect(a).toBe(b);
    const portal = await test.portal('brand', odd);
    await portal.call(api.declineInvitation, { enrolmentId, reason: 'Too busy' });
    const { rows } = await brand().call(api.listInvitations, { campaignId });
    expect(rows.find((row) => row.personId === odd)).toMatchObject({ answer: 'declined', answerReason: 'Too busy' });
    expect((await portal.call(api.listPortalCampaigns, {})).rows).toEqual([]);
  });

  it('makes an account by a code sent to the address the brand has, and by no other', async () => {
    const { client } = await cameIn(nell);
    await expect(client.call(api.downloadPortalData, {})).rejects.toMatchObject({ code: 'portal.account_needed' });
    await expect(client.call(api.sendPortalCode, { email: 'thief@x.example' })).rejects.toMatchObject({
      code: 'portal.other_email',
    });
    expect(await client.call(api.sendPortalCode, { email: 'Nell@x.example' })).toEqual({ state: 'sent' });
    const code = /\d{6}/.exec((await lastMail('nell@x.example')).body)?.[0] ?? '';
    const wrong = code === '000000' ? '000001' : '000000';
    await expect(client.call(api.confirmPortalCode, { email: 'nell@x.example', code: wrong })).rejects.toMatchObject({
      code: 'portal.wrong_code',
    });
    const session = await client.call(api.confirmPortalCode, { email: 'nell@x.example', code });
    expect(session).toMatchObject({
      account: { email: 'nell@x.example', hasPassword: false },
      brands: [{ slug: 'brand', personId: nell }],
    });
    await expect(client.call(api.confirmPortalCode, { email: 'nell@x.example', code })).rejects.toMatchObject({
      code: 'portal.wrong_code',
    });
    await client.call(api.setPortalPassword, { password: 'oat foam at half past eight' });
    const elsewhere = openBrowser(test);
    await expect(
      elsewhere.client.call(api.signInToPortal, { email: 'nell@x.example', password: 'oat' }),
    ).rejects.toMatchObject({ code: 'portal.wrong_password' });
    const again = await elsewhere.client.call(api.signInToPortal, {
      email: 'nell@x.example',
      password: 'oat foam at half past eight',
    });
    expect(again.brands.map((one) => one.slug)).toEqual(['brand']);
  });

  it('says the same to a stranger’s e-mail as to a known one, and locks a code after five tries', async () => {
    const { client } = openBrowser(test);
    expect(await client.call(api.sendPortalCode, { email: 'nobody@x.example' })).toEqual({ state: 'sent' });
    await client.call(api.sendPortalCode, { email: 'nell@x.example' });
    const code = /\d{6}/.exec((await lastMail('nell@x.example')).body)?.[0] ?? '';
    const wrong = code === '111111' ? '222222' : '111111';
    for (let tries = 0; tries < 5; tries += 1)
      await client.call(api.confirmPortalCode, { email: 'nell@x.example', code: wrong }).catch(() => undefined);
    await expect(client.call(api.confirmPortalCode, { email: 'nell@x.example', code })).rejects.toMatchObject({
      code: 'portal.wrong_code',
    });
  });

  it('gives one account every brand that knows its address, and makes one without mail by a link made for it', async () => {
    const both = (await make('brand', 'both', 'both@x.example')).id;
    const there = (await make('other', 'both', 'both@x.example')).id;
    await test.client('other').call(api.makePortalLink, { personId: there });
    const { client } = await cameIn(both, { makesAccount: true });
    const session = await client.call(api.makePortalAccount, {
      email: 'both@x.example',
      password: 'two brands and one page',
    });
    expect(session.brands.map((one) => one.slug).sort()).toEqual(['brand', 'other']);
    const chosen = await client.call(api.chooseBrand, { slug: 'other' });
    expect(chosen.current).toBe('other');
    const { client: plain } = await cameIn(odd);
    await expect(
      plain.call(api.makePortalAccount, { email: 'odd@x.example', password: 'two brands and one page' }),
    ).rejects.toMatchObject({ code: 'portal.account_needed' });
  });

  it('sends a new link in the place of one that ended, and asks a member for one that was taken back', async () => {
    const { link, row } = await brand().call(api.makePortalLink, { personId: odd, path: '/links' });
    const token = new URL(link).hash.slice(1);
    const { client } = openBrowser(test);
    const end = (values: object) =>
      test.core.infra.db.asSystem((tx) => tx.updateTable('portal_link').set(values).where('id', '=', row.id).execute());
    await end({ expires_at: new Date(Date.now() - 1000) });
    await expect(client.call(api.enterPortal, { token })).rejects.toMatchObject({ code: 'portal.link_expired' });
    expect((await client.call(api.askForLink, { token })).state).toBe('sent');
    const fresh = /#(\S+)/.exec((await lastMail('odd@x.example')).body)?.[1] ?? '';
    expect((await client.call(api.enterPortal, { token: fresh })).path).toBe('/links');
    await brand().call(api.revokePortalLink, { linkId: row.id });
    await end({ asked_at: null, asked_state: null });
    expect((await client.call(api.askForLink, { token })).state).toBe('waits');
    expect((await brand().call(api.listPortalLinks, { isWaiting: true })).rows.map((one) => one.id)).toEqual([row.id]);
    await brand().call(api.makePortalLink, { personId: odd });
    expect((await brand().call(api.listPortalLinks, { isWaiting: true })).rows).toEqual([]);
  });

  it('shows a member what a creator sees and lets them change nothing of it', async () => {
    const member = openBrowser(test);
    const local = createClient({
      baseUrl: test.core.infra.config.publicUrl,
      apiKey: test.core.infra.localToken,
      workspace: () => 'brand',
      fetch: async (request) => {
        const answer = await test.fetch(request);
        await member.client.call(api.getPortalSession, {});
        cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
        return answer;
      },
    });
    let cookie = '';
    await local.call(api.startPortalPreview, { personId: nell });
    const ask = (method: string, path: string) =>
      test.fetch(
        new Request(`http://localhost:4600/api/v1${path}`, {
          method,
          headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
          ...(method === 'GET' ? {} : { body: '{"city":"Cork"}' }),
        }),
      );
    expect((await ask('GET', '/portal/me')).status).toBe(200);
    expect((await ask('PATCH', '/portal/me')).status).toBe(403);
    expect((await brand().call(getCreator, { personId: nell })).city).toBeNull();
  });

  it('tells a creator their own links, codes and results, and nobody else’s', async () => {
    const link = await brand().call(createLink, {
      destination: 'https://shop.example/',
      personId: nell,
      slug: 'nells',
    });
    await brand().call(createLink, { destination: 'https://shop.example/', personId: odd, slug: 'odds' });
    await brand().call(createCode, { code: 'NELL10', percent: 10, personId: nell });
    const portal = await test.portal('brand', nell);
    const mine = await portal.call(api.readPortalLinks, {});
    expect(mine).toMatchObject({
      links: [{ shortUrl: expect.stringMatching(/\/nells$/) }],
      codes: [{ code: 'NELL10', terms: '10 % off' }],
    });
    expect(await (await portal.open(api.drawPortalQr, { linkId: link.id })).text()).toContain('<svg');
    const stranger = await test.portal('brand', odd);
    await expect(stranger.open(api.drawPortalQr, { linkId: link.id })).rejects.toMatchObject({ kind: 'not_found' });
    expect(await portal.call(api.readPortalResults, {})).toMatchObject({ totals: { clicks: 0, orders: 0, sales: [] } });
    await expect(portal.call(api.readPortalResults, { from: '2030-01-01' })).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('takes a creator’s own word on their contact, but an e-mail only from their account', async () => {
    const portal = await test.portal('brand', nell);
    expect(await portal.call(api.updatePortalMe, { city: 'Cork' })).toMatchObject({ city: 'Cork' });
    await expect(portal.call(api.updatePortalMe, { emails: ['thief@x.example'] })).rejects.toMatchObject({
      code: 'portal.account_needed',
    });
  });

  it('takes figures over from a screenshot once a member says so, with the day they were taken', async () => {
    const portal = await test.portal('brand', nell);
    const send = (handle: string) =>
      portal.upload(
        api.sendProof,
        { platform: 'instagram', handle, takenOn: day(-1), figures: { followers: 12_345, reach: 900 } },
        { body: png(), fileName: 'insights.png' },
      );
    await expect(send('somebody')).rejects.toMatchObject({ details: [{ field: 'handle' }] });
    const proof = await send('@nell');
    await expect(brand().call(api.decideProof, { proofId: proof.id, isTaken: false })).rejects.toMatchObject({
      kind: 'invalid',
    });
    await brand().call(api.decideProof, { proofId: proof.id, isTaken: true });
    const [profile] = (await brand().call(getCreator, { personId: nell })).profiles;
    expect(profile?.followers).toBe(12_345);
    await expect(brand().call(api.decideProof, { proofId: proof.id, isTaken: true })).rejects.toMatchObject({
      code: 'portal.answered',
    });
  });

  it('hands a creator everything that is kept of them, with files and without secrets, and erases them as they ask', async () => {
    const { client } = await cameIn(nell);
    await client.call(api.signInToPortal, { email: 'nell@x.example', password: 'oat foam at half past eight' });
    const zip = unzipSync(new Uint8Array(await (await client.open(api.downloadPortalData, {})).arrayBuffer()));
    const names = Object.keys(zip);
    expect(names).toEqual(
      expect.arrayContaining([
        'about.json',
        'data/person.json',
        'data/enrolment.json',
        'data/campaign_invitation.json',
        'data/link.json',
      ]),
    );
    expect(names.some((name) => name.startsWith('files/fil_'))).toBe(true);
    const all = names.map((name) => new TextDecoder().decode(zip[name])).join('\n');
    expect(all).not.toContain('token_hash');
    expect(all).not.toContain('odd@x.example');
    await client.call(api.askDeletion, { reason: 'Done here' });
    await client.call(api.askDeletion, { reason: 'Done here, really', isObjection: true });
    const { rows } = await brand().call(api.listDeletions, {});
    expect(rows).toMatchObject([{ personId: nell, reason: 'Done here, really', isObjection: true }]);
    await brand().call(api.doDeletion, { deletionId: rows[0]?.id ?? '' });
    await expect(brand().call(getCreator, { personId: nell })).rejects.toMatchObject({ kind: 'not_found' });
    await expect(client.call(api.getPortalMe, {})).rejects.toMatchObject({ kind: 'unauthenticated' });
    const left = await test.core.infra.db.asSystem((tx) =>
      tx.selectFrom('portal_deletion').selectAll().where('workspace_id', '=', workspaceId).executeTakeFirstOrThrow(),
    );
    expect(left).toMatchObject({ state: 'done', asked_by: '', reason: '' });
  });
});

function png(): Uint8Array<ArrayBuffer> {
  const text = atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==');
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
