import type { MoneyJson } from '#kernel/money.ts';
import { addDays, addMonths } from '#kernel/time.ts';
import type { Terms } from '../api/terms.ts';

export const renewalMonthsMax = 60;

export interface NewTerm {
  startsOn: string;
  endsOn: string;
}

/**
 * The days a renewal holds: from the day after the last one of the old term, so that there is no gap, for the months asked for or as many as the
 * old term had. Months end where the calendar ends them: three months from 1 November end on 31 January.
 */
export function newTermOf(old: { startsOn: string; endsOn: string }, months: number | null): NewTerm {
  const startsOn = addDays(old.endsOn, 1);
  return { startsOn, endsOn: addDays(addMonths(startsOn, months ?? monthsOf(old)), -1) };
}

/** The months a term spans, begun ones counted whole. */
function monthsOf(old: { startsOn: string; endsOn: string }): number {
  const next = addDays(old.endsOn, 1);
  let months = 1;
  while (months < renewalMonthsMax && addMonths(old.startsOn, months) < next) months += 1;
  return months;
}

/**
 * The old terms for a new term. Days of pieces, drafts, parts of the fee and rights move on by the months of the old term; a piece that would be
 * due after the new end is left out. A fee that differs drops the parts of the old one, since they would not add up.
 */
export function renewTerms(
  old: Terms,
  of: { oldStartsOn: string; oldEndsOn: string; term: NewTerm; fee: MoneyJson | null | undefined },
): Terms {
  const { term } = of;
  const months = monthsOf({ startsOn: of.oldStartsOn, endsOn: of.oldEndsOn });
  const move = (day: string | null) => (day === null ? null : addMonths(day, months));
  const fee = of.fee === undefined ? old.fee : of.fee;
  const isSameFee = fee?.amountMinor === old.fee?.amountMinor && fee?.currency === old.fee?.currency;
  return {
    ...old,
    startsOn: term.startsOn,
    endsOn: term.endsOn,
    fee,
    feeParts: isSameFee ? old.feeParts.map((part) => ({ ...part, on: move(part.on) })) : [],
    killFeePercent: fee === null ? null : old.killFeePercent,
    deliverables: old.deliverables
      .map((line) => ({
        ...line,
        title: moveMonths(line.title, months),
        draftDueOn: move(line.draftDueOn),
        dueOn: move(line.dueOn),
      }))
      .filter((line) => line.dueOn === null || line.dueOn <= term.endsOn),
    // What was bought for single pieces is not bought again.
    usageRights: old.usageRights
      .filter((right) => right.pieces.length === 0)
      .map((right) => ({ ...right, from: move(right.from) })),
  };
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const namedMonth = new RegExp(`\\b(${monthNames.join('|')})\\b(?: (\\d{4})\\b)?`, 'gu');

/** A title that names months names those of the new term: "May reel" is "August reel" three months on; a year beside one moves with it. */
export function moveMonths(title: string, months: number): string {
  return title
    .replace(namedMonth, (_whole, name: string, year: string | undefined) => {
      const at = monthNames.indexOf(name) + months;
      const moved = monthNames[at % 12] ?? name;
      return year === undefined ? moved : `${moved} ${Number(year) + Math.floor(at / 12)}`;
    })
    .slice(0, 180);
}

const renewed = /, renewed until \d{1,2} [A-Z][a-z]+ \d{4}$/u;

/** The title of a renewal: the old one and its new last day, said once however often it is renewed. */
export function renewalTitle(old: string, endsOnWords: string): string {
  const tail = `, renewed until ${endsOnWords}`;
  return `${old.replace(renewed, '').slice(0, 160 - tail.length)}${tail}`;
}
