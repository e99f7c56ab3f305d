import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { evidenceSchema, type Incident, incidentWords, type listIncidents as listEndpoint } from './api.ts';
import { relationshipsError } from './errors.ts';
import { getCreator, readCampaignNames } from './find-creator.ts';
import { type IncidentRow, selectIncidents } from './queries/incidents.ts';

/** A page of incidents, newest first. Errors: not_found, bad_cursor. */
export async function listIncidents(
  infra: Infra,
  call: Call<typeof listEndpoint>,
): Promise<OutputOf<typeof listEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const personId =
      input.personId === undefined ? undefined : (await getCreator(tx, workspaceId, input.personId)).personId;
    const { states, about, limit } = input;
    const after = input.cursor === undefined ? null : readCursor(input.cursor);
    const rows = await selectIncidents(tx, workspaceId, { personId, states, about, limit, after });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      rows: await presentIncidents(tx, workspaceId, page),
      nextCursor: last === undefined ? null : encodeCursor([last.opened_at.toISOString(), last.id]),
    };
  });
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at === 'string' && typeof id === 'string' && Number.isFinite(Date.parse(at))) return { at, id };
  const message = 'This is not the nextCursor of a page before. Leave it out to begin at the first page.';
  throw relationshipsError('bad_cursor', `cursor: ${message}`, [{ field: 'cursor', message }]);
}

export async function presentIncidents(tx: Tx, workspaceId: string, rows: readonly IncidentRow[]): Promise<Incident[]> {
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.map((row) => row.person_id),
  );
  const campaigns = await readCampaignNames(
    tx,
    workspaceId,
    rows.map((row) => row.campaign_id),
  );
  const labels: Record<string, string> = incidentWords;
  return rows.map((row) => ({
    id: row.id,
    person: { id: row.person_id, name: cards.get(row.person_id)?.name ?? 'Erased creator' },
    campaign: row.campaign_id === null ? null : (campaigns.get(row.campaign_id) ?? null),
    about: row.about,
    kind: row.kind,
    kindLabel: labels[row.kind] ?? row.kind,
    summary: row.summary,
    evidence: z.array(evidenceSchema).parse(row.evidence),
    occurredOn: row.occurred_on,
    state: row.state,
    isShared: row.is_shared,
    answer:
      row.answer === null || row.answered_at === null
        ? null
        : { text: row.answer, by: row.answered_by ?? '', at: row.answered_at.toISOString() },
    outcome:
      row.outcome === null || row.closed_at === null
        ? null
        : {
            outcome: row.outcome,
            reason: row.outcome_reason ?? '',
            by: row.closed_by ?? '',
            at: row.closed_at.toISOString(),
          },
    openedBy: row.opened_by,
    openedSide: row.opened_side,
    openedAt: row.opened_at.toISOString(),
  }));
}
