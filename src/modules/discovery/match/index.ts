import { type Route, route } from '#infra/http/call.ts';
import type { Infra, Module } from '#infra/module.ts';
import * as api from '../api.ts';
import type { IndexHost } from '../index-host.ts';
import { createBackgroundReader } from './background.ts';
import { makeAllContent, readContentState, rebuildAllContent } from './content-state.ts';
import { correctTopics, listTaxonomy, readCreatorTopics } from './creator-topics.ts';
import { wordEncoder } from './encoder.ts';
import { followContent } from './follow-content.ts';
import { loadTopics } from './load-topics.ts';
import { takeWordVectors } from './load-word-model.ts';
import { contentJob, contentPayload, makeContent } from './make-content.ts';
import { matchByBrief } from './match-creators.ts';
import { changeMatchWeights, readMatchWeights } from './match-weights.ts';
import { decideMatch } from './overrule-match.ts';
import { markOtherModels, workspacesDue } from './queries/content.ts';
import { readWebsite } from './read-website.ts';
import { createSentenceRanker } from './sentence-ranker.ts';

const sweepJob = 'discovery.content_sweep';

/** Matching as a part of the discovery module: its routes, its background work, what it follows. */
export interface Matching {
  routes: Route[];
  consumers: Module['consumers'] & object;
  /** Has vectors, topics and mentions of every creator of a workspace made in the background. */
  makeAll(workspaceId: string): Promise<void>;
  /** Reads what the first match of a workspace would otherwise wait for. */
  warm(workspaceId: string): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createMatching(infra: Infra, host: IndexHost): Matching {
  takeWordVectors(infra.config.wordVectorsFile);
  const sentences = createSentenceRanker(infra.log);
  const parts = { infra, host, background: createBackgroundReader(infra), sentences };
  infra.jobs.define({
    name: contentJob,
    payload: contentPayload,
    retriesMax: 10,
    timeoutSeconds: 6 * 3600,
    handle: (payload, signal) => makeContent(infra, host, payload, signal),
  });
  // What was marked while nobody could be told, such as before this version or just before a crash.
  infra.jobs.define({
    name: sweepJob,
    payload: contentPayload.partial().nullish(),
    retriesMax: 3,
    timeoutSeconds: 300,
    cron: '* * * * *',
    handle: async () => {
      for (const workspaceId of await infra.db.asSystem(workspacesDue))
        await infra.jobs.enqueue(contentJob, { workspaceId }, workspaceId);
    },
  });
  return {
    routes: matchingRoutes(parts),
    consumers: [followContent(infra)],
    warm: async (workspaceId) => {
      loadTopics();
      await parts.background(workspaceId);
    },
    makeAll: (workspaceId) => makeAllContent(infra, workspaceId),
    start: () => infra.db.asSystem((tx) => markOtherModels(tx, wordEncoder().name)),
    stop: () => sentences.stop(),
  };
}

function matchingRoutes(parts: Parameters<typeof matchByBrief>[0]): Route[] {
  const { infra } = parts;
  return [
    route(api.matchCreators, (call) => matchByBrief(parts, call)),
    route(api.readWebsite, (call) => readWebsite(infra, call)),
    route(api.overruleMatch, (call) => decideMatch(infra, call)),
    route(api.getMatchWeights, (call) => readMatchWeights(infra, call)),
    route(api.putMatchWeights, (call) => changeMatchWeights(infra, call)),
    route(api.listTopics, () => Promise.resolve(listTaxonomy())),
    route(api.getCreatorTopics, (call) => readCreatorTopics(infra, call)),
    route(api.correctCreatorTopics, (call) => correctTopics(infra, call)),
    route(api.getContentState, (call) => readContentState(infra, call)),
    route(api.rebuildContent, (call) => rebuildAllContent(infra, call)),
  ];
}
