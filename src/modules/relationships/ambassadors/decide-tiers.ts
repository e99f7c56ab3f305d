import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { type CampaignFacts, getEnrolment } from '#modules/campaigns/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import {
  type decideTiers as decideEndpoint,
  type setTier as setEndpoint,
  type Tier,
  type TierMove,
  tierEvidenceSchema,
} from '../api.ts';
import { relationshipsError } from '../errors.ts';
import {
  type JudgementRow,
  lockJudgements,
  lockProgram,
  type ProgramRow,
  selectJudgements,
  selectStandings,
  setDecided,
  supersede,
} from '../queries/ambassadors.ts';
import { moveAmbassadorTo } from './move-ambassador.ts';
import { presentJudgements } from './present-judgements.ts';
import { getAmbassadorCampaign, tierOf, tiersOf } from './programs.ts';
import { readMembers } from './read-members.ts';

type Decided = OutputOf<typeof decideEndpoint>;
const lastDay = '9999-12-31';

interface Held {
  campaign: CampaignFacts;
  program: ProgramRow;
  tiers: Tier[];
}

/** Error: relationships.no_program beside those of getAmbassadorCampaign. */
async function hold(tx: Tx, workspaceId: string, campaignId: string): Promise<Held> {
  const campaign = await getAmbassadorCampaign(tx, workspaceId, campaignId);
  const program = await lockProgram(tx, workspaceId, campaignId);
  if (program === undefined)
    throw relationshipsError('no_program', `${campaign.name} has no tiers yet. Save its programme first.`);
  return { campaign, program, tiers: tiersOf(program) };
}

function wantedTier(tiers: readonly Tier[], tierId: string): Tier {
  const tier = tiers.find((one) => one.id === tierId);
  if (tier !== undefined) return tier;
  const known = tiers.map((one) => `${one.id} (${one.name})`).join(', ');
  throw relationshipsError('unknown_tier', `tierId: ${tierId} is no tier of this programme. There are ${known}.`, [
    { field: 'tierId', message: `Not one of ${known}` },
  ]);
}

/** Decides what waits; each that cannot be decided any more is named with its reason. Errors: not_found, no_ambassadors, no_program, unknown_tier. */
export function decideTiers(infra: Infra, call: Call<typeof decideEndpoint>): Promise<Decided> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const held = await hold(tx, workspaceId, input.campaignId);
    if (input.decision.kind === 'overrule') wantedTier(held.tiers, input.decision.tierId);
    const ids = [...new Set(input.judgementIds)];
    const rows = new Map((await lockJudgements(tx, workspaceId, ids)).map((row) => [row.id, row]));
    const refused: Decided['refused'] = [];
    let mailed = 0;
    for (const id of ids) {
      const row = rows.get(id);
      const message = whyNot(row, held);
      if (row === undefined || message !== null) refused.push({ judgementId: id, message: message ?? '' });
      else if (await decideOne(infra, tx, { call, held, row })) mailed += 1;
    }
    const done = ids.filter((id) => !refused.some((one) => one.judgementId === id));
    const decided = await selectJudgements(tx, workspaceId, { ids: done, limit: done.length });
    return { decided: await presentJudgements(tx, workspaceId, { rows: decided, tiers: held.tiers }), mailed, refused };
  });
}

function whyNot(row: JudgementRow | undefined, held: Held): string | null {
  if (row === undefined || row.campaign_id !== held.campaign.id) return 'No such judgement.';
  switch (row.state) {
    case 'waiting':
      return held.tiers.some((tier) => tier.id === row.to_tier) ? null : 'The tier it proposes is gone. Overrule it.';
    case 'superseded':
      return 'It was judged anew since. Decide the newer one.';
    case 'settled':
      return 'Nothing moves, so there is nothing to decide.';
    default:
      return `${row.decided_by ?? 'Somebody'} has ${row.state} it already.`;
  }
}

/** True when the ambassador was told by mail. */
async function decideOne(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof decideEndpoint>; held: Held; row: JudgementRow },
): Promise<boolean> {
  const { call, held, row } = of;
  const { workspaceId, actor, requestId } = call;
  const { decision } = call.input;
  const tierId = decision.kind === 'overrule' ? decision.tierId : row.to_tier;
  const state = tierId === row.to_tier ? 'confirmed' : 'overruled';
  const reason = decision.reason === '' ? null : decision.reason;
  await setDecided(tx, workspaceId, { id: row.id, state, tierId, reason, by: actor.name, at: infra.clock.now() });
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: `ambassador.${state}`,
    subjectKind: 'enrolment',
    subjectId: row.enrolment_id,
    changes: { judgement: row.id, proposed: row.to_tier, decided: tierId, reason },
  });
  const from = await standingTier(tx, { workspaceId, held, enrolmentId: row.enrolment_id });
  const to = wantedTier(held.tiers, tierId);
  if (from.id === to.id) return false;
  const { isMailed } = await moveAmbassadorTo(infra, tx, {
    call,
    move: {
      ...held,
      enrolmentId: row.enrolment_id,
      personId: row.person_id,
      from,
      to,
      reason: reason ?? tierEvidenceSchema.parse(row.evidence).summary,
      judgementId: row.id,
      nextJudgedOn: held.program.is_on ? held.program.next_judged_on : null,
    },
  });
  return isMailed;
}

async function standingTier(tx: Tx, of: { workspaceId: string; held: Held; enrolmentId: string }): Promise<Tier> {
  const rows = await selectStandings(tx, of.workspaceId, of.held.campaign.id);
  return tierOf(of.held.tiers, rows.find((row) => row.enrolment_id === of.enrolmentId)?.tier_id);
}

/** Moves one by hand; what the rules proposed for them waits no more. Errors: not_found, no_ambassadors, no_program, unknown_tier, no_ambassador. */
export function setTier(infra: Infra, call: Call<typeof setEndpoint>): Promise<TierMove> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const enrolment = await getEnrolment(tx, workspaceId, { id: input.enrolmentId, clock: infra.clock });
    const held = await hold(tx, workspaceId, enrolment.campaignId);
    const to = wantedTier(held.tiers, input.tierId);
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const { members } = await readMembers(infra, tx, { workspaceId, campaignId: held.campaign.id, timeZone });
    if (!members.some((member) => member.enrolmentId === enrolment.id)) {
      throw relationshipsError(
        'no_ambassador',
        `${enrolment.person.name} is no ambassador: nothing was agreed with them, or their contract is over.`,
      );
    }
    const from = await standingTier(tx, { workspaceId, held, enrolmentId: enrolment.id });
    if (from.id === to.id)
      throw relationshipsError('unknown_tier', `tierId: ${enrolment.person.name} stands in ${to.name} already.`, [
        { field: 'tierId', message: `Stands in ${to.name} already` },
      ]);
    await supersede(tx, workspaceId, { enrolmentIds: [enrolment.id], before: lastDay });
    const { move } = await moveAmbassadorTo(infra, tx, {
      call,
      move: {
        ...held,
        enrolmentId: enrolment.id,
        personId: enrolment.person.id,
        from,
        to,
        reason: input.reason,
        judgementId: null,
        nextJudgedOn: held.program.is_on ? held.program.next_judged_on : null,
      },
    });
    return move;
  });
}
