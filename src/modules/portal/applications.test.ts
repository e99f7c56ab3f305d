import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiPrefix } from '#kernel/endpoint.ts';
import { createCampaign, listRoster } from '#modules/campaigns/api.ts';
import { createCreator, getCreator, suppress } from '#modules/creators/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  approveApplication,
  createApplicationPage,
  exportApplications,
  getApplicationPage,
  listApplications,
  listPrograms,
  openApplicationPage,
  rejectApplication,
  removeApplicationPage,
  sendApplication,
  startApplication,
  updateApplicationPage,
  uploadApplicationFile,
} from './api.ts';

describe('application pages', () => {
  let test: TestCore;
  const at = { workspaceSlug: 'brand', pageSlug: 'bakers' };

  beforeAll(async () => {
    test = await openTestCore({ env: { RAPPORT_TRUSTED_PROXIES: '127.0.0.1' } });
    await test.database.createWorkspace('brand');
    await test.database.createWorkspace('other');
  });

  afterAll(() => test.close());

  const brand = () => test.client('brand');
  const form = (email: string, handle: string, more: Record<string, unknown> = {}) => ({
    ...at,
    name: 'Nell Thistlewick',
    email,
    profiles: [{ platform: 'instagram' as const, handle, followers: 12_000 }],
    hasConsented: true,
    ...more,
  });
  const open = (title: string, more: object = {}) =>
    brand().call(createApplicationPage, { title, state: 'open', ...more });
  const applied = async (pageId: string) => (await brand().call(listApplications, { pageId })).rows;

  it('keeps a draft from everybody, and shows an open page with its questions', async () => {
    const page = await brand().call(createApplicationPage, { title: 'Bakers', slug: 'bakers' });
    expect(page.address).toMatch(/\/p\/apply\/brand\/bakers$/);
    await expect(brand().call(openApplicationPage, at)).rejects.toMatchObject({ kind: 'not_found' });
    const questions = [{ id: 'why', kind: 'long' as const, label: 'Why us?', isRequired: true }];
    await brand().call(updateApplicationPage, { pageId: page.id, state: 'open', questions });
    expect(await brand().call(openApplicationPage, at)).toMatchObject({ state: 'open', questions: [{ id: 'why' }] });
    await expect(brand().call(createApplicationPage, { title: 'X', slug: 'bakers' })).rejects.toMatchObject({
      code: 'portal.slug_taken',
    });
  });

  it('names every fault of an application at once, and keeps nothing of it', async () => {
    const send = brand().call(sendApplication, form('nell@x.example', 'not a handle!!', { hasConsented: false }));
    await expect(send).rejects.toMatchObject({
      kind: 'invalid',
      details: expect.arrayContaining([
        expect.objectContaining({ field: 'answers.why' }),
        expect.objectContaining({ field: 'profiles.0.handle' }),
        expect.objectContaining({ field: 'hasConsented' }),
      ]),
    });
    expect((await brand().call(listApplications, {})).rows).toEqual([]);
  });

  it('takes an applicant up: the creator is made, tagged and enrolled, once however often it is approved', async () => {
    const campaign = await brand().call(createCampaign, {
      name: 'Slow Mornings',
      model: 'sponsored',
      startsOn: '2026-06-01',
      endsOn: '2027-06-01',
    });
    const page = await open('Campaign page', { slug: 'c1', campaignId: campaign.id, tags: ['gold'] });
    const sent = await brand().call(sendApplication, { ...form('nell@x.example', '@nell.bakes'), pageSlug: 'c1' });
    expect(sent.state).toBe('received');
    const [application] = await applied(page.id);
    const approved = await brand().call(approveApplication, { applicationId: application?.id ?? '' });
    expect(approved).toMatchObject({
      state: 'approved',
      mailState: 'off',
      portalLink: expect.stringContaining('/p/enter#rpp_'),
    });
    const person = await brand().call(getCreator, { personId: approved.personId ?? '' });
    expect(person).toMatchObject({ emails: ['nell@x.example'], tags: ['gold'] });
    expect((await brand().call(listRoster, { campaignId: campaign.id })).rows).toHaveLength(1);
    await expect(brand().call(approveApplication, { applicationId: application?.id ?? '' })).rejects.toMatchObject({
      code: 'portal.answered',
    });
  });

  it('joins an applicant with the creator who has the account or the e-mail already', async () => {
    const known = await brand().call(createCreator, {
      name: 'Odd',
      emails: ['odd@x.example'],
      profiles: [{ platform: 'tiktok', handle: 'odd' }],
    });
    const page = await open('Join', { slug: 'join' });
    await brand().call(sendApplication, { ...form('ODD@x.example', 'odd.on.insta'), pageSlug: 'join' });
    const [application] = await applied(page.id);
    expect(application?.matches).toEqual([{ personId: known.id, name: 'Odd', by: 'e-mail' }]);
    const approved = await brand().call(approveApplication, { applicationId: application?.id ?? '', isMailed: false });
    expect(approved.personId).toBe(known.id);
    const person = await brand().call(getCreator, { personId: known.id });
    expect(person.profiles.map((profile) => profile.handle).sort()).toEqual(['odd', 'odd.on.insta']);
  });

  it('turns down by rule at once and says why, marks for a person what is only doubtful or not stated', async () => {
    const rules = {
      countries: { mode: 'is' as const, codes: ['IE'], otherwise: 'reject' as const },
      followers: { min: 5000, max: null, otherwise: 'review' as const },
      adult: { otherwise: 'reject' as const },
    };
    const page = await open('Rules', { slug: 'rules', rules });
    const send = (email: string, more: object) =>
      brand().call(sendApplication, {
        ...form(email, email.split('@')[0] ?? ''),
        pageSlug: 'rules',
        isAdult: true,
        ...more,
      });
    expect(await send('a@x.example', { country: 'DE' })).toMatchObject({
      state: 'declined',
      message: 'Thank you for asking. This program is for creators in Ireland.',
    });
    expect((await send('b@x.example', { country: 'IE' })).state).toBe('received');
    expect((await send('c@x.example', { country: null })).state).toBe('received');
    const states = (await applied(page.id)).map((row) => [
      row.email[0],
      row.state,
      row.findings.map((one) => one.outcome),
    ]);
    expect(states).toEqual([
      ['c', 'waits', ['unknown', 'fits', 'fits']],
      ['b', 'waits', ['fits', 'fits', 'fits']],
      ['a', 'rejected', ['reject', 'fits', 'fits']],
    ]);
    // Whoever types an address makes one mail to it, and no word of theirs is in it.
    await send('a@x.example', { country: 'FR', name: 'Buy now' });
    const mails = await test.database.db.asSystem((tx) =>
      tx.selectFrom('mail_out').select(['subject', 'body']).where('to_address', '=', 'a@x.example').execute(),
    );
    expect(mails).toEqual([
      { subject: expect.stringContaining('About'), body: expect.stringContaining('for creators in Ireland') },
    ]);
    expect(JSON.stringify(mails)).not.toContain('Buy');
  });

  it('makes one of what the same applicant sends twice, also when both arrive together', async () => {
    const page = await open('Twice', { slug: 'twice' });
    const send = (email: string, name: string) =>
      brand().call(sendApplication, { ...form(email, 'twice'), pageSlug: 'twice', name });
    await Promise.all([send('one@x.example', 'First'), send('one@x.example', 'First')]);
    await send('other@x.example', 'Second');
    const rows = await applied(page.id);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ name: 'Second', email: 'other@x.example', earlier: 2 });
  });

  it('keeps nothing from a program that fills in the hidden field, and lets nobody in without the invitation', async () => {
    const page = await open('Hidden', { slug: 'hidden', access: 'invite' });
    const inviteCode = new URL(page.address).hash.slice(1);
    const bare = { workspaceSlug: 'brand', pageSlug: 'hidden' };
    expect(await brand().call(openApplicationPage, bare)).toMatchObject({ state: 'invite_needed', questions: [] });
    await expect(brand().call(sendApplication, { ...form('x@x.example', 'xx'), ...bare })).rejects.toMatchObject({
      code: 'portal.invite_needed',
    });
    const bot = { ...form('x@x.example', 'xx'), ...bare, inviteCode, companyFax: '123' };
    expect((await brand().call(sendApplication, bot)).state).toBe('received');
    expect(await applied(page.id)).toEqual([]);
  });

  it('counts a visitor once a day and step, from the visit to the approval', async () => {
    const page = await open('Funnel', { slug: 'funnel' });
    const bare = { workspaceSlug: 'brand', pageSlug: 'funnel' };
    const visit = (address: string) =>
      test.fetch(
        new Request(`http://localhost${apiPrefix}/apply/brand/funnel`, { headers: { 'user-agent': address } }),
      );
    for (const browser of ['a', 'a', 'b']) await visit(browser);
    await brand().call(startApplication, bare);
    await brand().call(sendApplication, { ...form('f@x.example', 'ff'), ...bare });
    const [application] = await applied(page.id);
    await brand().call(approveApplication, { applicationId: application?.id ?? '', isMailed: false });
    expect((await brand().call(getApplicationPage, { pageId: page.id })).funnel).toEqual({
      visit: 2,
      start: 1,
      submit: 1,
      approve: 1,
    });
  });

  it('takes a file for its question only, and forgets one nobody applied with', async () => {
    const questions = [{ id: 'kit', kind: 'file' as const, label: 'Media kit', isRequired: true }];
    const page = await open('Files', { slug: 'files', questions });
    const bare = { workspaceSlug: 'brand', pageSlug: 'files' };
    const png = Uint8Array.from(
      atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='),
      (letter) => letter.charCodeAt(0),
    );
    const up = () =>
      brand().upload(uploadApplicationFile, { ...bare, questionId: 'kit' }, { body: png, fileName: 'kit.png' });
    const { fileId } = await up();
    await up();
    await expect(
      brand().upload(uploadApplicationFile, { ...bare, questionId: 'kit' }, { body: '<svg/>', fileName: 'kit.png' }),
    ).rejects.toMatchObject({ kind: 'invalid' });
    await brand().call(sendApplication, { ...form('k@x.example', 'kk'), ...bare, answers: { kit: fileId } });
    const stolen = { ...form('l@x.example', 'll'), ...bare, answers: { kit: fileId } };
    await expect(brand().call(sendApplication, stolen)).rejects.toMatchObject({ details: [{ field: 'answers.kit' }] });
    expect((await applied(page.id))[0]?.answers[0]).toMatchObject({ fileName: 'kit.png' });
    await test.core.infra.db.asSystem((tx) =>
      tx
        .updateTable('application_file')
        .set({ created_at: new Date(0) })
        .execute(),
    );
    expect(await test.core.modules.portal.forgetUnsentFiles()).toBe(1);
    expect((await applied(page.id))[0]?.answers[0]).toMatchObject({ fileName: 'kit.png' });
  });

  it('refuses to take up who asked never to be kept, and tells an applicant the reason of a refusal', async () => {
    const page = await open('Never', { slug: 'never' });
    await brand().call(suppress, { handle: 'never.me', platform: 'instagram', reason: 'objected' });
    await brand().call(sendApplication, { ...form('never@x.example', 'never.me'), pageSlug: 'never' });
    const [application] = await applied(page.id);
    const applicationId = application?.id ?? '';
    await expect(brand().call(approveApplication, { applicationId })).rejects.toMatchObject({
      code: 'portal.suppressed',
    });
    const rejected = await brand().call(rejectApplication, { applicationId, reason: 'No room' });
    expect(rejected).toMatchObject({ state: 'rejected', decidedReason: 'No room', mailState: 'off' });
  });

  it('lists only programs that are switched on, and keeps formulas out of the export', async () => {
    await open('Seen', { slug: 'seen', isListed: true, category: 'Food' });
    await brand().call(sendApplication, { ...form('e@x.example', 'ee'), pageSlug: 'seen', name: '=1+1' });
    const programs = await brand().call(listPrograms, {});
    expect(programs.rows.map((row) => row.title)).toEqual(['Seen']);
    const csv = await (await brand().open(exportApplications, { q: 'e@x.example' })).text();
    expect(csv).toContain("'=1+1");
  });

  it('hides pages and applications of one workspace from another', async () => {
    const page = await open('Mine', { slug: 'mine' });
    await brand().call(sendApplication, { ...form('m@x.example', 'mm'), pageSlug: 'mine' });
    const [application] = await applied(page.id);
    const other = test.client('other');
    await expect(other.call(getApplicationPage, { pageId: page.id })).rejects.toMatchObject({ kind: 'not_found' });
    await expect(other.call(removeApplicationPage, { pageId: page.id })).rejects.toMatchObject({ kind: 'not_found' });
    await expect(other.call(approveApplication, { applicationId: application?.id ?? '' })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});
