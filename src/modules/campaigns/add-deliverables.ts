import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import { platformNames } from '#kernel/platform.ts';
import {
  type addDeliverables as addEndpoint,
  type BriefDeliverable,
  briefSchema,
  type createFromBrief as fromBriefEndpoint,
} from './api.ts';
import { campaignsError } from './errors.ts';
import { selectBriefVersion } from './queries/change-campaign.ts';
import { insertDeliverables, type NewDeliverable } from './queries/content.ts';
import { lockEnrolments, selectRoster } from './queries/roster.ts';
import { selectHeldPieces, setBriefLines } from './queries/signed-pieces.ts';
import { holdCampaign } from './read-campaigns.ts';
import { type ChangeFrame, recordContentChanges } from './record-change.ts';
import { adoptPieces } from './rules/adopt-pieces.ts';

/** Plans one deliverable for each of the creators. Errors: not_found, unknown_creator, removed_creator. */
export async function addDeliverables(
  infra: Infra,
  call: Call<typeof addEndpoint>,
): Promise<OutputOf<typeof addEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const enrolmentIds = [...new Set(input.enrolmentIds)];
    await checkOnRoster(tx, workspaceId, { campaignId: campaign.id, enrolmentIds });
    const nowMs = infra.clock.now().getTime();
    const { platform, format, title, dueOn } = input;
    const rows = enrolmentIds.map((enrolmentId) => ({
      id: newId('deliverable', nowMs),
      enrolmentId,
      platform,
      format,
      title,
      dueOn,
      briefLine: null,
    }));
    const deliverableIds = await planDeliverables(infra, tx, { call, campaignId: campaign.id, rows });
    return { created: deliverableIds.length, deliverableIds };
  });
}

/** Makes the deliverables of the newest brief for creators, each line once, and none that a contract brought already. Errors: not_found, brief_empty, unknown_creator, removed_creator. */
export async function createFromBrief(
  infra: Infra,
  call: Call<typeof fromBriefEndpoint>,
): Promise<OutputOf<typeof fromBriefEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const version = await selectBriefVersion(tx, workspaceId, {
      campaignId: campaign.id,
      version: campaign.brief_version,
    });
    const items = version === undefined ? [] : briefSchema.parse(version.brief).deliverables;
    if (items.length === 0)
      throw campaignsError(
        'brief_empty',
        'The brief names no deliverables yet. Write down what each creator makes, then try again.',
      );
    const all = input.enrolmentIds === undefined;
    const roster = all
      ? (await selectRoster(tx, workspaceId, [campaign.id]))
          .filter((row) => row.removed_at === null)
          .map((row) => row.id)
      : [...new Set(input.enrolmentIds)];
    if (!all) await checkOnRoster(tx, workspaceId, { campaignId: campaign.id, enrolmentIds: roster });
    const nowMs = infra.clock.now().getTime();
    const lines = toLines(items);
    // A millisecond apart: pieces that are due on one day keep the order of the brief.
    const rows = roster.flatMap((enrolmentId) =>
      lines.map((line, index) => ({ id: newId('deliverable', nowMs + index), enrolmentId, ...line })),
    );
    // What a contract asked for already is not asked for a second time.
    const { adopt, make } = adoptPieces(rows, await selectHeldPieces(tx, workspaceId, roster));
    await setBriefLines(tx, workspaceId, adopt);
    const made = await planDeliverables(infra, tx, { call, campaignId: campaign.id, rows: make });
    return { created: made.length, unchanged: rows.length - made.length };
  });
}

/** Each piece the brief asks for, told apart by platform, format, title and its number, so that asking again makes it once. */
function toLines(items: readonly BriefDeliverable[]): Omit<NewDeliverable, 'id' | 'enrolmentId'>[] {
  const seen = new Map<string, number>();
  return items.flatMap((item) =>
    Array.from({ length: item.count }, () => {
      const base = `${item.platform}/${item.format.toLowerCase()}/${item.title.toLowerCase()}`;
      const number = (seen.get(base) ?? 0) + 1;
      seen.set(base, number);
      const name = item.title === '' ? `${platformNames[item.platform]} ${item.format}` : item.title;
      const title = item.count > 1 ? `${name} ${number}` : name;
      return { platform: item.platform, format: item.format, title, dueOn: item.dueOn, briefLine: `${base}/${number}` };
    }),
  );
}

async function checkOnRoster(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; enrolmentIds: readonly string[] },
): Promise<void> {
  const held = await lockEnrolments(tx, workspaceId, { campaignId: of.campaignId, ids: of.enrolmentIds });
  const known = new Map(held.map((row) => [row.id, row]));
  of.enrolmentIds.forEach((id, index) => {
    const row = known.get(id);
    const detail = (message: string) => [{ field: `enrolmentIds.${index}`, message }];
    if (row === undefined)
      throw campaignsError(
        'unknown_creator',
        `enrolmentIds.${index}: no creator of this campaign has the id "${id}".`,
        detail('Not on this campaign'),
      );
    if (row.removed_at !== null)
      throw campaignsError(
        'removed_creator',
        `enrolmentIds.${index}: this creator was taken off the campaign.`,
        detail('Was taken off the campaign'),
      );
  });
}

const rowsPerStatement = 5000;

/** Inserts deliverables with what that leaves behind; answers the ids made, without those a line of the brief had made before. */
export async function planDeliverables(
  infra: Infra,
  tx: Tx,
  of: { call: ChangeFrame; campaignId: string; rows: readonly NewDeliverable[] },
): Promise<string[]> {
  const { call, rows } = of;
  const made = new Set<string>();
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const part = rows.slice(from, from + rowsPerStatement);
    for (const id of await insertDeliverables(tx, call.workspaceId, {
      rows: part,
      createdBy: call.actor.id,
      at: infra.clock.now(),
    }))
      made.add(id);
  }
  const news = rows.filter((row) => made.has(row.id));
  await recordContentChanges(infra, tx, {
    call,
    campaignId: of.campaignId,
    what: 'planned',
    rows: news.map((row) => ({
      deliverableId: row.id,
      changes: { enrolmentId: row.enrolmentId, platform: row.platform, format: row.format, title: row.title },
    })),
  });
  return news.map((row) => row.id);
}
