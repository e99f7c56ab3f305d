import { createHash } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import { type Brief, type BriefOverride, briefOverrideSchema, type ShownBrief } from '../api.ts';
import { partOf, showBrief } from '../rules/shown-brief.ts';
import { selectOverrides } from './queries.ts';

/** A brief as one creator reads it, and the name of that text: SHA-256 of what it says, hex. */
export interface Text {
  shown: ShownBrief;
  partHash: string;
}

/** The brief as each of these creators reads it now, by enrolment. */
export async function readTexts(
  tx: Tx,
  workspaceId: string,
  of: { brief: Brief; enrolmentIds: readonly string[] },
): Promise<(enrolmentId: string) => Text> {
  const rows = await selectOverrides(tx, workspaceId, of.enrolmentIds);
  const plain = toText(of.brief, null);
  const own = new Map(rows.map((row) => [row.enrolment_id, toText(of.brief, briefOverrideSchema.parse(row.override))]));
  return (enrolmentId) => own.get(enrolmentId) ?? plain;
}

export function toText(brief: Brief, override: BriefOverride | null): Text {
  const shown = showBrief(brief, override);
  return { shown, partHash: hashPart(shown) };
}

export function hashPart(shown: ShownBrief): string {
  return createHash('sha256').update(partOf(shown)).digest('hex');
}
