import type { Infra, Module } from '#infra/module.ts';
import { defineCreatorsJobs } from './jobs.ts';
import { creatorsRoutes } from './routes.ts';

export type { CreatorDocument } from './creator-document.ts';
export {
  creatorsChanged,
  creatorsMerged,
  creatorsRemoved,
  creatorsSplit,
  mergePayload,
  personIdsPayload,
} from './events.ts';
export type { CreatorBatch } from './import-creator-rows.ts';
export { importCreatorRows } from './import-creator-rows.ts';
export type { FollowerSample } from './queries/observations.ts';
export { listPosts, readFollowerSamples, readMetricHistory } from './queries/observations.ts';
export type { PeerMetric, PeerQuery, PeerValue } from './queries/peer-distribution.ts';
export { readPeerDistribution } from './queries/peer-distribution.ts';
export { findProfilesByHandle, getPerson } from './read-creators.ts';
export type { PersonCard, ProfileCard } from './read-person-cards.ts';
export { findSuppressedPersons, readPersonCards } from './read-person-cards.ts';
export { figuresFromPosts, postsSource } from './rules/figures-from-posts.ts';
export { type DateOrder, decideDateOrder, parseDate } from './rules/parse-date.ts';
export { parseHandle } from './rules/parse-handle.ts';
export { decideDecimalMark, isUnknown, parseCount } from './rules/parse-number.ts';
export { stateFact, stateFacts } from './state-facts.ts';
export { readCreatorDocuments, streamCreatorDocuments } from './stream-creator-documents.ts';

export function createCreators(infra: Infra): Module {
  defineCreatorsJobs(infra);
  return { name: 'creators', routes: creatorsRoutes(infra) };
}
