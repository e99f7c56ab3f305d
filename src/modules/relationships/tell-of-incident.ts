import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { findSuppressedPersons, readContacts, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Frame } from './flags.ts';

const linkDays = 60;
const address = z.email().max(254);

/** Tells a creator by mail that an incident waits for their word or was answered; returns the link to copy when no mail goes out, else null. */
export async function tellOfIncident(
  infra: Infra,
  tx: Tx,
  of: { call: Frame; personId: string; incidentId: string; what: 'opened' | 'answered' },
): Promise<string | null> {
  const { call, personId } = of;
  const { workspaceId } = call;
  const card = (await readPersonCards(tx, workspaceId, [personId])).get(personId);
  if (card === undefined || (await findSuppressedPersons(infra, tx, [card])).size > 0) return null;
  const path = `/incidents/${of.incidentId}`;
  const madeBy = call.actor.name;
  const url = await infra.portal.link(tx, { workspaceId, personId, path, days: linkDays, madeBy });
  const [contact] = await readContacts(tx, workspaceId, [personId]);
  const to = contact?.emails.find((email) => address.safeParse(email).success);
  if (to === undefined) return url;
  const brand = (await getWorkspace(tx, workspaceId)).name;
  const lead =
    of.what === 'opened'
      ? 'Something did not go as agreed, and we would like to hear your side before we decide.'
      : 'You told us that something went wrong on our side. Here is our answer.';
  const { state } = await infra.mail.queue(tx, {
    workspaceId,
    to,
    personId,
    kind: 'transactional',
    isSecret: true,
    key: `incident/${of.incidentId}/${of.what}/${infra.clock.now().toISOString()}`,
    subject: plain(of.what === 'opened' ? `We would like to hear your side (${brand})` : `Our answer (${brand})`),
    text: `Hi ${plain(card.name)},\n\n${lead}\n\n${url}\n\n${brand}`,
  });
  return state === 'queued' ? null : url;
}

// Names come from people: nothing in them may end the line of a header or turn its direction.
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
