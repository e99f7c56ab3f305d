import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit, recordAudits } from '#modules/workspaces/index.ts';
import { campaignsChanged, contentRecorded, enrolmentEvents, enrolmentsChanged, idsPerEventMax } from './events.ts';
import { touchCampaign } from './queries/campaigns.ts';
import { type HistoryEntry, insertHistory } from './queries/roster.ts';
import { stateRelations } from './state-relations.ts';

/** Who changes what, where. */
export interface ChangeFrame {
  workspaceId: string;
  actor: Actor;
  requestId: string;
}

export type CampaignChange = 'created' | 'changed' | 'state' | 'goals' | 'stages' | 'brief' | 'costs' | 'deleted';

/** Writes what a change of a campaign leaves behind: audit entry, event and the date of the change. */
export async function recordCampaignChange(
  infra: Infra,
  tx: Tx,
  of: {
    call: ChangeFrame;
    campaignId: string;
    what: CampaignChange;
    action: string;
    subject?: { kind: string; id: string };
    changes?: Record<string, unknown>;
  },
): Promise<void> {
  const { workspaceId, actor, requestId } = of.call;
  const subject = of.subject ?? { kind: 'campaign', id: of.campaignId };
  if (of.what !== 'deleted') await touchCampaign(tx, workspaceId, of.campaignId, infra.clock.now());
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: of.action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    changes: of.changes ?? {},
  });
  await infra.outbox.emit(tx, {
    workspaceId,
    name: campaignsChanged,
    payload: { campaignId: of.campaignId, what: of.what },
  });
}

export interface RosterChange {
  enrolmentId: string;
  personId: string;
  fromStage?: string;
  toStage?: string;
  changes?: Record<string, unknown>;
  /** Of an enrolment that came to this one by a merge of creators, or left it. */
  join?: { joinedEnrolmentId: string; joinedPersonId: string };
}

/** Writes what changes of a roster leave behind: history and audit entry for each creator, what search knows of them, one event for up to 2,000. */
export async function recordRosterChanges(
  infra: Infra,
  tx: Tx,
  of: { call: ChangeFrame; campaignId: string; what: HistoryEntry['kind']; rows: readonly RosterChange[] },
): Promise<void> {
  if (of.rows.length === 0) return;
  const { workspaceId, actor, requestId } = of.call;
  const at = infra.clock.now();
  const entries = of.rows.map((row) => ({
    id: newId('enrolmentEvent', at.getTime()),
    enrolmentId: row.enrolmentId,
    kind: of.what,
    fromStage: row.fromStage ?? null,
    toStage: row.toStage ?? null,
    changes: row.changes ?? {},
  }));
  await insertHistory(tx, workspaceId, { entries, byName: actor.name, at });
  await recordAudits(
    tx,
    of.rows.map((row) => ({
      workspaceId,
      actor,
      requestId,
      action: `enrolment.${of.what}`,
      subjectKind: 'enrolment',
      subjectId: row.enrolmentId,
      changes: {
        ...row.changes,
        ...(row.toStage === undefined ? {} : { stage: { from: row.fromStage ?? null, to: row.toStage } }),
      },
    })),
  );
  for (let from = 0; from < of.rows.length; from += idsPerEventMax) {
    const part = of.rows.slice(from, from + idsPerEventMax);
    const enrolmentIds = part.map((row) => row.enrolmentId);
    const personIds = part.map((row) => row.personId);
    await infra.outbox.emit(tx, {
      workspaceId,
      name: enrolmentsChanged,
      payload: { campaignId: of.campaignId, what: of.what, enrolmentIds, personIds },
    });
  }
  await infra.outbox.emitAll(
    tx,
    of.rows.map((row) => ({
      workspaceId,
      name: enrolmentEvents[of.what],
      payload: {
        campaignId: of.campaignId,
        enrolmentId: row.enrolmentId,
        personId: row.personId,
        ...(row.fromStage === undefined ? {} : { fromStage: row.fromStage }),
        ...(row.toStage === undefined ? {} : { toStage: row.toStage }),
        ...row.join,
        actorName: actor.name,
      },
    })),
  );
  await stateRelations(infra, tx, { workspaceId, personIds: of.rows.map((row) => row.personId) });
}

export type ContentChange = 'planned' | 'changed' | 'live' | 'results';

/** Writes what a change of deliverables or results leaves behind: audit entry for each and one event for up to 2,000 of them. */
export async function recordContentChanges(
  infra: Infra,
  tx: Tx,
  of: {
    call: ChangeFrame;
    campaignId: string;
    what: ContentChange;
    rows: readonly { deliverableId: string; changes: Record<string, unknown> }[];
  },
): Promise<void> {
  if (of.rows.length === 0) return;
  const { workspaceId, actor, requestId } = of.call;
  await recordAudits(
    tx,
    of.rows.map((row) => ({
      workspaceId,
      actor,
      requestId,
      action: of.what === 'results' ? 'deliverable.results-recorded' : `deliverable.${of.what}`,
      subjectKind: 'deliverable',
      subjectId: row.deliverableId,
      changes: row.changes,
    })),
  );
  for (let from = 0; from < of.rows.length; from += idsPerEventMax) {
    const deliverableIds = of.rows.slice(from, from + idsPerEventMax).map((row) => row.deliverableId);
    await infra.outbox.emit(tx, {
      workspaceId,
      name: contentRecorded,
      payload: { campaignId: of.campaignId, what: of.what, deliverableIds },
    });
  }
}
