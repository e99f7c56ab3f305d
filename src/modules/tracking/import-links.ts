import { stringify } from 'csv-stringify/sync';
import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { findProfilesByHandle } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  type exportLinks as exportEndpoint,
  type FileAnswer,
  type importLinks as importEndpoint,
  type Utm,
  utmKeys,
} from './api.ts';
import { type LinkWish, makeLinks, readExpiry } from './create-links.ts';
import { addError, readUpload, startAnswer, type Table } from './import-file.ts';
import type { LinkTable } from './link-table.ts';
import { presentLinks } from './present-links.ts';
import { selectLinks, takenSlugs } from './queries/links.ts';
import { readDomain } from './read-extras.ts';
import { resolveSubject } from './resolve-subject.ts';
import { readInstantCell } from './rules/read-dirty-cell.ts';
import { readSlug } from './rules/slug.ts';

const linkColumns = {
  slug: ['slug', 'alias', 'key', 'short link', 'back-half', 'path'],
  destination: ['destination', 'url', 'long url', 'target', 'target url', 'link', 'landing page'],
  creator: ['creator', 'handle', 'username', 'influencer', 'affiliate', 'account'],
  tags: ['tags', 'labels'],
  expiresAt: ['expires at', 'expires', 'expiration', 'end date', 'valid until'],
  source: ['utm_source', 'source'],
  medium: ['utm_medium', 'medium'],
  campaign: ['utm_campaign'],
  term: ['utm_term', 'term'],
  content: ['utm_content', 'content'],
} as const;
type LinkField = keyof typeof linkColumns;

const exportRowsMax = 100_000;
const pageRows = 1000;

/** Makes a link for each row of a file; slugs that exist stay as they are. Errors: tracking.bad_file, domain_waiting, not_found. */
export async function importLinks(
  infra: Infra,
  table: LinkTable,
  call: Call<typeof importEndpoint>,
): Promise<FileAnswer> {
  const { input, workspaceId } = call;
  const file = await readUpload<LinkField>(call.request, linkColumns, ['destination']);
  const answer = startAnswer();
  const made: string[] = [];
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const domain = input.domain ?? null;
    const home = await readDomain(tx, workspaceId, domain);
    const slugs = file.rows.map((cells) => slugOf(cellOf(file, cells, 'slug'), home?.keepsCase));
    const taken = await takenSlugs(tx, workspaceId, { slugs: slugs.filter((slug) => slug !== null), domain });
    for (const [index, cells] of file.rows.entries()) {
      answer.read += 1;
      const slug = slugs[index] ?? null;
      if (slug !== null && taken.has(slug)) {
        answer.unchanged += 1;
        continue;
      }
      const row = file.rowNumber(index);
      try {
        const wish = await readWish(infra, tx, { file, cells, timeZone, call });
        made.push(...(await makeLinks(infra, tx, call, [wish])));
        answer.created += 1;
        if (slug !== null) taken.add(slug);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        addError(answer, { row, field: error.details[0]?.field ?? 'destination', message: error.message });
      }
    }
  });
  await table.refresh(made);
  return answer;
}

async function readWish(
  infra: Infra,
  tx: Tx,
  of: { file: Table<LinkField>; cells: readonly string[]; timeZone: string; call: Call<typeof importEndpoint> },
): Promise<LinkWish> {
  const { file, cells, call } = of;
  const cell = (field: LinkField) => cellOf(file, cells, field);
  const handle = cell('creator').replace(/^@/, '');
  const [profile] = handle === '' ? [] : await findProfilesByHandle(tx, call.workspaceId, { handle });
  if (handle !== '' && profile === undefined)
    throw cellError(
      'creator',
      `No creator has the handle "${handle}". Import the creator first, or leave the cell empty.`,
    );
  const expiry = cell('expiresAt') === '' ? null : readInstantCell(cell('expiresAt'), of);
  if (expiry !== null && !expiry.ok) throw cellError('expiresAt', expiry.message);
  const utm: Utm = {};
  for (const key of utmKeys) if (cell(key) !== '') utm[key] = cell(key).slice(0, 200);
  const tags = cell('tags')
    .split(/[,;|]/)
    .map((tag) => tag.trim().toLowerCase().slice(0, 40))
    .filter((tag) => tag !== '');
  return {
    subject: await resolveSubject(infra, tx, call.workspaceId, {
      campaignId: call.input.campaignId,
      personId: profile?.personId,
    }),
    destination: cell('destination'),
    slug: cell('slug') === '' ? null : cell('slug'),
    utm,
    expiresAt: readExpiry(infra, expiry === null ? null : expiry.value),
    domain: call.input.domain ?? null,
    extras: { tags: tags.slice(0, 20) },
  };
}

function cellOf(file: Table<LinkField>, cells: readonly string[], field: LinkField): string {
  const at = file.columns[field];
  return at === undefined ? '' : (cells[at] ?? '').trim();
}

function slugOf(text: string, keepsCase = false): string | null {
  const verdict = text === '' ? null : readSlug(text, keepsCase);
  return verdict?.ok ? verdict.slug : null;
}

function cellError(field: string, message: string): AppError {
  return new AppError('invalid', 'tracking.bad_file', message, [{ field, message }]);
}

/** Links with their clicks as CSV; cells that a spreadsheet would compute are quoted. */
export async function exportLinks(infra: Infra, call: Call<typeof exportEndpoint>): Promise<Download> {
  const { workspaceId, input } = call;
  const lines: Record<string, string | number>[] = [];
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    let after: { key: string; id: string } | null = null;
    while (lines.length < exportRowsMax) {
      const rows = await selectLinks(tx, {
        workspaceId,
        campaignId: input.campaignId,
        sort: 'created',
        desc: false,
        limit: pageRows,
        after,
      });
      for (const link of await presentLinks(infra, tx, workspaceId, rows)) {
        const { source = '', medium = '', campaign = '', term = '', content = '' } = link.utm;
        lines.push({
          slug: link.slug,
          short_link: link.shortUrl,
          destination: link.destination,
          creator: link.creator?.handle ?? '',
          campaign: link.campaign?.name ?? '',
          tags: link.tags.join(', '),
          state: link.isExpired ? 'ended' : link.state,
          expires_at: link.expiresAt ?? '',
          utm_source: source,
          utm_medium: medium,
          utm_campaign: campaign,
          utm_term: term,
          utm_content: content,
          clicks: link.clicks,
          visitors: link.visitors,
          not_counted: link.dropped,
        });
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageRows) break;
      after = { key: last.sort_key, id: last.id };
    }
  });
  return {
    fileName: 'links.csv',
    contentType: 'text/csv; charset=utf-8',
    body: stringify(lines, { header: true, columns: exportColumns, escape_formulas: true }),
  };
}

const exportColumns = [
  'slug',
  'short_link',
  'destination',
  'creator',
  'campaign',
  'tags',
  'state',
  'expires_at',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'clicks',
  'visitors',
  'not_counted',
];
