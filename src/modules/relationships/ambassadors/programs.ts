import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { dayIn } from '#kernel/time.ts';
import { type CampaignFacts, getCampaign } from '#modules/campaigns/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import {
  type Program,
  type ProgramRules,
  programRulesSchema,
  type saveProgram as saveEndpoint,
  type Tier,
  tierMetrics,
  tierSchema,
} from '../api.ts';
import { relationshipsError } from '../errors.ts';
import { lockProgram, type ProgramRow, selectProgram, selectStandings, upsertProgram } from '../queries/ambassadors.ts';
import { nextJudgingDay } from '../rules/judging-days.ts';

export const tiersOf = (row: Pick<ProgramRow, 'tiers'>): Tier[] => tierSchema.array().parse(row.tiers);

/** The tier of an id; the first one where it is not known, as for who was never moved. */
export function tierOf(tiers: readonly Tier[], tierId: string | undefined): Tier {
  const tier = tiers.find((one) => one.id === tierId) ?? tiers[0];
  if (tier === undefined) throw new RangeError('A programme has two tiers at least');
  return tier;
}

/** The campaign with what its ambassadors are judged by. Errors: not_found, relationships.no_ambassadors. */
export async function getAmbassadorCampaign(tx: Tx, workspaceId: string, campaignId: string): Promise<CampaignFacts> {
  const campaign = await getCampaign(tx, workspaceId, campaignId);
  if (campaign.model === 'ambassadorship') return campaign;
  throw relationshipsError(
    'no_ambassadors',
    `${campaign.name} is no campaign of ambassadors, so it has no tiers. Make one with the model ambassadorship.`,
  );
}

export async function findProgram(tx: Tx, workspaceId: string, campaign: CampaignFacts): Promise<Program> {
  const row = await selectProgram(tx, workspaceId, campaign.id);
  return row === undefined ? proposal(campaign) : toProgram(row, campaign);
}

function toProgram(row: ProgramRow, campaign: CampaignFacts): Program {
  return {
    campaignId: campaign.id,
    currency: campaign.currency,
    isOn: row.is_on,
    windowMonths: row.window_months,
    judgeDay: row.judge_day,
    tiers: tiersOf(row),
    version: row.version,
    nextJudgedOn: row.is_on ? row.next_judged_on : null,
    savedBy: row.saved_by,
    savedAt: row.saved_at.toISOString(),
  };
}

/** What a person begins with; it holds nothing until it is saved. */
function proposal(campaign: CampaignFacts): Program {
  const tier = (id: string, name: string, needs: Tier['needs'], codePercent: number): Tier => ({
    id,
    name,
    needs,
    gives: { codePercent, monthlyFee: null, gift: '' },
  });
  return {
    campaignId: campaign.id,
    currency: campaign.currency,
    isOn: true,
    windowMonths: 1,
    judgeDay: 1,
    tiers: [
      tier('bronze', 'Bronze', [], 10),
      tier(
        'silver',
        'Silver',
        [
          { metric: 'orders', atLeast: 5 },
          { metric: 'on_time', atLeast: 80 },
        ],
        15,
      ),
      tier(
        'gold',
        'Gold',
        [
          { metric: 'orders', atLeast: 15 },
          { metric: 'on_time', atLeast: 90 },
        ],
        20,
      ),
    ],
    version: 0,
    nextJudgedOn: null,
    savedBy: null,
    savedAt: null,
  };
}

/**
 * Keeps the next version of a programme. Errors: not_found, relationships.no_ambassadors, bad_tiers with each fault by its field, program_changed when somebody
 * saved in between, tier_in_use when somebody stands in a tier that would go.
 */
export function saveProgram(infra: Infra, call: Call<typeof saveEndpoint>): Promise<Program> {
  const { workspaceId, actor, requestId } = call;
  const { campaignId, basedOn, ...given } = call.input;
  const rules = inOrder(programRulesSchema.parse(given));
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getAmbassadorCampaign(tx, workspaceId, campaignId);
    checkTiers(rules, campaign.currency);
    const before = await lockProgram(tx, workspaceId, campaignId);
    if ((before?.version ?? 0) !== basedOn) {
      throw relationshipsError(
        'program_changed',
        `${before?.saved_by ?? 'Somebody'} saved version ${before?.version ?? 0} after you opened version ${basedOn}. Look at it again and save on top of that.`,
      );
    }
    await checkInUse(tx, workspaceId, { campaignId, tiers: rules.tiers });
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const at = infra.clock.now();
    const today = dayIn(timeZone, at);
    const isSameDay = before?.is_on === true && before.judge_day === rules.judgeDay;
    await upsertProgram(
      tx,
      {
        workspace_id: workspaceId,
        campaign_id: campaignId,
        version: basedOn + 1,
        is_on: rules.isOn,
        window_months: rules.windowMonths,
        judge_day: rules.judgeDay,
        tiers: JSON.stringify(rules.tiers),
        // A day that is due and not judged yet stays due.
        next_judged_on: isSameDay ? before.next_judged_on : nextJudgingDay(today, rules.judgeDay),
        saved_by: actor.name,
        saved_at: at,
      },
      JSON.stringify(rules),
    );
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'ambassadors.program-saved',
      subjectKind: 'campaign',
      subjectId: campaignId,
      changes: { version: { from: basedOn, to: basedOn + 1 }, isOn: rules.isOn },
    });
    return findProgram(tx, workspaceId, campaign);
  });
}

/** Needs in the order they are always said in. */
function inOrder(rules: ProgramRules): ProgramRules {
  const place = (need: Tier['needs'][number]) => tierMetrics.indexOf(need.metric);
  const tiers = rules.tiers.map((tier) => ({ ...tier, needs: tier.needs.toSorted((a, b) => place(a) - place(b)) }));
  return { ...rules, tiers };
}

function checkTiers(rules: ProgramRules, currency: string): void {
  const faults: { field: string; message: string }[] = [];
  const seen = new Map<string, number>();
  for (const [at, tier] of rules.tiers.entries()) {
    const fault = (field: string, message: string) => faults.push({ field: `tiers.${at}.${field}`, message });
    const name = tier.name.toLowerCase();
    if (rules.tiers.findIndex((one) => one.id === tier.id) !== at) fault('id', `Two tiers have the id ${tier.id}`);
    if (seen.has(name)) fault('name', `Another tier is called ${tier.name}`);
    seen.set(name, at);
    if (at === 0 && tier.needs.length > 0)
      fault('needs', `Everybody begins in ${tier.name}, so it can ask for nothing`);
    if (at > 0 && tier.needs.length === 0) fault('needs', `${tier.name} asks for nothing, so everybody would be in it`);
    for (const [place, need] of tier.needs.entries()) {
      if (tier.needs.findIndex((one) => one.metric === need.metric) !== place)
        fault(`needs.${place}`, 'This is asked for twice');
      if (need.metric === 'revenue' && need.atLeast.currency !== currency)
        fault(`needs.${place}.atLeast`, `The campaign counts in ${currency}`);
    }
    if (tier.gives.monthlyFee !== null && tier.gives.monthlyFee.currency !== currency)
      fault('gives.monthlyFee', `The campaign counts in ${currency}`);
  }
  if (faults.length === 0) return;
  throw relationshipsError('bad_tiers', faults.map((one) => `${one.field}: ${one.message}`).join('; '), faults);
}

async function checkInUse(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; tiers: readonly Tier[] },
): Promise<void> {
  const kept = new Set(of.tiers.map((tier) => tier.id));
  const stranded = (await selectStandings(tx, workspaceId, of.campaignId)).filter((row) => !kept.has(row.tier_id));
  if (stranded.length === 0) return;
  throw relationshipsError(
    'tier_in_use',
    `${stranded.length} ${stranded.length === 1 ? 'ambassador stands' : 'ambassadors stand'} in a tier that would go. Move them first.`,
  );
}
