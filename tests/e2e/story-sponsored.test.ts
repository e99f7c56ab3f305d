import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openChromium, watchPage } from '#tests/support/browser.ts';
import { stepsOn } from '#tests/support/browser-steps.ts';
import { noImapServer } from '#tests/support/imap-server.ts';
import { openStoryServer, type StoryServer } from '#tests/support/story-server.ts';
import { connectTeamMailbox, openAt, setUpBrand, type Team } from '#tests/support/story-steps.ts';

const skipped = noBrowser ?? noImapServer;
if (skipped !== null) process.stdout.write(`story of sponsored content: ${skipped}\n`);

const team: Team = {
  person: 'Rita Marsh',
  email: 'rita@oatwhistle.example',
  brand: 'Oatwhistle',
  slug: 'oatwhistle',
};

describe.skipIf(skipped !== null)('sponsored content, from a goal to its measured result', () => {
  let story: StoryServer;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    [story, browser] = await Promise.all([openStoryServer(), openChromium()]);
    page = await openAt(story, browser, 'desk');
    faults = watchPage(page, story.address);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await story?.close();
  });

  const { picture } = stepsOn(() => page, 'sponsored');

  it('ten creators are briefed, contracted, reviewed, watched and measured', async () => {
    await setUpBrand(story, page, team);
    await connectTeamMailbox(story, page, team);
    await picture('mailbox');
    await story.move({ days: 1 });
    await story.runDue();
    expect(faults).toEqual([]);
  }, 300_000);
});
