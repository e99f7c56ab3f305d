import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { findSuppressedPersons, mailPortalLink, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Frame } from './flags.ts';

const leads = {
  opened: 'Something did not go as agreed, and we would like to hear your side before we decide.',
  answered: 'You told us that something went wrong on our side. Here is our answer.',
};

/** Tells a creator by mail that an incident waits for their word or was answered; returns the link to copy when no mail goes out, else null. */
export async function tellOfIncident(
  infra: Infra,
  tx: Tx,
  of: { call: Frame; personId: string; incidentId: string; what: 'opened' | 'answered' },
): Promise<string | null> {
  const { call, personId, incidentId, what } = of;
  const { workspaceId } = call;
  const card = (await readPersonCards(tx, workspaceId, [personId])).get(personId);
  if (card === undefined || (await findSuppressedPersons(infra, tx, [card])).size > 0) return null;
  const brand = (await getWorkspace(tx, workspaceId)).name;
  const { link, mail } = await mailPortalLink(infra, tx, {
    workspaceId,
    personId,
    madeBy: call.actor.name,
    path: `/incidents/${incidentId}`,
    key: `incident/${incidentId}/${what}/${infra.clock.now().toISOString()}`,
    subject: what === 'opened' ? `We would like to hear your side (${brand})` : `Our answer (${brand})`,
    lines: [leads[what]],
  });
  return mail === 'queued' ? null : link;
}
