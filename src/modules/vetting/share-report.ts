import { endGuestLink, type GuestLink, makeGuestLink, readGuestLinks, viewOf } from '#infra/guest-links/guest-links.ts';
import type { Call } from '#infra/http/call.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { getPerson } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { listReportShares, revokeReportShare, shareReport, VettingShare } from './api.ts';
import { vettingError } from './errors.ts';
import { insertShare, type ShareRow, selectShare, selectShares } from './queries/shares.ts';
import { getLatest, type Parts } from './vet-creator.ts';

/** The kind of link that shows a report. */
export const reportLink = 'vetting_report';

/** Makes a link to the report as it is now; of its secret only the hash stays here. Errors: not_found, vetting.no_profile. */
export async function makeReportShare(
  parts: Parts,
  call: Call<typeof shareReport>,
): Promise<OutputOf<typeof shareReport>> {
  const { infra } = parts;
  const { workspaceId, actor, input } = call;
  const { name, days, passphrase } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const report = await getLatest(parts, tx, workspaceId, input);
    const at = infra.clock.now();
    const row = {
      workspace_id: workspaceId,
      id: newId('vettingShare', at.getTime()),
      person_id: report.personId,
      report_id: report.id,
      can_appeal: input.canAppeal,
      shows_brand: input.showsBrand,
    };
    const made = await makeGuestLink(tx, {
      workspaceId,
      id: row.id,
      kind: reportLink,
      name,
      days,
      passphrase,
      by: actor,
      at,
    });
    await insertShare(tx, row);
    await recordAudit(tx, {
      ...call,
      action: 'vetting_report.shared',
      subjectKind: 'creator',
      subjectId: report.personId,
      changes: { share: row.id, with: name, days, canAppeal: input.canAppeal },
    });
    return { share: toShare(row, made.link), link: `${infra.config.publicUrl}/app/shared-report/${made.token}` };
  });
}

export async function pageReportShares(parts: Parts, call: Call<typeof listReportShares>): Promise<Page<VettingShare>> {
  const { workspaceId, input } = call;
  const { limit } = input;
  const beforeId = idOfCursor(input.cursor);
  return parts.infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: personId } = await getPerson(tx, workspaceId, input.personId);
    const rows = await selectShares(tx, workspaceId, { personId, beforeId, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const links = await readGuestLinks(
      tx,
      workspaceId,
      page.map((row) => row.id),
    );
    const last = page.at(-1);
    return {
      rows: page.flatMap((row) => {
        const link = links.get(row.id);
        return link === undefined ? [] : [toShare(row, link)];
      }),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
    };
  });
}

/** Ends a link at once; a repeat changes nothing. Error: not_found. */
export async function endReportShare(parts: Parts, call: Call<typeof revokeReportShare>): Promise<VettingShare> {
  const { workspaceId, input } = call;
  const { infra } = parts;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: personId } = await getPerson(tx, workspaceId, input.personId);
    const row = await selectShare(tx, workspaceId, input.shareId);
    if (row === null || row.person_id !== personId) throw notFound('link');
    const link = await endGuestLink(tx, workspaceId, { id: row.id, endedAt: infra.clock.now() });
    if (link === null) throw notFound('link');
    await recordAudit(tx, {
      ...call,
      action: 'vetting_report.share_ended',
      subjectKind: 'creator',
      subjectId: personId,
      changes: { share: input.shareId, with: link.name },
    });
    return toShare(row, link);
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

function toShare(row: ShareRow, link: GuestLink): VettingShare {
  return {
    ...viewOf(link),
    personId: row.person_id,
    reportId: row.report_id,
    canAppeal: row.can_appeal,
    showsBrand: row.shows_brand,
  };
}
