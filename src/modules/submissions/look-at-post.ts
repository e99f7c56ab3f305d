import { createHash } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { dayIn, dayMs } from '#kernel/time.ts';
import { statePostFault } from '#modules/campaigns/index.ts';
import { recordEvidence } from '#modules/disclosure/index.ts';
import { type LiveCheck, type LiveFinding, type LiveResult, liveCheckSchema, type SeenPost } from './api.ts';
import { livePostChanged, livePostGone, submissionVerified } from './events.ts';
import { type Frame, recordStep } from './frame.ts';
import { type CaptionToJudge, checkOf, judgeCaption, labelRulesOf, mediaKindOf } from './judge-caption.ts';
import {
  insertLiveCheck,
  type LiveCheckRow,
  type LivePostRow,
  selectLivePosts,
  updateLivePost,
} from './queries/live.ts';
import { type RoundRow, selectRound, selectRoundFiles } from './queries/rounds.ts';
import { claimScreenshots, selectScreenshots } from './queries/screenshots.ts';
import { type SubmissionThread, updateThread } from './queries/submissions.ts';
import { type DraftContext, readContext } from './read-context.ts';
import { compareLive, faultOf, liveResultOf } from './rules/compare-live.ts';
import { stateAfter } from './rules/submission-states.ts';
import { tellCreator } from './tell-creator.ts';

/** Days after it was said to be live on which a post is looked at again. */
export const lookDays = [1, 7, 30] as const;

/** When a planned look is due; null after the last. */
export function lookAt(givenAt: Date, index: number): Date | null {
  const days = lookDays[index];
  return days === undefined ? null : new Date(givenAt.getTime() + days * dayMs);
}

export interface Look {
  frame: Frame;
  thread: SubmissionThread;
  live: LivePostRow;
  cause: LiveCheck['cause'];
  /** What could be read of the post; null when nothing could. */
  seen: SeenPost | null;
  postId?: string | null;
}

type Sighting = Pick<Look, 'frame' | 'thread'> & { seen: SeenPost; screenshotFileId: string | null };

/**
 * Compares what was read of a post with what was approved, and keeps the look. A look that could read nothing is kept too, and leaves what an
 * earlier one found as it was. The caller holds the thread.
 */
export async function keepLook(infra: Infra, tx: Tx, of: Look): Promise<LiveResult> {
  const { frame, thread, live, seen } = of;
  const { workspaceId } = frame;
  const at = infra.clock.now();
  const context = await readContext(infra, tx, { workspaceId, deliverableId: thread.deliverable_id });
  const approved = await approvedOf(tx, workspaceId, thread);
  const sight = seen === null || seen.caption === null ? null : await sightOf(tx, { ...of, context, approved });
  const verdict = sight === null ? null : judgeCaption(sight);
  const findings = compareLive(seen, {
    platform: context.deliverable.platform,
    approved:
      approved === null ? null : { round: approved.number, caption: approved.proposed_caption ?? approved.caption },
    wasHandedIn: thread.round > 0,
    expected: context.expectations.counts,
    verdict,
    handles: handlesOf(context),
    postedOn: seen?.postedAt == null ? null : dayIn(context.workspace.timeZone, new Date(seen.postedAt)),
    scheduledOn: thread.scheduled_for === null ? null : dayIn(context.workspace.timeZone, thread.scheduled_for),
    lastReadAt: live.seen_at?.toISOString() ?? null,
    needsPlatformLabel: asksForLabel(context.brief.brief.disclosure),
  });
  const found = liveResultOf(findings);
  const hash = seen === null ? null : hashOf(seen);
  const checkId = newId('liveCheck', at.getTime());
  await insertLiveCheck(tx, workspaceId, {
    id: checkId,
    submission_id: thread.id,
    cause: of.cause,
    result: found,
    findings: JSON.stringify(findings),
    seen: seen === null ? null : JSON.stringify(seen),
    evidence_id:
      sight === null || seen === null
        ? null
        : await archive(infra, tx, { ...of, seen, sight, screenshotFileId: await waitingPicture(tx, of) }),
    checked_by: frame.actor.name,
    checked_at: at,
  });
  if (sight !== null) await claimScreenshots(tx, workspaceId, { submissionId: thread.id, checkId });
  const hasNews = hash !== null && hash !== live.seen_hash;
  const result = seen === null && live.seen_at !== null ? live.result : found;
  const isAccepted = live.accepted_at !== null && !hasNews;
  await updateLivePost(tx, workspaceId, {
    submissionId: thread.id,
    change: {
      result,
      checks: live.checks + 1,
      ...planAfter(live, { at, cause: of.cause, isGone: seen?.isGone === true }),
      ...(seen === null
        ? {}
        : { seen_hash: hash, seen_at: new Date(seen.observedAt), gone_at: seen.isGone ? (live.gone_at ?? at) : null }),
      ...(of.postId === undefined ? {} : { post_id: of.postId }),
      ...(hasNews ? { accepted_by: null, accepted_reason: null, accepted_at: null } : {}),
    },
  });
  if (seen !== null) {
    const fault = isAccepted ? null : faultOf(findings, seen.isGone);
    await statePostFault(tx, { workspaceId, deliverableId: thread.deliverable_id, fault, at });
  }
  await moveByResult(infra, tx, { ...of, result, isAccepted, at });
  const isWorse = result !== live.result && (result === 'differs' || result === 'missing') && !isAccepted;
  const note = findings
    .flatMap((one) =>
      one.point !== 'approval' && (one.result === 'differs' || one.result === 'missing') ? [`- ${one.detail}`] : [],
    )
    .join('\n');
  if (isWorse && note !== '' && thread.round > 0) {
    const { title } = context.deliverable;
    const news = { title, what: 'post_wrong' as const, note, hasNewCaption: false };
    await tellCreator(infra, tx, { frame, thread, news, key: `live/${hash ?? ''}` });
  }
  if (isWorse && thread.round === 0)
    await tellOfLabel(infra, tx, { ...of, title: context.deliverable.title, findings });
  return result;
}

/** A creator who handed in no draft, as with a gift, is asked for a label that is missing: once, since nobody approved anything else of the post. */
async function tellOfLabel(
  infra: Infra,
  tx: Tx,
  of: Look & { title: string; findings: readonly LiveFinding[] },
): Promise<void> {
  const lines = of.findings.flatMap(({ point, result, detail }) =>
    (point === 'disclosure' || point === 'label') && (result === 'missing' || result === 'differs')
      ? [`- ${detail}`]
      : [],
  );
  if (lines.length === 0) return;
  const news = { title: of.title, what: 'post_wrong' as const, note: lines.join('\n'), hasNewCaption: false };
  await tellCreator(infra, tx, { frame: of.frame, thread: of.thread, news, key: 'live/label' });
}

/** A planned look leads to the next one that is still to come; looks missed while the machine was off are made up for by one. */
function planAfter(live: LivePostRow, of: { at: Date; cause: LiveCheck['cause']; isGone: boolean }) {
  if (of.cause !== 'planned') return {};
  const next = lookDays.findIndex(
    (_, index) => index > (live.next_look ?? 0) && (lookAt(live.given_at, index)?.getTime() ?? 0) > of.at.getTime(),
  );
  if (next < 0) return { next_look: null, next_check_at: null };
  return { next_look: next, next_check_at: lookAt(live.given_at, next) };
}

async function moveByResult(
  infra: Infra,
  tx: Tx,
  of: Look & { result: LiveResult; isAccepted: boolean; at: Date },
): Promise<void> {
  const { frame, thread, live, result, at } = of;
  const { workspaceId } = frame;
  const isGood = result === 'ok' || of.isAccepted;
  const state = stateAfter(thread.state, isGood ? 'verify' : 'unverify') ?? thread.state;
  const isMoved = state !== thread.state;
  if (isMoved) await updateThread(tx, workspaceId, { id: thread.id, change: { state, state_since: at }, at });
  const more = { result };
  if (isMoved && state === 'verified') {
    const action = 'live-post.verified';
    await recordStep(infra, tx, { frame, thread, event: submissionVerified, action, state, more });
  }
  const isGone = of.seen?.isGone === true;
  if (isGone && live.gone_at === null)
    await recordStep(infra, tx, { frame, thread, event: livePostGone, action: 'live-post.gone', state, more });
  else if (result !== live.result && (result === 'differs' || result === 'missing'))
    await recordStep(infra, tx, { frame, thread, event: livePostChanged, action: 'live-post.differs', state, more });
}

async function approvedOf(tx: Tx, workspaceId: string, thread: SubmissionThread): Promise<RoundRow | null> {
  if (thread.approved_round === null) return null;
  const place = { submissionId: thread.id, number: thread.approved_round };
  return (await selectRound(tx, workspaceId, place)) ?? null;
}

/** What is live as the rules of labels take it. */
async function sightOf(
  tx: Tx,
  of: Pick<Look, 'frame' | 'thread' | 'seen'> & { context: DraftContext; approved: RoundRow | null },
): Promise<CaptionToJudge> {
  const { context, seen, approved, thread } = of;
  const { platform, format } = context.deliverable;
  const named = await selectRoundFiles(tx, of.frame.workspaceId, [thread.id]);
  const images = named.filter((one) => one.number === thread.approved_round).length;
  return {
    caption: seen?.caption ?? '',
    platform,
    kind: mediaKindOf({ format, platform, videos: approved?.video_url == null ? 0 : 1, images }),
    // What is said in what is live is taken to be what was approved; nothing is known of a post nobody approved.
    spokenText: approved?.spoken_text ?? null,
    onScreenText: approved?.on_screen_text ?? null,
    platformLabel: seen?.isPaidLabel ?? null,
    rules: labelRulesOf(context),
  };
}

/** The newest picture somebody added while no look could read the post. */
async function waitingPicture(tx: Tx, { frame, thread }: Pick<Look, 'frame' | 'thread'>): Promise<string | null> {
  const pictures = await selectScreenshots(tx, frame.workspaceId, thread.id);
  return pictures.findLast((one) => one.check_id === null)?.file_id ?? null;
}

/** Archives what an earlier look saw once more, now with a picture of it. Nothing without a caption. */
export async function archiveLook(infra: Infra, tx: Tx, of: Sighting & Pick<Look, 'live'>): Promise<void> {
  const { frame, thread, seen } = of;
  if (seen.caption === null) return;
  const context = await readContext(infra, tx, {
    workspaceId: frame.workspaceId,
    deliverableId: thread.deliverable_id,
  });
  const approved = await approvedOf(tx, frame.workspaceId, thread);
  const sight = await sightOf(tx, { ...of, context, approved });
  await archive(infra, tx, { ...of, seen, sight });
}

/** Keeps what was seen in the archive of labels; the same sight of the same post is one entry for ever. */
async function archive(infra: Infra, tx: Tx, of: Sighting & { sight: CaptionToJudge }): Promise<string> {
  const { frame, thread, seen } = of;
  const evidence = await recordEvidence(infra, tx, {
    workspaceId: frame.workspaceId,
    check: checkOf(of.sight),
    subject: { kind: 'submission', id: thread.id },
    personId: thread.person_id,
    campaignId: thread.campaign_id,
    url: seen.url,
    screenshotFileId: of.screenshotFileId,
    seenAt: new Date(seen.observedAt),
    by: frame.actor,
    key: `live/${thread.id}/${hashOf(seen)}/${of.screenshotFileId ?? ''}`,
  });
  return evidence.id;
}

function handlesOf({ card, deliverable }: DraftContext): string[] {
  return (card?.profiles ?? []).flatMap((one) => (one.platform === deliverable.platform ? [one.handle] : []));
}

function asksForLabel(disclosure: string): boolean {
  return /paid[- ]partnership|branded content|platform.{0,12}label|label.{0,20}platform|bezahlte (werbe)?partnerschaft|partenariat rémunéré|paid promotion (box|tick|label)/i.test(
    disclosure,
  );
}

/** What of a reading says whether the post changed; when and by whom it was read does not. */
export function hashOf(seen: SeenPost): string {
  const { caption, postedAt, handle, isPaidLabel, isGone } = seen;
  return createHash('sha256')
    .update(JSON.stringify([caption, postedAt, handle, isPaidLabel, isGone]))
    .digest('hex');
}

export function toLiveCheck(row: LiveCheckRow): LiveCheck {
  return liveCheckSchema.parse({
    id: row.id,
    cause: row.cause,
    result: row.result,
    findings: row.findings,
    seen: row.seen,
    evidenceId: row.evidence_id,
    by: row.checked_by,
    at: row.checked_at.toISOString(),
  });
}

export async function readLive(tx: Tx, workspaceId: string, submissionId: string): Promise<LivePostRow | null> {
  return (await selectLivePosts(tx, workspaceId, [submissionId]))[0] ?? null;
}
