import { daysBetween } from '#kernel/time.ts';
import type { ContentChannel, ContentRight, RightsState } from '../api.ts';

/** A right as the clock reads it. Days are YYYY-MM-DD in the workspace's time zone, both included. */
export interface ClockRight {
  state: ContentRight['state'];
  channels: readonly ContentChannel[];
  isPaid: boolean;
  territory: string;
  /** Null while it starts with a post that is not live yet. */
  startsOn: string | null;
  /** The last day; null: without end. */
  endsOn: string | null;
}

/** So many days before the end of the last right, and on these, somebody is told. */
export const alertDays = [30, 7, 1, 0] as const;
const endingWithin = 30;

export interface RightsStanding {
  state: RightsState;
  /** Of the right that holds longest; null without end or without a right. */
  endsOn: string | null;
  daysLeft: number | null;
  channels: ContentChannel[];
  paid: boolean;
}

export function isInForce(right: ClockRight, today: string): boolean {
  if (right.state !== 'granted' || right.startsOn === null || right.startsOn > today) return false;
  return right.endsOn === null || right.endsOn >= today;
}

/** What all rights of a piece of content come to on a day. */
export function standingOf(rights: readonly ClockRight[], today: string): RightsStanding {
  const held = rights.filter((right) => isInForce(right, today));
  const channels = [...new Set(held.flatMap((right) => right.channels))];
  const paid = held.some((right) => right.isPaid);
  if (held.length > 0) {
    const endsOn = held.some((right) => right.endsOn === null) ? null : lastOf(held);
    const daysLeft = endsOn === null ? null : daysBetween(today, endsOn);
    return {
      state: daysLeft !== null && daysLeft <= endingWithin ? 'ending' : 'in_force',
      endsOn,
      daysLeft,
      channels,
      paid,
    };
  }
  const nothing = { daysLeft: null, channels, paid };
  const granted = rights.filter((right) => right.state === 'granted' || right.state === 'ended');
  const isLater = rights.some(
    (right) => right.state === 'granted' && (right.startsOn === null || right.startsOn > today),
  );
  if (isLater) return { state: 'later', endsOn: null, ...nothing };
  if (granted.length > 0) return { state: 'ended', endsOn: lastOf(granted), ...nothing };
  const open = ['requested', 'countered', 'agreed'];
  if (rights.some((right) => open.includes(right.state))) return { state: 'requested', endsOn: null, ...nothing };
  return { state: 'none', endsOn: null, ...nothing };
}

function lastOf(rights: readonly ClockRight[]): string | null {
  return rights.reduce<string | null>(
    (last, { endsOn }) => (endsOn !== null && (last === null || endsOn > last) ? endsOn : last),
    null,
  );
}

export interface Run {
  channel: ContentChannel;
  paid: boolean;
  territory: string;
  startsOn: string;
  /** Null: until somebody stops it; covered for as long as the right holds, whose end is told in time. */
  endsOn: string | null;
}

/** Why no single right covers a placement for as long as it runs; null when one does. One right has to cover it whole: two halves of an agreement are none. */
export function uncoveredBy(rights: readonly ClockRight[], run: Run): string | null {
  const granted = rights.filter((right) => right.state === 'granted');
  if (granted.length === 0) return 'No right to this content is written down.';
  const onChannel = granted.filter((right) => right.channels.includes(run.channel));
  if (onChannel.length === 0) return `No right covers ${run.channel.replaceAll('_', ' ')}.`;
  const paid = run.paid ? onChannel.filter((right) => right.isPaid) : onChannel;
  if (paid.length === 0) return 'The rights allow organic use only, no paid advertising.';
  const within = paid.filter((right) => coversPlace(right.territory, run.territory));
  if (within.length === 0) return `No right covers ${run.territory}.`;
  const begun = within.filter((right) => right.startsOn !== null && right.startsOn <= run.startsOn);
  if (begun.length === 0) return `No right has begun by ${run.startsOn}.`;
  const lasting = begun.filter(
    (right) =>
      right.endsOn === null || (right.endsOn >= run.startsOn && (run.endsOn === null || right.endsOn >= run.endsOn)),
  );
  if (lasting.length > 0) return null;
  return `The right ends on ${lastOf(begun) ?? ''}, before this does.`;
}

/** Worldwide covers every place; else the words have to be the same, or among those named. */
function coversPlace(granted: string, wanted: string): boolean {
  const plain = (text: string) => text.trim().toLowerCase();
  if (plain(granted) === 'worldwide') return true;
  const named = granted.split(/[,;/]| and /i).map(plain);
  return wanted
    .split(/[,;/]| and /i)
    .map(plain)
    .every((place) => named.includes(place));
}

/** Which of the alert days a right has reached and was not told of: the nearest only, so that a late look tells once. */
export function alertDue(endsOn: string, today: string, told: ReadonlySet<number>): number | null {
  const left = daysBetween(today, endsOn);
  // The day after the last one it has ended: that is told as 0.
  const reached = alertDays.filter((days) => (days === 0 ? left < 0 : left >= 0 && left <= days));
  const nearest = reached.at(-1);
  if (nearest === undefined || told.has(nearest)) return null;
  return nearest;
}
