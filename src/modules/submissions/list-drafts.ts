import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { getPerson } from '#modules/creators/index.ts';
import type {
  addFile,
  compareRounds,
  getSubmission,
  listSubmissions,
  openFile,
  openPreview,
  removeFile,
  Submission,
  SubmissionState,
} from './api.ts';
import { addDraftFile, frameOf, openDraftFile, removeDraftFile } from './draft-files.ts';
import { submissionsError } from './errors.ts';
import { presentRows } from './present-rows.ts';
import { captionOf, presentSubmission, readDraft } from './present-submission.ts';
import { countThreads, selectThread, selectThreads } from './queries/submissions.ts';
import { compareCaptions } from './rules/compare-captions.ts';

/** A page of drafts, newest change of state first. Errors: not_found, bad_cursor. */
export async function listDrafts(
  infra: Infra,
  call: Call<typeof listSubmissions>,
): Promise<OutputOf<typeof listSubmissions>> {
  const { workspaceId, input } = call;
  const { limit, cursor, states, ...filter } = input;
  const after = cursor === undefined ? null : readCursor(cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if (input.campaignId !== undefined) await getCampaign(tx, workspaceId, input.campaignId);
    if (input.personId !== undefined) await getPerson(tx, workspaceId, input.personId);
    const wanted = states === undefined || states.length === 0 ? null : states;
    const found = await selectThreads(tx, workspaceId, { ...filter, states: wanted, after, limit: limit + 1 });
    const threads = found.slice(0, limit);
    const last = threads.at(-1);
    const counts = await countThreads(tx, workspaceId, { ...filter, states: null });
    return {
      rows: await presentRows(infra, tx, { workspaceId, threads }),
      nextCursor:
        found.length > limit && last !== undefined ? encodeCursor([last.state_since.toISOString(), last.id]) : null,
      counts: countsOf(counts),
    };
  });
}

function countsOf(rows: readonly { state: SubmissionState; n: number }[]): Record<SubmissionState, number> {
  const counts: Record<SubmissionState, number> = {
    draft: 0,
    pending_approval: 0,
    changes_requested: 0,
    approved: 0,
    scheduled: 0,
    live: 0,
    verified: 0,
    withdrawn: 0,
  };
  for (const { state, n } of rows) counts[state] = n;
  return counts;
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id };
  const message = 'This is not the nextCursor of a page before. Leave it out to begin at the first page.';
  throw submissionsError('bad_cursor', `cursor: ${message}`, [{ field: 'cursor', message }]);
}

/** One draft. Error: not_found. */
export function showDraft(infra: Infra, call: Call<typeof getSubmission>): Promise<Submission> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, (tx) =>
    presentSubmission(infra, tx, { workspaceId, id: input.submissionId, actor }),
  );
}

/** Adds an uploaded file. Errors: as addDraftFile. */
export async function uploadFile(infra: Infra, call: Call<typeof addFile>): Promise<Submission> {
  const { workspaceId, actor, input } = call;
  await addDraftFile(infra, { frame: frameOf(call), submissionId: input.submissionId, request: call.request });
  return infra.db.inWorkspace(workspaceId, (tx) =>
    presentSubmission(infra, tx, { workspaceId, id: input.submissionId, actor }),
  );
}

/** Takes a file out. Errors: as removeDraftFile. */
export async function dropFile(infra: Infra, call: Call<typeof removeFile>): Promise<Submission> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await removeDraftFile(infra, tx, { frame: frameOf(call), ...input });
    return presentSubmission(infra, tx, { workspaceId, id: input.submissionId, actor });
  });
}

/** A file, shown or saved. Errors: as openDraftFile. */
export function downloadFile(infra: Infra, call: Call<typeof openFile>): Promise<Download> {
  const { workspaceId, input, request } = call;
  const as = input.saves ? 'saved' : 'shown';
  return infra.db.inWorkspace(workspaceId, (tx) => openDraftFile(infra, tx, { workspaceId, ...input, request, as }));
}

export function downloadPreview(infra: Infra, call: Call<typeof openPreview>): Promise<Download> {
  const { workspaceId, input, request } = call;
  return infra.db.inWorkspace(workspaceId, (tx) =>
    openDraftFile(infra, tx, { workspaceId, ...input, request, as: 'preview' }),
  );
}

/** Two rounds side by side. Errors: not_found, no_such_round. */
export async function compareTwo(
  infra: Infra,
  call: Call<typeof compareRounds>,
): Promise<OutputOf<typeof compareRounds>> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await selectThread(tx, workspaceId, input.submissionId);
    if (thread === undefined) throw notFound('draft');
    const { rounds } = await readDraft(infra, tx, { workspaceId, thread, viewer: { side: 'team', id: actor.id } });
    const find = (number: number, field: string) => {
      const round = rounds.find((one) => one.number === number);
      if (round !== undefined) return round;
      const message = `There are rounds 1 to ${rounds.length}.`;
      throw submissionsError('no_such_round', `${field}: ${message}`, [{ field, message }]);
    };
    const [from, to] = [find(input.from, 'from'), find(input.to, 'to')];
    const before = new Set(from.files.map((file) => file.id));
    const after = new Set(to.files.map((file) => file.id));
    return {
      caption: compareCaptions(captionOf(from), captionOf(to)),
      files: [
        ...to.files.map((file) => ({ file, change: before.has(file.id) ? ('same' as const) : ('added' as const) })),
        ...from.files.flatMap((file) => (after.has(file.id) ? [] : [{ file, change: 'removed' as const }])),
      ],
      videoUrl: { from: from.videoUrl, to: to.videoUrl },
    };
  });
}
