import type { Infra } from '#infra/module.ts';
import type { CalendarItem } from '#kernel/calendar-item.ts';
import type { CalendarSource } from '#modules/campaigns/index.ts';
import { readToday } from './present-assets.ts';
import { selectRightsEnds } from './queries/rights.ts';

/** The days on which rights to content end that were given by hand or on request; those of contracts are told by the contracts. */
export function rightsDays(infra: Infra): CalendarSource {
  return async (tx, workspaceId, span) => {
    const today = await readToday(infra, tx, workspaceId);
    const rows = await selectRightsEnds(tx, workspaceId, span);
    return rows.map(
      (row): CalendarItem => ({
        kind: 'rights_end',
        day: row.ends_on,
        campaignId: row.campaign_id,
        enrolmentId: row.enrolment_id,
        personId: row.person_id,
        what: row.title === '' ? 'A piece of content' : row.title,
        isDone: row.ends_on < today,
        path: `/content?open=${row.asset_id}`,
      }),
    );
  };
}
