import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { addToRoster, findCampaign } from '#modules/campaigns/index.ts';
import { addProfileTo, getPerson, importCreatorRows, mailPortalLink, updatePersons } from '#modules/creators/index.ts';
import { addToListOf, listsChanged, membersOfList } from '#modules/discovery/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type { Application, approveApplication, rejectApplication } from './api.ts';
import { portalError } from './errors.ts';
import { applicationApproved, applicationRejected, type PortalEventPayload } from './events.ts';
import { type PageRow, pageById } from './queries/application-pages.ts';
import { type ApplicationRow, decideApplication, lockApplication } from './queries/applications.ts';
import { matchesOf, presentApplication, profilesOf } from './review-applications.ts';
import { tellApplicant } from './tell-applicant.ts';

const linkDays = 30;

type Approved = OutputOf<typeof approveApplication>;

/**
 * Takes the applicant up: joined with who is here by account or e-mail, else new; put on the page's campaign and list, tagged, told by mail.
 * Each step can be repeated, the decision is last, so a crash between is mended by approving again.
 * Errors: not_found; portal.answered, suppressed, not_taken_up, not_enrolled when they cannot join the page's campaign.
 */
export async function approve(infra: Infra, call: Call<typeof approveApplication>): Promise<Approved> {
  const { workspaceId } = call;
  const { row, page } = await readWaiting(infra, call);
  const personId = await takeUp(infra, call, { row, page });
  if (page.tags.length > 0)
    await updatePersons(infra, { ...call, input: { personIds: [personId], addTags: page.tags, removeTags: [] } });
  await enrolIn(infra, call, { page, personId });
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const locked = await lockWaiting(tx, workspaceId, row.id);
    await putOnList(infra, tx, { call, page, personId });
    const { link, mailState } = await welcome(infra, tx, { call, row, page, personId });
    const how = { by: call.actor.name, at: infra.clock.now(), reason: null, personId, mailState };
    await decideApplication(tx, locked, { ...how, state: 'approved' });
    await record(infra, tx, { call, row, page, name: applicationApproved, personId });
    const shown = await presentApplication(infra, tx, workspaceId, row.id);
    return { ...shown, portalLink: mailState === 'queued' ? null : link };
  });
}

/** The link to the new creator's own page, mailed to the address they applied with where that was asked for. */
async function welcome(
  infra: Infra,
  tx: Tx,
  {
    call,
    row,
    page,
    personId,
  }: { call: Call<typeof approveApplication>; row: ApplicationRow; page: PageRow; personId: string },
): Promise<{ link: string; mailState: 'queued' | 'off' | 'not_asked' }> {
  const { workspaceId, actor, input } = call;
  const of = { workspaceId, personId, path: '/', days: linkDays, madeBy: actor.name };
  if (!input.isMailed) return { link: await infra.portal.link(tx, of), mailState: 'not_asked' };
  const { name: brand } = await getWorkspace(tx, workspaceId);
  const { link, mail } = await mailPortalLink(infra, tx, {
    ...of,
    brand,
    to: row,
    key: applicant(row).key,
    subject: `Welcome: ${brand}`,
    lines: [input.message.trim(), `${brand} has taken you up: ${page.title}. What comes next stands on your page:`],
  });
  return { link, mailState: mail === 'queued' ? 'queued' : 'off' };
}

/** Errors: not_found; portal.answered. */
export function reject(infra: Infra, call: Call<typeof rejectApplication>): Promise<Application> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockWaiting(tx, workspaceId, input.applicationId);
    const page = await pageById(tx, workspaceId, row.page_id);
    if (page === undefined) throw notFound('application');
    const mailState = await tellApplicant(infra, tx, {
      ...applicant(row),
      isMailed: input.isMailed,
      subject: 'About your application',
      text: (brand) =>
        `Hello ${row.name},\n\nthank you for applying: ${page.title}. ${brand} has decided against it this time.\n\n${input.reason}\n`,
    });
    const how = {
      by: call.actor.name,
      at: infra.clock.now(),
      reason: input.reason,
      personId: row.person_id,
      mailState,
    };
    await decideApplication(tx, row, { ...how, state: 'rejected' });
    await record(infra, tx, { call, row, page, name: applicationRejected, personId: null, reason: input.reason });
    return presentApplication(infra, tx, workspaceId, row.id);
  });
}

async function readWaiting(infra: Infra, call: Call<typeof approveApplication>) {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockWaiting(tx, workspaceId, input.applicationId);
    const page = await pageById(tx, workspaceId, row.page_id);
    if (page === undefined) throw notFound('application');
    return { row, page };
  });
}

async function lockWaiting(tx: Tx, workspaceId: string, applicationId: string): Promise<ApplicationRow> {
  const row = await lockApplication(tx, workspaceId, applicationId);
  if (row === undefined) throw notFound('application');
  if (row.state !== 'waits')
    throw portalError(
      'answered',
      `This application was ${row.state} ${row.decided_by === null ? 'by the rules of the page' : `by ${row.decided_by}`} already.`,
    );
  return row;
}

interface Taking {
  row: ApplicationRow;
  page: PageRow;
}

/** The id of the creator the applicant is from now on. */
async function takeUp(infra: Infra, call: Call<typeof approveApplication>, { row, page }: Taking): Promise<string> {
  const { workspaceId } = call;
  const source = `application: ${page.title}`;
  const matches = await infra.db.inWorkspace(workspaceId, (tx) => matchesOf(tx, workspaceId, [row]));
  const known = matches.get(row.id)?.[0] ?? null;
  const profiles = profilesOf(row);
  if (known !== null) {
    const person = await infra.db.inWorkspace(workspaceId, (tx) => getPerson(tx, workspaceId, known.personId));
    for (const { platform, handle } of profiles) {
      // One that is theirs already, or somebody else's by now, is passed over: the match is by another account or the e-mail.
      await addProfileTo(infra, { ...call, input: { personId: person.id, platform, handle } }).catch(
        (error: unknown) => {
          if (!isTaken(error)) throw error;
        },
      );
    }
    return person.id;
  }
  const outcome = await importCreatorRows(infra, {
    workspaceId,
    rows: [
      {
        key: row.id,
        name: row.name,
        emails: [row.email],
        ...(row.country === null ? {} : { country: row.country }),
        profiles: profiles.map(({ platform, handle, followers }) => ({
          platform,
          handle,
          ...(followers === null ? {} : { followers }),
        })),
      },
    ],
    source,
    observedAt: row.submitted_at,
    keyScope: 'application',
  });
  if (outcome.skipped > 0)
    throw portalError(
      'suppressed',
      'Somebody with this account or e-mail asked never to be kept here, so they cannot be taken up.',
    );
  const [personId] = outcome.personIds;
  const [fault] = outcome.errors;
  if (fault !== undefined || personId == null)
    throw portalError('not_taken_up', `The creator could not be made: ${fault?.message ?? 'nothing was kept'}`);
  return personId;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'creators.handle_taken';
}

async function enrolIn(
  infra: Infra,
  call: Call<typeof approveApplication>,
  { page, personId }: { page: PageRow; personId: string },
): Promise<void> {
  const { campaign_id: campaignId } = page;
  if (campaignId === null) return;
  const campaign = await infra.db.inWorkspace(call.workspaceId, (tx) => findCampaign(tx, call.workspaceId, campaignId));
  if (campaign === null || campaign.state === 'archived') return;
  const input = { campaignId, personIds: [personId], handles: [], fee: null, productCost: null };
  const { refused } = await addToRoster(infra, { ...call, input });
  const [fault] = refused;
  if (fault !== undefined)
    throw portalError('not_enrolled', `Not approved, since they cannot join "${campaign.name}". ${fault.message}`);
}

async function putOnList(
  infra: Infra,
  tx: Tx,
  { call, page, personId }: { call: Call; page: PageRow; personId: string },
): Promise<void> {
  const { workspaceId, actor } = call;
  const { list_id: listId } = page;
  if (listId === null || (await membersOfList(tx, workspaceId, listId)) === null) return;
  const added = await addToListOf(infra, tx, { workspaceId, listId, personIds: [personId], note: null, actor });
  if (added > 0) await infra.outbox.emit(tx, { workspaceId, name: listsChanged, payload: { listId } });
}

function applicant(row: ApplicationRow) {
  return { workspaceId: row.workspace_id, email: row.email, name: row.name, key: `application:${row.id}` };
}

interface Recording {
  call: Call;
  row: ApplicationRow;
  page: PageRow;
  name: string;
  personId: string | null;
  reason?: string;
}

async function record(infra: Infra, tx: Tx, { call, row, page, name, personId, reason }: Recording): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: name,
    subjectKind: 'application',
    subjectId: row.id,
    changes: { page: page.title, ...(reason === undefined ? {} : { reason }) },
  });
  const payload: PortalEventPayload = {
    actorName: actor.name,
    applicationId: row.id,
    pageId: page.id,
    ...(personId === null ? {} : { personId }),
    ...(page.campaign_id === null ? {} : { campaignId: page.campaign_id }),
    ...(reason === undefined ? {} : { reason }),
  };
  await infra.outbox.emit(tx, { workspaceId, name, payload });
}
