import { createHash } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { rightsChannelSchema } from '#modules/contracts/api.ts';
import { termsOf } from '#modules/contracts/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  getRightsWording as getEndpoint,
  listRightsAcceptances as listEndpoint,
  portalSubmitDraft,
  putRightsWording as putEndpoint,
  RightsWording,
} from './api.ts';
import { submissionsError } from './errors.ts';
import {
  hasAccepted,
  insertAcceptance,
  insertWording,
  selectAcceptances,
  selectWording,
  type WordingRow,
} from './queries/accepted-rights.ts';
import type { SubmissionThread } from './queries/submissions.ts';
import { sayRights } from './rules/say-rights.ts';

const acceptancesMax = 500;

/** The wording that counts, also one that asks for nothing any more; null before the first. Error: not_found. */
export async function readRightsWording(infra: Infra, call: Call<typeof getEndpoint>): Promise<RightsWording | null> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, input.campaignId);
    const row = await selectWording(tx, workspaceId, input.campaignId);
    return row === undefined ? null : toWording(row);
  });
}

/** Saves the next version; the same words again make none. Error: not_found. */
export async function saveRightsWording(infra: Infra, call: Call<typeof putEndpoint>): Promise<RightsWording> {
  const { workspaceId, actor, requestId } = call;
  const { campaignId, text, isPaid, territory, days } = call.input;
  const channels = [...new Set(call.input.channels)];
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, campaignId);
    const before = await selectWording(tx, workspaceId, campaignId);
    const own = { text, channels, is_paid: isPaid, territory, days };
    if (before !== undefined && toWording({ ...before, ...own }).textHash === toWording(before).textHash)
      return toWording(before);
    const row = { ...own, version: (before?.version ?? 0) + 1, saved_by: actor.name, saved_at: infra.clock.now() };
    await insertWording(tx, workspaceId, { campaignId, row });
    await recordAudit(tx, {
      ...{
        workspaceId,
        actor,
        requestId,
        action: 'rights-wording.saved',
        subjectKind: 'campaign',
        subjectId: campaignId,
      },
      changes: { version: row.version, textHash: toWording(row).textHash },
    });
    return toWording(row);
  });
}

/** The evidence of a campaign. Error: not_found. */
export async function listAcceptances(
  infra: Infra,
  call: Call<typeof listEndpoint>,
): Promise<OutputOf<typeof listEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, input.campaignId);
    const rows = await selectAcceptances(tx, workspaceId, input.campaignId, acceptancesMax);
    return rows.map((row) => ({
      id: row.id,
      deliverableId: row.deliverable_id,
      round: row.round,
      personId: row.person_id,
      name: row.name,
      version: row.wording_version,
      shown: row.shown,
      textHash: row.text_hash,
      address: row.address,
      userAgent: row.user_agent,
      acceptedAt: row.accepted_at.toISOString(),
    }));
  });
}

/** What a creator has to accept to hand in a piece; null where a contract says it, nothing is asked for, or they accepted these words for it before. */
export async function rightsToAccept(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; enrolmentId: string; deliverableId: string },
): Promise<Pick<RightsWording, 'version' | 'shown' | 'textHash'> | null> {
  const row = await selectWording(tx, workspaceId, of.campaignId);
  if (row === undefined || row.text === '') return null;
  if ((await termsOf(tx, workspaceId, of.enrolmentId)) !== null) return null;
  const { version, shown, textHash } = toWording(row);
  const isDone = await hasAccepted(tx, workspaceId, { deliverableId: of.deliverableId, version });
  return isDone ? null : { version, shown, textHash };
}

/**
 * Writes down that the creator who hands in accepted the words that count now: who, when, from where and the hash of what they saw. Errors: rights_not_accepted,
 * and rights_outdated when the words changed since they were shown.
 */
export async function acceptRights(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof portalSubmitDraft>; thread: SubmissionThread },
): Promise<void> {
  const { call, thread } = of;
  const { workspaceId, actor, requestId, input } = call;
  const { campaign_id, enrolment_id, deliverable_id } = thread;
  const asked = await rightsToAccept(tx, workspaceId, {
    ...{ campaignId: campaign_id, enrolmentId: enrolment_id, deliverableId: deliverable_id },
  });
  if (asked === null) return;
  const given = input.acceptsRights;
  const refuse = (code: 'rights_not_accepted' | 'rights_outdated', message: string) =>
    submissionsError(code, message, [{ field: 'acceptsRights', message }]);
  if (given === undefined)
    throw refuse('rights_not_accepted', 'To hand this in, read and accept how the brand may use it.');
  if (given.version !== asked.version || given.textHash !== asked.textHash)
    throw refuse('rights_outdated', 'The words about usage rights have changed. Read them again and accept them.');
  const at = infra.clock.now();
  const id = newId('event', at.getTime());
  await insertAcceptance(tx, workspaceId, {
    ...{ id, campaign_id, enrolment_id, deliverable_id, submission_id: thread.id, round: input.round },
    ...{ person_id: actor.id, wording_version: asked.version, shown: asked.shown, text_hash: asked.textHash },
    name: actor.name,
    address: call.remoteAddress.slice(0, 100),
    user_agent: (call.request.headers.get('user-agent') ?? 'not said').replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 300),
    accepted_at: at,
  });
  await recordAudit(tx, {
    ...{ workspaceId, actor, requestId, action: 'rights.accepted', subjectKind: 'submission', subjectId: thread.id },
    changes: { acceptance: id, version: asked.version, textHash: asked.textHash },
  });
}

function toWording(row: WordingRow): RightsWording {
  const { version, text, territory, days } = row;
  const words = {
    text,
    channels: rightsChannelSchema.array().parse(row.channels),
    isPaid: row.is_paid,
    territory,
    days,
  };
  const shown = sayRights(words);
  return {
    ...words,
    version,
    shown,
    textHash: createHash('sha256').update(shown, 'utf8').digest('hex'),
    savedBy: row.saved_by,
    savedAt: row.saved_at.toISOString(),
  };
}
