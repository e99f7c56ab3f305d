import type { Platform } from '#kernel/platform.ts';
import type { CaptionVerdict, LiveFinding, LivePoint, LiveResult, PostExpectation, SeenPost } from '../api.ts';
import { compareCaptions, plainCaption } from './compare-captions.ts';
import { findListed, type ListedThing } from './find-in-caption.ts';

export interface ApprovedPost {
  round: number;
  /** The caption that was approved: the proposed one where a member repaired it. */
  caption: string;
}

export interface LiveTarget {
  platform: Platform;
  approved: ApprovedPost | null;
  /** False where no draft was asked for or sent, as is usual with gifted goods. */
  wasHandedIn: boolean;
  expected: PostExpectation;
  /** Of the caption as it is live; null while there is none. */
  verdict: CaptionVerdict | null;
  /** Handles of the creator on the platform, without @. */
  handles: readonly string[];
  /** Day it was posted and day it was scheduled for, in the workspace's time zone. */
  postedOn: string | null;
  scheduledOn: string | null;
  /** When the post was read last; null for never. */
  lastReadAt: string | null;
  /** True when the brief asks for the platform's own label. */
  needsPlatformLabel: boolean;
}

/** What is live against what was approved, point by point. What could not be read is unknown, never in order. */
export function compareLive(seen: SeenPost | null, target: LiveTarget): LiveFinding[] {
  if (seen === null) return [unread(target), checkApproval(target)];
  if (seen.isGone) return [gone(seen), checkApproval(target)];
  const readable = finding('readable', 'ok', { detail: `Read from ${seen.source}`, found: seen.url });
  return [
    readable,
    checkApproval(target),
    ...(target.wasHandedIn ? [checkCaption(seen, target)] : []),
    checkDisclosure(seen, target),
    ...checkLabel(seen, target),
    ...(['links', 'codes', 'hashtags', 'mentions'] as const).flatMap((thing) => checkListed(thing, seen, target)),
    ...checkDate(target),
    checkAccount(seen, target),
  ];
}

/** Points that have to be known before a post counts as checked; the others are told, and hold nothing up. */
const decisive = new Set<LivePoint>(['readable', 'caption', 'disclosure', 'hashtags', 'mentions', 'date', 'account']);

/** The findings in one word: the worst of them; unknown when one that has to be known is not. */
export function liveResultOf(findings: readonly LiveFinding[]): LiveResult {
  if (findings.some((one) => one.result === 'missing')) return 'missing';
  if (findings.some((one) => one.result === 'differs')) return 'differs';
  if (findings.some((one) => one.result === 'unknown' && decisive.has(one.point))) return 'unknown';
  return 'ok';
}

/** What is wrong with a post in the few words a card has room for; null when nothing is. */
export function faultOf(findings: readonly LiveFinding[], isGone: boolean): string | null {
  if (isGone) return 'Post is gone';
  const wrong = findings.filter((one) => one.result === 'missing' || one.result === 'differs');
  const label = wrong.find((one) => one.point === 'disclosure');
  if (label !== undefined) return label.result === 'missing' ? 'Ad label missing' : 'Ad label unclear';
  return wrong.length === 0 ? null : 'Post not as approved';
}

const finding = (
  point: LivePoint,
  result: LiveResult,
  of: { detail: string; expected?: string | null; found?: string | null },
): LiveFinding => ({ point, result, detail: of.detail, expected: of.expected ?? null, found: of.found ?? null });

const unread = ({ lastReadAt }: LiveTarget) =>
  finding('readable', 'unknown', {
    detail:
      lastReadAt === null
        ? 'The post was not read yet. Import the creator’s posts, connect the account, or write down what it shows.'
        : `Nothing newer of the post was read since ${lastReadAt.slice(0, 10)}.`,
  });

const gone = (seen: SeenPost) =>
  finding('readable', 'missing', { detail: `The post is gone, says ${seen.source}`, found: null, expected: seen.url });

function checkApproval({ approved, wasHandedIn }: LiveTarget): LiveFinding {
  if (!wasHandedIn)
    return finding('approval', 'unknown', {
      detail: 'No draft was handed in, so there is nothing to compare the caption with',
    });
  if (approved === null)
    return finding('approval', 'missing', { detail: 'It went live although no draft of it was approved' });
  return finding('approval', 'ok', { detail: `Round ${approved.round} was approved` });
}

function checkCaption({ caption }: SeenPost, { approved }: LiveTarget): LiveFinding {
  const expected = approved?.caption ?? null;
  if (caption === null) return finding('caption', 'unknown', { detail: 'The caption was not read', expected });
  if (expected === null) return finding('caption', 'unknown', { detail: 'No caption was approved', found: caption });
  const [before, after] = [plainCaption(expected), plainCaption(caption)];
  if (before === after) return finding('caption', 'ok', { detail: 'As approved', expected, found: caption });
  const diff = compareCaptions(before, after);
  const words = (kind: 'added' | 'removed') =>
    diff.flatMap((part) => (part.kind === kind && part.text.trim() !== '' ? [`“${part.text.trim()}”`] : []));
  const changes = [
    ...words('removed').map((text) => `${text} is gone`),
    ...words('added').map((text) => `${text} is new`),
  ];
  const detail = changes.length === 0 ? 'Only spaces and lines differ' : changes.slice(0, 4).join(', ');
  return { ...finding('caption', 'differs', { detail, expected, found: caption }), diff };
}

function checkDisclosure({ caption }: SeenPost, { verdict }: LiveTarget): LiveFinding {
  if (caption === null || verdict === null)
    return finding('disclosure', 'unknown', { detail: 'The caption was not read, so the label cannot be judged' });
  const found = verdict.disclosedBy?.text ?? null;
  const [first] = verdict.findings;
  const detail =
    first === undefined
      ? 'Labelled as the rules ask'
      : `${first.message.replace(/\.$/, '')} (${first.rule}, ${first.pack})`;
  switch (verdict.verdict) {
    case 'pass':
      return finding('disclosure', 'ok', { detail, found });
    case 'not_needed':
      return finding('disclosure', 'ok', { detail: 'No label is needed for what is known of the deal', found });
    case 'warn':
      return finding('disclosure', 'differs', { detail, found });
    case 'fail':
      return finding('disclosure', 'missing', { detail, found });
  }
}

function checkLabel({ isPaidLabel }: SeenPost, { needsPlatformLabel }: LiveTarget): LiveFinding[] {
  if (isPaidLabel === null)
    return needsPlatformLabel
      ? [finding('label', 'unknown', { detail: 'Whether the platform’s own label is on cannot be read here' })]
      : [];
  if (isPaidLabel) return [finding('label', 'ok', { detail: 'The platform’s own label is on', found: 'on' })];
  const detail = needsPlatformLabel
    ? 'The platform’s own label is off; the brief asks for it'
    : 'The platform’s own label is off; the brief does not ask for it';
  return [finding('label', needsPlatformLabel ? 'missing' : 'ok', { detail, found: 'off' })];
}

const pointOf: Record<ListedThing, LivePoint> = {
  links: 'link',
  codes: 'code',
  hashtags: 'hashtags',
  mentions: 'mentions',
};

function checkListed(thing: ListedThing, { caption }: SeenPost, target: LiveTarget): LiveFinding[] {
  const wanted = target.expected[thing];
  if (wanted.length === 0) return [];
  const point = pointOf[thing];
  const expected = wanted.join(', ');
  if (caption === null) return [finding(point, 'unknown', { detail: 'The caption was not read', expected })];
  const listed = findListed(caption, target.expected)[thing];
  const found = listed.found.join(', ') || null;
  if (listed.missing.length === 0) return [finding(point, 'ok', { detail: 'In the caption', expected, found })];
  const missing = listed.missing.join(', ');
  if (isElsewhere(thing, listed.missing, target)) {
    const detail = `${missing} is not in the caption; where else it may stand cannot be read here`;
    return [finding(point, 'unknown', { detail, expected, found })];
  }
  return [finding(point, 'missing', { detail: `${missing} is not in the caption`, expected, found })];
}

/** Links of most platforms stand in a bio, a sticker or the page itself, and a code may be shown in the picture: absent from the caption says nothing then. */
function isElsewhere(
  thing: ListedThing,
  missing: readonly string[],
  { platform, approved, expected }: LiveTarget,
): boolean {
  if (thing !== 'links' && thing !== 'codes') return false;
  if (thing === 'links' && platform !== 'youtube' && approved === null) return true;
  if (approved === null) return false;
  const wasThere = findListed(approved.caption, expected)[thing].found;
  if (thing === 'links') return platform !== 'youtube' && wasThere.length === 0;
  return missing.every((one) => !wasThere.includes(one));
}

function checkDate({ postedOn, scheduledOn, expected }: LiveTarget): LiveFinding[] {
  const { liveFrom, liveUntil } = expected;
  const words = [
    ...(scheduledOn === null ? [] : [`on ${scheduledOn}`]),
    ...(liveFrom === null ? [] : [`from ${liveFrom}`]),
    ...(liveUntil === null ? [] : [`until ${liveUntil}`]),
  ].join(' ');
  if (words === '') return [];
  if (postedOn === null)
    return [finding('date', 'unknown', { detail: 'When it was posted was not read', expected: words })];
  const isEarly = liveFrom !== null && postedOn < liveFrom;
  const isLate = liveUntil !== null && postedOn > liveUntil;
  const isOther = scheduledOn !== null && postedOn !== scheduledOn;
  const detail = isEarly
    ? `Posted on ${postedOn}, before ${liveFrom}`
    : isLate
      ? `Posted on ${postedOn}, after ${liveUntil}`
      : isOther
        ? `Posted on ${postedOn}, not on ${scheduledOn}`
        : `Posted on ${postedOn}`;
  const result = isEarly || isLate || isOther ? 'differs' : 'ok';
  return [finding('date', result, { detail, expected: words, found: postedOn })];
}

const plainHandle = (handle: string) => handle.trim().replace(/^@/, '').toLowerCase();

function checkAccount({ handle }: SeenPost, { handles }: LiveTarget): LiveFinding {
  const expected = handles.map((one) => `@${plainHandle(one)}`).join(', ') || null;
  if (handle === null)
    return finding('account', 'unknown', { detail: 'Which account it is on was not read', expected });
  const found = `@${plainHandle(handle)}`;
  if (expected === null)
    return finding('account', 'unknown', { detail: `On ${found}; no account of the creator is known there`, found });
  if (handles.some((one) => plainHandle(one) === plainHandle(handle)))
    return finding('account', 'ok', { detail: `On ${found}`, expected, found });
  return finding('account', 'differs', { detail: `On ${found}, not on ${expected}`, expected, found });
}
