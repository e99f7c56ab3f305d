import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { exportList, ListMember, Vote } from './api.ts';
import { listMembersMax } from './change-members.ts';
import type { IndexHost } from './index-host.ts';
import { pageMembers, readList } from './read-lists.ts';

const pageRows = 500;

const columns: { name: string; value: (member: ListMember) => string | number | boolean | null | undefined }[] = [
  { name: 'name', value: (member) => member.name },
  { name: 'platform', value: ({ hit }) => hit?.profile?.platform },
  { name: 'handle', value: ({ hit }) => hit?.profile?.handle },
  { name: 'url', value: ({ hit }) => hit?.profile?.url },
  { name: 'followers', value: ({ hit }) => hit?.profile?.followers },
  { name: 'tier', value: ({ hit }) => hit?.profile?.tier },
  { name: 'engagement_rate', value: ({ hit }) => hit?.profile?.engagementRate },
  { name: 'average_likes', value: ({ hit }) => hit?.profile?.avgLikes },
  { name: 'average_comments', value: ({ hit }) => hit?.profile?.avgComments },
  { name: 'average_views', value: ({ hit }) => hit?.profile?.avgViews },
  { name: 'niches', value: ({ hit }) => hit?.niches.join('; ') },
  { name: 'category', value: ({ hit }) => hit?.profile?.category },
  { name: 'country', value: ({ hit }) => hit?.country },
  { name: 'city', value: ({ hit }) => hit?.city },
  { name: 'languages', value: ({ hit }) => hit?.languages.join('; ') },
  { name: 'last_post', value: ({ hit }) => hit?.profile?.lastPostAt?.slice(0, 10) },
  { name: 'note', value: (member) => member.note },
  { name: 'votes_yes', value: (member) => countVotes(member, 'yes') },
  { name: 'votes_maybe', value: (member) => countVotes(member, 'maybe') },
  { name: 'votes_no', value: (member) => countVotes(member, 'no') },
  { name: 'added_by', value: (member) => member.addedBy },
  { name: 'added_at', value: (member) => member.addedAt },
  { name: 'creator_id', value: (member) => member.personId },
];

type Cell = string | number | boolean | null | undefined;

/**
 * The list as CSV or XLSX, newest member first; unknown figures are empty. In CSV, cells that a spreadsheet would run as a formula
 * are made text; in XLSX every word is a text cell, and figures are numbers.
 */
export async function exportListFile(infra: Infra, host: IndexHost, call: Call<typeof exportList>): Promise<Download> {
  const { workspaceId, input } = call;
  const list = await readList(infra, { workspaceId, input });
  const members = await allMembers(infra, host, { workspaceId, listId: list.id });
  const rows = members.map((member) => columns.map((column) => column.value(member)));
  return input.format === 'xlsx' ? toXlsx(list.name, rows) : toCsv(list.name, rows);
}

/** All members of a list, newest first. */
export async function allMembers(
  infra: Infra,
  host: IndexHost,
  of: { workspaceId: string; listId: string },
): Promise<ListMember[]> {
  const members: ListMember[] = [];
  let cursor: string | undefined;
  for (let read = 0; read <= listMembersMax; read += pageRows) {
    const input = { listId: of.listId, limit: pageRows, ...(cursor === undefined ? {} : { cursor }) };
    const page = await pageMembers(infra, host, { workspaceId: of.workspaceId, input });
    members.push(...page.rows);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return members;
}

function countVotes(member: ListMember, vote: Vote): number {
  return member.votes.filter((one) => one.vote === vote).length;
}

function toCsv(name: string, rows: Cell[][]): Download {
  const body = stringify(
    rows.map((row) => row.map((cell) => cell ?? '')),
    {
      header: true,
      columns: columns.map((column) => column.name),
      escape_formulas: true,
      record_delimiter: '\r\n',
      cast: { boolean: String },
    },
  );
  return { fileName: `${name}.csv`, contentType: 'text/csv; charset=utf-8', body };
}

async function toXlsx(name: string, rows: Cell[][]): Promise<Download> {
  const head = columns.map((column) => ({ value: column.name, fontWeight: 'bold' as const }));
  const cells = rows.map((row) => row.map(toCell));
  // Loaded with the first export.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const body = await writeXlsxFile([head, ...cells], { sheet: 'Creators', stickyRowsCount: 1 }).toBuffer();
  return {
    fileName: `${name}.xlsx`,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body,
  };
}

function toCell(cell: Cell) {
  if (cell === null || cell === undefined || cell === '') return null;
  if (typeof cell === 'number') return { value: cell, type: Number };
  // A typed text cell is never read as a formula; characters XML cannot hold are dropped.
  return { value: withoutControls(String(cell)), type: String };
}

function withoutControls(text: string): string {
  return [...text]
    .filter((letter) => letter >= ' ' || letter === '\n' || letter === '\t')
    .join('')
    .slice(0, 32_767);
}
