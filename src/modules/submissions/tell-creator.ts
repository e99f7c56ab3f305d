import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { readContacts } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Frame } from './frame.ts';
import type { SubmissionThread } from './queries/submissions.ts';
import { type CreatorNews, mailOfNews, oneLine } from './rules/say-to-creator.ts';

const linkDays = 30;
/** What came in from files may be no address at all; such a creator sees it in the portal. */
const address = z.email().max(254);

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
    name: string;
    news: Pick<CreatorNews, 'title' | 'what' | 'note' | 'hasNewCaption'>;
    /** Tells this news from others of the same draft. */
    key: string;
  },
): Promise<void> {
  const { frame, thread, news } = of;
  const { workspaceId } = frame;
  if (!(await infra.mail.isOn(tx, workspaceId, 'transactional'))) return;
  const [contact] = await readContacts(tx, workspaceId, [thread.person_id]);
  const to = contact?.emails.find((one) => address.safeParse(one).success);
  if (to === undefined) return;
  const path = `/submissions/${thread.deliverable_id}`;
  const personId = thread.person_id;
  const url = await infra.portal.link(tx, { workspaceId, personId, path, days: linkDays, madeBy: frame.actor.name });
  const { name: brand } = await getWorkspace(tx, workspaceId);
  await infra.mail.queue(tx, {
    workspaceId,
    to,
    toName: oneLine(of.name),
    personId,
    kind: 'transactional',
    isSecret: true,
    key: `submission/${thread.id}/${of.key}`,
    ...mailOfNews({ ...news, name: of.name, brand, url }),
  });
}
