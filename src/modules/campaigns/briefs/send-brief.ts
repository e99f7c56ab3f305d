import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import {
  findSuppressedPersons,
  mailPortalLink,
  type PersonCard,
  type PortalAddressee,
  readAddressees,
  readPersonCards,
} from '#modules/creators/index.ts';
import { getWorkspace, recordAudits } from '#modules/workspaces/index.ts';
import { briefSendMax, type sendBrief as sendEndpoint, shownBriefSchema } from '../api.ts';
import { campaignsError } from '../errors.ts';
import { briefSent } from '../events.ts';
import { readBriefVersion } from '../read-brief.ts';
import { holdCampaign } from '../read-campaigns.ts';
import type { ChangeFrame } from '../record-change.ts';
import { mailOfBrief } from '../rules/brief-mail.ts';
import { compareShown } from '../rules/shown-brief.ts';
import {
  insertReceipts,
  type NewReceipt,
  type ReceiptRow,
  selectAcknowledgements,
  selectBriefReaders,
  selectNewestReceipts,
} from './queries.ts';
import { readTexts, type Text } from './read-texts.ts';

export const briefLinkDays = 60;
/** A second reminder within this time is a slip of the hand. */
const reminderGapMs = 10 * 60_000;

type Answer = OutputOf<typeof sendEndpoint>;

/** Sends the newest brief to creators of the campaign. Errors: not_found, brief_empty, unknown_creator. */
export async function sendBrief(infra: Infra, call: Call<typeof sendEndpoint>): Promise<Answer> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    return sendToCreators(infra, tx, {
      call,
      campaign: { id: campaign.id, name: campaign.name, version: campaign.brief_version },
      enrolmentIds: [...new Set(input.enrolmentIds)],
      message: input.message,
      again: input.again,
    });
  });
}

interface Sending {
  call: ChangeFrame;
  campaign: { id: string; name: string; version: number };
  enrolmentIds: readonly string[];
  message: string;
  again: boolean;
}

/** The same inside a transaction that holds the campaign. */
export async function sendToCreators(infra: Infra, tx: Tx, of: Sending): Promise<Answer> {
  const { call, campaign } = of;
  const { workspaceId } = call;
  const { version } = campaign;
  if (version === 0)
    throw campaignsError('brief_empty', `"${campaign.name}" has no brief yet. Write it, then send it.`);
  const { brief } = await readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version });
  const { readers, refused } = await readReaders(infra, tx, of);
  const ids = readers.map((reader) => reader.enrolmentId);
  const textOf = await readTexts(tx, workspaceId, { brief, enrolmentIds: ids });
  const newest = new Map((await selectNewestReceipts(tx, workspaceId, ids)).map((row) => [row.enrolment_id, row]));
  const agreed = new Set(
    (await selectAcknowledgements(tx, workspaceId, ids)).map((row) => `${row.enrolment_id} ${row.part_hash}`),
  );
  const at = infra.clock.now();
  const answer: Answer = { version, sent: 0, reminded: 0, unchanged: 0, refused, links: [] };
  const due: Due[] = [];
  for (const reader of readers) {
    const text = textOf(reader.enrolmentId);
    const before = newest.get(reader.enrolmentId) ?? null;
    const hasIt = before?.part_hash === text.partHash;
    const isAgreed = agreed.has(`${reader.enrolmentId} ${text.partHash}`);
    const isTooSoon = before !== null && at.getTime() - before.sent_at.getTime() < reminderGapMs;
    if (hasIt && (isAgreed || !of.again || isTooSoon)) answer.unchanged += 1;
    else {
      answer[hasIt ? 'reminded' : 'sent'] += 1;
      due.push({ reader, text, before, what: before === null ? 'first' : hasIt ? 'reminder' : 'changed' });
    }
  }
  const rows: NewReceipt[] = [];
  const brand = (await getWorkspace(tx, workspaceId)).name;
  for (const one of due) {
    const { mail, url } = await deliver(infra, tx, { ...of, ...one, brand });
    if (mail !== 'queued') answer.links.push({ enrolmentId: one.reader.enrolmentId, name: one.reader.name, url });
    rows.push({
      id: newId('brief', at.getTime()),
      campaignId: campaign.id,
      enrolmentId: one.reader.enrolmentId,
      version,
      partHash: one.text.partHash,
      shown: one.text.shown,
      sentBy: call.actor.name,
      mail,
      at,
    });
  }
  await insertReceipts(tx, workspaceId, rows);
  await recordSending(infra, tx, { call, campaignId: campaign.id, version, due });
  return answer;
}

interface Reader extends PortalAddressee {
  enrolmentId: string;
  personId: string;
}

interface Due {
  reader: Reader;
  text: Text;
  before: ReceiptRow | null;
  what: 'first' | 'changed' | 'reminder';
}

async function readReaders(
  infra: Infra,
  tx: Tx,
  of: Sending,
): Promise<{ readers: Reader[]; refused: Answer['refused'] }> {
  const { workspaceId } = of.call;
  if (of.enrolmentIds.length > briefSendMax)
    throw campaignsError('unknown_creator', `At most ${briefSendMax} creators at once, not ${of.enrolmentIds.length}.`);
  const rows = await selectBriefReaders(tx, workspaceId, {
    campaignId: of.campaign.id,
    enrolmentIds: of.enrolmentIds,
  });
  const known = new Map(rows.map((row) => [row.id, row]));
  const missing = of.enrolmentIds.findIndex((id) => !known.has(id));
  if (missing >= 0)
    throw campaignsError(
      'unknown_creator',
      `enrolmentIds.${missing}: no creator of this campaign has the id "${of.enrolmentIds[missing]}".`,
      [{ field: `enrolmentIds.${missing}`, message: 'Not on this campaign' }],
    );
  const personIds = rows.map((row) => row.person_id);
  const cards = await readPersonCards(tx, workspaceId, personIds);
  const suppressed = await findSuppressedPersons(infra, tx, [...cards.values()]);
  const addressees = await readAddressees(tx, workspaceId, personIds);
  const readers: Reader[] = [];
  const refused: Answer['refused'] = [];
  for (const row of rows) {
    const card = cards.get(row.person_id);
    const reason = whyNot(row, card, suppressed);
    const name = card?.name ?? 'Erased creator';
    if (reason !== null) refused.push({ enrolmentId: row.id, name, message: reason });
    else
      readers.push({
        enrolmentId: row.id,
        personId: row.person_id,
        name,
        email: addressees.get(row.person_id)?.email ?? null,
      });
  }
  return { readers, refused };
}

function whyNot(
  row: { removed_at: Date | null },
  card: PersonCard | undefined,
  suppressed: Set<string>,
): string | null {
  if (card === undefined) return 'This creator was erased.';
  if (row.removed_at !== null) return `${card.name} was taken off the campaign.`;
  if (suppressed.has(card.personId)) return `${card.name} asked not to be contacted.`;
  return null;
}

async function deliver(
  infra: Infra,
  tx: Tx,
  of: Sending & Due & { brand: string },
): Promise<{ mail: NewReceipt['mail']; url: string }> {
  const { reader, call, campaign, text, brand } = of;
  const changes =
    of.what === 'changed' && of.before !== null
      ? compareShown(shownBriefSchema.parse(of.before.shown), text.shown).map((change) => change.label)
      : [];
  const { respondBy } = text.shown.brief.dates;
  const { mail, link } = await mailPortalLink(infra, tx, {
    workspaceId: call.workspaceId,
    personId: reader.personId,
    madeBy: call.actor.name,
    path: `/briefs/${reader.enrolmentId}`,
    days: briefLinkDays,
    brand,
    to: reader,
    key: `brief/${reader.enrolmentId}/${text.partHash}/${infra.clock.now().toISOString()}`,
    ...mailOfBrief({ campaign: campaign.name, brand, what: of.what, changes, message: of.message, respondBy }),
  });
  return { mail, url: link };
}

async function recordSending(
  infra: Infra,
  tx: Tx,
  of: { call: ChangeFrame; campaignId: string; version: number; due: readonly Due[] },
): Promise<void> {
  const { call, due } = of;
  const { workspaceId, actor, requestId } = call;
  if (due.length === 0) return;
  await recordAudits(
    tx,
    due.map(({ reader, what }) => ({
      workspaceId,
      actor,
      requestId,
      action: what === 'reminder' ? 'brief.reminded' : 'brief.sent',
      subjectKind: 'enrolment',
      subjectId: reader.enrolmentId,
      changes: { version: of.version },
    })),
  );
  for (const { reader, what } of due)
    await infra.outbox.emit(tx, {
      workspaceId,
      name: briefSent,
      payload: {
        campaignId: of.campaignId,
        enrolmentId: reader.enrolmentId,
        personId: reader.personId,
        version: String(of.version),
        what,
        actorName: actor.name,
      },
    });
}
