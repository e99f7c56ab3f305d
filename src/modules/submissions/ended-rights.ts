import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { dayIn } from '#kernel/time.ts';
import type { Deliverable } from '#modules/campaigns/api.ts';
import { findDeliverables } from '#modules/campaigns/index.ts';
import { agreedRightsOf } from '#modules/contracts/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { SubmissionThread } from './queries/submissions.ts';
import { type RightsEnd, rightsEnd } from './rules/rights-end.ts';

/** Of these drafts, those whose usage rights by contract are over today, by id. Where none were agreed there is nothing to end. */
export async function readEndedRights(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    threads: readonly Pick<SubmissionThread, 'id' | 'enrolment_id' | 'deliverable_id'>[];
    /** Where they were read already. */
    deliverables?: ReadonlyMap<string, Deliverable>;
  },
): Promise<Map<string, RightsEnd>> {
  const { workspaceId } = of;
  const agreed = await agreedRightsOf(tx, workspaceId, [...new Set(of.threads.map((one) => one.enrolment_id))]);
  const threads = of.threads.filter((one) => agreed.has(one.enrolment_id));
  if (threads.length === 0) return new Map();
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const today = dayIn(timeZone, infra.clock.now());
  const ids = threads.map((one) => one.deliverable_id);
  const deliverables =
    of.deliverables ??
    new Map((await findDeliverables(tx, workspaceId, { ids, clock: infra.clock })).map((one) => [one.id, one]));
  return new Map(
    threads.flatMap((thread) => {
      const liveAt = deliverables.get(thread.deliverable_id)?.liveAt ?? null;
      const liveOn = liveAt === null ? null : dayIn(timeZone, new Date(liveAt));
      const end = rightsEnd(agreed.get(thread.enrolment_id) ?? [], { liveOn, today });
      return end === null ? [] : [[thread.id, end] as const];
    }),
  );
}

/** Since when, by what and how to mend it, in one line. */
export function sayEnd({ endedOn, contractTitle, isBrokenOff }: RightsEnd): string {
  const how = isBrokenOff ? `when the contract “${contractTitle}” was ended` : `by the contract “${contractTitle}”`;
  return `Its usage rights ended on ${endedOn}, ${how}. To renew them, agree on new usage rights in an amended or new contract that both sides sign; then it can be downloaded again.`;
}
