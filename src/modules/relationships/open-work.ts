import type { Tx } from '#infra/db/database.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { tierWork } from './ambassadors/read-ambassadors.ts';
import { presentIncidents } from './present-incidents.ts';
import { selectIncidents } from './queries/incidents.ts';

const shownMax = 100;

/** What waits for a member: incidents a creator wrote down or the other side has answered, and moves between ambassador tiers. */
export async function openWork(tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const open = await selectIncidents(tx, workspaceId, { states: ['open', 'answered'], limit: shownMax, after: null });
  const waiting = open.filter((row) => row.state === 'answered' || row.opened_side === 'creator');
  const incidents = (await presentIncidents(tx, workspaceId, waiting)).map((incident) => ({
    kind: incident.state === 'answered' ? 'incident.to_decide' : 'incident.to_answer',
    title:
      incident.state === 'answered'
        ? `Decide: ${incident.kindLabel.toLowerCase()}`
        : `${incident.person.name} says: ${incident.kindLabel.toLowerCase()}`,
    detail: incident.person.name,
    since: incident.answer?.at ?? incident.openedAt,
    dueOn: null,
    path: '/incidents',
    campaignId: incident.campaign?.id ?? null,
    personId: incident.person.id,
  }));
  return [...incidents, ...(await tierWork(tx, workspaceId))];
}
