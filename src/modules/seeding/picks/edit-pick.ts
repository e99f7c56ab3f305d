import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { advanceEnrolment, getCampaign, getEnrolment } from '#modules/campaigns/index.ts';
import type {
  cancelPick as cancelEndpoint,
  choosePick as chooseEndpoint,
  editPick as editEndpoint,
  listPicks as listEndpoint,
  Pick,
  PickLineInput,
} from '../api.ts';
import { seedingError } from '../errors.ts';
import { pickApproved, pickCancelled } from '../events.ts';
import { record } from '../frame.ts';
import { releaseParcel } from '../parcels/release-parcel.ts';
import { selectAddresses, selectBarred } from '../queries/people.ts';
import {
  decidePick,
  insertPick,
  lockPicks,
  type PickRow,
  replaceLines,
  selectPicksOfEnrolments,
} from '../queries/picks.ts';
import { stockFaults } from '../rules/check-limits.ts';
import { getPickOf, presentPicks } from './present-picks.ts';
import { type ReadLines, readLines } from './read-lines.ts';
import { settleCost } from './settle-cost.ts';

/** Changes what was chosen and not sent. Errors: not_found, sent_already, ordered_by_shop, decided_already, no_stock, unknown_variant. */
export async function editPick(infra: Infra, call: Call<typeof editEndpoint>): Promise<Pick> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await holdOpen(tx, workspaceId, input.pickId);
    const kept = await releaseParcel(infra, tx, { workspaceId, pickId: row.id, by: call.actor.name, isKept: true });
    if (kept !== null) throw seedingError('ordered_by_shop', kept);
    const read = await readForBrand(tx, workspaceId, { row, lines: input.lines });
    await replaceLines(tx, workspaceId, { pickId: row.id, lines: read.writes });
    const changes = { lines: read.writes.map((line) => ({ variantId: line.variantId, quantity: line.quantity })) };
    const payload = {
      campaignId: row.campaign_id,
      enrolmentId: row.enrolment_id,
      personId: row.person_id,
      pickId: row.id,
    };
    await record(infra, tx, {
      frame: call,
      action: 'pick.changed',
      subject: { kind: 'pick', id: row.id },
      changes,
      payload,
    });
    if (row.state === 'approved')
      await settleCost(infra, tx, { frame: call, campaignId: row.campaign_id, enrolmentId: row.enrolment_id });
    return getPickOf(tx, workspaceId, row.id);
  });
}

async function holdOpen(tx: Tx, workspaceId: string, id: string): Promise<PickRow> {
  const [row] = await lockPicks(tx, workspaceId, [id]);
  if (row === undefined) throw notFound('pick');
  if (row.is_sent) throw seedingError('sent_already', 'It was sent already; what is in a parcel cannot be changed.');
  if (row.state === 'rejected' || row.state === 'cancelled')
    throw seedingError('decided_already', `The choice was ${row.state} already.`);
  return row;
}

/** The limits of the campaign do not bind the brand, stock does. */
async function readForBrand(
  tx: Tx,
  workspaceId: string,
  of: { row: Pick_; lines: readonly PickLineInput[] },
): Promise<ReadLines> {
  const { currency } = await getCampaign(tx, workspaceId, of.row.campaign_id);
  const [address] = await selectAddresses(tx, workspaceId, [of.row.person_id]);
  const read = await readLines(tx, workspaceId, {
    campaignId: of.row.campaign_id,
    currency,
    lines: of.lines,
    pickId: of.row.id,
    country: address?.address.country ?? null,
  });
  const [fault] = stockFaults(read.wanted);
  if (fault !== undefined) throw seedingError('no_stock', fault.message, [{ field: 'lines', message: fault.message }]);
  return read;
}

interface Pick_ {
  id: string | null;
  campaign_id: string;
  person_id: string;
}

/** Chooses for a creator, approved at once. Errors: not_found, do_not_gift, decided_already, no_stock, unknown_variant. */
export async function choosePick(infra: Infra, call: Call<typeof chooseEndpoint>): Promise<Pick> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const enrolment = await getEnrolment(tx, workspaceId, { id: input.enrolmentId, clock: infra.clock });
    if (enrolment.removedAt !== null) throw notFound('enrolment');
    const personId = enrolment.person.id;
    if ((await selectBarred(tx, workspaceId, { personIds: [personId], limit: 1 })).length > 0)
      throw seedingError('do_not_gift', `${enrolment.person.name} is on the do-not-gift list. Take them off it first.`);
    const [newest] = await selectPicksOfEnrolments(tx, workspaceId, [enrolment.id]);
    if (newest !== undefined && (newest.state === 'submitted' || (newest.state === 'approved' && !newest.is_sent)))
      throw seedingError('decided_already', `${enrolment.person.name} has a choice that is open. Change that one.`);
    const at = infra.clock.now();
    const id = newId('pick', at.getTime());
    const about = { id: null, campaign_id: enrolment.campaignId, person_id: personId };
    const read = await readForBrand(tx, workspaceId, { row: about, lines: input.lines });
    await insertPick(tx, workspaceId, {
      id,
      campaignId: enrolment.campaignId,
      enrolmentId: enrolment.id,
      personId,
      round: (newest?.round ?? 0) + 1,
      state: 'approved',
      pickedBy: 'brand',
      note: null,
      at,
      decidedBy: actor.name,
    });
    await replaceLines(tx, workspaceId, { pickId: id, lines: read.writes });
    const payload = { campaignId: enrolment.campaignId, enrolmentId: enrolment.id, personId, pickId: id };
    await record(infra, tx, { frame: call, action: pickApproved, subject: { kind: 'pick', id }, payload });
    await advanceEnrolment(infra, tx, {
      workspaceId,
      enrolmentId: enrolment.id,
      reason: 'product_picked',
      by: actor,
      requestId: call.requestId,
    });
    await settleCost(infra, tx, { frame: call, campaignId: enrolment.campaignId, enrolmentId: enrolment.id });
    return getPickOf(tx, workspaceId, id);
  });
}

/** Takes back a choice that was not sent; the same again changes nothing. Errors: not_found, sent_already, ordered_by_shop. */
export async function cancelPick(infra: Infra, call: Call<typeof cancelEndpoint>): Promise<Pick> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [row] = await lockPicks(tx, workspaceId, [input.pickId]);
    if (row === undefined) throw notFound('pick');
    if (row.is_sent) throw seedingError('sent_already', 'It was sent already. Say at the parcel what became of it.');
    if (row.state === 'cancelled' || row.state === 'rejected') return getPickOf(tx, workspaceId, row.id);
    const kept = await releaseParcel(infra, tx, { workspaceId, pickId: row.id, by: actor.name });
    if (kept !== null) throw seedingError('ordered_by_shop', kept);
    await decidePick(tx, workspaceId, {
      id: row.id,
      state: 'cancelled',
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
      action: pickCancelled,
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
    return getPickOf(tx, workspaceId, row.id);
  });
}

/** All choices of a creator on a campaign, newest first. Error: not_found. */
export async function listPicks(infra: Infra, call: Call<typeof listEndpoint>): Promise<Pick[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getEnrolment(tx, workspaceId, { id: input.enrolmentId, clock: infra.clock });
    return presentPicks(tx, workspaceId, await selectPicksOfEnrolments(tx, workspaceId, [input.enrolmentId]));
  });
}
