import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { Page } from '#kernel/page.ts';
import { type Platform, platformSchema } from '#kernel/platform.ts';
import { getPerson, importCreatorRows, readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type decideProof,
  type getProofFile,
  type listPortalProofs,
  type listProofs,
  type PortalProof,
  proofFiguresSchema,
  type sendProof,
} from './api.ts';
import { invalidField, portalError } from './errors.ts';
import { type PortalEventPayload, proofReceived } from './events.ts';
import { decideProofRow, insertProof, lockProof, type ProofRow, selectProofs } from './queries/own-data.ts';

const bytesMax = 15 * 1024 * 1024;
const waitingMax = 30;

/** Keeps a screenshot of a platform's insights with what it shows. Errors: files.not_accepted; portal.invalid for an account that is not theirs, or a day to come. */
export async function keepProof(infra: Infra, call: Call<typeof sendProof>): Promise<PortalProof> {
  const { workspaceId, actor, input } = call;
  const handle = input.handle.replace(/^@/, '').toLowerCase();
  const profileId = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const person = await getPerson(tx, workspaceId, actor.id);
    const own = person.profiles.find((one) => one.platform === input.platform && one.handle.toLowerCase() === handle);
    if (own === undefined)
      throw invalidField('handle', 'is none of your accounts here. Ask the brand to add it first.');
    const waiting = await selectProofs(tx, {
      workspaceId,
      personId: person.id,
      state: 'waits',
      limit: waitingMax,
      after: null,
    });
    if (waiting.length >= waitingMax)
      throw portalError('too_many_tries', `${waitingMax} of them wait to be read already.`);
    return own.id;
  });
  if (input.takenOn > infra.clock.now().toISOString().slice(0, 10)) throw invalidField('takenOn', 'is a day to come');
  const name = decodeURIComponent(call.request.headers.get('rapport-file-name') ?? 'insights');
  const file = await infra.files.keep(workspaceId, {
    content: call.request.body,
    name,
    accept: ['image', 'pdf'],
    bytesMax,
    by: actor.name,
  });
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const at = infra.clock.now();
    const id = newId('portalProof', at.getTime());
    const { platform, takenOn, figures, note } = input;
    const row = {
      workspaceId,
      id,
      personId: actor.id,
      profileId,
      platform,
      handle,
      fileId: file.id,
      takenOn,
      figures,
      note,
      at,
    };
    await insertProof(tx, row);
    const payload: PortalEventPayload = { actorName: actor.name, personId: actor.id, proofId: id };
    await infra.outbox.emit(tx, { workspaceId, name: proofReceived, payload });
    return presentOne(tx, workspaceId, id);
  });
}

export function readOwnProofs(infra: Infra, call: Call<typeof listPortalProofs>): Promise<{ rows: PortalProof[] }> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => ({
    rows: await present(
      tx,
      workspaceId,
      await selectProofs(tx, { workspaceId, personId: actor.id, limit: 100, after: null }),
    ),
  }));
}

export function pageProofs(infra: Infra, call: Call<typeof listProofs>): Promise<Page<PortalProof>> {
  const { workspaceId, input } = call;
  const { limit, cursor, state, personId } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectProofs(tx, { workspaceId, state, personId, limit: limit + 1, after: cursor ?? null });
    const page = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
    return { rows: await present(tx, workspaceId, page), nextCursor };
  });
}

export function openProofFile(infra: Infra, call: Call<typeof getProofFile>): Promise<Download> {
  const { workspaceId, input, request } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const proof = await lockProof(tx, workspaceId, input.proofId);
    if (proof === undefined) throw notFound('proof');
    return infra.files.download(await infra.files.get(tx, workspaceId, proof.file_id), { request, isShown: true });
  });
}

/** Taken over, the figures stand as the creator's own statement with the day they were taken. Errors: not_found; portal.answered, invalid. */
export async function settleProof(infra: Infra, call: Call<typeof decideProof>): Promise<PortalProof> {
  const { workspaceId, actor, input } = call;
  const reason = input.reason?.trim() ?? '';
  if (!input.isTaken && reason === '') throw invalidField('reason', 'is needed: the creator reads it');
  const proof = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockProof(tx, workspaceId, input.proofId);
    if (row === undefined) throw notFound('proof');
    if (row.state !== 'waits') throw portalError('answered', 'Somebody has decided on this already.');
    const how = { by: actor.name, at: infra.clock.now(), reason: reason === '' ? null : reason };
    await decideProofRow(tx, row, { ...how, state: input.isTaken ? 'taken' : 'refused' });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: input.isTaken ? 'portal_proof.taken' : 'portal_proof.refused',
      subjectKind: 'creator',
      subjectId: row.person_id,
      changes: { proof: row.id },
    });
    return row;
  });
  if (input.isTaken) await takeOver(infra, proof);
  return infra.db.inWorkspace(workspaceId, (tx) => presentOne(tx, workspaceId, proof.id));
}

async function takeOver(infra: Infra, proof: ProofRow): Promise<void> {
  const { reach: _, ...figures } = proofFiguresSchema.parse(proof.figures);
  if (Object.keys(figures).length === 0) return;
  await importCreatorRows(infra, {
    workspaceId: proof.workspace_id,
    rows: [{ profiles: [{ platform: platformOf(proof), handle: proof.handle, ...figures }] }],
    source: 'insights the creator handed in',
    observedAt: new Date(`${proof.taken_on}T12:00:00Z`),
    keyScope: `proof:${proof.id}`,
  });
}

function platformOf(proof: ProofRow): Platform {
  return platformSchema.parse(proof.platform);
}

async function presentOne(tx: Tx, workspaceId: string, proofId: string): Promise<PortalProof> {
  const row = await lockProof(tx, workspaceId, proofId);
  const [shown] = row === undefined ? [] : await present(tx, workspaceId, [row]);
  if (shown === undefined) throw notFound('proof');
  return shown;
}

async function present(tx: Tx, workspaceId: string, rows: readonly ProofRow[]): Promise<PortalProof[]> {
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.map((row) => row.person_id),
  );
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    personName: cards.get(row.person_id)?.name ?? 'Creator without a name',
    platform: platformOf(row),
    handle: row.handle,
    fileId: row.file_id,
    takenOn: row.taken_on,
    figures: proofFiguresSchema.parse(row.figures),
    note: row.note,
    state: row.state === 'taken' || row.state === 'refused' ? row.state : 'waits',
    decidedReason: row.decided_reason,
    createdAt: row.created_at.toISOString(),
  }));
}
