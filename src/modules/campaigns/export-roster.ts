import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import type { Enrolment, exportRoster as exportEndpoint } from './api.ts';
import { listEnrolments } from './facts.ts';
import { getCampaignRow } from './read-campaigns.ts';

/** The roster as CSV, removed creators at their place, formulas made harmless. Error: not_found. */
export async function exportRoster(infra: Infra, call: Call<typeof exportEndpoint>): Promise<Download> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const enrolments = await listEnrolments(tx, workspaceId, {
      campaignId: campaign.id,
      clock: infra.clock,
      withRemoved: true,
    });
    const body = stringify(
      enrolments.map((enrolment) => toLine(enrolment, campaign.currency)),
      { header: true, columns, bom: true, escape_formulas: true },
    );
    return { fileName: `${campaign.name} roster.csv`, contentType: 'text/csv; charset=utf-8', body };
  });
}

const columns = [
  'enrolment_id',
  'name',
  'platform',
  'handle',
  'followers',
  'country',
  'stage',
  'in_stage_since',
  'waits_for',
  'what',
  'fee',
  'fee_state',
  'fee_paid_on',
  'product_cost',
  'currency',
  'deliverables',
  'live',
  'next_due_on',
  'note',
  'added_at',
  'removed_at',
  'removed_reason',
];

function toLine(enrolment: Enrolment, currency: string): (string | number | null)[] {
  const amount = (money: MoneyJson | null) => (money === null ? null : formatAmount(fromMoneyJson(money)));
  const { person, profile, blocking, deliverables } = enrolment;
  return [
    enrolment.id,
    person.name,
    profile?.platform ?? null,
    profile?.handle ?? null,
    profile?.followers ?? null,
    person.country,
    enrolment.stageLabel,
    enrolment.stageSince,
    blocking.who,
    blocking.what,
    amount(enrolment.fee),
    enrolment.feeState,
    enrolment.feePaidOn,
    amount(enrolment.productCost),
    currency,
    deliverables.total,
    deliverables.live,
    deliverables.nextDueOn,
    enrolment.note,
    enrolment.addedAt,
    enrolment.removedAt,
    enrolment.removedReason,
  ];
}
