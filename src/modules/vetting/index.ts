import type { Infra, Module } from '#infra/module.ts';
import { followComments, noteAllComments } from './comments/follow-comments.ts';
import { defineCommentJobs, readCommentsJob, readDueComments } from './comments/read-comments.ts';
import { commentRoutes } from './comments/routes.ts';
import { followCreators } from './follow-creators.ts';
import { definePictureJob, followPictures } from './pictures/check-pictures.ts';
import { createPeerReader } from './read-peers.ts';
import { vettingRoutes } from './routes.ts';
import { followTexts, scanAllTexts } from './safety/follow-texts.ts';
import { shippedVersion } from './safety/load-safety-words.ts';
import { markOtherLists } from './safety/queries-scans.ts';
import { safetyRoutes } from './safety/routes.ts';
import { defineSafetyJobs } from './safety/scan-texts.ts';
import { vetMany, vetManyJob, vetManyPayload } from './vet-many.ts';

export { classifyComment } from './comments/classify-comment.ts';
export { sumComments } from './comments/sum-comments.ts';
export { fitBrief } from './fit-brief.ts';
export { packText as packReportText, unpackText as unpackReportText } from './queries/pack-report.ts';
export { wilsonInterval } from './rules/statistics.ts';
export { cpmBands, interactionSource, interactionValues } from './rules/value-bands.ts';

export interface VettingModule extends Module {
  /** Reads all comments of a workspace now, those included that came in without an event. */
  readAllComments(workspaceId: string): Promise<void>;
  /** Has them read in the background. */
  noteAllComments(workspaceId: string): Promise<void>;
  /** Goes on with the comments that are noted and not read yet, as in a workspace that came from elsewhere. */
  readOnComments(workspaceId: string): Promise<void>;
  /** Searches all texts of a workspace for flagged words now. */
  scanAllTexts(workspaceId: string): Promise<void>;
}

/** Reports on whether a creator's influence is real, with their evidence, and what people decided. */
export function createVetting(infra: Infra): VettingModule {
  const peers = createPeerReader(() => infra.clock.now().getTime());
  const parts = { infra, peers };
  infra.jobs.define({
    name: vetManyJob,
    payload: vetManyPayload,
    retriesMax: 5,
    timeoutSeconds: 3600,
    handle: (payload, signal) => vetMany(parts, payload, signal),
  });
  defineCommentJobs(infra);
  defineSafetyJobs(infra);
  definePictureJob(infra);
  return {
    name: 'vetting',
    routes: [...vettingRoutes(parts), ...commentRoutes(infra), ...safetyRoutes(infra)],
    consumers: [followCreators(infra, peers), followComments(infra), followTexts(infra), followPictures(infra)],
    readAllComments: async (workspaceId) => {
      await noteAllComments(infra, workspaceId);
      await readDueComments(infra, workspaceId);
    },
    noteAllComments: async (workspaceId) => {
      await noteAllComments(infra, workspaceId);
      await infra.jobs.enqueue(readCommentsJob, { workspaceId }, workspaceId);
    },
    readOnComments: (workspaceId) => infra.jobs.enqueue(readCommentsJob, { workspaceId }, workspaceId),
    scanAllTexts: (workspaceId) => scanAllTexts(infra, workspaceId),
    start: () => infra.db.asSystem((tx) => markOtherLists(tx, shippedVersion)),
  };
}
