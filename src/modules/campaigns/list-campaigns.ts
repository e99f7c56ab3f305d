import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import type { Campaign, listCampaigns as listCampaignsEndpoint } from './api.ts';
import { campaignsError } from './errors.ts';
import { selectCampaignPage } from './queries/campaigns.ts';
import { readCampaigns, readToday } from './read-campaigns.ts';

/** A page of campaigns, newest first. Error: bad_cursor. */
export async function listCampaigns(infra: Infra, call: Call<typeof listCampaignsEndpoint>): Promise<Page<Campaign>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const after = input.cursor === undefined ? null : readCursor(input.cursor);
    const rows = await selectCampaignPage(tx, workspaceId, {
      limit: input.limit,
      query: input.query,
      states: input.states,
      after,
    });
    const page = rows.slice(0, input.limit);
    const last = rows.length > input.limit ? page.at(-1) : undefined;
    return {
      rows: await readCampaigns(tx, workspaceId, { rows: page, today: await readToday(tx, workspaceId, infra.clock) }),
      nextCursor: last === undefined ? null : encodeCursor([last.created_at.toISOString(), last.id]),
    };
  });
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at === 'string' && typeof id === 'string' && Number.isFinite(Date.parse(at))) return { at, id };
  const message = 'This is not the nextCursor of a page before. Leave it out to begin at the first page.';
  throw campaignsError('bad_cursor', `cursor: ${message}`, [{ field: 'cursor', message }]);
}
