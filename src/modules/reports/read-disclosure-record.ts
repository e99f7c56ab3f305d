import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { urlKey } from '#modules/campaigns/index.ts';
import type { Post } from '#modules/creators/api.ts';
import { getPerson, listPosts, readPersonCards } from '#modules/creators/index.ts';
import type { DisclosureEvidence, MediaKind } from '#modules/disclosure/api.ts';
import { houseRules, listEvidence, sumHistory } from '#modules/disclosure/index.ts';
import { wilsonInterval } from '#modules/vetting/index.ts';
import type { DisclosureRate, DisclosureRecord, getDisclosureRecord } from './api.ts';
import { selectCampaignNames, selectIdsOfPerson } from './queries/disclosure.ts';

const sightsMax = 2000;
const ownPostsMax = 500;
const postsMin = 5;

type Row = DisclosureRecord['rows'][number];

/** How a creator disclosed: live posts of campaigns from the archive, other posts judged by the workspace's rules of today. Error: not_found. */
export async function readDisclosureRecord(
  infra: Infra,
  call: Call<typeof getDisclosureRecord>,
): Promise<DisclosureRecord> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: personId } = await getPerson(tx, workspaceId, input.personId);
    const personIds = await selectIdsOfPerson(tx, workspaceId, personId);
    const sights = await listEvidence(tx, workspaceId, {
      filter: { personIds, isLive: true },
      page: { limit: sightsMax, after: null },
    });
    const names = await selectCampaignNames(
      tx,
      workspaceId,
      sights.flatMap(({ campaignId }) => campaignId ?? []),
    );
    const ofCampaigns = campaignRows(sights, names);
    const seenKeys = new Set(sights.flatMap(({ url }) => (url === null ? [] : (urlKey(url) ?? url))));
    const posts = await listPosts(tx, workspaceId, { personId, limit: ownPostsMax });
    const own = posts.rows.filter((post) => post.url === null || !seenKeys.has(urlKey(post.url) ?? post.url));
    const house = await houseRules(tx, workspaceId);
    const { rows: ofOwn, pack } = ownRows(own, house.country);
    const card = (await readPersonCards(tx, workspaceId, [personId])).get(personId);
    return {
      personId,
      name: card?.name ?? personId,
      pack,
      asOf: infra.clock.now().toISOString(),
      campaigns: rateOf(ofCampaigns, 'first'),
      standingNow: rateOf(ofCampaigns, 'last'),
      own: rateOf(ofOwn, 'first'),
      ownLookedAt: own.length,
      rows: [...ofCampaigns, ...ofOwn].sort(newestFirst),
    };
  });
}

const dayOf = (row: Row) => row.publishedAt ?? row.first.at;
const newestFirst = (one: Row, other: Row) =>
  dayOf(other).localeCompare(dayOf(one)) || other.id.localeCompare(one.id, 'en');

/** One row a live post, with what its first and its last look showed. Sights that found no deal are left out. */
function campaignRows(sights: readonly DisclosureEvidence[], names: ReadonlyMap<string, string>): Row[] {
  const inOrder = sights.toReversed().sort((one, other) => one.seenAt.localeCompare(other.seenAt));
  const ofPosts = Map.groupBy(inOrder, (sight) => sight.subjectId ?? sight.url ?? sight.id);
  return [...ofPosts.values()].flatMap((looks) => {
    const [first] = looks;
    const last = looks.at(-1);
    if (first === undefined || last === undefined || looks.every(({ verdict }) => verdict === 'not_needed')) return [];
    const { campaignId } = last;
    return {
      id: first.id,
      kind: 'campaign' as const,
      campaign:
        campaignId === null ? null : { id: campaignId, name: names.get(campaignId) ?? 'A campaign that is gone' },
      subjectId: last.subjectId,
      platform: last.platform,
      url: last.url,
      caption: last.caption,
      publishedAt: null,
      first: lookOf(first),
      last: lookOf(last),
      looks: looks.length,
    };
  });
}

const lookOf = ({ seenAt, verdict, standing }: DisclosureEvidence): Row['first'] => ({ at: seenAt, verdict, standing });

/** Own posts with signs of a deal, each judged as it was last read. */
function ownRows(posts: readonly Post[], country: string): { rows: Row[]; pack: string } {
  const byId = new Map(posts.map((post) => [post.id, post]));
  const history = sumHistory(
    posts.map((post) => ({
      id: post.id,
      caption: post.caption ?? '',
      platform: post.platform,
      publishedAt: instantOf(post.postedAt),
      media: { kind: mediaOf(post) },
      platformLabel: post.isPaidLabel,
      relation: post.isPaidLabel === true ? ('paid' as const) : ('unknown' as const),
    })),
    country,
  );
  const rows = history.rows.flatMap(({ id, verdict, standing }): Row[] => {
    const post = byId.get(id);
    if (post === undefined || verdict === 'not_needed') return [];
    const look = { at: instantOf(post.observedAt) ?? post.observedAt, verdict, standing };
    return [
      {
        id,
        kind: 'own',
        campaign: null,
        subjectId: null,
        platform: post.platform,
        url: post.url,
        caption: post.caption ?? '',
        publishedAt: instantOf(post.postedAt),
        first: look,
        last: look,
        looks: 1,
      },
    ];
  });
  return { rows, pack: history.pack };
}

const instantOf = (at: string | null) => (at === null ? null : new Date(at).toISOString());

function mediaOf({ format, platform }: Post): MediaKind {
  const kind = format?.toLowerCase() ?? '';
  if (/stor(y|ies)/u.test(kind)) return 'story';
  if (/carousel|sidecar|album/u.test(kind)) return 'carousel';
  if (/reel|video|short|clip/u.test(kind) || platform === 'tiktok' || platform === 'youtube') return 'video';
  return platform === 'blog' ? 'text' : 'image';
}

function rateOf(rows: readonly Row[], look: 'first' | 'last'): DisclosureRate {
  const due = rows.filter((row) => row[look].verdict !== 'not_needed');
  const disclosed = due.filter((row) => row[look].standing === 'clear').length;
  const days = due.map((row) => (look === 'last' ? row.last.at : dayOf(row))).sort();
  const interval = due.length < postsMin ? null : wilsonInterval(disclosed, due.length);
  return {
    n: due.length,
    disclosed,
    share: due.length < postsMin ? null : disclosed / due.length,
    interval: interval === null ? null : { low: interval.low, high: interval.high },
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
  };
}
