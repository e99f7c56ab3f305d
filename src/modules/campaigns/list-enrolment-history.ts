import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { EnrolmentEvent, listEnrolmentHistory as historyEndpoint } from './api.ts';
import { selectFamily } from './queries/joins.ts';
import { selectEnrolments, selectHistory } from './queries/roster.ts';

const entriesMax = 200;

/** What happened to a creator on a campaign, by every entry that was brought together with this one, newest first. Error: not_found. */
export async function listEnrolmentHistory(
  infra: Infra,
  call: Call<typeof historyEndpoint>,
): Promise<EnrolmentEvent[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [enrolment] = await selectEnrolments(tx, workspaceId, [input.enrolmentId]);
    if (enrolment === undefined) throw notFound('enrolment');
    const family = await selectFamily(tx, workspaceId, enrolment.id);
    const rows = await selectHistory(tx, workspaceId, family, entriesMax);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind as EnrolmentEvent['kind'],
      fromStage: row.from_stage,
      toStage: row.to_stage,
      changes: row.changes as EnrolmentEvent['changes'],
      by: row.by_name,
      at: row.at.toISOString(),
    }));
  });
}
