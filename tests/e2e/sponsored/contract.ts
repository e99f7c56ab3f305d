import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  getDocument,
  getPortalContract,
  getPortalDocument,
  listContracts,
  listPortalContracts,
  readDocumentHash,
  signContract,
  signPortalContract,
} from '#modules/contracts/api.ts';
import { openLinkOf } from '#tests/support/story-steps.ts';
import { aoife, type CastCreator, chooseAll, creators, goTo, mia, type Scene, said, stepMs, team } from './cast.ts';

const consentText = 'I have read the document and sign it';

/** What the brief asks for becomes pieces of each creator; drafts of contracts take them over and go out by mail. */
export async function offerContracts(scene: Scene): Promise<void> {
  const { page, steps } = scene;
  const { button, field, dialog } = steps;
  await goTo(scene, '/settings/contracts');
  await field('Legal name').fill('Oatwhistle Ltd');
  await field('Address').fill('3 Quay Street, Cork, Ireland');
  await button('Save name and address').click();
  await said(page, 'Saved for contracts made from now on');
  await goTo(scene, './content');
  await button('Plan what the brief asks for').click();
  await said(page, 'Planned 10 pieces for 10 creators');
  await goTo(scene, './contracts');
  await button('Draft for 10 creators').click();
  await steps.choose('Template', 'Sponsored content, European Union', dialog());
  await button('Draft contracts', dialog()).click();
  await said(page, 'Drafted 10 contracts');
  await chooseAll(scene);
  await button('Send to creators').click();
  await button('Send', dialog()).click();
  await said(page, '10 contracts sent, 10 by mail');
  await button('Done', dialog()).click();
  await steps.picture('contracts-sent');
}

/** Mia signs as offered; Aoife proposes 350, the manager agrees, and both sign that version. */
export async function settleTwo(scene: Scene): Promise<void> {
  const { page, steps, story, browser } = scene;
  const { button } = steps;
  const miasPhone = await openLinkOf(story, browser, await story.mailTo(mia.email, /your contract for/));
  await signOnPhone(miasPhone, mia);
  await miasPhone.getByText('You signed, the brand signs next').waitFor();
  await miasPhone.context().close();

  const phone = await openLinkOf(story, browser, await story.mailTo(aoife.email, /your contract for/));
  await phone.getByRole('button', { name: 'Propose something else' }).click();
  expect(await phone.getByLabel('Fee, EUR').inputValue()).toBe('300.00');
  await phone.getByLabel('Fee, EUR').fill('350');
  await phone.getByLabel('A word to the brand').fill('A morning of filming, and the bowl is hand-thrown.');
  await steps.picture('phone-counter', phone);
  await phone.getByRole('button', { name: 'Send the proposal' }).click();
  await phone.getByText('The brand looks at your proposal').waitFor();
  await phone.context().close();

  await goTo(scene, './contracts?state=countered');
  await page.getByRole('row').filter({ hasText: aoife.name }).click();
  await said(page, `${aoife.name} proposes`);
  const next = page.getByRole('complementary');
  expect((await next.textContent()) ?? '').toMatch(/300.*350/s);
  await steps.picture('counter-offer');
  await button('Agree to it').click();
  await said(page, 'Agreed; the creator is asked to sign');
  const again = await openLinkOf(story, browser, await story.mailTo(aoife.email, /news on/));
  await again.getByText('Please sign').first().waitFor();
  await signOnPhone(again, aoife);
  await steps.picture('phone-signed', again);
  await again.context().close();
}

async function signOnPhone(phone: Page, who: CastCreator): Promise<void> {
  const download = phone.waitForEvent('download');
  await phone.getByRole('button', { name: 'Open the document to sign' }).click();
  await download;
  await phone.getByLabel('Your full name').fill(who.name);
  await phone.getByLabel(consentText).check();
  await phone.getByRole('button', { name: 'Sign the contract' }).click();
  await phone.getByText(`Signed as ${who.name}`).waitFor();
}

/** The manager signs Aoife's in the browser, saves the sealed document, and `pdfsig` says its seal is valid. */
export async function signForTheBrand(scene: Scene): Promise<void> {
  const { page, steps } = scene;
  const { button, field } = steps;
  await page.reload();
  const opened = page.waitForEvent('download');
  await button('Open the document to sign').click();
  await opened;
  await field('Your full name').fill(team.person);
  await field('Your role').fill('Head of marketing');
  await field(consentText).check();
  await button('Sign the contract').click();
  await button(/^Save the sealed contract/).waitFor();
  await steps.picture('contract-signed');
  const sealed = await steps.download(/^Save the sealed contract/);
  const { stdout } = await promisify(execFile)('pdfsig', [await sealed.path()]);
  expect(stdout).toContain('Signature is Valid');
  expect(stdout).toMatch(/total document signed/i);
  await button('Evidence')
    .or(page.getByRole('radio', { name: 'Evidence' }))
    .first()
    .click({ force: true });
  await said(page, aoife.name);
  await steps.picture('evidence');
}

/** The other eight sign by the links of their mails, and the manager signs all that wait. */
export async function signTheRest(scene: Scene): Promise<void> {
  const { story, client, campaignId, steps, page } = scene;
  for (const who of creators.filter((one) => one !== mia && one !== aoife)) {
    const portal = story.portal(team.slug, await story.mailTo(who.email, /your contract for/));
    const [row] = await portal.call(listPortalContracts, {});
    const contractId = row?.id ?? '';
    const { version, documentHash } = await portal.call(getPortalContract, { contractId });
    await (await portal.open(getPortalDocument, { contractId, version })).arrayBuffer();
    const signature = { name: who.name, method: 'typed' as const, agrees: true as const };
    await portal.call(signPortalContract, { contractId, version, documentHash, ...signature });
  }
  const { rows } = await client.call(listContracts, { campaignId, states: ['agreed'] });
  expect(rows).toHaveLength(9);
  for (const { id: contractId, version } of rows) {
    await (await client.open(getDocument, { contractId, version })).arrayBuffer();
    const { hash } = await client.call(readDocumentHash, { contractId, version });
    const signature = { name: team.person, role: 'Head of marketing', method: 'typed' as const, agrees: true as const };
    await client.call(signContract, { contractId, version, documentHash: hash, ...signature });
  }
  await goTo(scene, './contracts');
  await said(page, '10 contracts in force');
  const fees = page.getByRole('row').filter({ hasText: '€ 3' });
  await expect.poll(() => fees.count(), { timeout: stepMs }).toBe(10);
  expect(await page.getByRole('row').filter({ hasText: aoife.name }).textContent()).toContain('350');
  await steps.picture('contracts-in-force');
}
