import { randomBytes } from 'node:crypto';
import type { Call } from '#infra/http/call.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { dayMs } from '#kernel/time.ts';
import { getPerson } from '#modules/creators/index.ts';
import { hashPassphrase, hashToken } from '#modules/discovery/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { listReportShares, revokeReportShare, shareReport, VettingShare } from './api.ts';
import { vettingError } from './errors.ts';
import { endShare, insertShare, type ShareRow, selectShares } from './queries/shares.ts';
import { getLatest, type Parts } from './vet-creator.ts';

/** Makes a link to the report as it is now; of its secret only the hash stays here. Errors: not_found, vetting.no_profile. */
export async function makeReportShare(
  parts: Parts,
  call: Call<typeof shareReport>,
): Promise<OutputOf<typeof shareReport>> {
  const { infra } = parts;
  const { workspaceId, actor, input } = call;
  const token = randomBytes(32).toString('base64url');
  const passphrase = input.passphrase === undefined ? null : await hashPassphrase(input.passphrase);
  const share = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const report = await getLatest(parts, tx, workspaceId, input);
    const createdAt = infra.clock.now();
    const row = {
      workspace_id: workspaceId,
      id: newId('vettingShare', createdAt.getTime()),
      person_id: report.personId,
      report_id: report.id,
      name: input.name,
      can_appeal: input.canAppeal,
      shows_brand: input.showsBrand,
      passphrase_hash: passphrase,
      expires_at: new Date(createdAt.getTime() + input.days * dayMs),
      created_by: actor.id,
      created_by_name: actor.name,
      created_at: createdAt,
    };
    await insertShare(tx, { ...row, token_hash: hashToken(token) });
    await recordAudit(tx, {
      ...call,
      action: 'vetting_report.shared',
      subjectKind: 'creator',
      subjectId: report.personId,
      changes: { share: row.id, with: input.name, days: input.days, canAppeal: input.canAppeal },
    });
    return toShare({ ...row, opened: 0, last_opened_at: null, wrong_tries: 0, wrong_at: null, revoked_at: null });
  });
  return { share, link: `${infra.config.publicUrl}/app/shared-report/${token}` };
}

export async function pageReportShares(parts: Parts, call: Call<typeof listReportShares>): Promise<Page<VettingShare>> {
  const { workspaceId, input } = call;
  const { limit } = input;
  const beforeId = idOfCursor(input.cursor);
  const rows = await parts.infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: personId } = await getPerson(tx, workspaceId, input.personId);
    return selectShares(tx, workspaceId, { personId, beforeId, limit: limit + 1 });
  });
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit).map(toShare),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

/** Ends a link at once; a repeat changes nothing. Error: not_found. */
export async function endReportShare(parts: Parts, call: Call<typeof revokeReportShare>): Promise<VettingShare> {
  const { workspaceId, input } = call;
  const { infra } = parts;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: personId } = await getPerson(tx, workspaceId, input.personId);
    const row = await endShare(tx, workspaceId, { ...input, personId, endedAt: infra.clock.now() });
    if (row === null) throw notFound('link');
    await recordAudit(tx, {
      ...call,
      action: 'vetting_report.share_ended',
      subjectKind: 'creator',
      subjectId: personId,
      changes: { share: input.shareId, with: row.name },
    });
    return toShare(row);
  });
}

/** The id a page goes on before; null for the first page. Error: vetting.bad_cursor. */
export function idOfCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [id] = decodeCursor(cursor) ?? [];
  if (typeof id === 'string') return id;
  throw vettingError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
    { field: 'cursor', message: 'Not a cursor of this list' },
  ]);
}

function toShare(row: ShareRow): VettingShare {
  return {
    id: row.id,
    personId: row.person_id,
    reportId: row.report_id,
    name: row.name,
    canAppeal: row.can_appeal,
    showsBrand: row.shows_brand,
    hasPassphrase: row.passphrase_hash !== null,
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    createdBy: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    opened: row.opened,
    lastOpenedAt: row.last_opened_at?.toISOString() ?? null,
  };
}
