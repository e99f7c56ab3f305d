import { expect } from 'vitest';
import { listMailings } from '#modules/outreach/api.ts';
import { acceptInvitation } from '#modules/portal/api.ts';
import { openLinkOf } from '#tests/support/story-steps.ts';
import {
  aoife,
  chooseAll,
  creators,
  dayFromNow,
  goTo,
  jonas,
  later,
  mia,
  rosterByName,
  type Scene,
  said,
  stepMs,
  team,
} from './cast.ts';

/** Two mails, the second for those who do not answer; Jonas and Aoife answer the first, and get no second one. */
export async function writeToAll(scene: Scene): Promise<void> {
  const { page, steps, story, client } = scene;
  const { button, field } = steps;
  await goTo(scene, './outreach');
  await button('Write to 10 who have not agreed yet').click();
  await steps.heading('Write to 10 creators');
  const first = page.getByRole('region', { name: 'Mail 1' });
  await field('Subject', first).fill('Slow mornings, {{first_name}}?');
  await field('Text', first).fill('Hi {{first_name}},\n\nyour breakfasts make people slow down. {{pitch}} Shall we?');
  await button('Add a mail for those who do not answer').click();
  await field('Text', page.getByRole('region', { name: 'Mail 2' })).fill('Did this reach you, {{first_name}}?');
  await button('Write to 10').click();
  await said(page, '10 creators will be written to within sending hours');
  await untilWrittenTo(scene, 1, creators.length);
  const [toJonas, toAoife] = await Promise.all([jonas, aoife].map((who) => story.mailTo(who.email, /Slow mornings/)));
  expect(toJonas?.parsed.subject).toBe('Slow mornings, Jonas?');
  await story.reply(toJonas as never, { text: 'Gladly. Which oats are they?' });
  await story.reply(toAoife as never, { text: 'I like it. I would do it for 350.' });
  await story.runDue('outreach.sync');
  await page.reload();
  for (const who of [jonas, aoife])
    await page.getByRole('row').filter({ hasText: who.name }).filter({ hasText: 'answered' }).waitFor();
  await steps.picture('mailing');
  await later(scene, 4);
  await untilWrittenTo(scene, 2, creators.length - 2);
  for (const who of [jonas, aoife]) expect(story.mails(who.email)).toHaveLength(1);
  const { rows } = await client.call(listMailings, {});
  expect(rows[0]?.stats.replied).toMatchObject({ count: 2, n: 10 });
}

/** The planner runs minute by minute, as fast as the mailbox's gap between mails allows. */
async function untilWrittenTo(scene: Scene, mails: number, people: number): Promise<void> {
  const { story } = scene;
  const counted = () => creators.filter((one) => story.mails(one.email).length >= mails).length;
  for (let minute = 0; minute < 15 && counted() < people; minute += 1) {
    await story.runDue('outreach.send-due');
    await story.move({ hours: 1 / 60 });
  }
  await later(scene, 0);
  expect(counted()).toBe(people);
}

/** The answers stand in the conversation, and the manager answers one from there. */
export async function answerAoife(scene: Scene): Promise<void> {
  const { page, steps, story } = scene;
  await goTo(scene, '/outreach');
  await page.getByText(aoife.name).first().click();
  await said(page, 'I would do it for 350');
  await steps.picture('conversation');
  await steps.field(`Answer ${aoife.email}`).fill('Let us settle it in the contract: you can propose yours there.');
  await steps.button('Send the answer').click();
  const mail = await story.mailTo(aoife.email, /settle it in the contract/);
  expect(mail.parsed.inReplyTo).toBeTruthy();
}

/** All ten are invited by mail; Mia says yes on her phone, the others by their links. */
export async function inviteAll(scene: Scene): Promise<void> {
  const { page, steps, story, browser } = scene;
  const { button, field, dialog } = steps;
  await goTo(scene, './invitations');
  await chooseAll(scene);
  await button('Invite 10 creators').click();
  await field('A word to them', dialog()).fill('We would love to have you at our table.');
  await field('Answer by', dialog()).fill(dayFromNow(scene, 7));
  await button('Invite', dialog()).click();
  await said(page, 'Invited 10 creators');
  const phone = await openLinkOf(story, browser, await story.mailTo(mia.email, /invites you/));
  await phone.getByText('We would love to have you at our table.').waitFor();
  await phone.getByText('€ 300').first().waitFor();
  await steps.picture('phone-invitation', phone);
  await phone.getByRole('button', { name: 'Yes, I am in' }).click();
  await phone.getByText('You are in').waitFor();
  await phone.context().close();
  const roster = await rosterByName(scene);
  for (const who of creators.slice(1)) {
    const portal = story.portal(team.slug, await story.mailTo(who.email, /invites you/));
    await portal.call(acceptInvitation, { enrolmentId: roster(who).id });
  }
  await page.reload();
  await expect.poll(() => page.getByText('said yes').count(), { timeout: stepMs }).toBe(10);
  await steps.picture('invitations');
}
