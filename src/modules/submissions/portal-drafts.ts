import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { acceptRights, rightsToAccept } from './accept-rights.ts';
import type {
  PortalSubmission,
  PortalSubmissionRow,
  portalAddFile,
  portalAddScreenshot,
  portalComment,
  portalGetSubmission,
  portalGiveLive,
  portalListSubmissions,
  portalOpenFile,
  portalRemoveFile,
  portalStartDraft,
  portalSubmitDraft,
  portalTypeFigures,
  portalUseCaption,
  portalWithdrawDraft,
  portalWriteDraft,
} from './api.ts';
import { writeComment } from './comment-draft.ts';
import { addDraftFile, frameOf, openDraftFile, removeDraftFile } from './draft-files.ts';
import { submissionsError } from './errors.ts';
import { recordStep } from './frame.ts';
import { goLive } from './go-live.ts';
import { checkRound, holdThread, newestRound } from './hold-thread.ts';
import { labelRulesOf } from './judge-caption.ts';
import { keepScreenshot, openScreenshot } from './keep-screenshot.ts';
import { readPortalRows } from './portal-rows.ts';
import { limitOf, type ReadDraft, readDraft, type Viewer } from './present-submission.ts';
import { updateRound } from './queries/rounds.ts';
import { selectScreenshots } from './queries/screenshots.ts';
import { type SubmissionThread, selectThreadsOfDeliverables, updateThread } from './queries/submissions.ts';
import { readContext } from './read-context.ts';
import { guidelinesOf } from './rules/guidelines.ts';
import { startRound } from './start-draft.ts';
import { submitRound, withdrawRound } from './submit-draft.ts';
import { keepFigures } from './type-figures.ts';
import { writeRound } from './write-draft.ts';

type PieceCall = Pick<Call, 'workspaceId' | 'actor' | 'requestId'> & { input: { deliverableId: string } };

/** What the creator makes, by due day. */
export function listForCreator(infra: Infra, call: Call<typeof portalListSubmissions>): Promise<PortalSubmissionRow[]> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, (tx) => readPortalRows(infra, tx, { workspaceId, personId: actor.id }));
}

/** One piece of the creator. Error: not_found, the same for another creator's. */
export function showForCreator(infra: Infra, call: Call<typeof portalGetSubmission>): Promise<PortalSubmission> {
  return infra.db.inWorkspace(call.workspaceId, (tx) => present(infra, tx, call));
}

/** Begins a draft or its next round. Errors: as startRound. */
export function startForCreator(infra: Infra, call: Call<typeof portalStartDraft>): Promise<PortalSubmission> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    await findPiece(infra, tx, call);
    await startRound(infra, tx, { frame: frameOf(call), deliverableId: call.input.deliverableId });
    return present(infra, tx, call);
  });
}

/** Changes the open draft. Errors: not_found, not_a_draft. */
export function writeForCreator(infra: Infra, call: Call<typeof portalWriteDraft>): Promise<PortalSubmission> {
  const { deliverableId: _id, ...words } = call.input;
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const { id } = await findThread(infra, tx, call);
    await writeRound(infra, tx, { frame: frameOf(call), submissionId: id, words });
    return present(infra, tx, call);
  });
}

/** Adds an uploaded file. Errors: as addDraftFile. */
export async function addFileForCreator(infra: Infra, call: Call<typeof portalAddFile>): Promise<PortalSubmission> {
  const { id } = await infra.db.inWorkspace(call.workspaceId, (tx) => findThread(infra, tx, call));
  await addDraftFile(infra, { frame: frameOf(call), submissionId: id, request: call.request });
  return infra.db.inWorkspace(call.workspaceId, (tx) => present(infra, tx, call));
}

/** Takes a file out. Errors: as removeDraftFile. */
export function removeFileForCreator(infra: Infra, call: Call<typeof portalRemoveFile>): Promise<PortalSubmission> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const { id } = await findThread(infra, tx, call);
    await removeDraftFile(infra, tx, { frame: frameOf(call), submissionId: id, fileId: call.input.fileId });
    return present(infra, tx, call);
  });
}

/** Hands in. Errors: as submitRound. */
export function submitForCreator(infra: Infra, call: Call<typeof portalSubmitDraft>): Promise<PortalSubmission> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const thread = await findThread(infra, tx, call);
    if (thread.state !== 'pending_approval') await acceptRights(infra, tx, { call, thread });
    await submitRound(infra, tx, { frame: frameOf(call), submissionId: thread.id, round: call.input.round });
    return present(infra, tx, call);
  });
}

/** Takes back. Errors: as withdrawRound. */
export function withdrawForCreator(infra: Infra, call: Call<typeof portalWithdrawDraft>): Promise<PortalSubmission> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const { id } = await findThread(infra, tx, call);
    await withdrawRound(infra, tx, { frame: frameOf(call), submissionId: id, round: call.input.round });
    return present(infra, tx, call);
  });
}

/**
 * Takes over the proposed caption: of an approved draft it is confirmed; where changes were asked for, the next round is handed in with it and
 * the same files. Errors: not_found, round_outdated, no_proposal.
 */
export function useCaptionForCreator(infra: Infra, call: Call<typeof portalUseCaption>): Promise<PortalSubmission> {
  const { workspaceId, input } = call;
  const frame = frameOf(call);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const found = await findThread(infra, tx, call);
    const thread = await holdThread(tx, workspaceId, found.id);
    checkRound(thread, input.round);
    const round = await newestRound(tx, workspaceId, thread);
    const isAsked = thread.state === 'changes_requested';
    const isApproved = thread.state === 'approved' || thread.state === 'scheduled';
    if (round.proposed_caption === null || !(isAsked || isApproved))
      throw submissionsError('no_proposal', 'No caption is proposed for this draft.');
    if (isAsked) {
      const next = await startRound(infra, tx, { frame, deliverableId: input.deliverableId });
      await submitRound(infra, tx, { frame, submissionId: thread.id, round: next.round });
      return present(infra, tx, call);
    }
    if (round.confirmed_at === null) {
      const at = infra.clock.now();
      const place = { submissionId: thread.id, number: thread.round };
      await updateRound(tx, workspaceId, { ...place, change: { confirmed_at: at }, at });
      await updateThread(tx, workspaceId, { id: thread.id, change: {}, at });
      await recordStep(infra, tx, { frame, thread, event: null, action: 'submission.caption-confirmed' });
    }
    return present(infra, tx, call);
  });
}

/** A remark of the creator, for everybody. Errors: as writeComment. */
export function commentForCreator(infra: Infra, call: Call<typeof portalComment>): Promise<PortalSubmission> {
  const { deliverableId: _id, ...comment } = call.input;
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const { id } = await findThread(infra, tx, call);
    await writeComment(infra, tx, {
      frame: frameOf(call),
      viewer: viewerOf(call),
      submissionId: id,
      comment: { ...comment, visibility: 'everyone' },
    });
    return present(infra, tx, call);
  });
}

/** Where it is live: one step, without a draft too. Errors: as goLive. */
export function giveLiveForCreator(infra: Infra, call: Call<typeof portalGiveLive>): Promise<PortalSubmission> {
  const { deliverableId, url } = call.input;
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    await findPiece(infra, tx, call);
    await goLive(infra, tx, { frame: frameOf(call), deliverableId, url, liveAt: null, cause: 'given' });
    return present(infra, tx, call);
  });
}

/** Adds a picture of the live post. Errors: as keepScreenshot. */
export async function addScreenshotForCreator(
  infra: Infra,
  call: Call<typeof portalAddScreenshot>,
): Promise<PortalSubmission> {
  const { id } = await infra.db.inWorkspace(call.workspaceId, (tx) => findThread(infra, tx, call));
  await keepScreenshot(infra, { frame: frameOf(call), submissionId: id, side: 'creator', request: call.request });
  return infra.db.inWorkspace(call.workspaceId, (tx) => present(infra, tx, call));
}

/** Figures of a picture the creator added. Errors: not_found, bad_figures. */
export async function typeFiguresForCreator(
  infra: Infra,
  call: Call<typeof portalTypeFigures>,
): Promise<PortalSubmission> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id } = await findThread(infra, tx, call);
    await keepFigures(infra, tx, { ...input, frame: frameOf(call), submissionId: id, side: 'creator' });
    return present(infra, tx, call);
  });
}

/** A file of one of the creator's drafts, or a picture they added. Error: not_found. */
export function openFileForCreator(infra: Infra, call: Call<typeof portalOpenFile>): Promise<Download> {
  const { workspaceId, input, request } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id } = await findThread(infra, tx, call);
    const as = input.isPreview ? 'preview' : 'shown';
    const own = await ownScreenshots(tx, workspaceId, id);
    if (own.some((one) => one.fileId === input.fileId))
      return openScreenshot(infra, tx, { workspaceId, submissionId: id, request, side: 'creator', ...input });
    return openDraftFile(infra, tx, {
      workspaceId,
      submissionId: id,
      fileId: input.fileId,
      request,
      as,
      isByCreator: true,
    });
  });
}

async function ownScreenshots(
  tx: Tx,
  workspaceId: string,
  submissionId: string,
): Promise<PortalSubmission['screenshots']> {
  const kept = await selectScreenshots(tx, workspaceId, submissionId);
  return kept.flatMap((one) =>
    one.added_side === 'creator' ? [{ fileId: one.file_id, addedAt: one.added_at.toISOString() }] : [],
  );
}

const viewerOf = (call: Pick<Call, 'actor'>): Viewer => ({ side: 'creator', id: call.actor.id });

/** The piece when it is the creator's own and stands. Error: not_found. */
async function findPiece(infra: Infra, tx: Tx, call: PieceCall): Promise<PortalSubmissionRow> {
  const { workspaceId, actor, input } = call;
  const rows = await readPortalRows(infra, tx, { workspaceId, personId: actor.id });
  const piece = rows.find((row) => row.deliverableId === input.deliverableId);
  if (piece === undefined) throw notFound('piece');
  return piece;
}

async function findThread(infra: Infra, tx: Tx, call: PieceCall): Promise<SubmissionThread> {
  await findPiece(infra, tx, call);
  const [thread] = await selectThreadsOfDeliverables(tx, call.workspaceId, [call.input.deliverableId]);
  if (thread === undefined) throw submissionsError('not_a_draft', 'Nothing was begun here yet. Begin a draft first.');
  return thread;
}

async function present(infra: Infra, tx: Tx, call: PieceCall): Promise<PortalSubmission> {
  const { workspaceId, input } = call;
  const piece = await findPiece(infra, tx, call);
  const [thread] = await selectThreadsOfDeliverables(tx, workspaceId, [input.deliverableId]);
  const viewer = viewerOf(call);
  const read = thread === undefined ? null : await readDraft(infra, tx, { workspaceId, thread, viewer });
  const newest = read?.rounds.at(-1);
  const isOpen = newest === undefined || newest.outcome === 'draft';
  const context = await readContext(infra, tx, {
    workspaceId,
    deliverableId: input.deliverableId,
    ...(isOpen ? {} : { briefVersion: newest.briefVersion }),
  });
  const { used, max } = limitOf(read?.rounds ?? [], context);
  return {
    ...piece,
    submissionId: thread?.id ?? null,
    rounds: (read?.rounds ?? []).map(({ overruled: _overruled, allowance: _allowance, ...round }) => ({
      ...round,
      // A caption somebody tries out is the team's until it is sent or approved.
      proposal: round.outcome === 'open' ? null : round.proposal,
    })),
    asked: read === null ? null : askedOf(read),
    comments: read?.comments ?? [],
    guidelines: guidelinesOf(context.brief.brief),
    revisions: { used, max },
    autoApproveAfter: thread?.state === 'pending_approval' ? (newest?.autoApproveAfter ?? null) : null,
    scheduledFor: thread?.scheduled_for?.toISOString() ?? null,
    screenshots: thread === undefined ? [] : await ownScreenshots(tx, workspaceId, thread.id),
    rightsToAccept: isOpen
      ? await rightsToAccept(tx, workspaceId, {
          campaignId: context.campaign.id,
          enrolmentId: context.deliverable.enrolmentId,
          deliverableId: input.deliverableId,
        })
      : null,
    labelRules: labelRulesOf(context),
  };
}

/** What the newest request of a manager says; what others objected to reaches the creator only through it. */
function askedOf({ decisions }: ReadDraft): PortalSubmission['asked'] {
  const asked = decisions.filter((one) => one.role === 'manager' && one.decision === 'changes_requested').at(-1);
  if (asked === undefined) return null;
  return { note: asked.note, at: asked.decided_at.toISOString(), by: asked.decided_by };
}
