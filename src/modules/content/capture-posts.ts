import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import type { Deliverable } from '#modules/campaigns/api.ts';
import {
  type Enrolled,
  findEnrolled,
  getCampaign,
  listContent,
  readBriefOf,
  urlKey,
} from '#modules/campaigns/index.ts';
import type { Post } from '#modules/creators/api.ts';
import { listPostsOf, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { CapturedHow } from './api.ts';
import { assetCaptured, type ContentEventPayload } from './events.ts';
import { keepApproved } from './keep-approved.ts';
import { insertAssets, knownPosts, type NewAsset, refreshFigures } from './queries/assets.ts';
import { selectCaptureRules } from './queries/capture.ts';
import { insertReadings } from './queries/readings.ts';
import { type CaptureSigns, matchPost, signsOf } from './rules/match-post.ts';
import { syncEnrolmentRights } from './sync-rights.ts';
import { takePosts } from './take-posts.ts';
import { takeResults } from './take-results.ts';

const postsEach = 200;
/** Posts up to so many days after a campaign's end still belong to it. */
const afterEndDays = 60;

/** By what posts of a campaign are told: its own signs, else the hashtags of its brief. */
export async function readSigns(tx: Tx, workspaceId: string, campaignId: string): Promise<CaptureSigns> {
  const own = await selectCaptureRules(tx, workspaceId, campaignId);
  if (own !== undefined) return signsOf(own);
  const { brief } = await readBriefOf(tx, workspaceId, { campaignId });
  return signsOf({ mentions: [], hashtags: brief.hashtags, keywords: [] });
}

interface Frame {
  deliverables: Map<string, Deliverable>;
  signs: CaptureSigns;
}

/**
 * Looks through the newest posts of creators on running or ended campaigns, keeps those that belong to one, and copies newer figures of those kept before.
 * A post belongs to the campaign whose deliverable has its address, else to the newest campaign whose signs it bears within its window. Idempotent.
 */
export async function capturePosts(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string } & ({ personIds: readonly string[] } | { campaignId: string }),
): Promise<{ looked: number; captured: number }> {
  const { workspaceId } = of;
  const enrolled = await findEnrolled(tx, workspaceId, 'personIds' in of ? { personIds: of.personIds } : of);
  if (enrolled.length === 0) return { looked: 0, captured: 0 };
  const frames = await readFrames(infra, tx, { workspaceId, enrolled });
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const personIds = [...new Set(enrolled.map((one) => one.personId))];
  const cards = await readPersonCards(tx, workspaceId, personIds);
  const ownerOf = new Map(
    personIds.flatMap((id) => (cards.get(id)?.profiles ?? []).map((profile) => [profile.profileId, id] as const)),
  );
  const posts = [
    ...(await listPostsOf(tx, workspaceId, { profileIds: [...ownerOf.keys()], limitEach: postsEach })).values(),
  ].flat();
  const refreshed = await refreshFigures(tx, workspaceId, posts.map(figuresOf));
  const known = await knownPosts(
    tx,
    workspaceId,
    posts.map((post) => post.id),
  );
  const enrolmentsOf = Map.groupBy(enrolled, (one) => one.personId);
  const found = posts.flatMap((post) => {
    if (known.has(post.id)) return [];
    const personId = ownerOf.get(post.profileId) ?? '';
    const match = place(post, { enrolments: enrolmentsOf.get(personId) ?? [], frames, timeZone });
    return match === null ? [] : [{ post, ...match }];
  });
  const at = infra.clock.now();
  const rows = found.map((one) => toAsset(one, { workspaceId, at }));
  const added = new Set(await insertAssets(tx, rows));
  const captured = rows.filter((row) => added.has(row.id));
  for (const row of captured)
    await infra.outbox.emit(tx, { workspaceId, name: assetCaptured, payload: capturedPayload(row) });
  await takePosts(infra, tx, { workspaceId, assets: captured });
  await insertReadings(tx, workspaceId, posts.map(figuresOf));
  for (const campaignId of new Set([...refreshed, ...captured.map((row) => row.campaign_id)]))
    if ((await selectCaptureRules(tx, workspaceId, campaignId))?.results === 'auto')
      await takeResults(infra, tx, { workspaceId, campaignId });
  for (const enrolmentId of new Set(captured.flatMap((row) => row.enrolment_id ?? [])))
    await syncEnrolmentRights(infra, tx, { workspaceId, enrolmentId });
  return { looked: posts.length, captured: captured.length };
}

async function readFrames(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; enrolled: readonly Enrolled[] },
): Promise<Map<string, Frame>> {
  const frames = new Map<string, Frame>();
  for (const campaignId of new Set(of.enrolled.map((one) => one.campaignId))) {
    const content = await listContent(tx, of.workspaceId, { campaignId, clock: infra.clock });
    const deliverables = new Map<string, Deliverable>();
    for (const one of content) {
      const key = one.liveUrl === null ? null : urlKey(one.liveUrl);
      if (key !== null) deliverables.set(key, one);
    }
    frames.set(campaignId, { deliverables, signs: await readSigns(tx, of.workspaceId, campaignId) });
  }
  return frames;
}

interface Place {
  enrolment: Enrolled;
  how: CapturedHow;
  by: string;
  deliverable: Deliverable | null;
}

function place(
  post: Post,
  of: { enrolments: readonly Enrolled[]; frames: ReadonlyMap<string, Frame>; timeZone: string },
): Place | null {
  const key = post.url === null ? null : urlKey(post.url);
  for (const enrolment of of.enrolments) {
    const deliverable = key === null ? undefined : of.frames.get(enrolment.campaignId)?.deliverables.get(key);
    if (deliverable?.enrolmentId === enrolment.enrolmentId)
      return { enrolment, how: 'deliverable', by: deliverable.title, deliverable };
  }
  if (post.postedAt === null) return null;
  const day = dayIn(of.timeZone, new Date(post.postedAt));
  for (const enrolment of of.enrolments) {
    const frame = of.frames.get(enrolment.campaignId);
    if (frame === undefined || day < enrolment.startsOn || day > lateDay(enrolment.endsOn)) continue;
    const match = matchPost(post, frame.signs);
    if (match !== null) return { enrolment, ...match, deliverable: null };
  }
  return null;
}

function lateDay(endsOn: string): string {
  return new Date(Date.parse(`${endsOn}T00:00:00Z`) + afterEndDays * 86_400_000).toISOString().slice(0, 10);
}

function toAsset(
  { post, enrolment, how, by, deliverable }: Place & { post: Post },
  of: { workspaceId: string; at: Date },
): NewAsset & { id: string; person_id: string; campaign_id: string; enrolment_id: string; captured_how: string } {
  return {
    workspace_id: of.workspaceId,
    id: newId('asset', of.at.getTime()),
    person_id: enrolment.personId,
    campaign_id: enrolment.campaignId,
    enrolment_id: enrolment.enrolmentId,
    deliverable_id: deliverable?.id ?? null,
    platform: post.platform,
    format: post.format,
    post_id: post.id,
    url: post.url,
    url_key: post.url === null ? null : urlKey(post.url),
    caption: post.caption,
    posted_at: post.postedAt === null ? null : new Date(post.postedAt),
    expires_at: post.expiresAt === null ? null : new Date(post.expiresAt),
    captured_how: how,
    captured_by: by.slice(0, 200),
    captured_at: of.at,
    ...figureColumns(post),
  };
}

export function figureColumns(post: Post) {
  const whole = (value: number | null) => (value === null ? null : BigInt(Math.round(value)));
  return {
    likes: whole(post.likes),
    comments: whole(post.comments),
    views: whole(post.views),
    shares: whole(post.shares),
    saves: whole(post.saves),
    figures_at: new Date(post.observedAt),
  };
}

function figuresOf({ id, likes, comments, views, shares, saves, source, observedAt }: Post) {
  return { postId: id, likes, comments, views, shares, saves, source, observedAt };
}

function capturedPayload(row: {
  id: string;
  person_id: string;
  campaign_id: string;
  captured_how: string;
}): ContentEventPayload {
  return {
    assetId: row.id,
    personId: row.person_id,
    campaignId: row.campaign_id,
    how: row.captured_how,
    actorName: 'Rapport',
  };
}

/** Looks through the posts of one campaign now. Error: not_found. */
export async function captureCampaign(
  infra: Infra,
  of: { workspaceId: string; campaignId: string },
): Promise<{ looked: number; captured: number }> {
  return infra.db.inWorkspace(of.workspaceId, async (tx) => {
    await getCampaign(tx, of.workspaceId, of.campaignId);
    // Drafts that were approved before the library took originals come in here.
    const originals = await keepApproved(infra, tx, of);
    const { looked, captured } = await capturePosts(infra, tx, of);
    return { looked, captured: captured + originals };
  });
}
