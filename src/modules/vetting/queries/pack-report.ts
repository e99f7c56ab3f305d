import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Report } from '../api.ts';

/** A report as it is kept: its text deflated, and the hash of all of it but the instants of checking, by which an equal one is known. */
export interface PackedReport {
  packed: Buffer;
  textHash: Buffer;
}

export function packReport(report: Report): PackedReport {
  const { checkedAt: _at, ...said } = report;
  const textHash = createHash('sha256').update(JSON.stringify(said)).digest();
  return { packed: deflateRawSync(JSON.stringify(report), { level: 1 }), textHash };
}

/** The report of a row: packed, or as text where it was written before that. It was written by packReport from the schema's own type. */
export function unpackReport(row: { packed: Buffer | null; report: unknown }): Report {
  if (row.packed === null) return row.report as Report;
  return JSON.parse(inflateRawSync(row.packed).toString('utf8')) as Report;
}
