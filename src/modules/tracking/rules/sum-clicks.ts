/** What a sum of clicks needs to know of one hit. */
export interface SummedHit {
  workspaceId: string;
  linkId: string;
  /** Day in the workspace's time zone. */
  localDay: string;
  clickedAt: Date;
  counted: boolean;
  isFirst: boolean;
  dropReason: string | null;
  channel: string;
  country: string | null;
  device: string;
}

interface Counts {
  clicks: number;
  visitors: number;
  dropped: number;
}

export type Facet = 'all' | 'channel' | 'country' | 'device' | 'reason';

export interface WeekMove extends Counts {
  workspaceId: string;
  week: string;
  linkId: string;
}

export interface FacetMove extends Counts {
  workspaceId: string;
  /** Empty for the whole workspace. */
  campaignId: string;
  day: string;
  facet: Facet;
  value: string;
}

export interface HourMove extends Counts {
  workspaceId: string;
  campaignId: string;
  hour: string;
}

export interface SumMoves {
  weeks: WeekMove[];
  facets: FacetMove[];
  hours: HourMove[];
}

const hourMs = 3_600_000;

/** What these hits add to the sums by week, facet and hour; always in the same order, so that two drains never wait for each other crosswise. */
export function sumClicks(hits: readonly SummedHit[], campaignOf: (linkId: string) => string | null): SumMoves {
  const weeks = new Map<string, WeekMove>();
  const facets = new Map<string, FacetMove>();
  const hours = new Map<string, HourMove>();
  const mondays = new Map<string, string>();
  for (const { hit, counts } of alike(hits)) {
    const { workspaceId, linkId, localDay: day } = hit;
    const week = mondays.get(day) ?? mondayOf(day);
    mondays.set(day, week);
    add(weeks, `${workspaceId} ${week} ${linkId}`, counts, () => ({ workspaceId, week, linkId }));
    const own = campaignOf(linkId);
    for (const campaignId of own === null ? [''] : ['', own]) {
      const scope = `${workspaceId} ${campaignId}`;
      const hour = new Date(Math.floor(hit.clickedAt.getTime() / hourMs) * hourMs).toISOString();
      add(hours, `${scope} ${hour}`, counts, () => ({ workspaceId, campaignId, hour }));
      for (const [facet, value] of facetsOf(hit))
        add(facets, `${scope} ${day} ${facet} ${value}`, counts, () => ({
          workspaceId,
          campaignId,
          day,
          facet,
          value,
        }));
    }
  }
  return { weeks: inOrder(weeks), facets: inOrder(facets), hours: inOrder(hours) };
}

function facetsOf(hit: SummedHit): [Facet, string][] {
  const known: [Facet, string][] = [
    ['all', ''],
    ['channel', hit.channel],
    ['country', hit.country ?? ''],
    ['device', hit.device],
  ];
  return hit.counted ? known : [...known, ['reason', hit.dropReason ?? 'unknown']];
}

/** Hits that move the same sums, taken together: of a batch nearly all are alike. */
function alike(hits: readonly SummedHit[]): Iterable<{ hit: SummedHit; counts: Counts }> {
  const groups = new Map<string, { hit: SummedHit; counts: Counts }>();
  for (const hit of hits) {
    const hour = Math.floor(hit.clickedAt.getTime() / hourMs);
    const reason = hit.counted ? '' : (hit.dropReason ?? 'unknown');
    const key = `${hit.linkId} ${hit.localDay} ${hour} ${hit.country} ${hit.device} ${hit.channel} ${reason}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = { hit, counts: { clicks: 0, visitors: 0, dropped: 0 } };
      groups.set(key, group);
    }
    if (!hit.counted) group.counts.dropped += 1;
    else group.counts.clicks += 1;
    if (hit.isFirst) group.counts.visitors += 1;
  }
  return groups.values();
}

function add<Key extends object>(moves: Map<string, Key & Counts>, key: string, counts: Counts, make: () => Key): void {
  const move = moves.get(key);
  if (move === undefined) {
    moves.set(key, { ...make(), ...counts });
    return;
  }
  move.clicks += counts.clicks;
  move.visitors += counts.visitors;
  move.dropped += counts.dropped;
}

function inOrder<Move>(moves: Map<string, Move>): Move[] {
  return [...moves].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, move]) => move);
}

/** Monday of the week a day lies in, both YYYY-MM-DD. */
export function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
