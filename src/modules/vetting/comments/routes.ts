import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import {
  correctComment,
  exportVettedComments,
  getCommentProgress,
  listCorrections,
  listPodComments,
  listPods,
  listVettedComments,
  summariseComments,
  sumPostComments,
  undoCorrection,
} from '../api.ts';
import { correctLabels, undoLast } from './correct-comment.ts';
import { exportComments } from './export-comments.ts';
import { listClassed } from './list-comments.ts';
import { readCorrections } from './read-corrections.ts';
import { searchState, showPodComments, showPods } from './show-pods.ts';
import { sumComments } from './sum-comments.ts';
import { readProgress, summarise } from './summarise-comments.ts';

const podsListed = 100;

export function commentRoutes(infra: Infra): Route[] {
  const { db } = infra;
  return [
    route(listVettedComments, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => listClassed(infra, tx, { workspaceId, input })),
    ),
    route(summariseComments, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => summarise(infra, tx, { workspaceId, wanted: input })),
    ),
    downloadRoute(exportVettedComments, (call) => exportComments(infra, call)),
    route(sumPostComments, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, async (tx) => {
        const { posts, all } = await sumComments(tx, workspaceId, { ...input, now: infra.clock.now() });
        return { posts: [...posts].map(([postId, sums]) => ({ postId, sums })), all };
      }),
    ),
    route(correctComment, (call) => correctLabels(infra, call)),
    route(undoCorrection, (call) => undoLast(infra, call)),
    route(listCorrections, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => readCorrections(tx, workspaceId, input)),
    ),
    route(getCommentProgress, ({ workspaceId }) => db.inWorkspace(workspaceId, (tx) => readProgress(tx, workspaceId))),
    route(listPods, ({ workspaceId }) =>
      db.inWorkspace(workspaceId, async (tx) => ({
        search: await searchState(tx, workspaceId),
        rows: await showPods(tx, workspaceId, { limit: podsListed }),
      })),
    ),
    route(listPodComments, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => showPodComments(tx, workspaceId, input)),
    ),
  ];
}
