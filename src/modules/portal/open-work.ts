import type { Tx } from '#infra/db/database.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { selectPages } from './queries/application-pages.ts';
import { selectApplications } from './queries/applications.ts';
import { selectLinks } from './queries/links.ts';
import { openDeletions, selectProofs } from './queries/own-data.ts';

const eachMax = 50;

/** What waits for a member here: applications, figures handed in, wishes for deletion, and who needs a new link. */
export async function openWork(tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const applications = await selectApplications(tx, { workspaceId, state: 'waits', limit: eachMax, after: null });
  const proofs = await selectProofs(tx, { workspaceId, state: 'waits', limit: eachMax, after: null });
  const deletions = await openDeletions(tx, workspaceId);
  const links = await selectLinks(tx, { workspaceId, isWaiting: true, limit: eachMax, after: null });
  const personIds = [...proofs, ...deletions, ...links].map((row) => row.person_id);
  const cards = await readPersonCards(tx, workspaceId, personIds);
  const nameOf = (personId: string) => cards.get(personId)?.name ?? 'A creator';
  const pages = new Map((await selectPages(tx, workspaceId)).map((page) => [page.id, page]));
  const work: OpenWork[] = applications.map((row) => ({
    kind: 'application.to_review',
    title: `${row.name} applied`,
    detail: pages.get(row.page_id)?.title ?? null,
    since: row.submitted_at.toISOString(),
    dueOn: null,
    path: `/settings/applications?open=${row.id}`,
    campaignId: pages.get(row.page_id)?.campaign_id ?? null,
    personId: null,
  }));
  for (const row of proofs)
    work.push({
      kind: 'portal_proof.to_review',
      title: `${nameOf(row.person_id)} sent figures of ${row.platform}`,
      detail: `@${row.handle}, taken on ${row.taken_on}`,
      since: row.created_at.toISOString(),
      dueOn: null,
      path: '/settings/portal?tab=figures',
      campaignId: null,
      personId: row.person_id,
    });
  for (const row of deletions)
    work.push({
      kind: 'portal.deletion_to_do',
      title: `${nameOf(row.person_id)} asks to be erased`,
      detail: row.reason === '' ? null : row.reason,
      since: row.asked_at.toISOString(),
      dueOn: null,
      path: '/settings/portal?tab=deletions',
      campaignId: null,
      personId: row.person_id,
    });
  for (const row of links)
    work.push({
      kind: 'portal_link.to_make',
      title: `${nameOf(row.person_id)} needs a new portal link`,
      detail: 'It could not be sent by mail, or the old one was taken back',
      since: row.asked_at?.toISOString() ?? null,
      dueOn: null,
      path: `/settings/portal?person=${row.person_id}`,
      campaignId: null,
      personId: row.person_id,
    });
  return work;
}
