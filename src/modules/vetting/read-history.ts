import type { Tx } from '#infra/db/database.ts';
import type { OutputOf, ParsedInputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { getPerson } from '#modules/creators/index.ts';
import type { Evidence, getReport, listEvidence, listReports, Report } from './api.ts';
import { vettingError } from './errors.ts';
import { findReport, pageReports } from './queries/reports.ts';
import { changesBetween } from './rules/compare-reports.ts';
import { choose } from './vet-creator.ts';

/** Earlier reports of a profile, newest first, each with what changed since the one before. */
export async function readReports(
  tx: Tx,
  workspaceId: string,
  input: ParsedInputOf<typeof listReports>,
): Promise<OutputOf<typeof listReports>> {
  const { person, profile } = await choose(tx, workspaceId, input);
  const page = await pageReports(tx, workspaceId, {
    personId: person.id,
    profileId: profile.id,
    limit: input.limit,
    cursor: input.cursor,
  });
  const rows = page.rows.map((report, i) => {
    const before = page.rows[i + 1] ?? page.before;
    const { id, computedAt, score, verdict } = report;
    return {
      id,
      computedAt,
      rulesVersion: report.rulesVersion,
      score,
      verdict,
      changes: before === null ? null : changesBetween(before, report),
    };
  });
  return { rows, nextCursor: page.nextCursor };
}

/** A stored report as it was computed. Error: not_found. */
export async function readReport(tx: Tx, workspaceId: string, input: ParsedInputOf<typeof getReport>): Promise<Report> {
  const person = await getPerson(tx, workspaceId, input.personId);
  const report = await findReport(tx, workspaceId, { personId: person.id, reportId: input.reportId });
  if (report === null) throw notFound('report');
  return report;
}

/** The rows behind a signal, a page at a time. Error: not_found. */
export async function readEvidence(
  tx: Tx,
  workspaceId: string,
  input: ParsedInputOf<typeof listEvidence>,
): Promise<Page<Evidence>> {
  const report = await readReport(tx, workspaceId, input);
  const signal = report.signals.find((candidate) => candidate.name === input.signal);
  if (signal === undefined) throw notFound('signal');
  const [from] = input.cursor === undefined ? [0] : (decodeCursor(input.cursor) ?? []);
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 0) {
    throw vettingError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
      { field: 'cursor', message: 'Not a cursor of this list' },
    ]);
  }
  const to = from + input.limit;
  return { rows: signal.evidence.slice(from, to), nextCursor: to < signal.evidence.length ? encodeCursor([to]) : null };
}
