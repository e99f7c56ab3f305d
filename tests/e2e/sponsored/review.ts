import sharp from 'sharp';
import { expect } from 'vitest';
import {
  listSubmissions,
  portalAddFile,
  portalListSubmissions,
  portalStartDraft,
  portalSubmitDraft,
  portalWriteDraft,
} from '#modules/submissions/api.ts';
import { openLinkOf } from '#tests/support/story-steps.ts';
import {
  type CastCreator,
  creators,
  goTo,
  jonas,
  later,
  mia,
  type Scene,
  said,
  seeInAllLights,
  stepMs,
  team,
} from './cast.ts';

const plain = 'Half past eight, and nobody is in a hurry. My new favourite porridge by @oatwhistle. #slowmornings';

/** What a creator posts in the end: labelled before anything else. */
export const labelled = (who: CastCreator) =>
  `Ad. Half past eight, and nobody is in a hurry. ${who.name.split(' ')[0]}'s bowl by @oatwhistle. #slowmornings`;

/** A bowl on a table, in the colour of the round. */
async function picture(table: string): Promise<Buffer> {
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="864" height="1080">
    <rect width="864" height="1080" fill="${table}"/><ellipse cx="432" cy="700" rx="300" ry="90" fill="#00000022"/>
    <path d="M152 520a280 280 0 0 0 560 0z" fill="#f4efe6"/><ellipse cx="432" cy="520" rx="280" ry="84" fill="#d9b88c"/>
    <circle cx="370" cy="500" r="26" fill="#7a2e3a"/><circle cx="470" cy="540" r="26" fill="#7a2e3a"/></svg>`;
  return sharp(Buffer.from(drawn)).png().toBuffer();
}

/** Mia's first draft lacks the label: told while she types, repaired with one press, sent. */
export async function miaSendsADraft(scene: Scene): Promise<void> {
  const { story, browser, steps } = scene;
  const phone = await openLinkOf(story, browser, await story.mailTo(mia.email, /your contract for/));
  await phone.goto(`${story.address}/p/submissions`);
  await phone.getByRole('link', { name: /The bowl in your morning/ }).click();
  await phone.getByRole('button', { name: 'Begin the draft' }).click();
  const file = { name: 'morning.png', mimeType: 'image/png', buffer: await picture('#3f4a44') };
  await phone.locator('input[type=file]').setInputFiles(file);
  await phone.getByRole('img', { name: 'morning.png' }).waitFor();
  await phone.getByLabel('Your caption').fill(plain);
  await phone.getByText('Not in order').first().waitFor({ state: 'attached' });
  await steps.picture('phone-verdict', phone);
  await phone.getByRole('button', { name: 'Repair in one click' }).click();
  await phone.getByText('tells readers in time that this is advertising').waitFor();
  expect(await phone.getByLabel('Your caption').inputValue()).toMatch(/^(ad|#ad|anzeige|werbung|advert)/i);
  await steps.picture('phone-repaired', phone);
  await phone.getByRole('button', { name: 'Send the draft' }).click();
  await phone.getByText('The brand looks at it.').waitFor();
  await phone.context().close();
}

/** The manager pins a remark to the picture and asks for a change. */
export async function askMiaForChanges(scene: Scene): Promise<void> {
  const { page, steps } = scene;
  const { button, field, dialog } = steps;
  await goTo(scene, './drafts');
  await said(page, '1 draft to approve');
  await page.getByRole('row').filter({ hasText: mia.name }).getByRole('link').first().click();
  await page.getByRole('img', { name: /morning\.png/ }).waitFor();
  await button('Pin a remark to the picture').click({ position: { x: 150, y: 150 } });
  await field(/^Remark on the place chosen/).fill('The bowl is too dark here. Could it stand by the window?');
  await button('Add the remark').click();
  await page.getByRole('link', { name: 'Remark 1' }).waitFor();
  await seeInAllLights(scene, 'review');
  await button('Ask for changes').click();
  await dialog().getByRole('textbox').first().fill('Lighter, please; the words are just right.');
  await steps.picture('ask-for-changes');
  await dialog().getByRole('button', { name: /^Ask/ }).click();
  await said(page, `${mia.name} is asked`);
}

/** The mail leads Mia to the remark and the place it is about; she sends another picture. */
export async function miaSendsAgain(scene: Scene): Promise<void> {
  const { story, browser, steps } = scene;
  const phone = await openLinkOf(story, browser, await story.mailTo(mia.email, /^Please change/));
  await phone.getByText('Lighter, please').waitFor();
  await phone.getByText('Could it stand by the window?').waitFor();
  await phone.getByRole('img', { name: 'The place the remark is about' }).waitFor();
  await steps.picture('phone-asked', phone);
  await phone.getByRole('button', { name: 'Begin the next round' }).click();
  await phone.getByRole('button', { name: 'Take morning.png out' }).click();
  const file = { name: 'window.png', mimeType: 'image/png', buffer: await picture('#c9d3c0') };
  await phone.locator('input[type=file]').setInputFiles(file);
  await phone.getByRole('img', { name: 'window.png' }).waitFor();
  await phone.getByRole('button', { name: 'Send the draft' }).click();
  await phone.getByText('The brand looks at it.').waitFor();
  await phone.context().close();
}

export async function approveMia(scene: Scene): Promise<void> {
  const { story, page, steps } = scene;
  const { button, dialog } = steps;
  await page.reload();
  await page.getByRole('img', { name: /window\.png/ }).waitFor();
  await said(page, '2 files changed');
  await button('Settle').first().click();
  await button('Approve').click();
  await button('Approve', dialog()).click();
  await said(page, 'Approved');
  await steps.picture('approved');
  await story.mailTo(mia.email, /^Approved/);
}

/** Everybody else sends a draft. */
export async function sendTheRest({ story }: Scene): Promise<void> {
  const body = new Uint8Array(await picture('#b9a88f'));
  for (const who of creators.filter((one) => one !== mia)) {
    const portal = story.portal(team.slug, await story.mailTo(who.email, /your contract for/));
    const [piece] = await portal.call(portalListSubmissions, {});
    const deliverableId = piece?.deliverableId ?? '';
    await portal.call(portalStartDraft, { deliverableId });
    await portal.upload(portalAddFile, { deliverableId }, { body, fileName: 'bowl.png' });
    await portal.call(portalWriteDraft, { deliverableId, caption: labelled(who) });
    await portal.call(portalSubmitDraft, { deliverableId, round: 1 });
  }
}

/** The manager approves all but Jonas's together, and Jonas's by not answering. */
export async function approveTheRest(scene: Scene): Promise<void> {
  const { story, client, campaignId, page, steps } = scene;
  const { button } = steps;
  await goTo(scene, './drafts');
  await said(page, '9 drafts to approve');
  for (const who of creators.filter((one) => one !== mia && one !== jonas))
    await page.getByRole('row').filter({ hasText: who.name }).getByRole('checkbox').check();
  await steps.picture('drafts');
  await button('Approve 8').click();
  await said(page, '8 drafts approved');

  const { rows } = await client.call(listSubmissions, { campaignId, limit: 50 });
  const waiting = rows.filter((row) => row.state === 'pending_approval');
  expect(waiting.map((row) => row.person.name)).toEqual([jonas.name]);
  // Five working days after it was sent are over at the latest on the eighth, unless holidays lie between.
  await later(scene, 5);
  await story.runDue('submissions.approve-by-silence');
  await page.reload();
  await said(page, '1 draft to approve');
  await later(scene, 6);
  await story.runDue('submissions.approve-by-silence');
  await goTo(scene, './drafts');
  await page.getByRole('row').filter({ hasText: jonas.name }).getByRole('link').first().click();
  await page
    .getByText(/by silence/)
    .first()
    .waitFor();
  await page
    .getByText(/Nobody answered by the end of/)
    .first()
    .waitFor();
  await steps.picture('approved-by-silence');
  await expect
    .poll(() => story.mails(jonas.email).filter((mail) => /approved/i.test(mail.parsed.subject ?? '')).length, {
      timeout: stepMs,
    })
    .toBe(1);
}
