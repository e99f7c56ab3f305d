import { stringify } from 'csv-stringify/sync';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Client } from '#client/client.ts';
import { listRoster } from '#modules/campaigns/api.ts';
import type { stepsOn } from '#tests/support/browser-steps.ts';
import type { StoryServer } from '#tests/support/story-server.ts';
import { keepTime, type Team } from '#tests/support/story-steps.ts';

export const team: Team = {
  person: 'Rita Marsh',
  email: 'rita@oatwhistle.example',
  brand: 'Oatwhistle',
  slug: 'oatwhistle',
};
export const shop = 'https://shop.example/oats';
export const campaignName = 'Slow Mornings';

export interface CastCreator {
  name: string;
  handle: string;
  email: string;
}

const names = [
  'Mia Brandt',
  'Jonas Keane',
  'Aoife Byrne',
  'Lena Vogt',
  'Tomas Silva',
  'Nell Quinn',
  'Sara Lind',
  'Paul Okoro',
  'Ines Rossi',
  'Dana Wolf',
];

/** Ten invented creators; the first three are followed on their phones, the others do the same over the API. */
export const creators: CastCreator[] = names.map((name) => {
  const [first = '', last = ''] = name.toLowerCase().split(' ');
  return { name, handle: `${first}.${last}`, email: `${first}@${last}.example` };
});

export const [mia, jonas, aoife] = creators as [CastCreator, CastCreator, CastCreator, ...CastCreator[]];

export function creatorsCsv(): string {
  const rows = creators.map((one, at) => ({
    Handle: `@${one.handle}`,
    Name: one.name,
    Platform: 'instagram',
    Followers: 12_000 + 1700 * at,
    Country: 'IE',
    Niche: 'food',
    Email: one.email,
  }));
  return stringify(rows, { header: true });
}

/** All that the parts of the story share. */
export interface Scene {
  story: StoryServer;
  browser: Browser;
  /** The manager's. */
  page: Page;
  /** The manager's repetitions, as the command line does them. */
  client: Client;
  steps: ReturnType<typeof stepsOn>;
  campaignId: string;
  /** When the posts went out; set once they are live. */
  postedAt: Date;
}

export const stepMs = 15_000;

/** Goes to a page of the workspace, or of the campaign where it begins with a dot. */
export async function goTo({ story, page, campaignId }: Scene, path: string): Promise<void> {
  const inCampaign = path.startsWith('.') ? `/campaigns/${campaignId}${path.slice(1)}` : path;
  await page.goto(`${story.address}/app/${team.slug}${inCampaign}`);
  await page.getByRole('heading').first().waitFor();
}

/** The day so many days from the story's now. */
export function dayFromNow({ story }: Scene, days: number): string {
  return new Date(story.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Everybody on the campaign, by name. */
export async function rosterByName({ client, campaignId }: Scene) {
  const { rows } = await client.call(listRoster, { campaignId, limit: 50 });
  return (who: CastCreator) => {
    const row = rows.find((one) => one.person.name === who.name);
    expect(row, `${who.name} is on the roster`).toBeDefined();
    return row as NonNullable<typeof row>;
  };
}

/** Days go by, for the server and for the manager's pages. */
export async function later({ story, page }: Scene, days: number): Promise<void> {
  await story.move({ days });
  await keepTime(story, page.context());
}

/** Chooses every row of the table that shows the creators, once it does. */
export async function chooseAll({ page }: Scene): Promise<void> {
  await page
    .getByRole('row')
    .filter({ hasText: creators[creators.length - 1]?.name ?? '' })
    .waitFor();
  await page.getByRole('checkbox', { name: 'Select all rows' }).check();
}

/** A toast, or any words on the page. */
export function said(page: Page, words: string | RegExp): Promise<void> {
  return page.getByText(words).first().waitFor();
}

/** The manager's page as it is by day, by night and on a phone, once nothing is loading any more. */
export async function seeInAllLights({ page, steps }: Scene, name: string): Promise<void> {
  await page.locator('.skel').first().waitFor({ state: 'detached' });
  await steps.picture(name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await steps.picture(`${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await steps.picture(`${name}-phone`);
  if (size !== null) await page.setViewportSize(size);
}
