import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { enrolmentsChanged, enrolmentsChangedPayload } from '#modules/campaigns/index.ts';
import { stateFacts } from '#modules/creators/index.ts';
import { selectLastContacts } from './queries/threads.ts';

/** States who was contacted and when last, for discovery. Whoever was not is left as others state them. */
export async function stateContacts(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personIds: readonly string[] },
): Promise<void> {
  const { workspaceId } = of;
  const last = await selectLastContacts(tx, workspaceId, of.personIds);
  if (last.size === 0) return;
  const facts = [...last].flatMap(([personId, at]) => [
    { personId, name: 'contacted', value: true },
    { personId, name: 'last_contacted_at', value: at.toISOString() },
  ]);
  await stateFacts(infra, tx, { workspaceId, statedBy: 'outreach', facts });
}

/** Campaigns take `contacted` back with the last enrolment that says so; whoever was written to stays contacted. */
export function followEnrolments(infra: Infra): Consumer {
  return {
    name: 'outreach.follow-enrolments',
    events: [enrolmentsChanged],
    handle: async (events) => {
      for (const [workspaceId, group] of Map.groupBy(events, (event) => event.workspaceId)) {
        const personIds = group.flatMap((event) => enrolmentsChangedPayload.parse(event.payload).personIds);
        await infra.db.inWorkspace(workspaceId, (tx) =>
          stateContacts(infra, tx, { workspaceId, personIds: [...new Set(personIds)] }),
        );
      }
    },
  };
}
