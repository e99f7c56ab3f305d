import type { Tx } from '#infra/db/database.ts';
import { endedLink, enterGuestLink } from '#infra/guest-links/enter-guest-link.ts';
import { countOpened, type GuestLink, readGuestLinks } from '#infra/guest-links/guest-links.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { apiPrefix, type OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type {
  commentSharedDraft,
  DraftRound,
  decideSharedDraft,
  openSharedFile,
  openSharedReview,
  SharedDraft,
  SharedDraftRow,
  showSharedDraft,
} from './api.ts';
import { writeComment } from './comment-draft.ts';
import { approveRound, type Decider, requestRoundChanges } from './decide-draft.ts';
import { openDraftFile } from './draft-files.ts';
import { submissionsError } from './errors.ts';
import { makeTicket, readTicket } from './file-tickets.ts';
import type { Frame } from './frame.ts';
import { presentRows } from './present-rows.ts';
import { captionOf, readDraft, type Viewer } from './present-submission.ts';
import { type ReviewLinkRow, selectReviewLink } from './queries/review-links.ts';
import { selectDecisions } from './queries/rounds.ts';
import { type SubmissionThread, selectThread, selectThreads } from './queries/submissions.ts';
import { reviewLinkKind } from './review-links.ts';
import { compareCaptions } from './rules/compare-captions.ts';

const callsMax = 120;
const draftsMax = 500;
/** What a reviewer outside is shown: all that was handed in. A draft the creator still works on is theirs alone. */
const shownStates = ['pending_approval', 'changes_requested', 'approved', 'scheduled', 'live', 'verified'] as const;

interface Guest {
  link: GuestLink;
  review: ReviewLinkRow;
}

/** The drafts of a campaign behind a link. Errors: as enterGuestLink. */
export async function openReview(
  infra: Infra,
  call: Call<typeof openSharedReview>,
): Promise<OutputOf<typeof openSharedReview>> {
  const { link, review } = await enter(infra, call.input);
  const { workspaceId } = link;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await findCampaign(tx, workspaceId, review.campaign_id);
    if (campaign === null) throw endedLink();
    await countOpened(tx, link, infra.clock.now());
    const found = await selectThreads(tx, workspaceId, {
      campaignId: campaign.id,
      states: [...shownStates],
      after: null,
      limit: draftsMax,
    });
    const threads = found.filter((thread) => thread.round > 0);
    return {
      workspaceName: (await getWorkspace(tx, workspaceId)).name,
      campaignName: campaign.name,
      forName: link.name,
      role: review.role,
      canDecide: review.can_decide,
      expiresAt: link.expiresAt,
      drafts: await rowsOf(infra, tx, { workspaceId, threads, review }),
    };
  });
}

async function rowsOf(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; threads: readonly SubmissionThread[]; review: ReviewLinkRow },
): Promise<SharedDraftRow[]> {
  const { workspaceId, threads } = of;
  const ids = threads.map((thread) => thread.id);
  const decisions = await selectDecisions(tx, workspaceId, ids);
  const rows = await presentRows(infra, tx, { workspaceId, threads });
  return rows.map((row) => ({
    id: row.id,
    creator: row.person.name,
    title: row.deliverable.title,
    platform: row.deliverable.platform,
    format: row.deliverable.format,
    state: row.state,
    round: row.round,
    yours:
      decisions
        .filter((one) => one.submission_id === row.id && one.number === row.round && one.role === of.review.role)
        .at(-1)?.decision ?? null,
  }));
}

/** One draft behind a link. Errors: as enterGuestLink, not_found. */
export async function showShared(infra: Infra, call: Call<typeof showSharedDraft>): Promise<SharedDraft> {
  const guest = await enter(infra, call.input);
  const { workspaceId } = guest.link;
  return infra.db.inWorkspace(workspaceId, async (tx) => present(infra, tx, { guest, id: call.input.submissionId }));
}

/** Approves or objects by a link. Errors: as enterGuestLink, approveRound and requestRoundChanges, share_read_only. */
export async function decideShared(infra: Infra, call: Call<typeof decideSharedDraft>): Promise<SharedDraft> {
  const { input } = call;
  const guest = await enter(infra, input);
  const { workspaceId } = guest.link;
  if (!guest.review.can_decide) throw submissionsError('share_read_only', 'This link is for remarks only.');
  if (input.decision === 'changes_requested' && input.note === '') {
    const message = 'Say what should change.';
    throw submissionsError('bad_place', `note: ${message}`, [{ field: 'note', message }]);
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await findShown(tx, { guest, id: input.submissionId });
    const decider: Decider = { frame: frameOfGuest(guest, call.requestId), role: guest.review.role, isByLink: true };
    const { submissionId, round, note } = input;
    if (input.decision === 'approved') await approveRound(infra, tx, { decider, submissionId, round, note });
    else await requestRoundChanges(infra, tx, { decider, submissionId, round, note });
    return present(infra, tx, { guest, id: submissionId });
  });
}

/** A remark by a link; the creator does not see it. Errors: as enterGuestLink and writeComment. */
export async function commentShared(infra: Infra, call: Call<typeof commentSharedDraft>): Promise<SharedDraft> {
  const { token: _token, passphrase: _passphrase, submissionId, ...comment } = call.input;
  const guest = await enter(infra, call.input);
  return infra.db.inWorkspace(guest.link.workspaceId, async (tx) => {
    await findShown(tx, { guest, id: submissionId });
    await writeComment(infra, tx, {
      frame: frameOfGuest(guest, call.requestId),
      viewer: viewerOf(guest),
      submissionId,
      comment: { ...comment, visibility: 'client' },
    });
    return present(infra, tx, { guest, id: submissionId });
  });
}

/** A file by its pass, while the link it was made for stands. Errors: as openDraftFile. */
export async function openShared(infra: Infra, call: Call<typeof openSharedFile>): Promise<Download> {
  const now = infra.clock.now();
  const ticket = readTicket(infra.secret, call.input.ticket, now);
  if (ticket === null) throw notFound('file');
  const { workspaceId, linkId, submissionId, fileId } = ticket;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const link = (await readGuestLinks(tx, workspaceId, [linkId])).get(linkId);
    if (link === undefined || link.revokedAt !== null || new Date(link.expiresAt) <= now) throw notFound('file');
    const as = call.input.isPreview ? 'preview' : 'shown';
    return openDraftFile(infra, tx, { workspaceId, submissionId, fileId, request: call.request, as });
  });
}

async function enter(infra: Infra, given: { token: string; passphrase?: string | undefined }): Promise<Guest> {
  const { token, passphrase } = given;
  const link = await enterGuestLink(infra, { token, passphrase, kind: reviewLinkKind, noun: 'review', callsMax });
  const { workspaceId } = link;
  const review = await infra.db.inWorkspace(workspaceId, (tx) => selectReviewLink(tx, workspaceId, link.id));
  if (review === undefined) throw endedLink();
  return { link, review };
}

const viewerOf = (guest: Guest): Viewer => ({ side: 'client', id: guest.link.id });

function frameOfGuest({ link }: Guest, requestId: string): Frame {
  const actor = { kind: 'system' as const, id: link.id, name: link.name };
  return { workspaceId: link.workspaceId, actor, requestId };
}

async function findShown(tx: Tx, of: { guest: Guest; id: string }): Promise<SubmissionThread> {
  const { link, review } = of.guest;
  const thread = await selectThread(tx, link.workspaceId, of.id);
  const isShown =
    thread !== undefined &&
    thread.campaign_id === review.campaign_id &&
    thread.round > 0 &&
    shownStates.some((state) => state === thread.state);
  if (!isShown) throw notFound('draft');
  return thread;
}

async function present(infra: Infra, tx: Tx, of: { guest: Guest; id: string }): Promise<SharedDraft> {
  const { link, review } = of.guest;
  const { workspaceId } = link;
  const thread = await findShown(tx, of);
  const [row] = await rowsOf(infra, tx, { workspaceId, threads: [thread], review });
  const { rounds, comments } = await readDraft(infra, tx, { workspaceId, thread, viewer: viewerOf(of.guest) });
  const round = rounds.at(-1);
  if (row === undefined || round === undefined) throw notFound('draft');
  const before = rounds.at(-2);
  return {
    ...row,
    caption: captionOf(round),
    videoUrl: round.videoUrl,
    submittedAt: round.submittedAt,
    disclosure: round.disclosure,
    files: filesOf(infra, { link, thread, round }),
    comments: comments.filter((one) => one.round === round.number),
    sinceLast: before === undefined ? null : compareCaptions(captionOf(before), captionOf(round)),
    mayDecide: review.can_decide && thread.state === 'pending_approval',
  };
}

function filesOf(
  infra: Infra,
  of: { link: GuestLink; thread: SubmissionThread; round: DraftRound },
): SharedDraft['files'] {
  const { link, thread, round } = of;
  return round.files.map((file) => {
    const ticket = makeTicket(
      infra.secret,
      { linkId: link.id, workspaceId: link.workspaceId, submissionId: thread.id, fileId: file.id },
      infra.clock.now(),
    );
    const url = `${apiPrefix}/shared-review-files/${ticket}`;
    return { ...file, url, previewUrl: file.kind === 'image' ? `${url}?isPreview=true` : null };
  });
}
