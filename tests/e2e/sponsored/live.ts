import { expect } from 'vitest';
import { portalGiveLive, portalListSubmissions } from '#modules/submissions/api.ts';
import { openLinkOf } from '#tests/support/story-steps.ts';
import {
  type CastCreator,
  creators,
  goTo,
  jonas,
  later,
  mia,
  type Scene,
  seeInAllLights,
  stepMs,
  team,
} from './cast.ts';
import { labelled } from './review.ts';

export const addressOf = (who: CastCreator) => `https://www.instagram.com/p/${who.handle.replace('.', '')}2026/`;

/** Mia pastes the link of her post on the phone, the others theirs by the portal. */
export async function givePosts(scene: Scene): Promise<void> {
  const { story, browser, steps } = scene;
  const phone = await openLinkOf(story, browser, await story.mailTo(mia.email, /^Approved/));
  await phone.getByLabel('Link to the post').fill(addressOf(mia));
  await phone.getByRole('button', { name: 'Send the link' }).click();
  await phone.getByText('Thank you, we have the link').waitFor();
  await steps.picture('phone-live', phone);
  await phone.context().close();
  for (const who of creators.filter((one) => one !== mia)) {
    const portal = story.portal(team.slug, await story.mailTo(who.email, /^Approved/));
    const [piece] = await portal.call(portalListSubmissions, {});
    await portal.call(portalGiveLive, { deliverableId: piece?.deliverableId ?? '', url: addressOf(who) });
  }
}

/** An export of what stands on the platform is imported: Jonas has taken the label out of his caption. */
export async function findWhatIsMissing(scene: Scene): Promise<void> {
  const { story, page, steps } = scene;
  scene.postedAt = new Date(story.now().getTime() - 2 * 3_600_000);
  const lacking = labelled(jonas).replace('Ad. ', '');
  await importPosts(scene, (who) => (who === jonas ? lacking : postedBy(who)));
  await story.settle();
  await goTo(scene, './drafts?state=all');
  const row = page.getByRole('row').filter({ hasText: jonas.name });
  await row.getByText('something is missing').waitFor();
  await expect.poll(() => page.getByText('as approved').count(), { timeout: stepMs }).toBe(9);
  await steps.picture('live-checked');
  await row.getByRole('link').first().click();
  const looked = page.getByRole('list', { name: 'What is live against what was approved' });
  await looked.getByText('Advertising label').waitFor();
  expect(((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')).toContain('Ad. ');
  await steps.picture('label-removed');
  await goTo(scene, './roster');
  await page.getByText('Ad label missing').waitFor();
  await seeInAllLights(scene, 'board');
  await goTo(scene, '');
  await page
    .getByText(/^Not what was approved: Jonas Keane/)
    .first()
    .waitFor();
  await seeInAllLights(scene, 'today');
}

/** The mail leads Jonas to what is wrong; once the post is mended the next look finds it so. */
export async function jonasMendsThePost(scene: Scene): Promise<void> {
  const { story, browser, page, steps } = scene;
  const phone = await openLinkOf(story, browser, await story.mailTo(jonas.email, /^Please mend the post/));
  await phone.getByText('Please mend the post').waitFor();
  await steps.picture('phone-mend', phone);
  await later(scene, 1);
  await importPosts(scene, postedBy);
  await story.runDue('submissions.look-at-posts');
  await phone.reload();
  await phone.getByText('Live, all well').waitFor();
  await phone.context().close();
  await goTo(scene, './drafts?state=all');
  await expect.poll(() => page.getByText('as approved').count(), { timeout: stepMs }).toBe(10);
}

function postedBy(who: CastCreator): string {
  if (who !== mia) return labelled(who);
  return 'Ad · Half past eight, and nobody is in a hurry. My new favourite porridge by @oatwhistle. #slowmornings';
}

async function importPosts(scene: Scene, captionOf: (who: CastCreator) => string): Promise<void> {
  const { story, page, steps } = scene;
  const at = new Date(story.now().getTime() - 3_600_000);
  const rows = creators.map((who) => ({
    handle: who.handle,
    platform: 'instagram',
    shortcode: `${who.handle.replace('.', '')}2026`,
    url: addressOf(who),
    date: scene.postedAt.toISOString(),
    caption: captionOf(who),
    likes: 400,
    comments: 20,
    observed_at: at.toISOString(),
  }));
  await goTo(scene, '/creators/import');
  const buffer = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await page.locator('input[type=file]').setInputFiles({ name: 'posts.ndjson', mimeType: 'application/json', buffer });
  await steps.heading(/can (all )?be read/);
  await steps.button('Import').click();
  await steps.heading(/new posts/);
}
