import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { Page } from '#kernel/page.ts';
import { getPerson, readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type decideSafetyFlag,
  type exportSafetyFlags,
  type listSafetyFlags,
  type SafetyFlag,
  safetyCategories,
} from '../api.ts';
import { markStale } from '../queries/reports.ts';
import { findSafetyFlag, pageSafetyFlags, updateSafetyFlag } from './queries-flags.ts';
import { scanIfDue, stateSafety } from './scan-texts.ts';

const exportedMax = 100_000;
const exportedAtOnce = 500;

type NamedFlag = SafetyFlag & { name: string | null; handle: string | null };

/** Flags with whom they are of; one person's texts are searched first when they changed. Errors: not_found, vetting.bad_cursor. */
export async function readSafetyFlags(infra: Infra, call: Call<typeof listSafetyFlags>): Promise<Page<NamedFlag>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    let personId = input.personId;
    if (personId !== undefined) {
      personId = (await getPerson(tx, workspaceId, personId)).id;
      await scanIfDue(infra, tx, { workspaceId, personId });
    }
    const page = await pageSafetyFlags(tx, workspaceId, { ...input, personId });
    const cards = await readPersonCards(tx, workspaceId, [...new Set(page.rows.map((flag) => flag.personId))]);
    const rows = page.rows.map((flag) => {
      const card = cards.get(flag.personId);
      const profile = card?.profiles.find((one) => one.profileId === flag.profileId) ?? card?.profiles[0];
      return { ...flag, name: card?.name ?? null, handle: profile?.handle ?? null };
    });
    return { rows, nextCursor: page.nextCursor };
  });
}

const columns: { name: string; value: (flag: NamedFlag) => string | null }[] = [
  { name: 'name', value: (flag) => flag.name },
  { name: 'handle', value: (flag) => flag.handle },
  { name: 'category', value: (flag) => safetyCategories[flag.category] },
  { name: 'word', value: (flag) => flag.word },
  { name: 'language', value: (flag) => flag.language },
  { name: 'list_version', value: (flag) => flag.listVersion },
  { name: 'place', value: (flag) => flag.place },
  { name: 'text', value: (flag) => flag.excerpt },
  { name: 'context', value: (flag) => flag.context },
  { name: 'posted_at', value: (flag) => flag.postedAt },
  { name: 'url', value: (flag) => flag.url },
  { name: 'found_at', value: (flag) => flag.foundAt },
  { name: 'state', value: (flag) => flag.state },
  { name: 'reason', value: (flag) => flag.reason },
  { name: 'decided_by', value: (flag) => flag.decidedBy },
  { name: 'decided_at', value: (flag) => flag.decidedAt },
  { name: 'creator_id', value: (flag) => flag.personId },
  { name: 'flag_id', value: (flag) => flag.id },
];

/** The flags as CSV; cells that a spreadsheet would run as a formula are made text. */
export async function exportFlags(infra: Infra, call: Call<typeof exportSafetyFlags>): Promise<Download> {
  const flags: NamedFlag[] = [];
  let cursor: string | undefined;
  for (let read = 0; read < exportedMax; read += exportedAtOnce) {
    const input = { ...call.input, limit: exportedAtOnce, ...(cursor === undefined ? {} : { cursor }) };
    const page = await readSafetyFlags(infra, { ...call, input });
    flags.push(...page.rows);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const body = stringify(
    flags.map((flag) => columns.map((column) => column.value(flag) ?? '')),
    { header: true, columns: columns.map((column) => column.name), escape_formulas: true, record_delimiter: '\r\n' },
  );
  return { fileName: 'brand-safety-flags.csv', contentType: 'text/csv; charset=utf-8', body };
}

/** Dismisses a flag with its reason, or opens it again. It counts at once in reports and searches. Error: not_found. */
export async function decideFlag(infra: Infra, call: Call<typeof decideSafetyFlag>): Promise<SafetyFlag> {
  const { workspaceId, actor, requestId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await findSafetyFlag(tx, workspaceId, input.flagId);
    if (before === null) throw notFound('flag');
    const at = infra.clock.now();
    const change = { id: before.id, state: input.state, reason: input.reason, by: actor, at };
    await updateSafetyFlag(tx, workspaceId, change);
    await stateSafety(infra, tx, { workspaceId, personIds: [before.personId] });
    await markStale(tx, workspaceId, { personIds: [before.personId], at });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: input.state === 'dismissed' ? 'safety_flag.dismissed' : 'safety_flag.opened',
      subjectKind: 'person',
      subjectId: before.personId,
      changes: {
        flag: before.id,
        word: before.word,
        state: { from: before.state, to: input.state },
        reason: input.reason,
      },
    });
    const after = await findSafetyFlag(tx, workspaceId, before.id);
    if (after === null) throw notFound('flag');
    return after;
  });
}
