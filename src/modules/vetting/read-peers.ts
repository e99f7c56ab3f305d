import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import { readPeerFigures } from '#modules/creators/index.ts';
import { selectPeerFindings } from './queries/peer-findings.ts';
import type { PeerFindings } from './rules/peer-findings.ts';
import {
  engaged,
  groupIn,
  nicheKey,
  noPeers,
  othersIn,
  type PeerBand,
  type PeerGroup,
  sizeOf,
} from './rules/peer-group.ts';
import { peersNeeded } from './rules/reference.ts';
import type { VettingSubject } from './rules/subject.ts';

export interface PeerWish {
  profileId: string;
  platform: Platform;
  followers: number | null;
  /** The first one counts: a person's main subject. */
  niches: readonly string[];
}

export interface PeerReader {
  /** Figures of the other profiles of the platform, about this size and niche, ascending. */
  read(tx: Tx, workspaceId: string, of: PeerWish): Promise<VettingSubject['peers']>;
  /** Forgets a workspace's peers, after its creators changed. */
  forget(workspaceId: string): void;
}

interface Kept {
  at: number;
  band: Promise<PeerBand>;
  /** By niche, '' for all. */
  groups: Map<string, PeerGroup>;
  /** What the reports of the vetted ones among them found, by niche too. */
  found: Map<string, Promise<KeptFindings>>;
}

const keptMax = 300;
const nichesMax = 200;
const keptMs = 5 * 60_000;
/** Reports read a group, those of the first profiles by id: enough to place one among. */
const reportsMax = 1000;

interface KeptFindings {
  values: ReadonlyMap<string, Float64Array>;
  ofProfile: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Reads peers and keeps them for five minutes, since a run of many creators asks for the same sizes again and again. */
export function createPeerReader(nowMs: () => number): PeerReader {
  const kept = new Map<string, Kept>();
  const bandOf = (tx: Tx, workspaceId: string, of: { platform: Platform; followers: number }) => {
    const size = sizeOf(of.followers);
    const key = `${workspaceId} ${of.platform} ${size.from}`;
    const known = kept.get(key);
    if (known !== undefined && nowMs() - known.at < keptMs) return known;
    const band = readBand(tx, workspaceId, { platform: of.platform, ...size });
    const entry: Kept = { at: nowMs(), band, groups: new Map(), found: new Map() };
    if (kept.size >= keptMax) kept.clear();
    kept.set(key, entry);
    band.catch(() => kept.delete(key));
    return entry;
  };
  return {
    read: async (tx, workspaceId, of) => {
      const { followers } = of;
      if (followers === null || followers < 1) return noPeers(of.platform);
      const entry = bandOf(tx, workspaceId, { platform: of.platform, followers });
      const band = await entry.band;
      const niche = of.niches[0] === undefined ? '' : nicheKey(of.niches[0]);
      const known = entry.groups.get(niche);
      const group = known ?? groupIn(band, niche === '' ? null : niche);
      if (entry.groups.size >= nichesMax) entry.groups.clear();
      if (known === undefined) entry.groups.set(niche, group);
      const others = othersIn(group, of.profileId);
      const found = entry.found.get(niche) ?? readFindings(tx, workspaceId, group.profileIds);
      if (entry.found.size >= nichesMax) entry.found.clear();
      if (!entry.found.has(niche)) {
        entry.found.set(niche, found);
        found.catch(() => entry.found.delete(niche));
      }
      return { ...others, found: withoutOwn(await found, of.profileId) };
    },
    forget: (workspaceId) => {
      for (const key of kept.keys()) if (key.startsWith(`${workspaceId} `)) kept.delete(key);
    },
  };
}

async function readFindings(tx: Tx, workspaceId: string, profileIds: readonly string[]): Promise<KeptFindings> {
  const rows = await selectPeerFindings(tx, workspaceId, profileIds.slice(0, reportsMax));
  return {
    values: new Map(rows.map((row) => [row.name, Float64Array.from(row.values)])),
    ofProfile: new Map(
      rows.map((row) => [row.name, new Map(row.profileIds.map((id, at) => [id, row.values[at] ?? 0]))]),
    ),
  };
}

function withoutOwn({ values, ofProfile }: KeptFindings, profileId: string): PeerFindings {
  return { values, ownBefore: (name) => ofProfile.get(name)?.get(profileId) };
}

/** Widens the band to half and double its size, at most twice, while too few peers have a rate of engagement. */
async function readBand(
  tx: Tx,
  workspaceId: string,
  size: { platform: Platform; from: number; to: number },
): Promise<PeerBand> {
  const { platform } = size;
  const read = async (from: number, to: number): Promise<PeerBand> => ({
    platform,
    from,
    to,
    rows: await readPeerFigures(tx, workspaceId, { platform, followersMin: from, followersMax: to }),
  });
  let band = await read(size.from, size.to);
  for (let widened = 0; widened < 2 && engaged(band) <= peersNeeded; widened += 1) {
    band = await read(Math.max(1, Math.floor(band.from / 2)), band.to * 2);
  }
  return band;
}
