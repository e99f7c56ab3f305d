import type { Infra, Module } from '#infra/module.ts';
import { defineConnectionJobs } from './connectors/jobs.ts';
import type { Connector } from './connectors/port.ts';
import { defineCreatorsJobs } from './jobs.ts';
import { defineMediaJobs } from './media/jobs.ts';
import type { SplitSource } from './preview-split.ts';
import { creatorsRoutes } from './routes.ts';

export { eraseMany, updateMany as updatePersons, updateOne as updatePerson } from './change-creators.ts';
export { addProfileTo } from './change-profiles.ts';
export {
  type Connector,
  type ConnectorAbout,
  type ConnectorAccess,
  ConnectorFault,
  type ConnectorStep,
  type ConnectorTask,
  emptyStep,
  type HashtagSighting,
  type TaskKind,
} from './connectors/port.ts';
export type { CreatorDocument } from './creator-document.ts';
export { eraseObjectors } from './erase-objectors.ts';
export {
  commentIdsPayload,
  commentsChanged,
  creatorsChanged,
  creatorsMerged,
  creatorsRemoved,
  creatorsSplit,
  mergePayload,
  personIdsPayload,
} from './events.ts';
export { type DetectedFile, detectFile } from './files/detect-file.ts';
export { cleanFiles, fileNameOf, removeFile, requireFile, storeUpload } from './files/import-files.ts';
export { inBatches } from './files/in-batches.ts';
export type { ReadProgress } from './files/open-text.ts';
export { type FileRow, openRows } from './files/read-rows.ts';
export { openGazetteer } from './gazetteer/open-gazetteer.ts';
export type { CreatorBatch } from './import-creator-rows.ts';
export { importCreatorRows } from './import-creator-rows.ts';
export { letImportsPass } from './let-imports-pass.ts';
export {
  mailPortalLink,
  type PortalAddressee,
  type PortalMail,
  type PortalMailState,
  readAddressees,
} from './mail-portal-link.ts';
export { readPicture, storePicture } from './media/picture-files.ts';
export type { Split, SplitForecast, SplitSource } from './preview-split.ts';
export type {
  BrandAsk,
  BrandComparison,
  BrandCreatorRow,
  BrandPostRow,
  BrandTerms,
  BrandTotals,
  MedianRow,
  MentionSums,
} from './queries/brand-mentions.ts';
export {
  countUndated,
  readBrandComparison,
  readBrandCreators,
  readBrandPosts,
  readPostBasis,
  readReturning,
} from './queries/brand-mentions.ts';
export { type CommentInPlace, nextCommentIds, readComments } from './queries/comments.ts';
export type { ContactMatches, PersonContacts } from './queries/contact-matches.ts';
export { matchContacts, readAccountPage, readContacts } from './queries/contact-matches.ts';
export { countPersons, nextPersonIds } from './queries/creator-documents.ts';
export { dropErasureNotes, type ErasureNote, selectErasureNotes } from './queries/erasure-notes.ts';
export { readCommentDelays, readMentionsByOthers } from './queries/growth-causes.ts';
export { listAudiences } from './queries/list-audiences.ts';
export type { FollowerSample } from './queries/observations.ts';
export {
  listPosts,
  listPostsOf,
  newestAudienceSamples,
  readFollowerSamples,
  readMetricHistory,
} from './queries/observations.ts';
export type { PeerFigures, PeerQuery } from './queries/peer-figures.ts';
export { readPeerFigures } from './queries/peer-figures.ts';
export { findPersonsByEmail } from './queries/persons-by-email.ts';
export type { StoredPicture } from './queries/pictures-of-persons.ts';
export { listPictures } from './queries/pictures-of-persons.ts';
export { readEngagementRates, readProfileOwners } from './queries/profile-owners.ts';
export type { WrittenText } from './queries/texts-of-persons.ts';
export { readWrittenTexts } from './queries/texts-of-persons.ts';
export type { TierMedian, TierRows } from './queries/tier-figures.ts';
export { readTierFigures } from './queries/tier-figures.ts';
export { readCreatorDocuments } from './read-creator-documents.ts';
export { findProfilesByHandle, getPerson, getPersons } from './read-creators.ts';
export type { PersonCard, ProfileCard } from './read-person-cards.ts';
export { findSuppressedEmails, findSuppressedPersons, readPersonCards } from './read-person-cards.ts';
export { contentFromPosts } from './rules/content-from-posts.ts';
export { figuresFromPosts, postsSource } from './rules/figures-from-posts.ts';
export { nextMidnight } from './rules/next-midnight.ts';
export { type DateOrder, decideDateOrder, parseDate } from './rules/parse-date.ts';
export { parseHandle } from './rules/parse-handle.ts';
export { decideDecimalMark, isUnknown, parseCount, parseDecimal } from './rules/parse-number.ts';
export { bandFor, priceBandYear } from './rules/price-bands.ts';
export { currencyIn } from './rules/statement-cells.ts';
export { findPersonsWithFact, stateFact, stateFacts } from './state-facts.ts';
export { suppressCreators } from './suppress-creators.ts';

/**
 * `connectors`: the platforms that can be read, as adapters of the port declared here; none is used before a workspace connects it.
 * `splitSources`: what other modules have to say before a merge is undone.
 */
export function createCreators(
  infra: Infra,
  of: { connectors: readonly Connector[]; splitSources: readonly SplitSource[] },
): Module {
  const { connectors } = of;
  defineCreatorsJobs(infra);
  defineConnectionJobs(infra, connectors);
  defineMediaJobs(infra);
  return { name: 'creators', routes: creatorsRoutes(infra, of) };
}
