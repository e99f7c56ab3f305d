import { expect } from 'vitest';
import { acknowledgeBrief, getPortalBrief } from '#modules/campaigns/api.ts';
import { openLinkOf } from '#tests/support/story-steps.ts';
import { chooseAll, creators, goTo, mia, rosterByName, type Scene, said, stepMs, team } from './cast.ts';

/** The brief goes out by mail; Mia reads it on her phone and agrees, the others by their links. */
export async function sendBriefToAll(scene: Scene): Promise<void> {
  const { page, steps, story, browser } = scene;
  const { button, dialog } = steps;
  await goTo(scene, './brief?view=creators');
  await chooseAll(scene);
  await button(/^Send (it|the brief|to)/)
    .first()
    .click();
  await button('Send the brief', dialog()).click();
  await said(page, 'Sent to 10 creators');
  const phone = await openLinkOf(story, browser, await story.mailTo(mia.email, /brief/i));
  await phone.getByText('Breakfast may take its time').waitFor();
  await phone.getByText('Story, place, tone, music and cut are yours.').first().waitFor();
  await steps.picture('phone-brief', phone);
  await phone.getByRole('button', { name: 'I have read it and agree' }).click();
  await phone.getByText('You agreed to version 1').waitFor();
  await phone.context().close();
  const roster = await rosterByName(scene);
  for (const who of creators.slice(1)) {
    const portal = story.portal(team.slug, await story.mailTo(who.email, /brief/i));
    const enrolmentId = roster(who).id;
    const { partHash } = await portal.call(getPortalBrief, { enrolmentId });
    await portal.call(acknowledgeBrief, { enrolmentId, partHash });
  }
  await page.reload();
  await said(page, '10 of 10 creators confirmed it');
  expect(await page.getByText('Confirmed', { exact: true }).count()).toBeGreaterThanOrEqual(10);
  await expect.poll(() => page.getByText(/from 127\.0\.0\.1|from ::1/).count(), { timeout: stepMs }).toBe(10);
  await steps.picture('brief-confirmed');
}
