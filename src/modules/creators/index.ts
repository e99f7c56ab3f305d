import type { Infra, Module } from '#infra/module.ts';
import { defineCreatorsJobs } from './jobs.ts';
import { creatorsRoutes } from './routes.ts';

export type { CreatorDocument, FollowerGrowth, ProfileDocument, Provenance } from './creator-document.ts';
export { provenanceOf } from './creator-document.ts';
export {
  creatorsChanged,
  creatorsMerged,
  creatorsRemoved,
  creatorsSplit,
  mergePayload,
  personIdsPayload,
} from './events.ts';
export type { BatchOutcome, CreatorBatch } from './import-creator-rows.ts';
export { importCreatorRows } from './import-creator-rows.ts';
export type { FollowerSample, PostQuery } from './queries/observations.ts';
export { listComments, listPosts, readFollowerSamples, readMetricHistory } from './queries/observations.ts';
export type { PeerMetric, PeerQuery, PeerValue } from './queries/peer-distribution.ts';
export { readPeerDistribution } from './queries/peer-distribution.ts';
export type { ProfileMatch } from './queries/persons.ts';
export { findProfilesByHandle, getPerson, isSuppressed } from './read-creators.ts';
export type { PersonCard, ProfileCard } from './read-person-cards.ts';
export { findSuppressedPersons, readPersonCards } from './read-person-cards.ts';
export { figuresFromPosts, postsSource } from './rules/figures-from-posts.ts';
export { type DateOrder, decideDateOrder, parseDate } from './rules/parse-date.ts';
export { handleKey, parseHandle } from './rules/parse-handle.ts';
export { decideDecimalMark, isUnknown, parseCount } from './rules/parse-number.ts';
export type { Fact } from './state-facts.ts';
export { stateFact, stateFacts } from './state-facts.ts';
export { readCreatorDocuments, streamCreatorDocuments } from './stream-creator-documents.ts';

export function createCreators(infra: Infra): Module {
  defineCreatorsJobs(infra);
  return { name: 'creators', routes: creatorsRoutes(infra) };
}
