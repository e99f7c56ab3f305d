import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import type { DeliverableState, listDeliverables as listEndpoint } from './api.ts';
import { campaignsError } from './errors.ts';
import { selectDeliverables } from './queries/content.ts';
import { getCampaignRow, readToday } from './read-campaigns.ts';
import { isOwed, presentDeliverables } from './read-deliverables.ts';

/** A page of deliverables: by due day, those without one last. Errors: not_found, bad_cursor. */
export async function listDeliverables(
  infra: Infra,
  call: Call<typeof listEndpoint>,
): Promise<OutputOf<typeof listEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const today = await readToday(tx, workspaceId, infra.clock);
    const states = input.states === undefined || input.states.length === 0 ? null : new Set(input.states);
    const rows = (await selectDeliverables(tx, workspaceId, campaign.id)).filter((row) => {
      if (input.enrolmentId !== undefined && row.enrolment_id !== input.enrolmentId) return false;
      if (states !== null && !states.has(row.state as DeliverableState)) return false;
      const isLate = row.due_on !== null && row.due_on < today.day && isOwed(row);
      return input.late === undefined || input.late === isLate;
    });
    const from = input.cursor === undefined ? 0 : startAfter(input.cursor, rows);
    const page = rows.slice(from, from + input.limit);
    const last = from + input.limit < rows.length ? page.at(-1) : undefined;
    return {
      rows: await presentDeliverables(tx, workspaceId, { rows: page, today }),
      nextCursor: last === undefined ? null : encodeCursor([last.due_on, last.id]),
      total: rows.length,
    };
  });
}

const noDay = '9999-99-99';

function startAfter(cursor: string, rows: readonly { id: string; due_on: string | null }[]): number {
  const key = decodeCursor(cursor);
  const [day, id] = key ?? [];
  if (key === null || typeof id !== 'string' || typeof day === 'number') {
    const message = 'This is not the nextCursor of a page before. Leave it out to begin at the first page.';
    throw campaignsError('bad_cursor', `cursor: ${message}`, [{ field: 'cursor', message }]);
  }
  const place = `${day ?? noDay} ${id}`;
  const next = rows.findIndex((row) => `${row.due_on ?? noDay} ${row.id}` > place);
  return next < 0 ? rows.length : next;
}
