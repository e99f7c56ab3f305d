import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { Enrolment, getEnrolment as getEnrolmentEndpoint, listRoster as listRosterEndpoint } from './api.ts';
import { campaignsError } from './errors.ts';
import { findEnrolment, presentEnrolments } from './facts.ts';
import { selectRosterFrames, selectStages } from './queries/campaigns.ts';
import { selectRoster } from './queries/roster.ts';
import { getCampaignRow, noDays, readToday, toStage } from './read-campaigns.ts';
import { tellBlockingOf } from './tell-blocking-of.ts';

/** A page of a roster in the order creators came in. Errors: not_found, bad_cursor. */
export async function listRoster(
  infra: Infra,
  call: Call<typeof listRosterEndpoint>,
): Promise<OutputOf<typeof listRosterEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const today = await readToday(tx, workspaceId, infra.clock);
    const stages = new Map((await selectStages(tx, workspaceId, [campaign.id])).map((row) => [row.name, toStage(row)]));
    const all = await selectRoster(tx, workspaceId, [campaign.id]);
    let rows = all.filter(
      (row) =>
        (row.removed_at !== null) === input.removed &&
        (input.stage === undefined || row.stage === input.stage) &&
        (input.tag === undefined || row.tags.includes(input.tag)) &&
        (input.ownerId === undefined || (row.owner_id ?? campaign.owner_id) === input.ownerId),
    );
    if (input.waitsFor !== undefined) {
      const [frame = noDays] = await selectRosterFrames(tx, workspaceId, [campaign.id]);
      rows = rows.filter((row) => {
        const stage = stages.get(row.stage);
        return stage !== undefined && tellBlockingOf(row, stage, { ...today, frame }).who === input.waitsFor;
      });
    }
    const words = input.query?.trim().toLowerCase().replace(/^@/, '') ?? '';
    if (words !== '') {
      const cards = await readPersonCards(
        tx,
        workspaceId,
        rows.map((row) => row.person_id),
      );
      rows = rows.filter((row) => {
        const card = cards.get(row.person_id);
        return (
          card !== undefined &&
          [card.name, ...card.profiles.map((profile) => profile.handle)].some((text) =>
            text.toLowerCase().includes(words),
          )
        );
      });
    }
    const from = input.cursor === undefined ? 0 : startAfter(input.cursor, rows);
    const page = rows.slice(from, from + input.limit);
    const last = from + input.limit < rows.length ? page.at(-1) : undefined;
    return {
      rows: await presentEnrolments(tx, workspaceId, { rows: page, today }),
      nextCursor: last === undefined ? null : encodeCursor([last.added_at.getTime(), last.id]),
      total: rows.length,
    };
  });
}

// The place is told by the sort key, so that a row removed between two pages does not shift the next one.
function startAfter(cursor: string, rows: readonly { id: string; added_at: Date }[]): number {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at !== 'number' || typeof id !== 'string') {
    const message = 'This is not the nextCursor of a page before. Leave it out to begin at the first page.';
    throw campaignsError('bad_cursor', `cursor: ${message}`, [{ field: 'cursor', message }]);
  }
  const next = rows.findIndex((row) => row.added_at.getTime() > at || (row.added_at.getTime() === at && row.id > id));
  return next < 0 ? rows.length : next;
}

/** One creator on one campaign. Error: not_found. */
export async function getEnrolment(infra: Infra, call: Call<typeof getEnrolmentEndpoint>): Promise<Enrolment> {
  const { workspaceId, input } = call;
  const enrolment = await infra.db.inWorkspace(workspaceId, (tx) =>
    findEnrolment(tx, workspaceId, { id: input.enrolmentId, clock: infra.clock }),
  );
  if (enrolment === null) throw notFound('enrolment');
  return enrolment;
}
