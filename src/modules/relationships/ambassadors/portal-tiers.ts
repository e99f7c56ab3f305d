import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { findCampaign, listEnrolmentsOfPerson } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { listPortalTiers as listEndpoint, PortalTier } from '../api.ts';
import { findProgram, tierOf } from './programs.ts';
import { standMembers } from './read-ambassadors.ts';
import { readMembers } from './read-members.ts';

/** Where this creator stands in each programme that is saved and on; what is proposed and not decided yet is not told. */
export function listPortalTiers(infra: Infra, call: Call<typeof listEndpoint>): Promise<PortalTier[]> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const enrolments = await listEnrolmentsOfPerson(tx, workspaceId, { personId: actor.id, clock: infra.clock });
    const shown: PortalTier[] = [];
    for (const enrolment of enrolments.filter((one) => one.removedAt === null)) {
      const campaign = await findCampaign(tx, workspaceId, enrolment.campaignId);
      if (campaign === null || campaign.model !== 'ambassadorship') continue;
      const program = await findProgram(tx, workspaceId, campaign);
      if (program.version === 0) continue;
      const all = await readMembers(infra, tx, { workspaceId, campaignId: campaign.id, timeZone });
      const members = all.members.filter((member) => member.enrolmentId === enrolment.id);
      const [mine] = await standMembers(infra, tx, { workspaceId, campaign, program, timeZone, members });
      if (mine === undefined) continue;
      const { needs: _, ...tier } = tierOf(program.tiers, mine.tier.id);
      const above = program.tiers.find((one) => one.id === mine.next?.tierId);
      shown.push({
        campaign: { id: campaign.id, name: campaign.name },
        tier,
        since: mine.since,
        tiers: program.tiers.map(({ id, name, gives }) => ({ id, name, gives, isMine: id === tier.id })),
        next:
          mine.next === null || above === undefined
            ? null
            : { name: above.name, gives: above.gives, needs: mine.next.needs },
        facts: mine.now.facts.map(({ rows: __, more: ___, ...fact }) => fact),
        from: mine.now.from,
        judgedOn: program.nextJudgedOn,
        moves: mine.moves.map(({ judgementId: __, by: ___, ...move }) => move),
      });
    }
    return shown;
  });
}
