import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { PortalTask } from '#kernel/portal-task.ts';
import { listEnrolmentsOfPerson } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type {
  answerPortalIncident as answerEndpoint,
  listPortalIncidents as listEndpoint,
  openPortalIncident as openEndpoint,
  PortalIncident,
} from './api.ts';
import { relationshipsError } from './errors.ts';
import { keepAnswer, writeIncident } from './keep-incidents.ts';
import { presentIncidents } from './present-incidents.ts';
import { countIncidents, type IncidentRow, lockIncident, selectIncidentsForCreator } from './queries/incidents.ts';

/** Open ones a creator may have at a time. */
const openMax = 20;

async function present(tx: Tx, workspaceId: string, rows: readonly IncidentRow[]): Promise<PortalIncident[]> {
  const brand = (await getWorkspace(tx, workspaceId)).name;
  return (await presentIncidents(tx, workspaceId, rows)).map(({ person: _, isShared: __, openedBy: ___, ...rest }) => ({
    ...rest,
    brand,
  }));
}

/** What this creator may read, newest first. */
export async function listPortalIncidents(infra: Infra, call: Call<typeof listEndpoint>): Promise<PortalIncident[]> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) =>
    present(tx, workspaceId, await selectIncidentsForCreator(tx, workspaceId, { personId: actor.id })),
  );
}

async function presentOne(tx: Tx, workspaceId: string, of: { personId: string; incidentId: string }) {
  const [incident] = await present(tx, workspaceId, await selectIncidentsForCreator(tx, workspaceId, of));
  if (incident === undefined) throw notFound('incident');
  return incident;
}

/** The creator's side of an incident about them. Errors: not_found, not_yours, is_closed, already_answered. */
export async function answerPortalIncident(infra: Infra, call: Call<typeof answerEndpoint>): Promise<PortalIncident> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const of = { personId: actor.id, incidentId: input.incidentId };
    const seen = await presentOne(tx, workspaceId, of);
    const row = await lockIncident(tx, workspaceId, seen.id);
    if (row === undefined) throw notFound('incident');
    if (row.about !== 'creator')
      throw relationshipsError('not_yours', 'This is about the brand: they answer it. You will be told when they do.');
    await keepAnswer(infra, tx, { call, row, text: input.text });
    return presentOne(tx, workspaceId, of);
  });
}

/** The creator writes down what went wrong on the brand's side. Errors: not_found, bad_kind, bad_day, too_many_open. */
export async function openPortalIncident(infra: Infra, call: Call<typeof openEndpoint>): Promise<PortalIncident> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const personId = actor.id;
    if ((await countIncidents(tx, workspaceId, personId)).openByCreator >= openMax)
      throw relationshipsError('too_many_open', `${openMax} of yours are open already. Wait for an answer to those.`);
    if (input.campaignId !== null) {
      const own = await listEnrolmentsOfPerson(tx, workspaceId, { personId, clock: infra.clock });
      if (!own.some((enrolment) => enrolment.campaignId === input.campaignId)) throw notFound('campaign');
    }
    const incident = { ...input, personId, about: 'brand' as const, isShared: true, side: 'creator' as const };
    const incidentId = await writeIncident(infra, tx, { call, incident });
    return presentOne(tx, workspaceId, { personId, incidentId });
  });
}

/** Incidents that wait for this creator's word, for the home of the portal. */
export async function portalTasks(tx: Tx, workspaceId: string, personId: string): Promise<PortalTask[]> {
  const rows = await selectIncidentsForCreator(tx, workspaceId, { personId });
  return (await present(tx, workspaceId, rows))
    .filter((incident) => incident.about === 'creator' && incident.state === 'open')
    .map((incident) => ({
      kind: 'incident.answer',
      title: 'Tell us your side',
      detail: incident.kindLabel,
      dueAt: null,
      path: `/incidents/${incident.id}`,
      campaignId: incident.campaign?.id ?? null,
      isUrgent: true,
    }));
}
