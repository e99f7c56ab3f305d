import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { enrolmentsChanged, enrolmentsChangedPayload, listEnrolmentsOfPerson } from '#modules/campaigns/index.ts';
import { stateFacts } from '#modules/creators/index.ts';
import { readLastContacts } from '#modules/outreach/index.ts';
import { selectPastStandings } from './queries/past-work.ts';

/**
 * Keeps what search knows of a creator true beside imported history: who was written to or worked with in another tool is `contacted` or
 * `worked_with` here. Campaigns states the same facts of its own and takes them back when its own reasons fall; then this states them again.
 */
export async function statePastWork(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personIds: readonly string[] },
): Promise<void> {
  const { workspaceId, personIds } = of;
  const standings = await selectPastStandings(tx, workspaceId, personIds);
  const facts: { personId: string; name: string; value: unknown }[] = [...standings].flatMap(
    ([personId, { contacted, worked }]) => [
      ...(contacted ? [{ personId, name: 'contacted', value: true }] : []),
      ...(worked ? [{ personId, name: 'worked_with', value: true }] : []),
    ],
  );
  // Rows can be removed: what no row says any more is taken back, unless a campaign says it.
  const written = await readLastContacts(tx, workspaceId, personIds);
  for (const personId of personIds) {
    const standing = standings.get(personId);
    if (standing?.contacted && standing.worked) continue;
    const own = await listEnrolmentsOfPerson(tx, workspaceId, { personId, clock: infra.clock });
    if (own.length > 0) continue;
    if (!standing?.contacted && !written.has(personId)) facts.push({ personId, name: 'contacted', value: null });
    if (!standing?.worked) facts.push({ personId, name: 'worked_with', value: null });
  }
  if (facts.length > 0) await stateFacts(infra, tx, { workspaceId, statedBy: 'relationships', facts });
}

/** Follows campaigns: their word on a creator must not unsay what history says. */
export function followRosters(infra: Infra): Consumer {
  return {
    name: 'relationships.follow-rosters',
    events: [enrolmentsChanged],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { personIds } = enrolmentsChangedPayload.parse(payload);
        await infra.db.asSystem(async (tx) => {
          const known = await selectPastStandings(tx, workspaceId, personIds);
          if (known.size > 0) await statePastWork(infra, tx, { workspaceId, personIds: [...known.keys()] });
        });
      }
    },
  };
}
