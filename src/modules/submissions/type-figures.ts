import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { ContentMetric, Deliverable } from '#modules/campaigns/api.ts';
import { getDeliverable, takeReadings } from '#modules/campaigns/index.ts';
import type { typeFigures as typeEndpoint } from './api.ts';
import { submissionsError } from './errors.ts';
import type { Frame } from './frame.ts';
import { holdLivePost } from './hold-live-post.ts';
import { selectScreenshots } from './queries/screenshots.ts';

const aheadMs = 60_000;

/** Keeps the figures a member read from a picture of insights. Errors: not_found, not_live, bad_figures. */
export async function typeFigures(infra: Infra, call: Call<typeof typeEndpoint>): Promise<Deliverable> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const id = await keepFigures(infra, tx, { ...input, frame: call, side: 'manager' });
    return getDeliverable(infra, tx, { workspaceId, id });
  });
}

/**
 * Makes figures somebody typed from a picture results of the piece, said to be so: they never stand before what was measured. The same picture and
 * moment again is a correction. A creator types only from pictures of their own. Returns the id of the deliverable. Errors: not_found, not_live, bad_figures.
 */
export async function keepFigures(
  infra: Infra,
  tx: Tx,
  of: {
    frame: Frame;
    submissionId: string;
    fileId: string;
    side: 'manager' | 'creator';
    readAt?: string | undefined;
    values: Partial<Record<ContentMetric, number>>;
  },
): Promise<string> {
  const { frame, submissionId, fileId, side, values } = of;
  const { workspaceId, actor } = frame;
  const { thread } = await holdLivePost(tx, workspaceId, submissionId);
  const kept = await selectScreenshots(tx, workspaceId, submissionId);
  const picture = kept.find((one) => one.file_id === fileId && (side === 'manager' || one.added_side === side));
  if (picture === undefined) throw notFound('picture');
  const observedAt = of.readAt ?? picture.added_at.toISOString();
  if (new Date(observedAt).getTime() > infra.clock.now().getTime() + aheadMs)
    throw submissionsError(
      'bad_figures',
      `readAt: ${observedAt} has not come yet. Say when the platform showed them.`,
      [{ field: 'readAt', message: 'Lies ahead' }],
    );
  const piece = await getDeliverable(infra, tx, { workspaceId, id: thread.deliverable_id });
  const who = side === 'creator' ? `${actor.name}, the creator,` : actor.name;
  await takeReadings(infra, tx, {
    call: frame,
    workspaceId,
    campaignId: piece.campaignId,
    rows: [
      {
        deliverableId: piece.id,
        source: `typed by ${who} from a screenshot`.slice(0, 120),
        observedAt,
        values,
        typed: { by: actor.name, fileId },
      },
    ],
  });
  return piece.id;
}
