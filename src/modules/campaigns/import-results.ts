import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import { decideDateOrder, isUnknown, parseCount, parseDate } from '#modules/creators/index.ts';
import type { ContentMetric, importResults as importEndpoint } from './api.ts';
import { type Match, openMatcher } from './match-results.ts';
import { type NewResult, selectNewestOfSources, selectResultsAt, upsertResults } from './queries/content.ts';
import { holdCampaign, readToday } from './read-campaigns.ts';
import { type ResultsFile, readResults } from './read-results-file.ts';
import { recordContentChanges } from './record-change.ts';
import type { ResultColumn } from './rules/result-columns.ts';

type Answer = OutputOf<typeof importEndpoint>;
type RowError = Answer['errors'][number];

const errorsMax = 1000;
const valuesPerStatement = 5000;

interface ReadRow {
  row: number;
  values: Omit<NewResult, 'id'>[];
  /** False when the day was not said, so that an equal newest value is no news. */
  isDated: boolean;
}

/** Reads a file of results, all in one transaction; rows with a fault are named and left out, the others count. Errors: not_found, bad_file. */
export async function importResults(infra: Infra, call: Call<typeof importEndpoint>): Promise<Answer> {
  const { workspaceId, input } = call;
  const file = await readResults(call.request.body);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const match = await openMatcher(tx, workspaceId, campaign.id);
    const today = (await readToday(tx, workspaceId, infra.clock)).day;
    const source = input.source ?? fileNameOf(call.request) ?? 'imported file';
    const { rows, errors } = readRows(file, {
      match,
      source,
      observedOn: input.observedOn ?? null,
      today,
      isEstimate: input.isEstimate,
    });
    const news = await findNews(tx, workspaceId, rows);
    const values = input.dryRun ? news.length : await write(infra, tx, { call, campaignId: campaign.id, news });
    const newsRows = new Set(news.map((one) => one.row)).size;
    return {
      read: file.rows.length,
      recorded: newsRows,
      unchanged: rows.length - newsRows,
      skipped: file.rows.length - rows.length,
      values,
      ignoredColumns: file.header.ignored,
      dryRun: input.dryRun,
      errorsTotal: errors.length,
      errors: errors.slice(0, errorsMax),
    };
  });
}

function fileNameOf(request: Request): string | null {
  const name = request.headers.get('rapport-file-name');
  if (name === null || name === '') return null;
  try {
    return decodeURIComponent(name).slice(0, 120);
  } catch {
    return name.slice(0, 120);
  }
}

interface ReadFrame {
  match: (subject: { deliverable: string | null; url: string | null; handle: string | null }) => Match;
  source: string;
  observedOn: string | null;
  today: string;
  isEstimate: boolean;
}

function readRows(file: ResultsFile, frame: ReadFrame): { rows: ReadRow[]; errors: RowError[] } {
  const { at, metrics } = file.header;
  const column = (name: ResultColumn) =>
    at[name] === undefined ? [] : file.rows.map(({ cells }) => cells[at[name] ?? -1] ?? '');
  const order = decideDateOrder(column('date')) ?? 'day-first';
  const rows: ReadRow[] = [];
  const errors: RowError[] = [];
  const seen = new Map<string, { row: number; value: bigint }>();
  for (const { row, cells } of file.rows) {
    const cell = (name: ResultColumn) => {
      const text = at[name] === undefined ? '' : (cells[at[name]] ?? '').trim();
      return isUnknown(text) ? null : text;
    };
    const faults: RowError[] = [];
    const matched = frame.match({ deliverable: cell('deliverable'), url: cell('url'), handle: cell('handle') });
    if ('problem' in matched) faults.push({ row, field: matched.field, message: matched.problem });
    const when = readWhen(cell('date'), { frame, order });
    if (typeof when !== 'string') faults.push({ row, field: 'date', message: when.problem });
    const isEstimate = readYesNo(cell('estimate')) ?? frame.isEstimate;
    const values: ReadRow['values'] = [];
    for (const metric of metrics) {
      const text = cell(metric);
      if (text === null) continue;
      const parsed = readCount(text);
      if (!parsed.ok)
        faults.push({
          row,
          field: metric,
          message: `${parsed.message}. Write a whole number, such as 12500 or 12.5K.`,
        });
      else if ('deliverableId' in matched && typeof when === 'string') {
        const value = BigInt(parsed.value);
        const source = (cell('source') ?? frame.source).slice(0, 120);
        const key = `${matched.deliverableId} ${metric} ${when} ${source}`;
        const before = seen.get(key);
        if (before === undefined)
          values.push({
            deliverableId: matched.deliverableId,
            metric,
            value,
            isEstimate,
            source,
            observedAt: new Date(when),
          });
        else if (before.value !== value)
          faults.push({
            row,
            field: metric,
            message: `Row ${before.row} gives another number for the same post and day (${before.value}).`,
          });
        if (before === undefined) seen.set(key, { row, value });
      }
    }
    if (faults.length > 0) {
      errors.push(...faults);
      // Nothing of a faulty row is taken, so a later row of the same post is not measured against it.
      for (const value of values)
        seen.delete(`${value.deliverableId} ${value.metric} ${value.observedAt.toISOString()} ${value.source}`);
    } else rows.push({ row, values, isDated: cell('date') !== null || frame.observedOn !== null });
  }
  return { rows, errors };
}

/** A count has no decimals: "12.5" likes is a fault, "12.5K" is not, and "1.204" is one thousand two hundred and four. */
function readCount(text: string): ReturnType<typeof parseCount> {
  if (/[.,]\d{1,2}$/.test(text)) return { ok: false, message: `"${text}" is not a whole number` };
  return parseCount(text);
}

function readWhen(
  text: string | null,
  of: { frame: ReadFrame; order: 'day-first' | 'month-first' },
): string | { problem: string } {
  const { frame, order } = of;
  if (text === null) return `${frame.observedOn ?? frame.today}T00:00:00.000Z`;
  const parsed = parseDate(text, order);
  if (!parsed.ok) return { problem: `${parsed.message}. Write it as 2026-05-31.` };
  const instant = new Date(parsed.value).toISOString();
  if (instant.slice(0, 10) > frame.today) return { problem: `${text} has not come yet.` };
  if (instant < '2005') return { problem: `${text} is too long ago to be a result.` };
  return instant;
}

function readYesNo(text: string | null): boolean | null {
  if (text === null) return null;
  if (/^(yes|y|true|1|ja|oui|si|estimated?)$/i.test(text)) return true;
  return /^(no|n|false|0|nein|non|measured)$/i.test(text) ? false : null;
}

type News = Omit<NewResult, 'id'> & { row: number };

// A file without dates that is read again next week must not look like a second measurement.
async function findNews(tx: Tx, workspaceId: string, rows: readonly ReadRow[]): Promise<News[]> {
  const all = rows.flatMap(({ row, values, isDated }) => values.map((value) => ({ ...value, row, isDated })));
  const deliverableIds = [...new Set(all.map((value) => value.deliverableId))];
  const sources = [...new Set(all.map((value) => value.source))];
  const key = (of: { deliverableId: string; metric: ContentMetric; source: string }) =>
    `${of.deliverableId} ${of.metric} ${of.source}`;
  const newest = new Map(
    (await selectNewestOfSources(tx, workspaceId, { deliverableIds, sources })).map((row) => [
      key({ deliverableId: row.deliverable_id, metric: row.metric, source: row.source }),
      row,
    ]),
  );
  const known = await selectKnownMoments(tx, workspaceId, all);
  return all.filter((value) => {
    const last = newest.get(key(value));
    if (!value.isDated && last !== undefined)
      return last.value !== value.value || last.is_estimate !== value.isEstimate;
    const same = known.get(`${key(value)} ${value.observedAt.toISOString()}`);
    return same === undefined || same.value !== value.value || same.isEstimate !== value.isEstimate;
  });
}

async function write(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof importEndpoint>; campaignId: string; news: readonly News[] },
): Promise<number> {
  const { call, campaignId, news } = of;
  const at = infra.clock.now();
  let values = 0;
  for (let from = 0; from < news.length; from += valuesPerStatement) {
    const rows = news
      .slice(from, from + valuesPerStatement)
      .map((value) => ({ ...value, id: newId('result', at.getTime()) }));
    values += (await upsertResults(tx, call.workspaceId, { rows, recordedBy: call.actor.name, at })).length;
  }
  const byDeliverable = Map.groupBy(news, (value) => value.deliverableId);
  const rows = [...byDeliverable].map(([deliverableId, own]) => ({
    deliverableId,
    changes: {
      source: own[0]?.source ?? null,
      values: Object.fromEntries(own.map((value) => [value.metric, Number(value.value)])),
    },
  }));
  await recordContentChanges(infra, tx, { call, campaignId, what: 'results', rows });
  return values;
}

async function selectKnownMoments(
  tx: Tx,
  workspaceId: string,
  values: readonly Omit<NewResult, 'id'>[],
): Promise<Map<string, { value: bigint; isEstimate: boolean }>> {
  const rows = await selectResultsAt(tx, workspaceId, values);
  return new Map(
    rows.map((row) => [
      `${row.deliverable_id} ${row.metric} ${row.source} ${row.observed_at.toISOString()}`,
      { value: row.value, isEstimate: row.is_estimate },
    ]),
  );
}
