import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { Enrolment, updateEnrolment as updateEndpoint } from './api.ts';
import { differences } from './differences.ts';
import { campaignsError } from './errors.ts';
import { findEnrolment } from './facts.ts';
import { selectCampaign, selectStages } from './queries/campaigns.ts';
import { type EnrolmentChange, lockEnrolment, updateEnrolmentRow } from './queries/change-enrolment.ts';
import { selectDeliverablesOf } from './queries/content.ts';
import { readToday } from './read-campaigns.ts';
import { readMoneyOrNull } from './read-money.ts';
import { recordRosterChanges } from './record-change.ts';
import { sortTags } from './rules/change-fields.ts';

type Update = Call<typeof updateEndpoint>;

/** Changes fee, goods, account, note, owner or blocker of a creator on a campaign. Errors: not_found, bad_money, bad_day, bad_dates, not_approved, unknown_profile. */
export async function updateEnrolment(infra: Infra, call: Update): Promise<Enrolment> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockEnrolment(tx, workspaceId, input.enrolmentId);
    const campaign = row === undefined ? undefined : await selectCampaign(tx, workspaceId, row.campaign_id);
    if (row === undefined || campaign === undefined) throw notFound('enrolment');
    const wanted = toChange(input, campaign.currency);
    if (input.profileId !== undefined) {
      const card = (await readPersonCards(tx, workspaceId, [row.person_id])).get(row.person_id);
      if (card?.profiles.some((profile) => profile.profileId === input.profileId) !== true) {
        const message = 'This account is not one of the creator’s.';
        throw campaignsError('unknown_profile', `profileId: ${message}`, [{ field: 'profileId', message }]);
      }
    }
    if (row.joined_into !== null)
      throw campaignsError(
        'joined_enrolment',
        'This entry was brought together with the creator’s other one on this campaign. Change that one.',
      );
    const { change, changes } = differences<EnrolmentChange>(row, wanted);
    await checkPayment(change, {
      fee: change.fee_minor === undefined ? row.fee_minor : change.fee_minor,
      today: (await readToday(tx, workspaceId, infra.clock)).day,
    });
    checkWindow({ ...row, ...change });
    const isPaid = change.fee_paid_on !== undefined && change.fee_paid_on !== null;
    if (isPaid && input.payEarlyReason === undefined) await checkApproved(tx, workspaceId, row);
    if (Object.keys(change).length > 0) {
      const since =
        change.blocker === undefined ? {} : { blocker_since: change.blocker === null ? null : infra.clock.now() };
      await updateEnrolmentRow(tx, workspaceId, { id: row.id, change: { ...change, ...since } });
      const why = isPaid && input.payEarlyReason !== undefined ? { payEarlyReason: input.payEarlyReason } : {};
      const told = { enrolmentId: row.id, personId: row.person_id, changes: { ...asText(changes), ...why } };
      await recordRosterChanges(infra, tx, { call, campaignId: row.campaign_id, what: 'changed', rows: [told] });
    }
    const enrolment = await findEnrolment(tx, workspaceId, { id: row.id, clock: infra.clock });
    if (enrolment === null) throw notFound('enrolment');
    return enrolment;
  });
}

function toChange(input: Update['input'], currency: string): EnrolmentChange {
  return {
    ...(input.fee === undefined ? {} : { fee_minor: readMoneyOrNull(input.fee, { field: 'fee', currency }) }),
    ...(input.feePaidOn === undefined ? {} : { fee_paid_on: input.feePaidOn }),
    ...(input.productCost === undefined
      ? {}
      : { product_cost_minor: readMoneyOrNull(input.productCost, { field: 'productCost', currency }) }),
    ...(input.profileId === undefined ? {} : { profile_id: input.profileId }),
    ...(input.note === undefined ? {} : { note: input.note === '' ? null : input.note }),
    ...(input.ownerId === undefined ? {} : { owner_id: input.ownerId }),
    ...(input.respondBy === undefined ? {} : { respond_by: input.respondBy }),
    ...(input.draftsBy === undefined ? {} : { drafts_by: input.draftsBy }),
    ...(input.liveFrom === undefined ? {} : { live_from: input.liveFrom }),
    ...(input.liveUntil === undefined ? {} : { live_until: input.liveUntil }),
    ...(input.tags === undefined ? {} : { tags: sortTags(input.tags) }),
    ...(input.blocker === undefined ? {} : { blocker: input.blocker === '' ? null : input.blocker }),
  };
}

function checkPayment(change: EnrolmentChange, of: { fee: bigint | null; today: string }): void {
  const paidOn = change.fee_paid_on;
  if (paidOn === undefined || paidOn === null) return;
  const fail = (message: string) =>
    campaignsError('bad_day', `feePaidOn: ${message}`, [{ field: 'feePaidOn', message }]);
  if (paidOn > of.today) throw fail(`${paidOn} has not come yet; a payment is entered once it was made.`);
  if (of.fee === null) throw fail('There is no fee to be paid. Enter the fee first.');
}

/** A window ends on or after the day it begins. Error: bad_dates. */
function checkWindow(of: { live_from: string | null; live_until: string | null }): void {
  if (of.live_from === null || of.live_until === null || of.live_from <= of.live_until) return;
  const message = `The posts cannot go live from ${of.live_from} until ${of.live_until}. Choose ${of.live_from} or later as the last day.`;
  throw campaignsError('bad_dates', `liveUntil: ${message}`, [{ field: 'liveUntil', message }]);
}

/** A fee is paid once the work is approved: no deliverable may be open, and without deliverables the stage says the work is done. Error: not_approved. */
async function checkApproved(tx: Tx, workspaceId: string, row: { id: string; campaign_id: string; stage: string }) {
  const deliverables = await selectDeliverablesOf(tx, workspaceId, [row.id]);
  const counted = deliverables.filter((one) => one.state !== 'cancelled');
  const open = counted.filter((one) => one.state === 'planned' || one.state === 'drafted');
  if (counted.length > 0 && open.length === 0) return;
  const stage = (await selectStages(tx, workspaceId, [row.campaign_id])).find((one) => one.name === row.stage);
  if (open.length === 0 && stage?.phase === 'done') return;
  const titles = open
    .slice(0, 3)
    .map((one) => one.title)
    .join(', ');
  const missing =
    open.length === 0
      ? `the creator stands in ${stage?.label ?? row.stage}, which is not the end, and nothing was handed in`
      : `${open.length} of ${counted.length} deliverables ${open.length === 1 ? 'is' : 'are'} not approved yet (${titles})`;
  const message = `A fee is paid once the content is approved: ${missing}. Approve it first, or say why it is paid early (payEarlyReason).`;
  throw campaignsError('not_approved', `feePaidOn: ${message}`, [{ field: 'feePaidOn', message }]);
}

/** Amounts as text, as audit entries keep them. */
export function asText(changes: Record<string, { from: unknown; to: unknown }>): Record<string, unknown> {
  const text = (value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  return Object.fromEntries(
    Object.entries(changes).map(([key, { from, to }]) => [key, { from: text(from), to: text(to) }]),
  );
}
