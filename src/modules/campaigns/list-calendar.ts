import { createHash } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { platformNames, platformSchema } from '#kernel/platform.ts';
import { addDays, daysBetween } from '#kernel/time.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import {
  type CalendarEntry,
  type CalendarKind,
  calendarDaysMax,
  calendarKindNames,
  calendarPeopleMax,
  type getCalendarFile as fileEndpoint,
  type getCalendar as getEndpoint,
  goalMetricSchema,
  goalMetrics,
} from './api.ts';
import { type CalendarSource, itemKinds, readItemRows } from './calendar-items.ts';
import { campaignsError } from './errors.ts';
import { type CalendarRow, selectContentDays, selectPlanDays, selectSingleDays } from './queries/calendar.ts';
import { getCampaignRow, readToday, type Today } from './read-campaigns.ts';
import { writeCalendarFile } from './rules/calendar-file.ts';

const fileDaysBack = 90;
const fileDaysAhead = 400;

/** What falls on the days asked for. Errors: not_found, bad_dates. */
export async function getCalendar(
  infra: Infra,
  sources: readonly CalendarSource[],
  call: Call<typeof getEndpoint>,
): Promise<OutputOf<typeof getEndpoint>> {
  const { workspaceId, input } = call;
  checkSpan(input.from, input.until);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const today = await readToday(tx, workspaceId, infra.clock);
    const entries = await readEntries(tx, workspaceId, { ...input, today, sources });
    return { today: today.day, timeZone: today.timeZone, entries };
  });
}

export interface CalendarFilter {
  campaignId?: string | undefined;
  kinds?: CalendarKind[] | undefined;
}

/** The calendar to take along. Error: not_found. */
export async function getCalendarFile(
  infra: Infra,
  sources: readonly CalendarSource[],
  call: Call<typeof fileEndpoint>,
): Promise<Download> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, (tx) => writeCalendar(infra, tx, { workspaceId, filter: input, sources }));
}

/**
 * The calendar as a file, as whole days: they fall on the same day wherever it is read. Its ETag changes when an entry does, not with the moment of
 * asking. Error: not_found.
 */
export async function writeCalendar(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; filter: CalendarFilter; sources: readonly CalendarSource[] },
): Promise<Download & { etag: string }> {
  const { workspaceId, filter, sources } = of;
  const today = await readToday(tx, workspaceId, infra.clock);
  const from = addDays(today.day, -fileDaysBack);
  const until = addDays(today.day, fileDaysAhead);
  const entries = await readEntries(tx, workspaceId, { ...filter, from, until, today, sources });
  const campaign = filter.campaignId === undefined ? null : await getCampaignRow(tx, workspaceId, filter.campaignId);
  const name = campaign === null ? 'Campaigns' : campaign.name;
  const write = (at: Date) => writeCalendarFile(entries.map(toEvent), { name, timeZone: today.timeZone, at });
  const hash = createHash('sha256')
    .update(write(new Date(0)))
    .digest('base64url');
  return {
    fileName: `${name} calendar.ics`,
    contentType: 'text/calendar; charset=utf-8',
    body: write(infra.clock.now()),
    etag: `W/"${hash}"`,
  };
}

function toEvent(entry: CalendarEntry) {
  const names = entry.people.map((one) => `${one.name}: ${one.what}`);
  const more = entry.count > names.length && names.length > 0 ? [`and ${entry.count - names.length} more`] : [];
  return {
    id: entry.id,
    from: entry.from,
    until: entry.until,
    title: entry.campaign === null ? entry.title : `${entry.title} (${entry.campaign.name})`,
    description: [...names, ...more].join('\n'),
    category: calendarKindNames[entry.kind],
  };
}

function checkSpan(from: string, until: string): void {
  const fail = (message: string) => campaignsError('bad_dates', `until: ${message}`, [{ field: 'until', message }]);
  if (until < from) throw fail(`The last day, ${until}, comes before the first, ${from}.`);
  if (daysBetween(from, until) >= calendarDaysMax) throw fail(`Ask for at most ${calendarDaysMax} days at once.`);
}

interface Span {
  from: string;
  until: string;
  campaignId?: string | undefined;
  kinds?: CalendarKind[] | undefined;
  today: Today;
  sources: readonly CalendarSource[];
}

async function readEntries(tx: Tx, workspaceId: string, of: Span): Promise<CalendarEntry[]> {
  const { from, until, campaignId, today } = of;
  if (campaignId !== undefined) await getCampaignRow(tx, workspaceId, campaignId);
  const query = { from, until, campaignId, peopleMax: calendarPeopleMax };
  const kinds = of.kinds === undefined || of.kinds.length === 0 ? null : new Set(of.kinds);
  const wants = (...some: CalendarKind[]) => kinds === null || some.some((kind) => kinds.has(kind));
  const rows = [
    ...(wants('content_due') ? await selectContentDays(tx, workspaceId, query) : []),
    ...(wants('answers_due', 'drafts_due', 'live_window') ? await selectPlanDays(tx, workspaceId, query) : []),
    ...(wants('campaign', 'goal_due', 'cost_due', 'task_due') ? await selectSingleDays(tx, workspaceId, query) : []),
    ...(wants(...itemKinds) ? await readItemRows(tx, workspaceId, { ...query, sources: of.sources }) : []),
  ].filter((row) => kinds === null || kinds.has(row.kind));
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.flatMap((row) => row.people.map((one) => one.p)),
  );
  return rows
    .map((row) => toEntry(row, { today: today.day, nameOf: (id) => cards.get(id)?.name ?? 'Erased creator' }))
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1));
}

function toEntry(row: CalendarRow, of: { today: string; nameOf: (personId: string) => string }): CalendarEntry {
  const { kind, from_day: from, until_day: until, count, done } = row;
  const isOpen = done < count;
  return {
    id: [kind, row.campaign_id ?? 'all', from, row.key].filter((part) => part !== '').join(':'),
    kind,
    from,
    until,
    title: titleOf(row),
    count,
    done,
    isLate: isOpen && until < of.today && !neverLate.includes(kind),
    campaign:
      row.campaign_id === null || row.campaign_name === null ? null : { id: row.campaign_id, name: row.campaign_name },
    people: row.people
      .map((one) => ({ enrolmentId: one.e, personId: one.p, name: of.nameOf(one.p), what: one.w, isDone: one.d }))
      .toSorted((a, b) => Number(a.isDone) - Number(b.isDone) || (a.name < b.name ? -1 : 1)),
    path: pathOf(row),
  };
}

// What begins or ends on a day is over then, not late.
const neverLate: readonly CalendarKind[] = [
  'goal_due',
  'campaign',
  'posts_stay',
  'rights_end',
  'exclusivity_end',
  'contract_end',
];

function titleOf(row: CalendarRow): string {
  const many = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;
  switch (row.kind) {
    case 'content_due': {
      const [platform = '', format = ''] = row.key.split('/');
      const known = platformSchema.safeParse(platform);
      const what = row.title ?? `${known.success ? platformNames[known.data] : platform} ${format}`;
      return row.count === 1 ? `${what} due` : `${what}, ${row.count} due`;
    }
    case 'answers_due':
      return row.count === 0 ? 'Answers due' : `${many(row.count, 'answer')} due`;
    case 'drafts_due':
      if (row.key === 'contract') return `${many(row.count, 'draft')} due by contract`;
      return row.count === 0 ? 'Drafts due' : `Drafts of ${many(row.count, 'creator')} due`;
    case 'live_window':
      return row.count === 0 ? 'Posts go live' : `Posts of ${many(row.count, 'creator')} go live`;
    case 'campaign':
      return `${row.campaign_name ?? 'Campaign'} ${row.title ?? ''}`;
    case 'goal_due': {
      const metric = goalMetricSchema.safeParse(row.title);
      return `Goal due: ${metric.success ? goalMetrics[metric.data].label.toLowerCase() : ''}`;
    }
    case 'cost_due':
      return `Payment due: ${row.title ?? ''}`;
    case 'task_due':
      return row.title ?? '';
    case 'signing_due':
      return row.count === 1 ? `Offer lapses: ${row.title}` : `${row.count} offers of contracts lapse`;
    case 'fee_due':
      return row.count === 1 ? `Fee due: ${row.title}` : `Fees of ${row.count} payments due`;
    case 'posts_stay':
      return row.count === 1 ? `Stays up until today: ${row.title}` : `${row.count} posts stay up until today`;
    case 'rights_end':
      return row.count === 1 ? `Rights end: ${row.title}` : `Rights to ${row.count} pieces end`;
    case 'exclusivity_end':
      return row.count === 1 ? `Exclusivity ends: ${row.title}` : `Exclusivity of ${row.count} creators ends`;
    case 'contract_end':
      return row.count === 1 ? `Contract ends: ${row.title}` : `${row.count} contracts end`;
  }
}

function pathOf(row: CalendarRow): string {
  const campaign = row.campaign_id === null ? null : `/campaigns/${row.campaign_id}`;
  if (row.path !== undefined && row.path !== null) return row.path;
  if (campaign === null) return row.kind === 'rights_end' ? '/content' : '/tasks';
  switch (row.kind) {
    case 'content_due':
      return `${campaign}/content`;
    case 'answers_due':
    case 'drafts_due':
    case 'live_window':
      return `${campaign}/roster`;
    case 'campaign':
    case 'goal_due':
      return campaign;
    case 'cost_due':
      return `${campaign}/money`;
    case 'task_due':
      return '/tasks';
    case 'signing_due':
    case 'fee_due':
    case 'posts_stay':
    case 'exclusivity_end':
    case 'contract_end':
      return `${campaign}/contracts`;
    case 'rights_end':
      return '/content';
  }
}
