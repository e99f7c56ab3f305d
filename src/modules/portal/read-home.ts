import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { byUrgency, type PortalTask } from '#kernel/portal-task.ts';
import { dayMs } from '#kernel/time.ts';
import { portalTasks as briefTasks } from '#modules/campaigns/index.ts';
import { portalTasks as contentTasks } from '#modules/content/index.ts';
import { portalTasks as contractTasks } from '#modules/contracts/index.ts';
import { noteOwnVisit } from '#modules/fraud/index.ts';
import { portalTasks as relationshipTasks } from '#modules/relationships/index.ts';
import { portalTasks as seedingTasks } from '#modules/seeding/index.ts';
import { portalTasks as submissionTasks } from '#modules/submissions/index.ts';
import type { VisitorSalts } from '#modules/tracking/index.ts';
import type { getPortalHome, PortalHome } from './api.ts';
import { campaignsOf } from './read-campaigns.ts';
import { whoIsIn } from './who-is-in.ts';

interface Who {
  workspaceId: string;
  personId: string;
}

/** A module's answer to "what has this creator to do?". */
type TaskSource = (infra: Infra, tx: Tx, who: Who) => Promise<PortalTask[]>;

/** The one list of who is asked. */
const sources: TaskSource[] = [
  ownTasks,
  contractTasks,
  submissionTasks,
  contentTasks,
  seedingTasks,
  (_infra, tx, who) => briefTasks(tx, who.workspaceId, who.personId),
  (_infra, tx, who) => relationshipTasks(tx, who.workspaceId, who.personId),
];

const urgentMs = 2 * dayMs;

/** Everything the creator has to do with this brand, most urgent first. */
export async function readHome(
  { infra, salts }: { infra: Infra; salts: VisitorSalts },
  call: Call<typeof getPortalHome>,
): Promise<PortalHome> {
  const { workspaceId, actor } = call;
  const inside = await whoIsIn(infra, call.request);
  const isPreview = inside !== null && inside.session.preview_user_id !== null;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    // A member who looks at the portal is not the creator on their own device.
    if (!isPreview)
      await noteOwnVisit(tx, {
        workspaceId,
        personId: actor.id,
        at: infra.clock.now(),
        address: call.remoteAddress,
        userAgent: call.request.headers.get('user-agent') ?? '',
        salts,
      });
    const tasks: PortalTask[] = [];
    for (const source of sources) tasks.push(...(await source(infra, tx, { workspaceId, personId: actor.id })));
    return { tasks: tasks.sort(byUrgency).map((task) => ({ ...task, dueAt: task.dueAt?.toISOString() ?? null })) };
  });
}

/** Invitations without an answer. */
async function ownTasks(infra: Infra, tx: Tx, who: Who): Promise<PortalTask[]> {
  const nowMs = infra.clock.now().getTime();
  return (await campaignsOf(infra, tx, who))
    .filter((campaign) => campaign.invitation?.state === 'open' && !campaign.isOver)
    .map((campaign) => {
      const { respondBy } = campaign.invitation ?? { respondBy: null };
      const dueAt = respondBy === null ? null : new Date(`${respondBy}T23:59:59Z`);
      return {
        kind: 'invitation.answer',
        title: `You are invited: ${campaign.name}`,
        detail: 'See what it is about and say yes or no',
        dueAt,
        path: `/campaigns/${campaign.enrolmentId}`,
        campaignId: campaign.campaignId,
        isUrgent: dueAt !== null && dueAt.getTime() - nowMs < urgentMs,
      };
    });
}
