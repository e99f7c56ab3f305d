import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { planDeliverables } from './add-deliverables.ts';
import type { BulkAction, BulkOutcome, bulkOnRoster as bulkEndpoint, RowRefused } from './api.ts';
import { findStage } from './enrol.ts';
import { type CampaignRow, selectStages } from './queries/campaigns.ts';
import { type EnrolmentFields, updateEnrolmentRows } from './queries/change-enrolment.ts';
import { type HeldEnrolment, lockEnrolments, setRemoved } from './queries/roster.ts';
import { shareCampaign, toStage } from './read-campaigns.ts';
import { readMoneyOrNull } from './read-money.ts';
import { type RosterChange, recordRosterChanges } from './record-change.ts';
import { changeFields, type FieldAction } from './rules/change-fields.ts';
import { walkTo } from './walk-to.ts';

type Bulk = Call<typeof bulkEndpoint>;

interface Frame {
  call: Bulk;
  campaign: CampaignRow;
  /** On the roster, held, in the order of their ids. */
  rows: readonly HeldEnrolment[];
}

interface Done {
  changed: number;
  refused: { row: HeldEnrolment; message: string }[];
}

/**
 * Does one thing to many creators in one transaction; those it cannot be done to are named with why and nothing of theirs changes.
 * Errors: not_found, unknown_stage, bad_money.
 */
export async function bulkOnRoster(infra: Infra, call: Bulk): Promise<BulkOutcome> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await shareCampaign(tx, workspaceId, input.campaignId);
    const ids = [...new Set(input.enrolmentIds)];
    const held = await lockEnrolments(tx, workspaceId, { campaignId: campaign.id, ids });
    const rows = held.filter((row) => row.removed_at === null);
    const { changed, refused } = await act(infra, tx, { call, campaign, rows });
    const isRemoval = input.action.do === 'remove';
    const gone = isRemoval ? [] : held.filter((row) => row.removed_at !== null);
    const known = new Set(held.map((row) => row.id));
    const unknown = ids.filter((id) => !known.has(id));
    const refusedRows = [...refused, ...gone.map((row) => ({ row, message: 'was taken off the campaign.' }))];
    const cards = await readPersonCards(
      tx,
      workspaceId,
      refusedRows.map(({ row }) => row.person_id),
    );
    const named = refusedRows.map(({ row, message }): RowRefused => {
      const name = cards.get(row.person_id)?.name ?? 'Unknown creator';
      return { enrolmentId: row.id, name, message: `${name} ${message}` };
    });
    const missing = unknown.map((enrolmentId): RowRefused => {
      return { enrolmentId, name: 'Unknown creator', message: 'No such creator on this campaign.' };
    });
    const all = [...named, ...missing];
    return { changed, unchanged: ids.length - changed - all.length, refused: all };
  });
}

function act(infra: Infra, tx: Tx, frame: Frame): Promise<Done> {
  const { action } = frame.call.input;
  switch (action.do) {
    case 'move':
      return move(infra, tx, { ...frame, action });
    case 'deliverable':
      return plan(infra, tx, { ...frame, action });
    case 'remove':
      return remove(infra, tx, { ...frame, action });
    case 'fee':
    case 'product_cost':
    case 'owner':
    case 'dates':
    case 'note':
    case 'tag':
    case 'untag':
      return change(infra, tx, { ...frame, action });
  }
}

type Of<Name extends BulkAction['do']> = Frame & { action: Extract<BulkAction, { do: Name }> };

async function move(infra: Infra, tx: Tx, of: Of<'move'>): Promise<Done> {
  const { call, campaign, action } = of;
  const stages = (await selectStages(tx, call.workspaceId, [campaign.id])).map(toStage);
  const to = findStage(stages, action.to);
  const rows = of.rows.filter((row) => row.stage !== to.name);
  const { skipReason } = action;
  const walk = await walkTo(infra, tx, { call, campaignId: campaign.id, stages, to, rows, skipReason });
  return {
    changed: walk.moved,
    refused: walk.refused.map(({ row, missing }) => ({ row, message: `was not moved to ${to.label}: ${missing}.` })),
  };
}

async function plan(infra: Infra, tx: Tx, of: Of<'deliverable'>): Promise<Done> {
  const { call, campaign } = of;
  const { platform, format, title, dueOn } = of.action;
  const nowMs = infra.clock.now().getTime();
  const rows = of.rows.map(({ id: enrolmentId }) => {
    return { id: newId('deliverable', nowMs), enrolmentId, platform, format, title, dueOn, briefLine: null };
  });
  const made = await planDeliverables(infra, tx, { call, campaignId: campaign.id, rows });
  return { changed: made.length, refused: [] };
}

async function remove(infra: Infra, tx: Tx, of: Of<'remove'>): Promise<Done> {
  const { call, campaign, rows } = of;
  const { reason } = of.action;
  await setRemoved(tx, call.workspaceId, { ids: rows.map((row) => row.id), reason, at: infra.clock.now() });
  await recordRosterChanges(infra, tx, {
    call,
    campaignId: campaign.id,
    what: 'removed',
    rows: rows.map((row) => ({
      enrolmentId: row.id,
      personId: row.person_id,
      fromStage: row.stage,
      changes: { reason },
    })),
  });
  return { changed: rows.length, refused: [] };
}

async function change(infra: Infra, tx: Tx, of: Frame & { action: FieldBulk }): Promise<Done> {
  const { call, campaign } = of;
  const action = readAction(of.action, campaign.currency);
  const changed: EnrolmentFields[] = [];
  const told: RosterChange[] = [];
  const refused: Done['refused'] = [];
  for (const row of of.rows) {
    const outcome = changeFields(row, action);
    if (outcome.kind === 'refused') refused.push({ row, message: outcome.message });
    if (outcome.kind !== 'changed') continue;
    changed.push({ ...outcome.fields, id: row.id });
    told.push({ enrolmentId: row.id, personId: row.person_id, changes: outcome.changes });
  }
  await updateEnrolmentRows(tx, call.workspaceId, changed);
  await recordRosterChanges(infra, tx, { call, campaignId: campaign.id, what: 'changed', rows: told });
  return { changed: changed.length, refused };
}

type FieldBulk = Extract<BulkAction, { do: FieldAction['do'] }>;

function readAction(action: FieldBulk, currency: string): FieldAction {
  switch (action.do) {
    case 'fee':
      return { do: 'fee', feeMinor: readMoneyOrNull(action.fee, { field: 'action.fee', currency }) };
    case 'product_cost':
      return {
        do: 'product_cost',
        costMinor: readMoneyOrNull(action.productCost, { field: 'action.productCost', currency }),
      };
    case 'owner':
    case 'dates':
    case 'note':
    case 'tag':
    case 'untag':
      return action;
  }
}
