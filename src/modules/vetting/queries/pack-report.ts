import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Report } from '../api.ts';

/** A report as it is kept: its text deflated, and the hash of all of it but the instants of checking, by which an equal one is known. */
export interface PackedReport {
  packed: Buffer;
  textHash: Buffer;
}

/** A report as text with its hash, not deflated yet: one that says the same as before is not stored again. */
export interface ReportText {
  text: string;
  textHash: Buffer;
}

export function textOfReport(report: Report): ReportText {
  const { checkedAt, ...said } = report;
  const text = JSON.stringify(said);
  const textHash = createHash('sha256').update(text).digest();
  return { text: `${text.slice(0, -1)},"checkedAt":${JSON.stringify(checkedAt)}}`, textHash };
}

export function packReport({ text, textHash }: ReportText): PackedReport {
  return { packed: packText(text), textHash };
}

/** The text of a report as it is kept. */
export function packText(text: string): Buffer {
  return deflateRawSync(text, { level: 1 });
}

export function unpackText(packed: Buffer): string {
  return inflateRawSync(packed).toString('utf8');
}

/** The report of a row: packed, or as text where it was written before that. It was written by packReport from the schema's own type. */
export function unpackReport(row: { packed: Buffer | null; report: unknown }): Report {
  if (row.packed === null) return row.report as Report;
  return JSON.parse(unpackText(row.packed)) as Report;
}
