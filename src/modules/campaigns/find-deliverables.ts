import type { Clock } from '#infra/clock.ts';
import type { Tx } from '#infra/db/database.ts';
import { type Brief, briefSchema, type Deliverable } from './api.ts';
import { selectBriefVersion } from './queries/change-campaign.ts';
import { selectDeliverablesByIds, selectDeliverablesOfPerson } from './queries/find-deliverables.ts';
import { selectContractsOfPieces } from './queries/signed-pieces.ts';
import { getCampaignRow, readToday } from './read-campaigns.ts';
import { presentDeliverables } from './read-deliverables.ts';

/** The deliverables named that exist, in the order of their ids. A few statements, however many. */
export async function findDeliverables(
  tx: Tx,
  workspaceId: string,
  of: { ids: readonly string[]; clock: Clock },
): Promise<Deliverable[]> {
  if (of.ids.length === 0) return [];
  const rows = await selectDeliverablesByIds(tx, workspaceId, of.ids);
  return presentDeliverables(tx, workspaceId, { rows, today: await readToday(tx, workspaceId, of.clock) });
}

/** What a person makes on campaigns they were not taken off, by due day; at most 500. */
export async function listDeliverablesOfPerson(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; clock: Clock },
): Promise<Deliverable[]> {
  const rows = await selectDeliverablesOfPerson(tx, workspaceId, of.personId);
  return presentDeliverables(tx, workspaceId, { rows, today: await readToday(tx, workspaceId, of.clock) });
}

/** The newest brief of a campaign, or the version asked for; version 0 is the empty brief nobody saved. Error: not_found. */
export async function readBriefOf(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; version?: number },
): Promise<{ version: number; brief: Brief }> {
  const version = of.version ?? (await getCampaignRow(tx, workspaceId, of.campaignId)).brief_version;
  const row = version === 0 ? undefined : await selectBriefVersion(tx, workspaceId, { ...of, version });
  return { version: row === undefined ? 0 : version, brief: briefSchema.parse(row?.brief ?? {}) };
}

/** The contract each piece of an enrolment is owed by, by the piece's id. */
export async function contractsOfPieces(
  tx: Tx,
  workspaceId: string,
  enrolmentId: string,
): Promise<Map<string, string>> {
  const rows = await selectContractsOfPieces(tx, workspaceId, enrolmentId);
  return new Map(rows.map((row) => [row.id, row.contract_id]));
}
