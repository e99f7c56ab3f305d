import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { dayIn } from '#kernel/time.ts';
import type { Deliverable } from '#modules/campaigns/api.ts';
import { getCampaign, listContent, urlKey } from '#modules/campaigns/index.ts';
import type { Post } from '#modules/creators/api.ts';
import { listPostsOf, type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { listMissing, MissingPost } from './api.ts';
import { readSigns } from './capture-posts.ts';
import { capturedDeliverables } from './queries/assets.ts';
import type { CaptureSigns } from './rules/match-post.ts';
import { handleInKey, platformOfKey } from './rules/platform-of-key.ts';
import { whyMissing } from './rules/why-missing.ts';

const postsEach = 200;
const candidatesMax = 5;

/** Expected posts of a campaign that are not in the library, each with why. Error: not_found. */
export async function findMissing(infra: Infra, call: Call<typeof listMissing>): Promise<OutputOf<typeof listMissing>> {
  const { workspaceId, input } = call;
  const { campaignId } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaign(tx, workspaceId, campaignId);
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const today = dayIn(timeZone, infra.clock.now());
    const expected = (await listContent(tx, workspaceId, { campaignId, clock: infra.clock })).filter(
      // Nobody posts what is made for the brand to show.
      (one) => one.state !== 'cancelled' && !one.isForBrand,
    );
    const captured = await capturedDeliverables(tx, workspaceId, campaignId);
    const due = expected.filter(
      (one) =>
        !captured.has(one.id) && (!input.due || one.liveUrl !== null || (one.dueOn !== null && one.dueOn <= today)),
    );
    const world = await readWorld(tx, workspaceId, due);
    const signs = await readSigns(tx, workspaceId, campaignId);
    return {
      expected: expected.length,
      captured: expected.filter((one) => captured.has(one.id)).length,
      missing: due.map((one) => explain(one, { ...world, signs, today, timeZone, startsOn: campaign.startsOn })),
    };
  });
}

interface World {
  cards: ReadonlyMap<string, PersonCard>;
  posts: ReadonlyMap<string, Post[]>;
}

async function readWorld(tx: Tx, workspaceId: string, due: readonly Deliverable[]): Promise<World> {
  const cards = await readPersonCards(tx, workspaceId, [...new Set(due.map((one) => one.person.id))]);
  const platforms = new Set(due.map((one) => one.platform));
  const profileIds = [...cards.values()].flatMap((card) =>
    card.profiles.filter((profile) => platforms.has(profile.platform)).map((profile) => profile.profileId),
  );
  return { cards, posts: await listPostsOf(tx, workspaceId, { profileIds, limitEach: postsEach }) };
}

function explain(
  one: Deliverable,
  world: World & { signs: CaptureSigns; today: string; timeZone: string; startsOn: string },
): MissingPost {
  const { today, timeZone, startsOn, signs } = world;
  const profiles = world.cards.get(one.person.id)?.profiles ?? [];
  const accounts = profiles.filter((profile) => profile.platform === one.platform);
  const dayOf = (instant: string) => dayIn(timeZone, new Date(instant));
  const posts = accounts.flatMap((account) => world.posts.get(account.profileId) ?? []);
  const inWindow = posts.filter((post) => post.postedAt !== null && dayOf(post.postedAt) >= startsOn);
  const key = one.liveUrl === null ? null : urlKey(one.liveUrl);
  const named = key === null ? null : handleInKey(key);
  const seen = accounts.map((account) => {
    const own = world.posts.get(account.profileId) ?? [];
    const posted = own.flatMap((post) => (post.postedAt === null ? [] : [dayOf(post.postedAt)])).toSorted();
    const read = own.map((post) => dayOf(post.observedAt)).toSorted();
    return { handle: account.handle, newestPostOn: posted.at(-1) ?? null, readOn: read.at(-1) ?? null };
  });
  const said = [
    ...signs.mentions.map((name) => `@${name}`),
    ...signs.hashtags.map((tag) => `#${tag}`),
    ...signs.keywords,
  ];
  const diagnosis = whyMissing(
    {
      platform: one.platform,
      format: one.format,
      dueOn: one.dueOn,
      liveUrl: one.liveUrl,
      isLive: one.state === 'live',
    },
    {
      today,
      accounts: seen,
      otherPlatforms: [...new Set(profiles.map((profile) => profile.platform))].filter((name) => name !== one.platform),
      postsInWindow: inWindow.length,
      linkPlatform: key === null ? null : platformOfKey(key),
      isLinkOfOther:
        named !== null &&
        !accounts.some((account) => account.handleKey === named || account.handle.toLowerCase() === named),
      signs: said,
    },
  );
  return {
    deliverableId: one.id,
    enrolmentId: one.enrolmentId,
    person: { id: one.person.id, name: one.person.name },
    platform: one.platform,
    format: one.format,
    title: one.title,
    dueOn: one.dueOn,
    liveUrl: one.liveUrl,
    ...diagnosis,
    evidence: seen.map(
      ({ handle, newestPostOn, readOn }) =>
        `@${handle}: ${readOn === null ? 'never read' : `read ${readOn}`}, ${newestPostOn === null ? 'no post with a date' : `newest post ${newestPostOn}`}`,
    ),
    candidates:
      diagnosis.reason === 'unmarked'
        ? inWindow.slice(0, candidatesMax).map((post) => ({
            postId: post.id,
            url: post.url,
            postedAt: post.postedAt,
            caption: (post.caption ?? '').slice(0, 200),
          }))
        : [],
  };
}
