import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { ClassedComment, exportVettedComments } from '../api.ts';
import { choose } from '../vet-creator.ts';
import { filterOf } from './list-comments.ts';
import { pageClasses } from './queries/list-comments.ts';
import { showComments } from './show-comments.ts';

export const exportedMax = 50_000;
const rowsPerPage = 500;

type Cell = string | number | null;

const columns: { name: string; value: (comment: ClassedComment) => Cell }[] = [
  { name: 'comment_id', value: (one) => one.id },
  { name: 'post_url', value: (one) => one.postUrl },
  { name: 'author', value: (one) => one.authorHandle },
  { name: 'commented_at', value: (one) => one.commentedAt },
  { name: 'text', value: (one) => one.text },
  { name: 'likes', value: (one) => one.likes },
  { name: 'language', value: (one) => one.language },
  { name: 'kind', value: (one) => one.kind },
  { name: 'spam', value: (one) => yesNo(one.isSpam) },
  { name: 'spam_probability_by_machine', value: (one) => one.model.spamProbability },
  { name: 'sentiment', value: (one) => one.sentiment },
  { name: 'sentiment_score_by_machine', value: (one) => one.sentimentScore },
  { name: 'intents', value: (one) => one.intents?.join('; ') ?? null },
  { name: 'target', value: (one) => one.target },
  { name: 'written_by_creator', value: (one) => yesNo(one.isOwn) },
  { name: 'nearly_the_same', value: (one) => one.duplicates },
  { name: 'author_marks', value: (one) => one.authorMarks.map((mark) => mark.text).join('; ') },
  { name: 'kind_by_machine', value: (one) => one.model.kind },
  { name: 'sentiment_by_machine', value: (one) => one.model.sentiment },
  { name: 'corrected_by', value: (one) => one.correction?.by ?? null },
  { name: 'correction_reason', value: (one) => one.correction?.reason ?? null },
  { name: 'models', value: (one) => one.model.version },
];

const yesNo = (value: boolean | null) => (value === null ? null : value ? 'yes' : 'no');

/** The comments with their labels for a spreadsheet: UTF-8 with a mark, cells that could be read as formulas set in quotes; what is not known is empty. */
export async function exportComments(infra: Infra, call: Call<typeof exportVettedComments>): Promise<Download> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { profile } = await choose(tx, workspaceId, input);
    const filter = filterOf(infra, input, profile.id);
    const rows: Cell[][] = [];
    let cursor: string | undefined;
    do {
      const page = await pageClasses(tx, workspaceId, { ...filter, isGrouped: false, limit: rowsPerPage, cursor });
      const shown = await showComments(tx, workspaceId, page.rows);
      rows.push(...shown.map((one) => columns.map((column) => column.value(one))));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && rows.length < exportedMax);
    const head = columns.map((column) => column.name);
    return {
      fileName: `comments-${profile.platform}-${profile.handle.replaceAll(/[^\w.-]+/g, '-')}.csv`,
      contentType: 'text/csv; charset=utf-8',
      body: stringify([head, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' }),
    };
  });
}
