import { timingSafeEqual } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import { parseHandle } from '#modules/creators/index.ts';
import type { VisitorSalts } from '#modules/tracking/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  type Eligibility,
  eligibilitySchema,
  type openApplicationPage,
  type PublicPage,
  questionSchema,
  type sendApplication,
  type startApplication,
  type uploadApplicationFile,
} from './api.ts';
import { portalError } from './errors.ts';
import { applicationReceived, applicationRejected, type PortalEventPayload } from './events.ts';
import { selectLogos } from './queries/application-logos.ts';
import { countVisit, type FoundPage, pageByAddress } from './queries/application-pages.ts';
import {
  type ApplicationRow,
  claimFiles,
  holdPage,
  insertFile,
  type NewApplication,
  putApplication,
  sameApplicant,
} from './queries/applications.ts';
import { checkAnswers } from './rules/check-answers.ts';
import { checkEligibility, type Finding, sayForWhom, verdictOf } from './rules/check-eligibility.ts';
import { tellDeclined } from './tell-applicant.ts';
import type { TryLimit } from './try-limits.ts';

const fileBytesMax = 10 * 1024 * 1024;
const earlierMax = 10;
const plainConsent = (brand: string) => `${brand} may keep what I send here to decide on my application.`;
const received = 'Thank you. You will hear from us by mail.';

export interface ApplyParts {
  infra: Infra;
  salts: VisitorSalts;
  /** By address, a minute. */
  limit: TryLimit;
  /** By address, an hour: applications and files. */
  sendLimit: TryLimit;
}

/** What the page asks; counts the visit. Error: not_found, also for a draft. */
export async function openPage(parts: ApplyParts, call: Call<typeof openApplicationPage>): Promise<PublicPage> {
  await parts.limit(call.remoteAddress);
  const { page, state, rules } = await find(parts.infra, call.input);
  await count(parts, call, page, 'visit');
  const isShown = state !== 'invite_needed';
  return {
    brandName: page.brand_name,
    title: page.title,
    intro: page.intro,
    accent: page.accent,
    hasLogo: await hasLogo(parts.infra, page),
    state,
    closesOn: page.closes_on,
    questions: isShown ? questionSchema.array().parse(page.questions) : [],
    platforms: rules.platforms?.anyOf ?? [],
    asksAdult: rules.adult !== null,
    consent: page.consent === '' ? plainConsent(page.brand_name) : page.consent,
  };
}

const hasLogo = (infra: Infra, page: FoundPage) =>
  infra.db.inWorkspace(page.workspace_id, async (tx) => (await selectLogos(tx, page.workspace_id)).has(page.id));

/** Counted once per visitor and day. Errors: as openPage, page_closed, invite_needed. */
export async function startOne(parts: ApplyParts, call: Call<typeof startApplication>): Promise<null> {
  await parts.limit(call.remoteAddress);
  const { page } = await findOpen(parts.infra, call.input);
  await count(parts, call, page, 'start');
  return null;
}

/** Errors: as startOne; files.not_accepted; portal.invalid for a question that takes no file. */
export async function takeFile(
  parts: ApplyParts,
  call: Call<typeof uploadApplicationFile>,
): Promise<{ fileId: string; name: string }> {
  const { infra } = parts;
  await parts.sendLimit(call.remoteAddress);
  const { page } = await findOpen(infra, call.input);
  const question = questionSchema
    .array()
    .parse(page.questions)
    .find((one) => one.id === call.input.questionId);
  if (question?.kind !== 'file')
    throw portalError('invalid', 'questionId: takes no file', [{ field: 'questionId', message: 'takes no file' }]);
  const file = await infra.files.keep(page.workspace_id, {
    content: call.request.body,
    name: decodeURIComponent(call.request.headers.get('rapport-file-name') ?? 'file'),
    accept: ['image', 'pdf'],
    bytesMax: fileBytesMax,
    by: 'An applicant',
  });
  const row = { workspaceId: page.workspace_id, fileId: file.id, pageId: page.id, questionId: question.id };
  await infra.db.inWorkspace(page.workspace_id, (tx) => insertFile(tx, { ...row, at: infra.clock.now() }));
  return { fileId: file.id, name: file.name };
}

type Sent = OutputOf<typeof sendApplication>;

/**
 * Keeps an application and says what the page's rules make of it. The same e-mail or account again, while it waits, takes the place of the
 * first, which is kept beside it. Errors: portal.invalid with every field at fault; page_closed, invite_needed, answered, too_many_tries.
 */
export async function apply(parts: ApplyParts, call: Call<typeof sendApplication>): Promise<Sent> {
  const { infra } = parts;
  await parts.sendLimit(call.remoteAddress);
  const { page, rules } = await findOpen(infra, call.input);
  // A program filled in what people do not see: it is told the same, and nothing is kept.
  if (call.input.companyFax !== '') return { state: 'received', message: received };
  const ready = readInput(call.input, { page, asksAdult: rules.adult !== null });
  const findings = checkEligibility(rules, ready);
  const state = verdictOf(findings) === 'reject' ? 'rejected' : 'waits';
  const workspaceId = page.workspace_id;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    await holdPage(tx, workspaceId, page.id);
    await keep(infra, tx, { page, ready, rules, findings, state });
  });
  await count(parts, call, page, 'submit');
  if (state === 'waits') return { state: 'received', message: received };
  return { state: 'declined', message: declinedText(rules, findings) };
}

interface Ready extends Pick<NewApplication, 'name' | 'email' | 'country' | 'isAdult' | 'answers' | 'consentText'> {
  profiles: (NewApplication['profiles'][number] & {
    platform: 'instagram' | 'tiktok' | 'youtube' | 'pinterest' | 'blog';
  })[];
  files: { questionId: string; fileId: string }[];
}

function readInput(input: Call<typeof sendApplication>['input'], of: { page: FoundPage; asksAdult: boolean }): Ready {
  const { page } = of;
  const checked = checkAnswers(questionSchema.array().parse(page.questions), input.answers);
  const faults = [...checked.faults];
  const profiles: Ready['profiles'] = [];
  input.profiles.forEach((profile, at) => {
    const parsed = parseHandle(profile.handle, profile.platform);
    if (!parsed.ok) faults.push({ field: `profiles.${at}.handle`, message: parsed.message });
    else if (parsed.value.platform !== profile.platform)
      faults.push({ field: `profiles.${at}.handle`, message: `is an address on ${parsed.value.platform}` });
    else profiles.push({ ...profile, handle: parsed.value.handle, key: parsed.value.key });
  });
  if (of.asksAdult && input.isAdult === null) faults.push({ field: 'isAdult', message: 'needs an answer' });
  if (!input.hasConsented)
    faults.push({ field: 'hasConsented', message: 'Without it we may not keep your application' });
  const [first] = faults;
  if (first !== undefined) throw portalError('invalid', `${first.field}: ${first.message}`, faults);
  return {
    name: input.name,
    email: input.email.toLowerCase(),
    country: input.country,
    isAdult: of.asksAdult ? input.isAdult : null,
    profiles,
    answers: checked.answers,
    files: checked.fileIds,
    consentText: page.consent === '' ? plainConsent(page.brand_name) : page.consent,
  };
}

interface Keeping {
  page: FoundPage;
  ready: Ready;
  rules: Eligibility;
  findings: Finding[];
  state: 'waits' | 'rejected';
}

async function keep(infra: Infra, tx: Tx, { page, ready, rules, findings, state }: Keeping): Promise<void> {
  const { workspace_id: workspaceId, id: pageId } = page;
  const at = infra.clock.now();
  const keys = ready.profiles.map((profile) => `${profile.platform}:${profile.key}`);
  const before = await sameApplicant(tx, { workspaceId, pageId, email: ready.email, keys });
  if (before !== undefined && before.state === 'approved')
    throw portalError('answered', 'You have applied here before and were taken up. Write to the brand.');
  const isAgain = before?.state === 'waits';
  const id = isAgain ? before.id : newId('application', at.getTime());
  const { files, ...values } = ready;
  const reason = state === 'rejected' ? declinedText(rules, findings) : null;
  const mailState = reason === null ? null : await tellDeclined(infra, tx, { page, email: ready.email, reason });
  const claimed = await claimLater(tx, {
    row: {
      ...values,
      workspaceId,
      id,
      pageId,
      state,
      findings,
      earlier: isAgain ? [...earlierOf(before), asEarlier(before)].slice(-earlierMax) : [],
      at,
      decidedReason: reason,
      mailState,
    },
    files,
  });
  const strange = files.find((file) => !claimed.has(file.fileId));
  if (strange !== undefined)
    throw portalError('invalid', 'The file is no longer here. Send it again.', [
      { field: `answers.${strange.questionId}`, message: 'Send the file again' },
    ]);
  if (isAgain) return;
  const payload: PortalEventPayload = {
    actorName: ready.name,
    applicationId: id,
    pageId,
    ...(page.campaign_id === null ? {} : { campaignId: page.campaign_id }),
  };
  await infra.outbox.emit(tx, { workspaceId, name: applicationReceived, payload });
  if (reason !== null) {
    const told = { ...payload, reason };
    await infra.outbox.emit(tx, { workspaceId, name: applicationRejected, payload: told });
  }
}

/** Files belong to an application, so it stands first. */
async function claimLater(tx: Tx, of: { row: NewApplication; files: Ready['files'] }): Promise<Set<string>> {
  await putApplication(tx, of.row);
  const { workspaceId, pageId, id } = of.row;
  return claimFiles(tx, { workspaceId, pageId, applicationId: id, files: of.files });
}

function earlierOf(row: ApplicationRow): unknown[] {
  return Array.isArray(row.earlier) ? row.earlier : [];
}

function asEarlier(row: ApplicationRow): Record<string, unknown> {
  const { name, email, country, profiles, answers } = row;
  return { name, email, country, profiles, answers, submittedAt: row.submitted_at.toISOString() };
}

function declinedText(rules: Eligibility, findings: readonly Finding[]): string {
  return `Thank you for asking. This program is for creators ${sayForWhom(rules, findings)}.`;
}

interface Address {
  workspaceSlug: string;
  pageSlug: string;
  inviteCode: string;
}

async function find(infra: Infra, at: Address) {
  const page = await infra.db.asSystem((tx) => pageByAddress(tx, at.workspaceSlug, at.pageSlug));
  if (page === undefined) throw notFound('application page');
  const { timeZone } = await infra.db.inWorkspace(page.workspace_id, (tx) => getWorkspace(tx, page.workspace_id));
  const isOver = page.closes_on !== null && page.closes_on < dayIn(timeZone, infra.clock.now());
  const isInvited = page.access === 'open' || sameText(at.inviteCode, page.invite_code);
  const state: PublicPage['state'] =
    page.state === 'closed' || isOver ? 'closed' : isInvited ? 'open' : 'invite_needed';
  return { page, state, rules: eligibilitySchema.parse(page.rules) };
}

async function findOpen(infra: Infra, at: Address) {
  const found = await find(infra, at);
  if (found.state === 'closed') throw portalError('page_closed', 'This page takes no applications any more.');
  if (found.state === 'invite_needed')
    throw portalError(
      'invite_needed',
      'This page is for whom the brand invites. Open it by the whole link you were sent.',
    );
  return found;
}

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A visitor is a hash of address and browser under a salt that is forgotten after two days; no cookie. */
async function count(
  { infra, salts }: ApplyParts,
  call: Pick<Call, 'request' | 'remoteAddress'>,
  page: FoundPage,
  step: 'visit' | 'start' | 'submit',
): Promise<void> {
  const now = infra.clock.now();
  const userAgent = call.request.headers.get('user-agent') ?? '';
  const visitor = salts.hash(now.getTime(), call.remoteAddress, userAgent, page.workspace_id);
  const of = { workspaceId: page.workspace_id, pageId: page.id, day: now.toISOString().slice(0, 10), step, visitor };
  await infra.db.inWorkspace(page.workspace_id, (tx) => countVisit(tx, of));
}
