import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { exportList, ListMember } from './api.ts';
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
  { name: 'added_by', value: (member) => member.addedBy },
  { name: 'added_at', value: (member) => member.addedAt },
  { name: 'creator_id', value: (member) => member.personId },
];

/** The list as CSV, newest member first; unknown figures are empty. Cells that a spreadsheet would run as a formula are made text. */
export async function exportListCsv(infra: Infra, host: IndexHost, call: Call<typeof exportList>): Promise<Download> {
  const list = await readList(infra, call);
  const rows: (string | number | boolean | null | undefined)[][] = [];
  let cursor: string | undefined;
  for (let read = 0; read <= listMembersMax; read += pageRows) {
    const input = { listId: list.id, limit: pageRows, ...(cursor === undefined ? {} : { cursor }) };
    const page = await pageMembers(infra, host, { workspaceId: call.workspaceId, input });
    rows.push(...page.rows.map((member) => columns.map((column) => column.value(member) ?? '')));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const body = stringify(rows, {
    header: true,
    columns: columns.map((column) => column.name),
    escape_formulas: true,
    record_delimiter: '\r\n',
    cast: { boolean: String },
  });
  return { fileName: `${list.name}.csv`, contentType: 'text/csv; charset=utf-8', body };
}
