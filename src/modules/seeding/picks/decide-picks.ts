import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { advanceEnrolment, getCampaign } from '#modules/campaigns/index.ts';
import { mailPortalLink, type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import type { approvePicks as approveEndpoint, BulkOutcome, rejectPicks as rejectEndpoint } from '../api.ts';
import { pickApproved, pickRejected } from '../events.ts';
import { record } from '../frame.ts';
import { releaseParcel } from '../parcels/release-parcel.ts';
import { selectBarred } from '../queries/people.ts';
import { decidePick, lockPicks, type PickRow, selectPickLines } from '../queries/picks.ts';
import { lockVariants } from '../queries/products.ts';
import { settleCost } from './settle-cost.ts';

interface Found {
  rows: PickRow[];
  cards: Map<string, PersonCard>;
  outcome: BulkOutcome;
}

/** Locks the choices named; unknown ones are told, like another workspace's. */
async function holdAll(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Found> {
  const wanted = [...new Set(ids)];
  const rows = await lockPicks(tx, workspaceId, wanted);
  const known = new Set(rows.map((row) => row.id));
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.map((row) => row.person_id),
  );
  const refused = wanted
    .filter((id) => !known.has(id))
    .map((id) => ({ id, who: id, message: 'There is no such choice.' }));
  return { rows, cards, outcome: { done: 0, unchanged: 0, refused } };
}

const nameOf = (cards: Map<string, PersonCard>, personId: string) =>
  cards.get(personId)?.name ?? 'A creator who was erased';

/** Approves choices; those that cannot be are named with the reason. */
export async function approvePicks(infra: Infra, call: Call<typeof approveEndpoint>): Promise<BulkOutcome> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { rows, cards, outcome } = await holdAll(tx, workspaceId, input.pickIds);
    const barred = new Map(
      (
        await selectBarred(tx, workspaceId, { personIds: rows.map((row) => row.person_id), limit: rows.length + 1 })
      ).map((one) => [one.person_id, one]),
    );
    const lines = Map.groupBy(
      await selectPickLines(
        tx,
        workspaceId,
        rows.map((row) => row.id),
      ),
      (line) => line.pick_id,
    );
    const variantIds = [...new Set([...lines.values()].flat().map((line) => line.variant_id))];
    const gone = new Set(
      (await lockVariants(tx, workspaceId, variantIds)).filter((one) => one.state === 'gone').map((one) => one.id),
    );
    for (const row of rows) {
      const goneLine = lines.get(row.id)?.find((line) => gone.has(line.variant_id));
      const problem =
        row.state === 'rejected' || row.state === 'cancelled'
          ? `The choice was ${row.state} already. Choose again for the creator, or wait for theirs.`
          : barred.has(row.person_id)
            ? 'On the do-not-gift list. Take the creator off it first, or reject the choice.'
            : goneLine !== undefined
              ? `${goneLine.product_name} is no longer there. Change the choice, or reject it.`
              : null;
      if (row.state === 'approved') outcome.unchanged += 1;
      else if (problem !== null)
        outcome.refused.push({ id: row.id, who: nameOf(cards, row.person_id), message: problem });
      else {
        await decidePick(tx, workspaceId, {
          id: row.id,
          state: 'approved',
          reason: null,
          by: actor.name,
          at: infra.clock.now(),
        });
        await tellApproved(infra, tx, { call, row });
        outcome.done += 1;
      }
    }
    return outcome;
  });
}

async function tellApproved(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof approveEndpoint>; row: PickRow },
): Promise<void> {
  const { call, row } = of;
  const payload = {
    campaignId: row.campaign_id,
    enrolmentId: row.enrolment_id,
    personId: row.person_id,
    pickId: row.id,
  };
  await record(infra, tx, { frame: call, action: pickApproved, subject: { kind: 'pick', id: row.id }, payload });
  await advanceEnrolment(infra, tx, {
    workspaceId: call.workspaceId,
    enrolmentId: row.enrolment_id,
    reason: 'product_picked',
    by: call.actor,
    requestId: call.requestId,
  });
  await settleCost(infra, tx, { frame: call, campaignId: row.campaign_id, enrolmentId: row.enrolment_id });
}

/** Rejects choices with a reason; each creator is written to and chooses again. What is sent stays sent. */
export async function rejectPicks(infra: Infra, call: Call<typeof rejectEndpoint>): Promise<BulkOutcome> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { rows, cards, outcome } = await holdAll(tx, workspaceId, input.pickIds);
    for (const row of rows) {
      const who = nameOf(cards, row.person_id);
      if (row.state === 'rejected' || row.state === 'cancelled') {
        outcome.unchanged += 1;
        continue;
      }
      const kept = row.is_sent
        ? 'It was sent already.'
        : await releaseParcel(infra, tx, { workspaceId, pickId: row.id, by: actor.name });
      if (kept !== null) {
        outcome.refused.push({ id: row.id, who, message: kept });
        continue;
      }
      await decidePick(tx, workspaceId, {
        id: row.id,
        state: 'rejected',
        reason: input.reason,
        by: actor.name,
        at: infra.clock.now(),
      });
      const payload = {
        campaignId: row.campaign_id,
        enrolmentId: row.enrolment_id,
        personId: row.person_id,
        pickId: row.id,
      };
      const changes = { reason: input.reason };
      await record(infra, tx, {
        frame: call,
        action: pickRejected,
        subject: { kind: 'pick', id: row.id },
        changes,
        payload,
      });
      await settleCost(infra, tx, {
        frame: call,
        campaignId: row.campaign_id,
        enrolmentId: row.enrolment_id,
        wasCounted: row.state === 'approved',
      });
      const campaign = await getCampaign(tx, workspaceId, row.campaign_id);
      await mailPortalLink(infra, tx, {
        workspaceId,
        personId: row.person_id,
        madeBy: actor.name,
        path: `/seeding/${row.enrolment_id}`,
        key: `pick-rejected:${row.id}`,
        subject: `Please choose again for ${campaign.name}`,
        lines: [
          `your choice for ${campaign.name} cannot be sent: ${input.reason}`,
          'Please choose something else here:',
        ],
      });
      outcome.done += 1;
    }
    return outcome;
  });
}
