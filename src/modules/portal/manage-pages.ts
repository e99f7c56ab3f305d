import { randomBytes } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { membersOfList } from '#modules/discovery/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import {
  type ApplicationPage,
  type createApplicationPage,
  eligibilitySchema,
  type Funnel,
  type getApplicationPage,
  type listApplicationPages,
  questionSchema,
  type removeApplicationPage,
  type updateApplicationPage,
} from './api.ts';
import { portalError } from './errors.ts';
import { selectLogos } from './queries/application-logos.ts';
import {
  deletePage,
  type FunnelRow,
  funnelDays,
  funnels,
  insertPage,
  type PageRow,
  type PageValues,
  pageById,
  selectPages,
  slugTaken,
  updatePage,
} from './queries/application-pages.ts';
import { questionsFault } from './rules/check-answers.ts';

export function listPages(infra: Infra, call: Call<typeof listApplicationPages>): Promise<{ rows: ApplicationPage[] }> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => ({
    rows: await present(infra, tx, workspaceId, await selectPages(tx, workspaceId)),
  }));
}

export function getPage(
  infra: Infra,
  call: Call<typeof getApplicationPage>,
): Promise<OutputOf<typeof getApplicationPage>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const page = await presentOne(infra, tx, workspaceId, input.pageId);
    const days = await funnelDays(tx, workspaceId, page.id);
    return {
      ...page,
      days: days.map((row) => ({
        day: row.day,
        visit: Number(row.visit),
        start: Number(row.start),
        submit: Number(row.submit),
      })),
    };
  });
}

/** Errors: portal.slug_taken; invalid for questions that do not hold together; not_found for a campaign or list that is not there. */
export function createPage(infra: Infra, call: Call<typeof createApplicationPage>): Promise<ApplicationPage> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await check(tx, workspaceId, input);
    const now = infra.clock.now();
    const id = newId('applicationPage', now.getTime());
    const slug = input.slug ?? (await freeSlug(tx, workspaceId, input.title));
    const values = { ...toValues({ ...input, slug }), invite_code: newCode() };
    if (!(await insertPage(tx, { ...values, workspaceId, id, createdBy: actor.name, now }))) throw slugIsTaken(slug);
    await audit(tx, call, { id, action: 'application_page.made', changes: { title: input.title, slug } });
    return presentOne(infra, tx, workspaceId, id);
  });
}

/** Errors: as createPage. */
export function changePage(infra: Infra, call: Call<typeof updateApplicationPage>): Promise<ApplicationPage> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await pageById(tx, workspaceId, input.pageId);
    if (row === undefined) throw notFound('application page');
    await check(tx, workspaceId, input);
    if (input.slug !== undefined && (await slugTaken(tx, workspaceId, input.slug, row.id)))
      throw slugIsTaken(input.slug);
    const { pageId: _, newInviteCode, ...changes } = input;
    const values = { ...toValues(changes), ...(newInviteCode === true ? { invite_code: newCode() } : {}) };
    await updatePage(tx, row, { ...values, updated_at: infra.clock.now() });
    await audit(tx, call, { id: row.id, action: 'application_page.changed', changes: { fields: Object.keys(values) } });
    return presentOne(infra, tx, workspaceId, row.id);
  });
}

/** Errors: not_found; portal.page_closed when somebody applied: such a page is closed, its applications stay. */
export function removePage(infra: Infra, call: Call<typeof removeApplicationPage>): Promise<null> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await pageById(tx, workspaceId, input.pageId);
    if (row === undefined) throw notFound('application page');
    if (!(await deletePage(tx, row)))
      throw portalError(
        'page_closed',
        'Creators applied on this page, so it stays with what they sent. Close it instead.',
      );
    await audit(tx, call, { id: row.id, action: 'application_page.removed', changes: { title: row.title } });
    return null;
  });
}

type Wish = Partial<Omit<Call<typeof updateApplicationPage>['input'], 'pageId' | 'newInviteCode'>>;

async function check(tx: Tx, workspaceId: string, wish: Wish): Promise<void> {
  const fault = wish.questions === undefined ? null : questionsFault(wish.questions);
  if (fault !== null) throw portalError('invalid', `${fault.field}: ${fault.message}`, [fault]);
  const followers = wish.rules?.followers ?? null;
  if (followers !== null && followers.min !== null && followers.max !== null && followers.min > followers.max)
    throw portalError('invalid', 'The fewest followers are more than the most.', [
      { field: 'rules.followers.min', message: 'is more than the most' },
    ]);
  if (wish.campaignId) await getCampaign(tx, workspaceId, wish.campaignId);
  if (wish.listId && (await membersOfList(tx, workspaceId, wish.listId)) === null) throw notFound('list');
}

function toValues<W extends Wish>(wish: W): Pick<PageValues, 'slug' | 'title'> & PageValues;
function toValues(wish: Wish): Partial<PageValues> {
  const columns: Partial<Record<keyof PageValues, unknown>> = {
    slug: wish.slug,
    title: wish.title,
    intro: wish.intro,
    state: wish.state,
    access: wish.access,
    is_listed: wish.isListed,
    category: wish.category,
    accent: wish.accent,
    closes_on: wish.closesOn,
    questions: wish.questions === undefined ? undefined : JSON.stringify(wish.questions),
    rules: wish.rules === undefined ? undefined : JSON.stringify(wish.rules),
    consent: wish.consent,
    campaign_id: wish.campaignId,
    list_id: wish.listId,
    tags: wish.tags,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

async function freeSlug(tx: Tx, workspaceId: string, title: string): Promise<string> {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  const base = plain === '' ? 'apply' : plain;
  for (let at = 1; at <= 50; at += 1) {
    const slug = at === 1 ? base : `${base}-${at}`;
    if (!(await slugTaken(tx, workspaceId, slug, ''))) return slug;
  }
  return `${base}-${randomBytes(4).toString('hex')}`;
}

function newCode(): string {
  return randomBytes(12).toString('base64url');
}

function slugIsTaken(slug: string) {
  return portalError('slug_taken', `Another page has the address "${slug}".`, [{ field: 'slug', message: 'is taken' }]);
}

async function audit(
  tx: Tx,
  call: Call,
  what: { id: string; action: string; changes: Record<string, unknown> },
): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: what.action,
    subjectKind: 'application_page',
    subjectId: what.id,
    changes: what.changes,
  });
}

/** One page as members see it. Error: not_found. */
export const presentPage = (infra: Infra, tx: Tx, of: { workspaceId: string; pageId: string }) =>
  presentOne(infra, tx, of.workspaceId, of.pageId);

async function presentOne(infra: Infra, tx: Tx, workspaceId: string, pageId: string): Promise<ApplicationPage> {
  const row = await pageById(tx, workspaceId, pageId);
  const [page] = row === undefined ? [] : await present(infra, tx, workspaceId, [row]);
  if (page === undefined) throw notFound('application page');
  return page;
}

async function present(
  infra: Infra,
  tx: Tx,
  workspaceId: string,
  rows: readonly PageRow[],
): Promise<ApplicationPage[]> {
  const { slug } = await getWorkspace(tx, workspaceId);
  const counts = await funnels(tx, workspaceId);
  const logos = await selectLogos(tx, workspaceId);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    slug: row.slug,
    intro: row.intro,
    state: row.state === 'open' || row.state === 'closed' ? row.state : 'draft',
    access: row.access === 'invite' ? 'invite' : 'open',
    isListed: row.is_listed,
    category: row.category,
    accent: row.accent,
    closesOn: row.closes_on,
    questions: questionSchema.array().parse(row.questions),
    rules: eligibilitySchema.parse(row.rules),
    consent: row.consent,
    campaignId: row.campaign_id,
    listId: row.list_id,
    tags: row.tags,
    address: `${infra.config.publicUrl}/p/apply/${slug}/${row.slug}${row.access === 'invite' ? `#${row.invite_code}` : ''}`,
    hasLogo: logos.has(row.id),
    waiting: Number(counts.get(row.id)?.waiting ?? 0n),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    funnel: toFunnel(counts.get(row.id)),
  }));
}

function toFunnel(row: FunnelRow | undefined): Funnel {
  return {
    visit: Number(row?.visit ?? 0n),
    start: Number(row?.start ?? 0n),
    submit: Number(row?.submit ?? 0n),
    approve: Number(row?.approve ?? 0n),
  };
}
