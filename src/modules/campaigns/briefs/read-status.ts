import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { readContacts, readPersonCards } from '#modules/creators/index.ts';
import { shownBriefSchema, type listBriefStatus as statusEndpoint } from '../api.ts';
import { readBriefVersion } from '../read-brief.ts';
import { getCampaignRow } from '../read-campaigns.ts';
import { briefStateOf } from '../rules/brief-state.ts';
import { compareShown } from '../rules/shown-brief.ts';
import {
  type AcknowledgementRow,
  selectAcknowledgements,
  selectBriefReaders,
  selectNewestReceipts,
} from './queries.ts';
import { readTexts } from './read-texts.ts';

/** For each creator on the roster, how they stand to the brief that holds for them now. Error: not_found. */
export async function listBriefStatus(
  infra: Infra,
  call: Call<typeof statusEndpoint>,
): Promise<OutputOf<typeof statusEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const version = campaign.brief_version;
    const { brief } = await readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version });
    const readers = await selectBriefReaders(tx, workspaceId, { campaignId: campaign.id });
    const ids = readers.map((reader) => reader.id);
    const personIds = readers.map((reader) => reader.person_id);
    const cards = await readPersonCards(tx, workspaceId, personIds);
    const emails = new Map((await readContacts(tx, workspaceId, personIds)).map((one) => [one.personId, one.emails]));
    const textOf = await readTexts(tx, workspaceId, { brief, enrolmentIds: ids });
    const receipts = new Map((await selectNewestReceipts(tx, workspaceId, ids)).map((row) => [row.enrolment_id, row]));
    const agreements = Map.groupBy(await selectAcknowledgements(tx, workspaceId, ids), (row) => row.enrolment_id);
    const rows = readers.map((reader) => {
      const text = textOf(reader.id);
      const receipt = receipts.get(reader.id) ?? null;
      const own = agreements.get(reader.id) ?? [];
      const [newest] = own;
      const state = briefStateOf({
        currentHash: text.partHash,
        newest: receipt === null ? null : { partHash: receipt.part_hash, openedAt: receipt.opened_at },
        agreed: new Set(own.map((row) => row.part_hash)),
      });
      return {
        enrolmentId: reader.id,
        person: { id: reader.person_id, name: cards.get(reader.person_id)?.name ?? 'Erased creator' },
        hasEmail: (emails.get(reader.person_id) ?? []).length > 0,
        state,
        sentVersion: receipt?.version ?? null,
        sentAt: receipt?.sent_at.toISOString() ?? null,
        times: receipt?.times ?? 0,
        mail: receipt?.mail ?? null,
        openedAt: receipt?.opened_at?.toISOString() ?? null,
        acknowledged: newest === undefined ? null : toAcknowledgement(newest),
        changes:
          receipt === null || receipt.part_hash === text.partHash
            ? []
            : compareShown(shownBriefSchema.parse(receipt.shown), text.shown).map((change) => change.label),
        own: [...(text.shown.note === '' ? [] : ['note']), ...text.shown.own],
      };
    });
    return { version, mailIsOff: !(await infra.mail.isOn(tx, workspaceId, 'transactional')), rows };
  });
}

export function toAcknowledgement(row: AcknowledgementRow) {
  return { version: row.version, name: row.name, ip: row.ip, at: row.acknowledged_at.toISOString() };
}
