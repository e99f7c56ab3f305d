import type { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import {
  type answerIncident as answerEndpoint,
  brandIncidentKinds,
  type closeIncident as closeEndpoint,
  creatorIncidentKinds,
  type evidenceSchema,
  type Incident,
  type openIncident as openEndpoint,
  type reopenIncident as reopenEndpoint,
  type shareIncident as shareEndpoint,
} from './api.ts';
import { relationshipsError } from './errors.ts';
import { incidentAnswered, incidentClosed, incidentOpened } from './events.ts';
import { getCampaignRef, getCreator } from './find-creator.ts';
import { type Frame, followRules } from './flags.ts';
import { presentIncidents } from './present-incidents.ts';
import { type IncidentRow, insertIncident, lockIncident, updateIncident } from './queries/incidents.ts';
import { tellOfIncident } from './tell-of-incident.ts';

async function getOne(tx: Tx, workspaceId: string, id: string): Promise<IncidentRow> {
  const row = await lockIncident(tx, workspaceId, id);
  if (row === undefined) throw notFound('incident');
  return row;
}

async function presentOne(tx: Tx, workspaceId: string, id: string): Promise<Incident> {
  const [incident] = await presentIncidents(tx, workspaceId, [await getOne(tx, workspaceId, id)]);
  if (incident === undefined) throw notFound('incident');
  return incident;
}

export interface NewIncident {
  personId: string;
  campaignId: string | null;
  about: 'creator' | 'brand';
  kind: string;
  summary: string;
  evidence: readonly z.infer<typeof evidenceSchema>[];
  occurredOn: string;
  isShared: boolean;
  side: 'creator' | 'brand';
}

/** Writes an incident down with its event and audit entry; returns its id. Errors: not_found, bad_kind, bad_day. */
export async function writeIncident(infra: Infra, tx: Tx, of: { call: Frame; incident: NewIncident }): Promise<string> {
  const { call, incident } = of;
  const { workspaceId, actor, requestId } = call;
  const kinds: readonly string[] = incident.about === 'creator' ? creatorIncidentKinds : brandIncidentKinds;
  if (!kinds.includes(incident.kind))
    throw relationshipsError('bad_kind', `"${incident.kind}" is not known here. Use one of ${kinds.join(', ')}.`, [
      { field: 'kind', message: `Use one of ${kinds.join(', ')}` },
    ]);
  const campaign = await getCampaignRef(tx, workspaceId, incident.campaignId);
  const at = infra.clock.now();
  const today = dayIn((await getWorkspace(tx, workspaceId)).timeZone, at);
  if (incident.occurredOn > today || incident.occurredOn < '2000-01-01')
    throw relationshipsError('bad_day', `${incident.occurredOn} has not come yet or is too long ago.`, [
      { field: 'occurredOn', message: 'A day up to today' },
    ]);
  const id = newId('incident', at.getTime());
  await insertIncident(tx, workspaceId, {
    id,
    person_id: incident.personId,
    campaign_id: campaign?.id ?? null,
    about: incident.about,
    kind: incident.kind,
    summary: incident.summary,
    evidence: incident.evidence,
    occurred_on: incident.occurredOn,
    is_shared: incident.isShared,
    opened_by: actor.name,
    opened_side: incident.side,
    opened_at: at,
  });
  const { personId, about, kind } = incident;
  const changes = { personId, about, kind, campaignId: campaign?.id ?? null };
  const subject = { subjectKind: 'incident', subjectId: id };
  await recordAudit(tx, { workspaceId, actor, requestId, action: 'incident.opened', ...subject, changes });
  await emit(infra, tx, {
    call,
    name: incidentOpened,
    row: { id, person_id: personId, campaign_id: campaign?.id ?? null, about, kind },
  });
  return id;
}

type EventRow = Pick<IncidentRow, 'id' | 'person_id' | 'campaign_id' | 'about' | 'kind'>;

function emit(
  infra: Infra,
  tx: Tx,
  of: { call: Frame; name: string; row: EventRow; outcome?: 'upheld' | 'dismissed' },
): Promise<void> {
  const { row, outcome } = of;
  return infra.outbox.emit(tx, {
    workspaceId: of.call.workspaceId,
    name: of.name,
    payload: {
      incidentId: row.id,
      personId: row.person_id,
      about: row.about,
      kind: row.kind,
      actorName: of.call.actor.name,
      ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
      ...(outcome === undefined ? {} : { outcome }),
    },
  });
}

/** A member writes an incident down. Errors: not_found, bad_kind, bad_day. */
export async function openIncident(
  infra: Infra,
  call: Call<typeof openEndpoint>,
): Promise<OutputOf<typeof openEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId } = await getCreator(tx, workspaceId, input.personId);
    const { campaignId, about, kind, summary, evidence, occurredOn, share } = input;
    const incident = { personId, campaignId, about, kind, summary, evidence, occurredOn };
    const id = await writeIncident(infra, tx, { call, incident: { ...incident, isShared: share, side: 'brand' } });
    const link = share ? await tellOfIncident(infra, tx, { call, personId, incidentId: id, what: 'opened' }) : null;
    return { ...(await presentOne(tx, workspaceId, id)), link };
  });
}

/** Lets the creator read and answer it. Error: not_found. */
export async function shareIncident(
  infra: Infra,
  call: Call<typeof shareEndpoint>,
): Promise<OutputOf<typeof shareEndpoint>> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await getOne(tx, workspaceId, input.incidentId);
    if (!row.is_shared) {
      await updateIncident(tx, workspaceId, { id: row.id, change: { is_shared: true } });
      const subject = { subjectKind: 'incident', subjectId: row.id };
      await recordAudit(tx, { workspaceId, actor, requestId, action: 'incident.shared', ...subject });
    }
    const tell = { call, personId: row.person_id, incidentId: row.id, what: 'opened' as const };
    const link = await tellOfIncident(infra, tx, tell);
    return { ...(await presentOne(tx, workspaceId, row.id)), link };
  });
}

/** Keeps the answer of the side the incident is about. Errors: is_closed, already_answered. */
export async function keepAnswer(
  infra: Infra,
  tx: Tx,
  of: { call: Frame; row: IncidentRow; text: string },
): Promise<void> {
  const { call, row, text } = of;
  const { workspaceId, actor, requestId } = call;
  if (row.state === 'closed')
    throw relationshipsError('is_closed', 'This was decided already. Reopen it to add an answer.');
  if (row.answer === text) return;
  if (row.answer !== null)
    throw relationshipsError('already_answered', 'There is an answer already; it stays as it was given.');
  const change = { state: 'answered' as const, answer: text, answered_by: actor.name, answered_at: infra.clock.now() };
  await updateIncident(tx, workspaceId, { id: row.id, change });
  const subject = { subjectKind: 'incident', subjectId: row.id };
  await recordAudit(tx, { workspaceId, actor, requestId, action: 'incident.answered', ...subject });
  await emit(infra, tx, { call, name: incidentAnswered, row });
}

/** A member answers an incident about us. Errors: not_found, not_yours, is_closed, already_answered. */
export async function answerIncident(infra: Infra, call: Call<typeof answerEndpoint>): Promise<Incident> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await getOne(tx, workspaceId, input.incidentId);
    if (row.about !== 'brand')
      throw relationshipsError('not_yours', 'This is about the creator: they answer it, you decide it.');
    await keepAnswer(infra, tx, { call, row, text: input.text });
    if (row.is_shared || row.opened_side === 'creator')
      await tellOfIncident(infra, tx, { call, personId: row.person_id, incidentId: row.id, what: 'answered' });
    return presentOne(tx, workspaceId, row.id);
  });
}

/** Decides an incident; one about the creator that is upheld is a strike, and rules follow. Errors: not_found, is_closed. */
export async function closeIncident(infra: Infra, call: Call<typeof closeEndpoint>): Promise<Incident> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await getOne(tx, workspaceId, input.incidentId);
    const { outcome, reason } = input;
    if (row.state === 'closed')
      throw relationshipsError(
        'is_closed',
        `${row.closed_by ?? 'Somebody'} decided this already (${row.outcome}). Reopen it first.`,
      );
    const change = {
      state: 'closed' as const,
      outcome,
      outcome_reason: reason,
      closed_by: actor.name,
      closed_at: infra.clock.now(),
    };
    await updateIncident(tx, workspaceId, { id: row.id, change });
    const subject = { subjectKind: 'incident', subjectId: row.id };
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'incident.closed',
      ...subject,
      changes: { outcome, reason },
    });
    await emit(infra, tx, { call, name: incidentClosed, row, outcome });
    if (row.about === 'creator') await followRules(infra, tx, { call, personIds: [row.person_id] });
    return presentOne(tx, workspaceId, row.id);
  });
}

/** Takes the decision back. Errors: not_found, not_closed. */
export async function reopenIncident(infra: Infra, call: Call<typeof reopenEndpoint>): Promise<Incident> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await getOne(tx, workspaceId, input.incidentId);
    if (row.state !== 'closed') throw relationshipsError('not_closed', 'This is not decided yet.');
    const state = row.answer === null ? ('open' as const) : ('answered' as const);
    const change = { state, outcome: null, outcome_reason: null, closed_by: null, closed_at: null };
    await updateIncident(tx, workspaceId, { id: row.id, change });
    const subject = { subjectKind: 'incident', subjectId: row.id };
    const changes = { outcome: { from: row.outcome, to: null } };
    await recordAudit(tx, { workspaceId, actor, requestId, action: 'incident.reopened', ...subject, changes });
    if (row.about === 'creator') await followRules(infra, tx, { call, personIds: [row.person_id] });
    return presentOne(tx, workspaceId, row.id);
  });
}
