import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { dayIn } from '#kernel/time.ts';
import type { CampaignFacts } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type {
  Ambassador,
  getAmbassadors as getEndpoint,
  Judgement,
  listJudgements as listEndpoint,
  Program,
} from '../api.ts';
import { selectJudgements, selectMoves, selectStandings } from '../queries/ambassadors.ts';
import { evidenceOf, judgeTier } from '../rules/judge-tier.ts';
import { nextJudgingDay, windowOf } from '../rules/judging-days.ts';
import { presentJudgements, toMove } from './present-judgements.ts';
import { findProgram, getAmbassadorCampaign, tierOf } from './programs.ts';
import { type Member, measureMembers, readMembers } from './read-members.ts';

const movesMax = 2000;
const waitingMax = 500;
const namesMax = 4;

/** The programme, who stands where today, and what waits. Errors: not_found, relationships.no_ambassadors. */
export function getAmbassadors(infra: Infra, call: Call<typeof getEndpoint>): Promise<OutputOf<typeof getEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getAmbassadorCampaign(tx, workspaceId, input.campaignId);
    const program = await findProgram(tx, workspaceId, campaign);
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const { members, notYet } = await readMembers(infra, tx, { workspaceId, campaignId: campaign.id, timeZone });
    const ambassadors = await standMembers(infra, tx, { workspaceId, campaign, program, timeZone, members });
    const place = (one: Ambassador) => program.tiers.findIndex((tier) => tier.id === one.tier.id);
    return {
      program,
      ambassadors: ambassadors.toSorted((a, b) => place(b) - place(a)),
      notYet,
      asOf: infra.clock.now().toISOString(),
    };
  });
}

interface Standing {
  workspaceId: string;
  campaign: CampaignFacts;
  program: Program;
  timeZone: string;
  members: readonly Member[];
}

/** How members stand today, by the days the next judgement will look at. */
export async function standMembers(infra: Infra, tx: Tx, of: Standing): Promise<Ambassador[]> {
  const { workspaceId, campaign, program, timeZone, members } = of;
  const today = dayIn(timeZone, infra.clock.now());
  const judgedOn = program.nextJudgedOn ?? nextJudgingDay(today, program.judgeDay);
  const whole = windowOf(judgedOn, program);
  // The days to come hold nothing yet.
  const isRunning = today < whole.until;
  const span = { from: whole.from, until: isRunning ? today : whole.until };
  const facts = await measureMembers(infra, tx, { workspaceId, campaign, timeZone, members, span });
  const standings = new Map(
    (await selectStandings(tx, workspaceId, campaign.id)).map((row) => [row.enrolment_id, row]),
  );
  const waitingRows = await selectJudgements(tx, workspaceId, {
    campaignId: campaign.id,
    state: 'waiting',
    limit: waitingMax,
  });
  const waiting = new Map(
    (await presentJudgements(tx, workspaceId, { rows: waitingRows, tiers: program.tiers })).map((one) => [
      one.enrolmentId,
      one,
    ]),
  );
  const moves = Map.groupBy(
    await selectMoves(tx, workspaceId, { campaignId: campaign.id, limit: movesMax }),
    (row) => row.enrolment_id,
  );
  return members.map((member) => {
    const row = standings.get(member.enrolmentId);
    const tier = tierOf(program.tiers, row?.tier_id);
    const own = facts.get(member.enrolmentId) ?? [];
    const isWhole = member.memberSince <= span.from;
    const judged = judgeTier({ tiers: program.tiers, currentId: tier.id, facts: own, isWhole });
    const above = program.tiers[program.tiers.indexOf(tier) + 1];
    return {
      enrolmentId: member.enrolmentId,
      person: { id: member.personId, name: member.name },
      tier: { id: tier.id, name: tier.name },
      since: row?.since ?? member.memberSince,
      memberSince: member.memberSince,
      contractEndsOn: member.contractEndsOn,
      now: evidenceOf(judged, { ...span, memberSince: member.memberSince, isWhole, facts: own }),
      next: above === undefined ? null : (judged.tiers.find((one) => one.tierId === above.id) ?? null),
      waiting: waiting.get(member.enrolmentId) ?? null,
      moves: (moves.get(member.enrolmentId) ?? []).map(toMove),
    };
  });
}

/** What was judged, newest first. Errors: not_found, relationships.no_ambassadors. */
export function listJudgements(infra: Infra, call: Call<typeof listEndpoint>): Promise<Judgement[]> {
  const { workspaceId, input } = call;
  const { campaignId, enrolmentId, limit } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getAmbassadorCampaign(tx, workspaceId, campaignId);
    const { tiers } = await findProgram(tx, workspaceId, campaign);
    const rows = await selectJudgements(tx, workspaceId, { campaignId, enrolmentId, limit });
    return presentJudgements(tx, workspaceId, { rows, tiers });
  });
}

/** Moves between tiers that a member has to decide. */
export async function tierWork(tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const rows = await selectJudgements(tx, workspaceId, { state: 'waiting', limit: waitingMax });
  const judgements = await presentJudgements(tx, workspaceId, { rows, tiers: [] });
  return [...Map.groupBy(judgements, (one) => one.campaignId)].flatMap(([campaignId, all]): OpenWork[] => {
    const [first] = all;
    const common = {
      kind: 'ambassador.to_decide',
      dueOn: null,
      path: `/campaigns/${campaignId}/ambassadors`,
      campaignId,
    };
    if (first !== undefined && all.length > 1) {
      const parts = (['up', 'down'] as const).flatMap((outcome) => {
        const names = all.filter((one) => one.outcome === outcome).map((one) => one.person.name);
        return names.length === 0 ? [] : [`${outcome}: ${sayNames(names)}`];
      });
      const title = `Decide ${all.length} moves between ambassador tiers`;
      return [{ ...common, title, detail: parts.join('; '), since: `${first.judgedOn}T00:00:00.000Z`, personId: null }];
    }
    return all.map((one) => ({
      ...common,
      title: `${one.person.name}: ${one.outcome} from ${one.from.name} to ${one.to.name}?`,
      detail: one.evidence.summary,
      since: `${one.judgedOn}T00:00:00.000Z`,
      personId: one.person.id,
    }));
  });
}

function sayNames(names: readonly string[]): string {
  const sorted = names.toSorted();
  const more = sorted.length - namesMax;
  return `${sorted.slice(0, namesMax).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
