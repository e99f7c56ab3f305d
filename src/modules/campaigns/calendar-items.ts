import type { Tx } from '#infra/db/database.ts';
import type { CalendarItem, CalendarSpan } from '#kernel/calendar-item.ts';
import type { CalendarKind } from './api.ts';
import { type CalendarRow, selectCalendarCampaigns } from './queries/calendar.ts';

/** What other modules have to say of days; they depend on this one, so they are handed in. */
export type CalendarSource = (tx: Tx, workspaceId: string, span: CalendarSpan) => Promise<CalendarItem[]>;

export const itemKinds = [
  'signing_due',
  'drafts_due',
  'fee_due',
  'posts_stay',
  'rights_end',
  'exclusivity_end',
  'contract_end',
] as const satisfies readonly CalendarKind[];

/** Items of other modules as rows of the calendar: alike ones of a campaign and day are one. Those of archived campaigns stand only in their own. */
export async function readItemRows(
  tx: Tx,
  workspaceId: string,
  of: CalendarSpan & { sources: readonly CalendarSource[]; peopleMax: number },
): Promise<CalendarRow[]> {
  const items: CalendarItem[] = [];
  for (const source of of.sources) items.push(...(await source(tx, workspaceId, of)));
  if (items.length === 0) return [];
  const campaigns = new Map(
    (await selectCalendarCampaigns(tx, workspaceId, of.campaignId)).map((row) => [row.id, row.name]),
  );
  const shown = items.filter((item) =>
    item.campaignId === null ? of.campaignId === undefined : campaigns.has(item.campaignId),
  );
  const groups = Map.groupBy(shown, (item) => JSON.stringify([item.kind, item.campaignId, item.day]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { kind, campaignId, day } = first;
    return [
      {
        kind,
        // Drafts are due by the plan of the campaign too; these are due by contract.
        key: 'contract',
        campaign_id: campaignId,
        campaign_name: campaignId === null ? null : (campaigns.get(campaignId) ?? null),
        from_day: day,
        until_day: day,
        title: group.length === 1 ? first.what : null,
        count: group.length,
        done: group.filter((item) => item.isDone).length,
        people: peopleOf(group).slice(0, of.peopleMax),
        path: group.length === 1 ? first.path : null,
      },
    ];
  });
}

function peopleOf(group: readonly CalendarItem[]): CalendarRow['people'] {
  return group
    .flatMap((item) =>
      item.personId === null ? [] : [{ e: item.enrolmentId, p: item.personId, w: item.what, d: item.isDone }],
    )
    .toSorted((a, b) => Number(a.d) - Number(b.d) || (a.p < b.p ? -1 : 1));
}
