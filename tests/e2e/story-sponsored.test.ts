import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openChromium, watchPage } from '#tests/support/browser.ts';
import { stepsOn } from '#tests/support/browser-steps.ts';
import { noImapServer } from '#tests/support/imap-server.ts';
import { openStoryServer, type StoryServer } from '#tests/support/story-server.ts';
import { connectTeamMailbox, openAt, setUpBrand } from '#tests/support/story-steps.ts';
import { sendBriefToAll } from './sponsored/brief.ts';
import { type Scene, team } from './sponsored/cast.ts';
import { offerContracts, settleTwo, signForTheBrand, signTheRest } from './sponsored/contract.ts';
import { answerAoife, inviteAll, writeToAll } from './sponsored/invite.ts';
import { findWhatIsMissing, givePosts, jonasMendsThePost } from './sponsored/live.ts';
import { makeLinksAndCodes, readResults, seeTheEnd, sellOats } from './sponsored/measure.ts';
import { fillRoster, importCreators, planCampaign, writeBrief } from './sponsored/plan.ts';
import {
  approveMia,
  approveTheRest,
  askMiaForChanges,
  miaSendsADraft,
  miaSendsAgain,
  sendTheRest,
} from './sponsored/review.ts';

const skipped = noBrowser ?? noImapServer;
if (skipped !== null) process.stdout.write(`story of sponsored content: ${skipped}\n`);

/** What the point of the story is happens in browsers; what creators four to ten repeat goes over the typed client. */
describe.skipIf(skipped !== null)('sponsored content, from a goal to its measured result', () => {
  let story: StoryServer;
  let browser: Browser;
  let scene: Scene;
  let faults: string[];

  beforeAll(async () => {
    [story, browser] = await Promise.all([openStoryServer(), openChromium()]);
    const page = await openAt(story, browser, 'desk');
    faults = watchPage(page, story.address);
    const client = await story.client(team.slug);
    scene = {
      story,
      browser,
      page,
      client,
      steps: stepsOn(() => page, 'sponsored'),
      campaignId: '',
      postedAt: story.now(),
    };
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await story?.close();
  });

  it('a manager briefs, contracts, reviews, watches and measures ten creators', async () => {
    await setUpBrand(story, scene.page, team);
    await connectTeamMailbox(story, scene.page, team);
    await importCreators(scene);
    scene.campaignId = await planCampaign(scene);
    await fillRoster(scene);
    await writeBrief(scene);
    await writeToAll(scene);
    await answerAoife(scene);
    await inviteAll(scene);
    await sendBriefToAll(scene);
    await offerContracts(scene);
    await settleTwo(scene);
    await signForTheBrand(scene);
    await signTheRest(scene);
    await miaSendsADraft(scene);
    await askMiaForChanges(scene);
    await miaSendsAgain(scene);
    await approveMia(scene);
    await sendTheRest(scene);
    await approveTheRest(scene);
    await makeLinksAndCodes(scene);
    await givePosts(scene);
    await findWhatIsMissing(scene);
    await jonasMendsThePost(scene);
    await sellOats(scene);
    await readResults(scene);
    await seeTheEnd(scene);
    expect(faults).toEqual([]);
  }, 420_000);
});
