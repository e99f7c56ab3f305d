import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { tierProposed } from '../events.ts';
import {
  insertJudgements,
  lockProgram,
  type ProgramRow,
  selectDuePrograms,
  selectStandings,
  setNextJudging,
  supersede,
} from '../queries/ambassadors.ts';
import { evidenceOf, judgeTier } from '../rules/judge-tier.ts';
import { nextJudgingDay, windowOf } from '../rules/judging-days.ts';
import { tierOf, tiersOf } from './programs.ts';
import { type Member, measureMembers, readMembers } from './read-members.ts';

const programsMax = 200;
/** Days of judging made up for after a long stop of the program; three years of months. */
const daysMax = 36;

const machine: Actor = { kind: 'system', id: 'system', name: 'Rapport' };

export function defineTierJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'relationships.judge-tiers',
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 300,
    cron: '*/5 * * * *',
    handle: async () => void (await judgeDueTiers(infra)),
  });
}

/** Judges every programme whose day has come, each day once, also those missed while the program stood still. Returns how many ambassadors were judged. */
export async function judgeDueTiers(infra: Infra): Promise<number> {
  // Somewhere it is tomorrow already; each programme asks its own calendar below.
  const until = addDays(infra.clock.now().toISOString().slice(0, 10), 1);
  const due = await infra.db.asSystem((tx) => selectDuePrograms(tx, { until, limit: programsMax }));
  let count = 0;
  for (const { workspace_id: workspaceId, campaign_id: campaignId } of due) {
    for (let turn = 0; turn < daysMax; turn += 1) {
      const judged = await infra.db.inWorkspace(workspaceId, (tx) => judgeNext(infra, tx, { workspaceId, campaignId }));
      if (judged === null) break;
      count += judged;
    }
  }
  return count;
}

/** Judges the next day that is due; null when none is. */
async function judgeNext(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaignId: string },
): Promise<number | null> {
  const { workspaceId, campaignId } = of;
  const program = await lockProgram(tx, workspaceId, campaignId);
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const today = dayIn(timeZone, infra.clock.now());
  if (program === undefined || !program.is_on || program.next_judged_on > today) return null;
  const judgedOn = program.next_judged_on;
  await setNextJudging(tx, workspaceId, { campaignId, on: nextJudgingDay(judgedOn, program.judge_day) });
  const campaign = await findCampaign(tx, workspaceId, campaignId);
  // A campaign that is over judges nobody: its last days are looked at on the first day of judging after them.
  const lastDay = campaign === null ? null : nextJudgingDay(campaign.endsOn, program.judge_day);
  if (campaign === null || lastDay === null || judgedOn > lastDay || campaign.state === 'archived') return 0;
  const span = windowOf(judgedOn, { windowMonths: program.window_months, judgeDay: program.judge_day });
  const { members } = await readMembers(infra, tx, { workspaceId, campaignId, timeZone });
  const there = members.filter((member) => member.memberSince < judgedOn);
  const facts = await measureMembers(infra, tx, { workspaceId, campaign, timeZone, members: there, span });
  const standing = new Map(
    (await selectStandings(tx, workspaceId, campaignId)).map((row) => [row.enrolment_id, row.tier_id]),
  );
  const tiers = tiersOf(program);
  const rows = there.map((member) => {
    const current = tierOf(tiers, standing.get(member.enrolmentId));
    const own = facts.get(member.enrolmentId) ?? [];
    const isWhole = member.memberSince <= span.from;
    const judged = judgeTier({ tiers, currentId: current.id, facts: own, isWhole });
    const evidence = evidenceOf(judged, { ...span, memberSince: member.memberSince, isWhole, facts: own });
    return { member, judged, row: rowOf(infra, { program, member, judged, judgedOn, fromTier: current.id, evidence }) };
  });
  await supersede(tx, workspaceId, { enrolmentIds: there.map((member) => member.enrolmentId), before: judgedOn });
  const made = await insertJudgements(
    tx,
    rows.map((one) => one.row),
  );
  for (const { member, judged, row } of rows) {
    if (!made.has(row.id) || row.state !== 'waiting') continue;
    await infra.outbox.emit(tx, {
      workspaceId,
      name: tierProposed,
      payload: {
        personId: member.personId,
        actorName: machine.name,
        campaignId,
        enrolmentId: member.enrolmentId,
        fromTier: tierOf(tiers, row.from_tier).name,
        toTier: tierOf(tiers, row.to_tier).name,
        outcome: judged.outcome,
        reason: judged.summary,
      },
    });
  }
  return made.size;
}

function rowOf(
  infra: Infra,
  of: {
    program: ProgramRow;
    member: Member;
    judged: ReturnType<typeof judgeTier>;
    judgedOn: string;
    fromTier: string;
    evidence: ReturnType<typeof evidenceOf>;
  },
) {
  const { program, member, judged } = of;
  const at = infra.clock.now();
  return {
    workspace_id: program.workspace_id,
    id: newId('ambassadorJudgement', at.getTime()),
    campaign_id: program.campaign_id,
    enrolment_id: member.enrolmentId,
    person_id: member.personId,
    judged_on: of.judgedOn,
    judged_at: at,
    program_version: program.version,
    from_tier: of.fromTier,
    to_tier: judged.toId,
    outcome: judged.outcome,
    evidence: JSON.stringify(of.evidence),
    state: judged.outcome === 'up' || judged.outcome === 'down' ? 'waiting' : 'settled',
  };
}
