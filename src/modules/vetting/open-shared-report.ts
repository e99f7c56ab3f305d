import { endedLink, enterGuestLink } from '#infra/guest-links/enter-guest-link.ts';
import { countOpened, type GuestLink } from '#infra/guest-links/guest-links.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { getPerson } from '#modules/creators/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type { Appeal, downloadSharedReport, makeAppeal, openReportShare, SharedReport } from './api.ts';
import { vettingError } from './errors.ts';
import { reportFileName } from './export-report.ts';
import { setReportPdf } from './pdf/set-report-pdf.ts';
import { appealsOfShare, insertAppeal } from './queries/appeals.ts';
import { findReport } from './queries/reports.ts';
import { type ShareRow, selectShare } from './queries/shares.ts';
import { reportPage } from './rules/report-page.ts';
import { shownOutside } from './rules/shown-outside.ts';
import { reportLink } from './share-report.ts';

/** Calls of one link a minute, whoever makes them. */
const callsMax = 60;
/** What one link can bring in, however many guests pass it on. */
const appealsMax = 20;

type Told = SharedReport['appeals'][number];

/** A shared report: what it says and nothing else of the workspace. Errors: as enterGuestLink. */
export async function readSharedReport(infra: Infra, call: Call<typeof openReportShare>): Promise<SharedReport> {
  const { share, link } = await enter(infra, call.input);
  return shownBy(infra, share, link);
}

/** The same as a PDF, without the verdicts of the team. Errors: as readSharedReport. */
export async function exportSharedPdf(infra: Infra, call: Call<typeof downloadSharedReport>): Promise<Download> {
  const { share, link } = await enter(infra, call.input);
  const { report, creatorName, workspaceName } = await shownBy(infra, share, link);
  return {
    fileName: reportFileName(report, 'pdf'),
    contentType: 'application/pdf',
    body: new Uint8Array(setReportPdf(reportPage(report, { creatorName, workspaceName, verdicts: [] }))),
  };
}

function shownBy(infra: Infra, share: ShareRow, link: GuestLink): Promise<SharedReport> {
  const { workspaceId } = link;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const report = await findReport(tx, workspaceId, { personId: share.person_id, reportId: share.report_id });
    if (report === null) throw endedLink();
    await countOpened(tx, link, infra.clock.now());
    const person = await getPerson(tx, workspaceId, share.person_id);
    const appeals = share.can_appeal ? await appealsOfShare(tx, workspaceId, share.id) : [];
    return {
      workspaceName: (await getWorkspace(tx, workspaceId)).name,
      forName: link.name,
      creatorName: person.name ?? `@${report.handle}`,
      expiresAt: link.expiresAt,
      canAppeal: share.can_appeal,
      report: shownOutside(report, share.shows_brand),
      appeals: appeals.map(toTold),
    };
  });
}

/** Keeps what the creator says against a point. Errors: as readSharedReport; vetting.share_read_only, vetting.share_full. */
export async function keepAppeal(infra: Infra, call: Call<typeof makeAppeal>): Promise<Told> {
  const { input } = call;
  const { share, link } = await enter(infra, input);
  const { workspaceId } = link;
  if (!share.can_appeal) throw vettingError('share_read_only', 'This link is for reading only.');
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const said = await appealsOfShare(tx, workspaceId, share.id);
    // Sent twice by a bad connection: kept once.
    const same = said.find((one) => one.point === input.point && one.body === input.body);
    if (same !== undefined) return toTold(same);
    if (said.length >= appealsMax)
      throw vettingError('share_full', `This link has taken ${appealsMax} statements. Write to whoever sent it.`);
    const madeAt = infra.clock.now();
    const appeal: Appeal = {
      id: newId('appeal', madeAt.getTime()),
      personId: share.person_id,
      reportId: share.report_id,
      point: input.point,
      authorName: input.authorName,
      body: input.body,
      madeAt: madeAt.toISOString(),
      outcome: null,
      answer: null,
      answeredBy: null,
      answeredAt: null,
    };
    await insertAppeal(tx, workspaceId, { ...appeal, shareId: share.id });
    await recordAudit(tx, {
      workspaceId,
      actor: { kind: 'system', id: share.id, name: `${input.authorName}, by the link for ${link.name}` },
      requestId: call.requestId,
      action: 'vetting_report.appealed',
      subjectKind: 'creator',
      subjectId: share.person_id,
      changes: { appeal: appeal.id, point: input.point, says: input.body.slice(0, 500) },
    });
    return toTold(appeal);
  });
}

/** The share behind a token, when it stands and the passphrase fits. */
async function enter(
  infra: Infra,
  given: { token: string; passphrase?: string | undefined },
): Promise<{ share: ShareRow; link: GuestLink }> {
  const link = await enterGuestLink(infra, { ...given, kind: reportLink, noun: 'report', callsMax });
  const share = await infra.db.inWorkspace(link.workspaceId, (tx) => selectShare(tx, link.workspaceId, link.id));
  if (share === null) throw endedLink();
  return { share, link };
}

/** Who answered stays inside. */
function toTold({ personId: _person, reportId: _report, answeredBy: _by, ...appeal }: Appeal): Told {
  return appeal;
}
