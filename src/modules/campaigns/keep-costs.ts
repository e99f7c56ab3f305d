import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { toMoneyJson } from '#kernel/money.ts';
import type {
  addCost as addEndpoint,
  CampaignCost,
  CostKind,
  CostState,
  listCosts as listEndpoint,
  removeCost as removeEndpoint,
  updateCost as updateEndpoint,
} from './api.ts';
import { differences } from './differences.ts';
import { campaignsError } from './errors.ts';
import { type CostChange, type CostRow, deleteCost, insertCost, selectCosts, updateCostRow } from './queries/costs.ts';
import { lockEnrolments } from './queries/roster.ts';
import { getCampaignRow, holdCampaign } from './read-campaigns.ts';
import { readMoney } from './read-money.ts';
import { type ChangeFrame, recordCampaignChange } from './record-change.ts';

const costsMax = 2000;

/** Costs beside fees and goods, newest first. Error: not_found. */
export async function listCosts(infra: Infra, call: Call<typeof listEndpoint>): Promise<CampaignCost[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    return (await selectCosts(tx, workspaceId, campaign.id)).map((row) => toCost(row, campaign.currency));
  });
}

/** Adds a cost. Errors: not_found, bad_money, unknown_creator. */
export async function addCost(infra: Infra, call: Call<typeof addEndpoint>): Promise<CampaignCost> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, (tx) => putCost(infra, tx, { call, input }));
}

type NewCostInput = Call<typeof addEndpoint>['input'];

/** The same in a transaction of the caller. Errors: not_found, bad_money, unknown_creator. */
export async function putCost(
  infra: Infra,
  tx: Tx,
  of: { call: ChangeFrame; input: NewCostInput },
): Promise<CampaignCost> {
  const { call, input } = of;
  const { workspaceId } = call;
  const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
  const amountMinor = readMoney(input.amount, { field: 'amount', currency: campaign.currency });
  if (
    input.enrolmentId !== null &&
    (await lockEnrolments(tx, workspaceId, { campaignId: campaign.id, ids: [input.enrolmentId] })).length === 0
  ) {
    const message = 'No such creator on this campaign.';
    throw campaignsError('unknown_creator', `enrolmentId: ${message}`, [{ field: 'enrolmentId', message }]);
  }
  if ((await selectCosts(tx, workspaceId, campaign.id)).length >= costsMax)
    throw campaignsError('bad_money', `A campaign has at most ${costsMax} costs. Put small ones together.`);
  const at = infra.clock.now();
  const id = newId('cost', at.getTime());
  const { kind, state, dueOn, note, enrolmentId } = input;
  await insertCost(tx, workspaceId, {
    id,
    campaignId: campaign.id,
    enrolmentId,
    kind,
    amountMinor,
    state,
    dueOn,
    note,
    createdBy: call.actor.id,
    at,
  });
  const changes = { kind, amount: input.amount, state };
  await recordCampaignChange(infra, tx, {
    call,
    campaignId: campaign.id,
    what: 'costs',
    action: 'cost.added',
    subject: { kind: 'cost', id },
    changes,
  });
  return toCost(await getCostRow(tx, workspaceId, { campaignId: campaign.id, costId: id }), campaign.currency);
}

/** Changes what was given of a cost. Errors: not_found, bad_money. */
export async function updateCost(infra: Infra, call: Call<typeof updateEndpoint>): Promise<CampaignCost> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const row = await getCostRow(tx, workspaceId, input);
    const wanted: CostChange = {
      ...(input.kind === undefined ? {} : { kind: input.kind }),
      ...(input.amount === undefined
        ? {}
        : { amount_minor: readMoney(input.amount, { field: 'amount', currency: campaign.currency }) }),
      ...(input.state === undefined ? {} : { state: input.state }),
      ...(input.dueOn === undefined ? {} : { due_on: input.dueOn }),
      ...(input.note === undefined ? {} : { note: input.note }),
    };
    const { change, changes } = differences<CostChange>(row, wanted);
    if (Object.keys(change).length > 0) {
      await updateCostRow(tx, workspaceId, { id: row.id, change });
      await recordCampaignChange(infra, tx, {
        call,
        campaignId: campaign.id,
        what: 'costs',
        action: 'cost.changed',
        subject: { kind: 'cost', id: row.id },
        changes,
      });
    }
    return toCost(await getCostRow(tx, workspaceId, input), campaign.currency);
  });
}

/** Takes a cost back. Error: not_found. */
export async function removeCost(infra: Infra, call: Call<typeof removeEndpoint>): Promise<{ removed: true }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const row = await getCostRow(tx, workspaceId, input);
    await deleteCost(tx, workspaceId, row.id);
    const changes = { kind: row.kind, amountMinor: row.amount_minor, state: row.state, note: row.note };
    await recordCampaignChange(infra, tx, {
      call,
      campaignId: campaign.id,
      what: 'costs',
      action: 'cost.removed',
      subject: { kind: 'cost', id: row.id },
      changes,
    });
    return { removed: true };
  });
}

async function getCostRow(tx: Tx, workspaceId: string, of: { campaignId: string; costId: string }): Promise<CostRow> {
  const row = (await selectCosts(tx, workspaceId, of.campaignId)).find((cost) => cost.id === of.costId);
  if (row === undefined) throw notFound('cost');
  return row;
}

function toCost(row: CostRow, currency: string): CampaignCost {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    enrolmentId: row.enrolment_id,
    kind: row.kind as CostKind,
    amount: toMoneyJson({ amountMinor: row.amount_minor, currency }),
    state: row.state as CostState,
    dueOn: row.due_on,
    note: row.note,
    createdAt: row.created_at.toISOString(),
  };
}
