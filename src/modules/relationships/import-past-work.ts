import { createHash } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace, recordAudit, recordAudits } from '#modules/workspaces/index.ts';
import type { importPastWork as importEndpoint, removePastWork as removeEndpoint } from './api.ts';
import { getCreator } from './find-creator.ts';
import { openCreatorMatch } from './match-creators.ts';
import { deletePastWork, type PastRow, pastText, selectPastTexts, upsertPastWork } from './queries/past-work.ts';
import { type PastFile, readPast } from './read-past-file.ts';
import { type ReadPast, readPastRows } from './read-past-rows.ts';
import { columnWords } from './rules/past-columns.ts';
import { statePastWork } from './state-past-work.ts';

type Answer = OutputOf<typeof importEndpoint>;

const errorsMax = 1000;
const rowsPerStatement = 2000;
/** From so many rows on the planner is told how large the table is now. */
const manyRows = 2000;

/** Reads a file of past work in one transaction; rows with a fault are named and left out. Errors: bad_file. */
export async function importPastWork(infra: Infra, call: Call<typeof importEndpoint>): Promise<Answer> {
  const { workspaceId, input } = call;
  const file = await readPast(call.request.body);
  const source = input.source ?? fileNameOf(call.request) ?? 'imported file';
  const answer = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const today = dayIn((await getWorkspace(tx, workspaceId)).timeZone, infra.clock.now());
    const match = await openCreatorMatch(tx, workspaceId, file);
    const read = readPastRows(file, { match, source, currency: input.currency ?? null, today });
    const rows = withKeys(read.rows, infra.clock.now());
    const known = await selectPastTexts(
      tx,
      workspaceId,
      rows.map((row) => row.rowKey),
    );
    const news = rows.filter((row) => known.get(row.rowKey) !== pastText(row));
    const changed = news.filter((row) => known.has(row.rowKey)).length;
    if (!input.dryRun) await write(infra, tx, { call, news, source });
    return toAnswer(file, { read, rows, news: news.length, changed, dryRun: input.dryRun });
  });
  if (!input.dryRun && answer.added >= manyRows) await refreshStatistics(infra.db, ['past_work']);
  return answer;
}

function fileNameOf(request: Request): string | null {
  const name = request.headers.get('rapport-file-name');
  if (name === null || name === '') return null;
  try {
    return decodeURIComponent(name).slice(0, 80);
  } catch {
    return name.slice(0, 80);
  }
}

// A creator, a campaign and a post (or, without one, a day) name a piece of work, whatever file it comes from.
function withKeys(rows: ReadPast['rows'], at: Date): PastRow[] {
  return rows.map(({ row: _, key, ...rest }, index) => ({
    ...rest,
    id: newId('pastWork', at.getTime() + index),
    rowKey: createHash('sha256').update(key).digest('hex'),
  }));
}

function toAnswer(
  file: PastFile,
  of: { read: ReadPast; rows: readonly PastRow[]; news: number; changed: number; dryRun: boolean },
): Answer {
  const { read, rows, news, changed, dryRun } = of;
  return {
    read: file.rows.length,
    added: news - changed,
    changed,
    unchanged: rows.length - news,
    skipped: file.rows.length - rows.length,
    creators: new Set(rows.map((row) => row.personId)).size,
    columns: file.header.found.map(({ header, column }) => ({ header, meaning: columnWords[column] })),
    ignoredColumns: file.header.ignored,
    dryRun,
    errorsTotal: read.errors.length,
    errors: read.errors.slice(0, errorsMax),
  };
}

async function write(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof importEndpoint>; news: readonly PastRow[]; source: string },
): Promise<void> {
  const { call, news, source } = of;
  const { workspaceId, actor, requestId } = call;
  if (news.length === 0) return;
  for (let from = 0; from < news.length; from += rowsPerStatement)
    await upsertPastWork(tx, workspaceId, {
      rows: news.slice(from, from + rowsPerStatement),
      importedBy: actor.name,
      at: infra.clock.now(),
    });
  const byPerson = Map.groupBy(news, (row) => row.personId);
  await recordAudits(
    tx,
    [...byPerson].map(([personId, rows]) => ({
      workspaceId,
      actor,
      requestId,
      action: 'creator.history-imported',
      subjectKind: 'creator',
      subjectId: personId,
      changes: { source, rows: rows.length },
    })),
  );
  await statePastWork(infra, tx, { workspaceId, personIds: [...byPerson.keys()] });
}

/** Removes one row of imported history. Error: not_found. */
export async function removePastWork(infra: Infra, call: Call<typeof removeEndpoint>): Promise<null> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId } = await getCreator(tx, workspaceId, input.personId);
    if (!(await deletePastWork(tx, workspaceId, { personId, id: input.pastWorkId }))) throw notFound('row of history');
    const subject = { subjectKind: 'creator', subjectId: personId };
    const changes = { pastWorkId: input.pastWorkId };
    await recordAudit(tx, { workspaceId, actor, requestId, action: 'creator.history-removed', ...subject, changes });
    await statePastWork(infra, tx, { workspaceId, personIds: [personId] });
    return null;
  });
}
