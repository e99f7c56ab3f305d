import { stringify } from 'csv-stringify/sync';
import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { Page } from '#kernel/page.ts';
import { matchContacts, readPersonCards } from '#modules/creators/index.ts';
import {
  type Application,
  answersSchema,
  applicantProfileSchema,
  applicationSchema,
  type exportApplications,
  type getApplication,
  type getApplicationFile,
  type listApplications,
  questionSchema,
} from './api.ts';
import { type PageRow, selectPages } from './queries/application-pages.ts';
import { type ApplicationRow, isFileOf, lockApplication, selectApplications } from './queries/applications.ts';

const exportMax = 20_000;

export function pageApplications(infra: Infra, call: Call<typeof listApplications>): Promise<Page<Application>> {
  const { workspaceId, input } = call;
  const { limit, cursor, ...filter } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectApplications(tx, { ...filter, workspaceId, limit: limit + 1, after: cursor ?? null });
    const page = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
    return { rows: await presentApplications(infra, tx, workspaceId, page), nextCursor };
  });
}

export function readApplication(infra: Infra, call: Call<typeof getApplication>): Promise<Application> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, (tx) => presentApplication(infra, tx, workspaceId, input.applicationId));
}

export async function presentApplication(
  infra: Infra,
  tx: Tx,
  workspaceId: string,
  applicationId: string,
): Promise<Application> {
  const row = await lockApplication(tx, workspaceId, applicationId);
  const [shown] = row === undefined ? [] : await presentApplications(infra, tx, workspaceId, [row]);
  if (shown === undefined) throw notFound('application');
  return shown;
}

export function openFile(infra: Infra, call: Call<typeof getApplicationFile>): Promise<Download> {
  const { workspaceId, input, request } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await isFileOf(tx, workspaceId, input.applicationId, input.fileId))) throw notFound('file');
    return infra.files.download(await infra.files.get(tx, workspaceId, input.fileId), { request, isShown: true });
  });
}

/** One row an application, one column a question. A cell that a spreadsheet would take for a formula gets an apostrophe. */
export function exportCsv(infra: Infra, call: Call<typeof exportApplications>): Promise<Download> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectApplications(tx, { ...input, workspaceId, limit: exportMax, after: null });
    const shown = await presentApplications(infra, tx, workspaceId, rows);
    const labels = [...new Set(shown.flatMap((row) => row.answers.map((answer) => answer.label)))];
    const head = [
      'page',
      'state',
      'name',
      'email',
      'country',
      'accounts',
      'followers as stated',
      'sent',
      'decided',
      'reason',
      ...labels,
    ];
    const body = shown.map((row) => [
      row.pageTitle,
      row.state,
      row.name,
      row.email,
      row.country ?? '',
      row.profiles.map((profile) => `${profile.platform}: ${profile.handle}`).join(', '),
      row.profiles.map((profile) => profile.followers ?? '').join(', '),
      row.submittedAt,
      row.decidedAt ?? '',
      row.decidedReason ?? '',
      ...labels.map((label) => {
        const answer = row.answers.find((one) => one.label === label);
        const value = answer?.fileName ?? answer?.value ?? '';
        return Array.isArray(value) ? value.join(', ') : value;
      }),
    ]);
    const cells = [head, ...body].map((cellsOf) => cellsOf.map((cell) => harmless(String(cell))));
    return { fileName: 'applications.csv', contentType: 'text/csv; charset=utf-8', body: `\uFEFF${stringify(cells)}` };
  });
}

function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

export async function presentApplications(
  infra: Infra,
  tx: Tx,
  workspaceId: string,
  rows: readonly ApplicationRow[],
): Promise<Application[]> {
  if (rows.length === 0) return [];
  const pages = new Map((await selectPages(tx, workspaceId)).map((page) => [page.id, page]));
  const matches = await matchesOf(
    tx,
    workspaceId,
    rows.filter((row) => row.state === 'waits'),
  );
  const shown: Application[] = [];
  for (const row of rows) {
    const page = pages.get(row.page_id);
    if (page === undefined) continue;
    shown.push({
      id: row.id,
      pageId: row.page_id,
      pageTitle: page.title,
      state: row.state === 'approved' || row.state === 'rejected' ? row.state : 'waits',
      name: row.name,
      email: row.email,
      country: row.country,
      isAdult: row.is_adult,
      profiles: applicantProfileSchema.array().parse(row.profiles),
      answers: await answersOf(infra, tx, row, page),
      findings: applicationSchema.shape.findings.parse(row.findings),
      consentText: row.consent_text,
      earlier: Array.isArray(row.earlier) ? row.earlier.length : 0,
      matches: matches.get(row.id) ?? [],
      personId: row.person_id,
      submittedAt: row.submitted_at.toISOString(),
      decidedAt: row.decided_at?.toISOString() ?? null,
      decidedBy: row.decided_by,
      decidedReason: row.decided_reason,
      mailState: applicationSchema.shape.mailState.parse(row.mail_state),
    });
  }
  return shown;
}

async function answersOf(infra: Infra, tx: Tx, row: ApplicationRow, page: PageRow): Promise<Application['answers']> {
  const answers = answersSchema.parse(row.answers);
  const questions = questionSchema.array().parse(page.questions);
  const known = questions.map((question) => ({ id: question.id, label: question.label, kind: question.kind }));
  // A question that was taken off the page since keeps its answer under its key.
  const gone = Object.keys(answers).filter((id) => !known.some((one) => one.id === id));
  const all = [...known, ...gone.map((id) => ({ id, label: id, kind: 'short' as const }))];
  const fileIds = all.flatMap(({ id, kind }) =>
    kind === 'file' && typeof answers[id] === 'string' ? [answers[id]] : [],
  );
  const names = new Map((await infra.files.list(tx, row.workspace_id, fileIds)).map((file) => [file.id, file.name]));
  return all.map(({ id, label, kind }) => {
    const value = answers[id] ?? null;
    return {
      questionId: id,
      label,
      value,
      fileName: kind === 'file' && typeof value === 'string' ? (names.get(value) ?? null) : null,
    };
  });
}

/** Who is here already by an account or an e-mail; accounts tell better. */
export async function matchesOf(
  tx: Tx,
  workspaceId: string,
  rows: readonly ApplicationRow[],
): Promise<Map<string, Application['matches']>> {
  if (rows.length === 0) return new Map();
  const accounts = (row: ApplicationRow) => profilesOf(row).map(({ platform, key }) => ({ platform, key }));
  const found = await matchContacts(tx, workspaceId, {
    emails: [...new Set(rows.map((row) => row.email))],
    handles: rows.flatMap(accounts),
    names: [],
    bareNames: [],
  });
  const cards = await readPersonCards(tx, workspaceId, [
    ...found.handles.map((one) => one.person_id),
    ...found.emails.map((one) => one.person_id),
  ]);
  const matches = new Map<string, Application['matches']>();
  for (const row of rows) {
    const own: Application['matches'] = [];
    const add = (personId: string, by: 'handle' | 'e-mail') => {
      const card = cards.get(personId);
      if (card !== undefined && !own.some((one) => one.personId === card.personId))
        own.push({ personId: card.personId, name: card.name, by });
    };
    for (const { platform, key } of accounts(row))
      for (const one of found.handles) if (one.platform === platform && one.key === key) add(one.person_id, 'handle');
    for (const one of found.emails) if (one.email === row.email) add(one.person_id, 'e-mail');
    matches.set(row.id, own);
  }
  return matches;
}

const keyedProfile = applicantProfileSchema.extend({ key: applicantProfileSchema.shape.handle });

export function profilesOf(row: ApplicationRow) {
  return keyedProfile.array().parse(row.profiles);
}
