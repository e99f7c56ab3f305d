import { dayMs } from '#kernel/time.ts';
import {
  type Case,
  type ClickCandidate,
  type JudgedTouch,
  type Policies,
  policyOf,
  whyExcluded,
  windowDaysOf,
} from './credit-case.ts';

// Clocks of shops and of this machine differ; a click this little after its order came before it.
const clockSlackMs = 5 * 60_000;

export interface Judged {
  /** Those that may win: codes as the shop lists them, clicks newest first. */
  fit: JudgedTouch[];
  unfit: JudgedTouch[];
  /** Too old to be paid, yet recent enough to be shown as seen; newest first. */
  seen: JudgedTouch[];
}

/** The codes of an order, each by the rules of its own campaign. */
export function judgeCodes(order: Case, policies: Policies): Judged {
  const judged: Judged = { fit: [], unfit: [], seen: [] };
  const orderedMs = order.orderedAt.getTime();
  for (const [index, key] of order.codeKeys.entries()) {
    const known = order.knownCodes.find((code) => code.codeKey === key);
    const touch: JudgedTouch = {
      kind: 'code',
      label: known?.code ?? order.codes[index] ?? key,
      at: order.orderedAt.toISOString(),
      why: '',
      ...ownerOf(known),
      linkId: null,
      codeId: known?.codeId ?? null,
      clickId: null,
    };
    const lose = (why: string) => judged.unfit.push({ ...touch, why });
    if (known === undefined) {
      lose('No code of that name is known here.');
      continue;
    }
    const excluded = whyExcluded(order, touch);
    if (excluded !== null) {
      lose(excluded);
      continue;
    }
    const { policy } = policyOf(policies, known.campaignId);
    const endMs = known.endsAt === null ? null : known.endsAt.getTime() + policy.windows.codeGraceDays * dayMs;
    if (known.personId === null) lose('The code belongs to no creator.');
    else if (!policy.precedence.includes('code')) lose('The rules of its campaign credit no codes.');
    else if (known.startsAt !== null && order.orderedAt < known.startsAt)
      lose(`The code begins on ${dayOf(known.startsAt)}, after the ${thingOf(order)}.`);
    else if (known.endsAt !== null && endMs !== null && orderedMs > endMs) {
      const why = `The code ended on ${dayOf(known.endsAt)}, before the ${thingOf(order)}.`;
      lose(why);
      if (orderedMs - known.endsAt.getTime() <= policy.windows.seenDays * dayMs) judged.seen.push({ ...touch, why });
    } else judged.fit.push(touch);
  }
  return judged;
}

/** The clicks an order names, each by the window of its own campaign for this occasion. */
export function judgeClicks(order: Case, policies: Policies): Judged {
  const judged: Judged = { fit: [], unfit: [], seen: [] };
  for (const clickId of [...new Set(order.clickIds)].sort()) {
    const known = order.knownClicks.find((click) => click.clickId === clickId);
    const touch: JudgedTouch = {
      kind: 'click',
      label: known === undefined ? `Click ${clickId.slice(0, 8)}…` : `/${known.slug}`,
      at: known?.clickedAt.toISOString() ?? null,
      why: '',
      ...ownerOf(known),
      linkId: known?.linkId ?? null,
      codeId: null,
      clickId,
    };
    if (known === undefined) {
      judged.unfit.push({ ...touch, why: 'No click of that id is known here, or not yet.' });
      continue;
    }
    const excluded = whyExcluded(order, touch);
    const verdict = excluded === null ? whyUnfit(known, order, policies) : { why: excluded, isSeen: false };
    if (verdict === null) judged.fit.push(touch);
    else judged.unfit.push({ ...touch, why: verdict.why });
    if (verdict?.isSeen) judged.seen.push({ ...touch, why: verdict.why });
  }
  judged.fit.sort(newestFirst);
  judged.seen.sort(newestFirst);
  return judged;
}

function newestFirst(a: JudgedTouch, b: JudgedTouch): number {
  return Date.parse(b.at ?? '') - Date.parse(a.at ?? '') || ((a.clickId ?? '') < (b.clickId ?? '') ? -1 : 1);
}

function whyUnfit(click: ClickCandidate, order: Case, policies: Policies): { why: string; isSeen: boolean } | null {
  const { policy } = policyOf(policies, click.campaignId);
  const windowDays = windowDaysOf(policy, order.occasion);
  const beforeMs = order.orderedAt.getTime() - click.clickedAt.getTime();
  const unfit = (why: string, isSeen = false) => ({ why, isSeen });
  if (click.dropReason !== null && click.dropReason !== 'duplicate')
    return unfit(`The hit was not counted (${click.dropReason}).`);
  if (click.personId === null && click.campaignId === null)
    return unfit('The link belongs to no creator and no campaign.');
  if (!policy.precedence.includes('link')) return unfit('The rules of its campaign credit no links.');
  if (beforeMs < -clockSlackMs) return unfit(`The click came ${span(-beforeMs)} after the ${thingOf(order)}.`);
  if (beforeMs > windowDays * dayMs)
    return unfit(
      `The click came ${span(beforeMs)} before the ${thingOf(order)}; only ${windowDays} days count.`,
      beforeMs <= policy.windows.seenDays * dayMs,
    );
  return null;
}

function ownerOf(
  known: { personId: string | null; campaignId: string | null; enrolmentId: string | null } | undefined,
) {
  return {
    personId: known?.personId ?? null,
    campaignId: known?.campaignId ?? null,
    enrolmentId: known?.enrolmentId ?? null,
  };
}

/** What the touches led to, in a word. */
export function thingOf(order: Pick<Case, 'occasion'>): string {
  return order.occasion === 'lead' ? 'lead' : 'order';
}

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** A span in words, in its largest fitting unit. */
export function span(ms: number): string {
  const units = [
    { name: 'day', ms: dayMs },
    { name: 'hour', ms: 3_600_000 },
    { name: 'minute', ms: 60_000 },
  ];
  const unit = units.find((one) => ms >= one.ms);
  if (unit === undefined) return 'less than a minute';
  const count = Math.floor(ms / unit.ms);
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}
