import type { Tx } from '#infra/db/database.ts';
import { type Platform, platformNames } from '#kernel/platform.ts';
import { type PeerMetric, type PeerValue, readPeerDistribution } from '#modules/creators/index.ts';
import { peersNeeded, scoredDefinition } from './rules/reference.ts';
import type { VettingSubject } from './rules/subject.ts';

interface PeerGroup {
  label: string;
  engagement: PeerValue[];
  commentsPerLike: PeerValue[];
  followersPerPost: PeerValue[];
}

export interface PeerReader {
  /** Figures of the other profiles of about this size, ascending. */
  read(
    tx: Tx,
    workspaceId: string,
    of: { profileId: string; platform: Platform; followers: number | null },
  ): Promise<VettingSubject['peers']>;
  /** Forgets a workspace's peers, after its creators changed. */
  forget(workspaceId: string): void;
}

const keptMax = 500;
const keptMs = 5 * 60_000;

/** Reads peers and keeps them for five minutes, since a run of many creators asks for the same sizes again and again. */
export function createPeerReader(nowMs: () => number): PeerReader {
  const kept = new Map<string, { at: number; group: Promise<PeerGroup> }>();
  const groupOf = (tx: Tx, workspaceId: string, band: Band) => {
    const key = `${workspaceId} ${band.platform} ${band.from}`;
    const known = kept.get(key);
    if (known !== undefined && nowMs() - known.at < keptMs) return known.group;
    const group = readGroup(tx, workspaceId, band);
    if (kept.size >= keptMax) kept.clear();
    kept.set(key, { at: nowMs(), group });
    group.catch(() => kept.delete(key));
    return group;
  };
  return {
    read: async (tx, workspaceId, of) => {
      if (of.followers === null || of.followers < 1)
        return {
          label: platformNames[of.platform],
          engagement: { values: [] },
          commentsPerLike: { values: [] },
          followersPerPost: { values: [] },
        };
      const group = await groupOf(tx, workspaceId, bandOf(of.platform, of.followers));
      const others = (values: PeerValue[]) => ({
        values: values.filter((peer) => peer.profileId !== of.profileId).map((peer) => peer.value),
      });
      return {
        label: group.label,
        engagement: others(group.engagement),
        commentsPerLike: others(group.commentsPerLike),
        followersPerPost: others(group.followersPerPost),
      };
    },
    forget: (workspaceId) => {
      for (const key of kept.keys()) if (key.startsWith(`${workspaceId} `)) kept.delete(key);
    },
  };
}

interface Band {
  platform: Platform;
  from: number;
  to: number;
}

/** Sizes double from 1,000 followers on: 1k to 2k, 2k to 4k, and so on; below 1,000 one band. */
function bandOf(platform: Platform, followers: number): Band {
  if (followers < 1000) return { platform, from: 1, to: 1000 };
  const from = 1000 * 2 ** Math.floor(Math.log2(followers / 1000));
  return { platform, from, to: from * 2 };
}

/** Widens the band to half and double its size, at most twice, while too few peers have a rate of engagement. */
async function readGroup(tx: Tx, workspaceId: string, band: Band): Promise<PeerGroup> {
  let { from, to } = band;
  const read = (metric: PeerMetric) =>
    readPeerDistribution(tx, workspaceId, { platform: band.platform, followersMin: from, followersMax: to, metric });
  let engagement = await read(scoredDefinition(band.platform));
  for (let widened = 0; widened < 2 && engagement.length <= peersNeeded; widened += 1) {
    from = Math.max(1, Math.floor(from / 2));
    to *= 2;
    engagement = await read(scoredDefinition(band.platform));
  }
  const commentsPerLike = await read('comments_per_like');
  const followersPerPost = await read('followers_per_post');
  return {
    label: `${platformNames[band.platform]}, ${size(from)} to ${size(to)} followers`,
    engagement,
    commentsPerLike,
    followersPerPost,
  };
}

function size(followers: number): string {
  if (followers >= 1_000_000) return `${Number((followers / 1_000_000).toPrecision(3))}M`;
  return followers >= 1000 ? `${Number((followers / 1000).toPrecision(3))}k` : String(followers);
}
