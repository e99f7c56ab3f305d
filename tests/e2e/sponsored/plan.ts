import { expect } from 'vitest';
import { listCampaigns } from '#modules/campaigns/api.ts';
import { campaignName, creators, creatorsCsv, dayFromNow, goTo, type Scene, said, shop, stepMs } from './cast.ts';

/** Ten creators with addresses come in by a file. */
export async function importCreators(scene: Scene): Promise<void> {
  const { page, steps } = scene;
  await goTo(scene, '/creators/import');
  const file = { name: 'creators.csv', mimeType: 'text/csv', buffer: Buffer.from(creatorsCsv()) };
  await page.locator('input[type=file]').setInputFiles(file);
  await steps.heading(/can (all )?be read/);
  await steps.button('Import').click();
  await steps.heading('10 new creators');
}

/** A wish is refused with what it lacks, a number with a day is read, and the campaign stands. Returns its id. */
export async function planCampaign(scene: Scene): Promise<string> {
  const { page, steps, client } = scene;
  const { button, field } = steps;
  await goTo(scene, '/campaigns/new');
  await field(/^Name/).fill(campaignName);
  await field(/^Last day/).fill(dayFromNow(scene, 59));
  await field(/^Budget/).fill('5000');
  await field('In your words').fill('More awareness for the brand');
  await button('Read it').click();
  const refusal = page.getByRole('status').filter({ hasText: 'This cannot be measured yet' });
  await refusal.waitFor();
  expect(await refusal.textContent()).toContain('how many');
  expect(await refusal.textContent()).toContain('by when');
  await steps.picture('goal-refused');
  await field('In your words').fill(`20 orders by ${dayFromNow(scene, 59)}`);
  await button('Read it').click();
  await expect.poll(() => field('Target, orders').inputValue(), { timeout: stepMs }).toBe('20');
  expect(await page.getByRole('combobox', { name: 'Main goal' }).inputValue()).toBe('Orders');
  await refusal.waitFor({ state: 'detached' });
  await field(/^Landing page/).fill(shop);
  await steps.picture('goal-read');
  await button('Create campaign').click();
  await steps.heading(campaignName);
  const { rows } = await client.call(listCampaigns, {});
  expect(rows.map((row) => row.name)).toEqual([campaignName]);
  return rows[0]?.id ?? '';
}

/** All ten by their handles, for 300 each. */
export async function fillRoster(scene: Scene): Promise<void> {
  const { page, steps } = scene;
  const { button, field, dialog } = steps;
  await goTo(scene, './roster');
  await button('Add creators').first().click();
  await dialog().getByRole('radio', { name: 'By handle' }).or(button('By handle', dialog())).first().click();
  await field(/^Handles/, dialog()).fill(creators.map((one) => `@${one.handle}`).join('\n'));
  await field(/^Fee for each/, dialog()).fill('300');
  await button('Add 10 creators', dialog()).click();
  await said(page, 'Added 10 creators');
  await steps.picture('roster');
}

/** A brief from the template of the model, with the brand's own words where the template asks for them; then the campaign is live. */
export async function writeBrief(scene: Scene): Promise<void> {
  const { page, steps } = scene;
  const { button, field } = steps;
  await goTo(scene, './brief');
  const template = page.getByRole('listitem').filter({ hasText: 'Sponsored short video with stories' });
  await button('Start from it', template).click();
  await field('Background').fill(
    'Oat porridge for slow weekends, made in Cork. We want to reach people who cook at home.',
  );
  await field(/^What should come across/).fill('Breakfast may take its time');
  await field(/^Do$/).fill('Show the bowl within the first seconds');
  await field(/^Hashtags/).fill('#slowmornings');
  // One picture a creator is what this campaign is about.
  await button('Remove line 2').click();
  await field('Format').fill('post');
  await field('Title').fill('The bowl in your morning');
  await field('Due').fill(dayFromNow(scene, 30));
  await field('Answer by').fill(dayFromNow(scene, 10));
  await field('Drafts by').fill(dayFromNow(scene, 21));
  await field('Live from').fill(dayFromNow(scene, 14));
  await field('Live until').fill(dayFromNow(scene, 45));
  await button('Save the brief').click();
  await said(page, 'Saved version 1');
  await steps.picture('brief');
  await button('Campaign').click();
  await page.getByRole('menuitem', { name: 'Go live' }).click();
  await said(page, `${campaignName} is live`);
}
