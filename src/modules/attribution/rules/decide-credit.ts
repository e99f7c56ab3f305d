import { dayMs } from '#kernel/time.ts';

/** A click an order names, as tracking knows it. */
export interface ClickCandidate {
  clickId: string;
  linkId: string;
  slug: string;
  clickedAt: Date;
  dropReason: string | null;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
}

/** A code an order used, as tracking knows it. */
export interface CodeCandidate {
  codeId: string;
  codeKey: string;
  code: string;
  startsAt: Date | null;
  endsAt: Date | null;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
}

export interface Case {
  orderedAt: Date;
  isCancelled: boolean;
  /** As the shop listed them. */
  codes: readonly string[];
  codeKeys: readonly string[];
  clickIds: readonly string[];
  knownCodes: readonly CodeCandidate[];
  knownClicks: readonly ClickCandidate[];
}

/** Something that may have led to the order, with the reason it won or lost. */
export interface JudgedTouch {
  kind: 'code' | 'click';
  label: string;
  /** ISO instant; null when nothing is known of it. */
  at: string | null;
  why: string;
  personId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
  linkId: string | null;
  codeId: string | null;
  clickId: string | null;
}

export interface Decision {
  rule: 'code' | 'link' | 'none';
  reason: string;
  winner: JudgedTouch | null;
  losers: JudgedTouch[];
}

// Clocks of shops and of this machine differ; a click this little after its order came before it.
const clockSlackMs = 5 * 60_000;

/**
 * Last touch: a creator's code beats any link; of several codes the one the shop lists first; else the last counted click within
 * `windowDays` days before the order. A code of nobody (a site-wide promotion) stands in no link's way. Depends on nothing but its
 * arguments, so late arrivals end in the same decision.
 */
export function decideCredit(order: Case, windowDays: number): Decision {
  const codes = judgeCodes(order);
  const clicks = judgeClicks(order, windowDays);
  const [code] = codes.fit;
  const [click] = clicks.fit;
  const misfits = [...codes.unfit, ...clicks.unfit];
  if (code !== undefined) {
    const others = codes.fit
      .slice(1)
      .map((touch) => ({ ...touch, why: `The shop lists it after ${code.label}; the first code counts.` }));
    const beaten = clicks.fit.map((touch) => ({ ...touch, why: `A code beats a link, and ${code.label} was used.` }));
    const reason = `Code ${code.label} was used at checkout${beaten.length > 0 ? '; a code beats a link' : ''}.`;
    return decided(order, { rule: 'code', reason, winner: code, losers: [...others, ...beaten, ...misfits] });
  }
  if (click !== undefined) {
    const others = clicks.fit
      .slice(1)
      .map((touch) => ({ ...touch, why: 'An earlier click; the last one before the order counts.' }));
    const reason = `Last click within ${windowDays} days: ${click.label}, ${span(order.orderedAt.getTime() - Date.parse(click.at ?? ''))} before the order${order.codes.length === 0 ? '; no code was used' : ''}.`;
    return decided(order, { rule: 'link', reason, winner: click, losers: [...others, ...misfits] });
  }
  const reason =
    misfits.length === 0
      ? 'Nobody is credited: the order names no code and no click.'
      : `Nobody is credited: ${misfits.map((touch) => `${touch.label}: ${touch.why}`).join(' ')}`;
  return { rule: 'none', reason, winner: null, losers: misfits };
}

function decided(order: Case, decision: Decision): Decision {
  const reason = order.isCancelled
    ? `${decision.reason} The order was cancelled, so the credit is nothing.`
    : decision.reason;
  return { ...decision, reason, winner: decision.winner === null ? null : { ...decision.winner, why: reason } };
}

interface Judged {
  /** Those that may win, best first. */
  fit: JudgedTouch[];
  unfit: JudgedTouch[];
}

function judgeCodes(order: Case): Judged {
  const judged: Judged = { fit: [], unfit: [] };
  const at = order.orderedAt.toISOString();
  for (const [index, key] of order.codeKeys.entries()) {
    const known = order.knownCodes.find((code) => code.codeKey === key);
    const label = known?.code ?? order.codes[index] ?? key;
    const touch = {
      kind: 'code' as const,
      label,
      at,
      why: '',
      ...ownerOf(known),
      linkId: null,
      codeId: known?.codeId ?? null,
      clickId: null,
    };
    if (known === undefined) judged.unfit.push({ ...touch, why: 'No code of that name is known here.' });
    else if (known.personId === null) judged.unfit.push({ ...touch, why: 'The code belongs to no creator.' });
    else if (known.startsAt !== null && order.orderedAt < known.startsAt)
      judged.unfit.push({ ...touch, why: `The code begins on ${dayOf(known.startsAt)}, after the order.` });
    else if (known.endsAt !== null && order.orderedAt > known.endsAt)
      judged.unfit.push({ ...touch, why: `The code ended on ${dayOf(known.endsAt)}, before the order.` });
    else judged.fit.push(touch);
  }
  return judged;
}

function judgeClicks(order: Case, windowDays: number): Judged {
  const judged: Judged = { fit: [], unfit: [] };
  const orderedMs = order.orderedAt.getTime();
  for (const clickId of [...new Set(order.clickIds)].sort()) {
    const known = order.knownClicks.find((click) => click.clickId === clickId);
    const label = known === undefined ? `Click ${clickId.slice(0, 8)}…` : `/${known.slug}`;
    const touch = {
      kind: 'click' as const,
      label,
      at: known?.clickedAt.toISOString() ?? null,
      why: '',
      ...ownerOf(known),
      linkId: known?.linkId ?? null,
      codeId: null,
      clickId,
    };
    const why =
      known === undefined ? 'No click of that id is known here, or not yet.' : whyUnfit(known, orderedMs, windowDays);
    if (why === null) judged.fit.push(touch);
    else judged.unfit.push({ ...touch, why });
  }
  judged.fit.sort(
    (a, b) => Date.parse(b.at ?? '') - Date.parse(a.at ?? '') || ((a.clickId ?? '') < (b.clickId ?? '') ? -1 : 1),
  );
  return judged;
}

function whyUnfit(click: ClickCandidate, orderedMs: number, windowDays: number): string | null {
  const beforeMs = orderedMs - click.clickedAt.getTime();
  if (click.dropReason !== null && click.dropReason !== 'duplicate')
    return `The hit was not counted (${click.dropReason}).`;
  if (click.personId === null && click.campaignId === null) return 'The link belongs to no creator and no campaign.';
  if (beforeMs < -clockSlackMs) return `The click came ${span(-beforeMs)} after the order.`;
  if (beforeMs > windowDays * dayMs)
    return `The click came ${span(beforeMs)} before the order; only ${windowDays} days count.`;
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

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** A span in words, in its largest fitting unit. */
function span(ms: number): string {
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
