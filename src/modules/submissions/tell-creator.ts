import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { mailPortalLink } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Frame } from './frame.ts';
import type { SubmissionThread } from './queries/submissions.ts';
import { type CreatorNews, mailOfNews } from './rules/say-to-creator.ts';

const linkDays = 30;

/**
 * Tells a creator by mail what became of a draft, with a link into the portal; the same news once. Nothing is sent where no address or no way
 * of sending is known: it stands in the portal all the same.
 */
export async function tellCreator(
  infra: Infra,
  tx: Tx,
  of: {
    frame: Frame;
    thread: SubmissionThread;
    news: Omit<CreatorNews, 'brand'>;
    /** Tells this news from others of the same draft. */
    key: string;
  },
): Promise<void> {
  const { frame, thread, news } = of;
  const { workspaceId } = frame;
  if (!(await infra.mail.isOn(tx, workspaceId, 'transactional'))) return;
  const { name: brand } = await getWorkspace(tx, workspaceId);
  await mailPortalLink(infra, tx, {
    workspaceId,
    personId: thread.person_id,
    madeBy: frame.actor.name,
    path: `/submissions/${thread.deliverable_id}`,
    days: linkDays,
    key: `submission/${thread.id}/${of.key}`,
    ...mailOfNews({ ...news, brand }),
  });
}
