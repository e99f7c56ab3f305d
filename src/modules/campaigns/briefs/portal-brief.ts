import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { PortalTask } from '#kernel/portal-task.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import { advanceEnrolment } from '../advance-enrolment.ts';
import {
  type acknowledgeBrief as acknowledgeEndpoint,
  type getPortalBrief as getEndpoint,
  type getPortalBriefImage as imageEndpoint,
  type listPortalBriefs as listEndpoint,
  type PortalBrief,
  type getPortalBriefPdf as pdfEndpoint,
  shownBriefSchema,
} from '../api.ts';
import { campaignsError } from '../errors.ts';
import { briefAcknowledged } from '../events.ts';
import { compareShown } from '../rules/shown-brief.ts';
import { pdfOfBrief } from './brief-pdf.ts';
import {
  insertAcknowledgement,
  type ReceiptRow,
  selectAcknowledgements,
  selectBriefsOfPerson,
  selectNewestReceipts,
  selectReader,
  selectShown,
  setOpened,
} from './queries.ts';
import { toAcknowledgement } from './read-status.ts';

type Reader = NonNullable<Awaited<ReturnType<typeof selectReader>>>;

/** The enrolment of this creator with what was sent to them. Error: not_found, the same for another creator's and for a brief never sent. */
async function getSent(
  tx: Tx,
  call: { workspaceId: string; actor: { id: string } },
  enrolmentId: string,
): Promise<{ reader: Reader; receipt: ReceiptRow }> {
  const { workspaceId, actor } = call;
  const reader = await selectReader(tx, workspaceId, { enrolmentId, personId: actor.id });
  const [receipt] = reader === undefined ? [] : await selectNewestReceipts(tx, workspaceId, [reader.id]);
  if (reader === undefined || receipt === undefined || reader.removed_at !== null) throw notFound('brief');
  return { reader, receipt };
}

async function present(
  tx: Tx,
  workspaceId: string,
  of: { reader: Pick<Reader, 'id' | 'campaign_id' | 'campaign_name'>; receipt: ReceiptRow; brand: string },
): Promise<PortalBrief> {
  const { reader, receipt } = of;
  const agreements = await selectAcknowledgements(tx, workspaceId, [reader.id]);
  const shown = shownBriefSchema.parse(receipt.shown);
  const isAgreed = agreements.some((row) => row.part_hash === receipt.part_hash);
  const newest = agreements.find((row) => row.part_hash === receipt.part_hash) ?? agreements[0];
  const before = isAgreed || newest === undefined ? null : await selectShown(tx, workspaceId, newest.receipt_id);
  return {
    enrolmentId: reader.id,
    campaign: { id: reader.campaign_id, name: reader.campaign_name, brand: of.brand },
    version: receipt.version,
    partHash: receipt.part_hash,
    shown,
    sentAt: receipt.sent_at.toISOString(),
    state: isAgreed ? 'acknowledged' : 'to_acknowledge',
    acknowledged: newest === undefined ? null : toAcknowledgement(newest),
    changes: before === null ? [] : compareShown(shownBriefSchema.parse(before), shown),
  };
}

/** The briefs this creator was sent, newest first. */
export async function listPortalBriefs(
  infra: Infra,
  call: Call<typeof listEndpoint>,
): Promise<OutputOf<typeof listEndpoint>> {
  return infra.db.inWorkspace(call.workspaceId, (tx) => readOfPerson(tx, call.workspaceId, call.actor.id));
}

async function readOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<PortalBrief[]> {
  const rows = await selectBriefsOfPerson(tx, workspaceId, personId);
  const brand = (await getWorkspace(tx, workspaceId)).name;
  const receipts = await selectNewestReceipts(
    tx,
    workspaceId,
    rows.map((row) => row.enrolment_id),
  );
  const receiptOf = new Map(receipts.map((row) => [row.enrolment_id, row]));
  const briefs: PortalBrief[] = [];
  for (const row of rows) {
    const receipt = receiptOf.get(row.enrolment_id);
    if (receipt === undefined) continue;
    const reader = { id: row.enrolment_id, campaign_id: row.campaign_id, campaign_name: row.campaign_name };
    briefs.push(await present(tx, workspaceId, { reader, receipt, brand }));
  }
  return briefs;
}

/** The brief as it was sent to this creator; it counts as opened from now on, unless a member looks through their eyes. Error: not_found. */
export async function getPortalBrief(infra: Infra, call: Call<typeof getEndpoint>): Promise<PortalBrief> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { reader, receipt } = await getSent(tx, call, input.enrolmentId);
    if (call.actor.kind === 'creator')
      await setOpened(tx, workspaceId, { receiptId: receipt.id, at: infra.clock.now() });
    const brand = (await getWorkspace(tx, workspaceId)).name;
    return present(tx, workspaceId, { reader, receipt, brand });
  });
}

const userAgentMax = 300;

/** Keeps that this creator agreed to the text they read: who, when, from which address, which version. Errors: not_found, brief_other. */
export async function acknowledgeBrief(infra: Infra, call: Call<typeof acknowledgeEndpoint>): Promise<PortalBrief> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { reader, receipt } = await getSent(tx, call, input.enrolmentId);
    if (receipt.part_hash !== input.partHash)
      throw campaignsError(
        'brief_other',
        `The brief changed while you read it; version ${receipt.version} holds now. Look at what is new, then confirm.`,
      );
    const at = infra.clock.now();
    const isNew = await insertAcknowledgement(tx, workspaceId, {
      id: newId('acknowledgement', at.getTime()),
      receiptId: receipt.id,
      enrolmentId: reader.id,
      personId: reader.person_id,
      version: receipt.version,
      partHash: receipt.part_hash,
      name: actor.name,
      ip: call.remoteAddress,
      userAgent: (call.request.headers.get('user-agent') ?? '').slice(0, userAgentMax),
      at,
    });
    if (isNew) {
      const { requestId } = call;
      const changes = { version: receipt.version, partHash: receipt.part_hash };
      await setOpened(tx, workspaceId, { receiptId: receipt.id, at });
      await recordAudit(tx, {
        workspaceId,
        actor,
        requestId,
        action: 'brief.acknowledged',
        subjectKind: 'enrolment',
        subjectId: reader.id,
        changes,
      });
      await infra.outbox.emit(tx, {
        workspaceId,
        name: briefAcknowledged,
        payload: {
          campaignId: reader.campaign_id,
          enrolmentId: reader.id,
          personId: reader.person_id,
          version: String(receipt.version),
          actorName: actor.name,
        },
      });
      await advanceEnrolment(infra, tx, {
        workspaceId,
        enrolmentId: reader.id,
        reason: 'brief_acknowledged',
        by: actor,
        requestId,
      });
    }
    const brand = (await getWorkspace(tx, workspaceId)).name;
    return present(tx, workspaceId, { reader, receipt, brand });
  });
}

/** The brief as it was sent to this creator, as PDF. Error: not_found. */
export async function getPortalBriefPdf(infra: Infra, call: Call<typeof pdfEndpoint>): Promise<Download> {
  const { workspaceId, input } = call;
  const page = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { reader, receipt } = await getSent(tx, call, input.enrolmentId);
    const brand = (await getWorkspace(tx, workspaceId)).name;
    const shown = shownBriefSchema.parse(receipt.shown);
    const images = await infra.files.list(
      tx,
      workspaceId,
      shown.brief.moodBoard.flatMap((item) => item.fileId ?? []),
    );
    return {
      campaign: reader.campaign_name,
      brand,
      creator: call.actor.name,
      version: receipt.version,
      savedAt: receipt.first_sent_at,
      shown,
      images,
    };
  });
  return pdfOfBrief(infra, page);
}

/** A picture of the mood board of a brief that was sent to this creator. Error: not_found, also for files of which the brief says nothing. */
export async function getPortalBriefImage(infra: Infra, call: Call<typeof imageEndpoint>): Promise<Download> {
  const { workspaceId, input } = call;
  const file = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { receipt } = await getSent(tx, call, input.enrolmentId);
    const shown = shownBriefSchema.parse(receipt.shown);
    if (!shown.brief.moodBoard.some((item) => item.fileId === input.fileId)) throw notFound('file');
    return infra.files.get(tx, workspaceId, input.fileId);
  });
  const preview = input.size === 'preview' ? infra.files.preview(file) : null;
  return preview ?? infra.files.download(file, { request: call.request, isShown: true });
}

/** Briefs this creator has still to agree to, for the home of the portal. */
export async function briefPortalTasks(tx: Tx, workspaceId: string, personId: string): Promise<PortalTask[]> {
  const briefs = await readOfPerson(tx, workspaceId, personId);
  return briefs
    .filter((brief) => brief.state === 'to_acknowledge')
    .map((brief) => {
      const { respondBy } = brief.shown.brief.dates;
      const isChanged = brief.acknowledged !== null;
      return {
        kind: 'brief.acknowledge',
        title: isChanged
          ? `Look at what changed in ${brief.campaign.name}`
          : `Read the brief of ${brief.campaign.name}`,
        detail: isChanged
          ? brief.changes.map((change) => change.label).join(', ')
          : 'What to make, by when, and what is left to you',
        dueAt: respondBy === null ? null : new Date(`${respondBy}T23:59:59Z`),
        path: `/briefs/${brief.enrolmentId}`,
        campaignId: brief.campaign.id,
        isUrgent: isChanged,
      };
    });
}
