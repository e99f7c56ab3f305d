import { type Platform, platformNames } from '#kernel/platform.ts';
import { peersNeeded, scoredDefinition } from './reference.ts';
import type { VettingSubject } from './subject.ts';

/** What is read of every profile of a platform and size. */
export interface PeerRow {
  profileId: string;
  niches: readonly string[];
  likesPerFollower: number | null;
  likesPerView: number | null;
  commentsPerLike: number | null;
  followersPerPost: number | null;
}

/** A range of sizes, and how often it was doubled on both sides to hold enough peers. */
export interface PeerBand {
  platform: Platform;
  from: number;
  to: number;
  rows: readonly PeerRow[];
}

/** Ascending figures with the profile each belongs to. */
type Figures = { profileId: string; value: number }[];

export interface PeerGroup {
  label: string;
  /** Of all in the group, ascending. */
  profileIds: readonly string[];
  engagement: Figures;
  commentsPerLike: Figures;
  likesPerView: Figures;
  followersPerPost: Figures;
}

/** Sizes double from 1,000 followers on: 1k to 2k, 2k to 4k, and so on; below 1,000 one band. */
export function sizeOf(followers: number): { from: number; to: number } {
  if (followers < 1000) return { from: 1, to: 1000 };
  const from = 1000 * 2 ** Math.floor(Math.log2(followers / 1000));
  return { from, to: from * 2 };
}

/** One spelling of a niche, so that "Home Baking" and "home baking " are peers. */
export const nicheKey = (niche: string) => niche.normalize('NFKC').trim().toLowerCase();

/** Peers with a figure of engagement, the scored definition of the platform. */
export function engaged(band: PeerBand): number {
  return band.rows.filter((row) => engagementOf(band.platform, row) !== null).length;
}

/**
 * The peers of a size that share a niche, and the label that says who they are. Fewer than 20 with a figure of engagement: all niches of that size, and
 * the label says so. Without a niche of one's own it is all of them too.
 */
export function groupIn(band: PeerBand, niche: string | null): PeerGroup {
  const where = `${platformNames[band.platform]}, ${sizeText(band.from)} to ${sizeText(band.to)} followers`;
  if (niche === null) return toGroup(band.platform, band.rows, where);
  const rows = band.rows.filter((row) => row.niches.some((own) => nicheKey(own) === niche));
  const count = rows.filter((row) => engagementOf(band.platform, row) !== null).length;
  // One of them may be the vetted profile itself.
  if (count > peersNeeded) return toGroup(band.platform, rows, `${where}, ${niche}`);
  return toGroup(band.platform, band.rows, `${where}, all niches (${count} in ${niche} are too few)`);
}

/** The group without the vetted profile. */
export function othersIn(group: PeerGroup, profileId: string): VettingSubject['peers'] {
  const without = (figures: Figures) => ({
    values: figures.filter((one) => one.profileId !== profileId).map((one) => one.value),
  });
  return {
    label: group.label,
    engagement: without(group.engagement),
    commentsPerLike: without(group.commentsPerLike),
    likesPerView: without(group.likesPerView),
    followersPerPost: without(group.followersPerPost),
  };
}

/** Nobody to compare with, where the own size is not known. */
export function noPeers(platform: Platform): VettingSubject['peers'] {
  const none = { values: [] };
  return {
    label: platformNames[platform],
    engagement: none,
    commentsPerLike: none,
    likesPerView: none,
    followersPerPost: none,
  };
}

function toGroup(platform: Platform, rows: readonly PeerRow[], label: string): PeerGroup {
  const figures = (read: (row: PeerRow) => number | null): Figures =>
    rows
      .flatMap((row) => {
        const value = read(row);
        return value === null ? [] : [{ profileId: row.profileId, value }];
      })
      .sort((a, b) => a.value - b.value || (a.profileId < b.profileId ? -1 : 1));
  return {
    label,
    profileIds: rows.map((row) => row.profileId).sort(),
    engagement: figures((row) => engagementOf(platform, row)),
    commentsPerLike: figures((row) => row.commentsPerLike),
    likesPerView: figures((row) => row.likesPerView),
    followersPerPost: figures((row) => row.followersPerPost),
  };
}

function engagementOf(platform: Platform, row: PeerRow): number | null {
  return scoredDefinition(platform) === 'likes_per_view' ? row.likesPerView : row.likesPerFollower;
}

function sizeText(followers: number): string {
  if (followers >= 1_000_000) return `${Number((followers / 1_000_000).toPrecision(3))}M`;
  return followers >= 1000 ? `${Number((followers / 1000).toPrecision(3))}k` : String(followers);
}
