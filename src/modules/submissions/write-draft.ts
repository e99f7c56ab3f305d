import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { submissionsError } from './errors.ts';
import type { Frame } from './frame.ts';
import { holdThread } from './hold-thread.ts';
import { updateRound } from './queries/rounds.ts';
import { type SubmissionThread, updateThread } from './queries/submissions.ts';
import { stateWords } from './rules/submission-states.ts';

export interface DraftWords {
  caption?: string | undefined;
  note?: string | undefined;
  videoUrl?: string | null | undefined;
  spokenText?: string | null | undefined;
  onScreenText?: string | null | undefined;
  ticks?: string[] | undefined;
}

/** Changes what the open draft says; what is not named stays. Errors: not_found, not_a_draft. */
export async function writeRound(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; submissionId: string; words: DraftWords },
): Promise<SubmissionThread> {
  const { workspaceId } = of.frame;
  const thread = await holdOpenDraft(tx, workspaceId, of.submissionId);
  const { caption, note, videoUrl, spokenText, onScreenText, ticks } = of.words;
  const change = {
    ...(caption === undefined ? {} : { caption }),
    ...(note === undefined ? {} : { note }),
    ...(videoUrl === undefined ? {} : { video_url: videoUrl }),
    ...(spokenText === undefined ? {} : { spoken_text: spokenText }),
    ...(onScreenText === undefined ? {} : { on_screen_text: onScreenText }),
    ...(ticks === undefined ? {} : { ticks: [...new Set(ticks)] }),
  };
  if (Object.keys(change).length === 0) return thread;
  const at = infra.clock.now();
  await updateRound(tx, workspaceId, { submissionId: thread.id, number: thread.round, change, at });
  await updateThread(tx, workspaceId, { id: thread.id, change: {}, at });
  return thread;
}

/** The thread while its newest round can still be changed. Errors: not_found, not_a_draft. */
export async function holdOpenDraft(tx: Tx, workspaceId: string, id: string): Promise<SubmissionThread> {
  const thread = await holdThread(tx, workspaceId, id);
  if (thread.state === 'draft') return thread;
  throw submissionsError(
    'not_a_draft',
    `It can no longer be changed: it is ${stateWords[thread.state]}. What was handed in stays as it was; begin a new round where changes were asked for.`,
  );
}
