import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { readCreatorDocuments } from '#modules/creators/index.ts';
import type { Hit, MatchAnswer, matchCreators, Tier, WeightsVersion } from '../api.ts';
import { discoveryError } from '../errors.ts';
import type { IndexHost } from '../index-host.ts';
import { selectSettings } from '../queries/search-settings.ts';
import { hitsOf } from '../read-lists.ts';
import { readTiers } from '../read-tiers.ts';
import { queryFaults } from '../rules/check-query.ts';
import { withFollowersRule } from '../rules/followers-rule.ts';
import type { BackgroundReader } from './background.ts';
import { wordEncoder } from './encoder.ts';
import { findCandidates } from './find-candidates.ts';
import { loadTopics } from './load-topics.ts';
import { loadWordModel } from './load-word-model.ts';
import { currentWeights } from './match-weights.ts';
import { toOverrule } from './overrule-match.ts';
import { countContent } from './queries/content.ts';
import { correctionsOf } from './queries/corrections.ts';
import { type OverruleRow, selectOverrules } from './queries/match.ts';
import { creatorsMentioning } from './queries/mentions.ts';
import { readTarget } from './read-target.ts';
import { readTexts } from './read-texts.ts';
import { type Brief, readBrief } from './rules/brief.ts';
import { type Candidate, rankCandidates } from './rules/rank-candidates.ts';
import { meanOf } from './rules/taste.ts';
import { rankOfModel } from './rules/word-model.ts';
import type { SentenceRanker } from './sentence-ranker.ts';

/** Creators who mention the brand and serve as examples. */
const mentionersMax = 50;
const hitsAtOnce = 500;

export interface MatchParts {
  infra: Infra;
  host: IndexHost;
  background: BackgroundReader;
  sentences: SentenceRanker;
}

/** What is read before anybody is ranked. */
interface Prepared {
  brief: Brief;
  exampleIds: string[];
  tiers: Tier[];
  /** The filters under the settings of the workspace. */
  ruled: ReturnType<typeof withFollowersRule>;
  weights: WeightsVersion;
  overrules: Map<string, OverruleRow>;
  counts: { made: number; creators: number };
}

/**
 * Ranks creators for a brief, for brands or for examples. Errors: discovery.match_empty, discovery.match_too_few_words, discovery.query for filters,
 * not_found for an example.
 */
export async function matchByBrief(parts: MatchParts, call: Call<typeof matchCreators>): Promise<MatchAnswer> {
  const startedMs = performance.now();
  const { infra, host } = parts;
  const { workspaceId, input } = call;
  const faults = queryFaults({ filters: input.filters, facets: [] });
  if (faults.length > 0) throw discoveryError('query', faults[0]?.message ?? 'The filters cannot be read.', faults);
  const target = readTarget(input.audience);
  const prepared = await prepare(parts, call);
  const { brief, exampleIds, tiers, weights } = prepared;
  const background = await parts.background(workspaceId);
  const model = loadWordModel();
  const examples = await infra.db.inWorkspace(workspaceId, (tx) => readCreatorDocuments(tx, workspaceId, exampleIds));
  const exampleReads = await readTexts(examples, model);
  const mean = background.mean;
  const exampleVectors = exampleReads.flatMap(({ vector }) =>
    vector === null ? [] : [vector.map((value, i) => value - (mean?.[i] ?? 0))],
  );
  const vectors = [
    ...(exampleVectors.length === 0 ? [] : [meanOf(exampleVectors)]),
    ...(brief.vector === null ? [] : [brief.vector]),
  ];
  if (vectors.length === 0 && exampleReads.length === 0) throw tooFewWords(brief);
  const candidateIds = await findCandidates(infra, host, {
    workspaceId,
    vector: vectors.length === 0 ? null : meanOf(vectors),
    exampleIds,
    filters: prepared.ruled.filters,
    tiers,
  });
  const candidates = await readCandidates(parts, workspaceId, candidateIds);
  const ranked = rankCandidates({
    candidates,
    examples: exampleReads,
    brief,
    background,
    weights: weights.weights,
    wanted: { audience: target, budget: input.budget ?? null },
    topics: loadTopics(),
    rankOf: rankOfModel(model),
    overrules: new Map([...prepared.overrules].map(([id, row]) => [id, toOverrule(row)])),
    limit: input.limit,
    closeness: input.encoder === 'sentences' ? await parts.sentences(input.text, candidates) : null,
  });
  return {
    rows: ranked,
    briefKey: brief.key,
    asked: {
      words: brief.words,
      wordsKnown: brief.wordsKnown,
      encoder: input.encoder === 'sentences' ? `${wordEncoder().name} and sentences` : wordEncoder().name,
      topics: brief.topics.map(({ topic, name, share }) => ({ topic, name, share })),
      brands: brief.brands,
      examples: exampleReads.length,
    },
    weights,
    considered: candidates.length,
    withVector: prepared.counts.made,
    creators: prepared.counts.creators,
    notes: [...prepared.ruled.notes, ...notesOf(prepared, candidates.length, call.input.examples.length)],
    method:
      'Nearest by vector and most tied by mentions within the filters, scored in full, ordered by the sum of the points, ties by id. No re-ordering for variety. docs/methods/matching.md',
    tookMs: Math.round((performance.now() - startedMs) * 10) / 10,
  };
}

async function prepare(parts: MatchParts, call: Call<typeof matchCreators>): Promise<Prepared> {
  const { workspaceId, input } = call;
  const { text, brands, examples } = input;
  const brief = readBrief(
    { text, brands, examples },
    { encode: (words) => wordEncoder().encode(words), topics: loadTopics(), model: loadWordModel() },
  );
  if (text.trim() === '' && brief.brands.length === 0 && examples.length === 0)
    throw discoveryError(
      'match_empty',
      'Nothing to match against. Give the text of a brief, a brand, or creators as examples.',
      [{ field: 'text', message: 'is empty, and so are brands and examples' }],
    );
  return parts.infra.db.inWorkspace(workspaceId, async (tx) => {
    const present = await readCreatorDocuments(tx, workspaceId, [...new Set(examples)]);
    if (present.length < new Set(examples).size) throw notFound('creator');
    const mentioners =
      brief.brands.length === 0
        ? []
        : await creatorsMentioning(tx, workspaceId, { accounts: brief.brands, limit: mentionersMax });
    const counts = await countContent(tx, workspaceId, wordEncoder().name);
    const stored = await currentWeights(tx, workspaceId);
    return {
      brief,
      exampleIds: [...new Set([...examples, ...mentioners])],
      tiers: await readTiers(tx, workspaceId),
      ruled: withFollowersRule(input.filters, await selectSettings(tx, workspaceId)),
      weights:
        input.weights === undefined
          ? stored
          : {
              version: stored.version,
              weights: input.weights,
              by: null,
              at: null,
              reason: 'Given with this question, not kept.',
            },
      overrules: await selectOverrules(tx, workspaceId, brief.key),
      counts: {
        made: Number(counts.made),
        creators: Number(counts.made + counts.not_enough) + Number(counts.new_ones),
      },
    };
  });
}

async function readCandidates(parts: MatchParts, workspaceId: string, ids: readonly string[]): Promise<Candidate[]> {
  const model = loadWordModel();
  const { documents, corrections } = await parts.infra.db.inWorkspace(workspaceId, async (tx) => ({
    documents: await readCreatorDocuments(tx, workspaceId, [...ids]),
    corrections: await correctionsOf(tx, workspaceId, ids),
  }));
  const hits = new Map<string, Hit>();
  for (let from = 0; from < ids.length; from += hitsAtOnce) {
    const some = await hitsOf(parts.infra, parts.host, { workspaceId, personIds: ids.slice(from, from + hitsAtOnce) });
    for (const [id, hit] of some) hits.set(id, hit);
  }
  const nearestFirst = new Map(ids.map((id, place) => [id, place]));
  documents.sort((a, b) => (nearestFirst.get(a.personId) ?? 0) - (nearestFirst.get(b.personId) ?? 0));
  const read = await readTexts(documents, model);
  return documents.flatMap((document, at) => {
    const own = read[at];
    if (own === undefined) return [];
    const correctedTopics = corrections.get(document.personId)?.topics ?? null;
    return [{ document, read: own, hit: hits.get(document.personId) ?? null, correctedTopics }];
  });
}

function tooFewWords(brief: Brief): Error {
  return discoveryError(
    'match_too_few_words',
    `Not enough data: of ${brief.words} words in the text the encoder knows ${brief.wordsKnown}. It reads English; give more text, a brand, or creators as examples.`,
    [{ field: 'text', message: `has ${brief.wordsKnown} known words` }],
  );
}

function notesOf(prepared: Prepared, considered: number, given: number): string[] {
  const { brief, exampleIds, counts } = prepared;
  const notes: string[] = [];
  const mentioners = exampleIds.length - given;
  if (mentioners > 0)
    notes.push(
      `${mentioners} creators mention ${brief.brands.join(', ')} already; they serve as examples and are not listed again.`,
    );
  if (brief.brands.length > 0 && mentioners <= 0)
    notes.push(
      `Nobody among your creators mentions ${brief.brands.join(', ')}, so nothing is known of brands like it.`,
    );
  if (brief.words > 0 && brief.wordsKnown / brief.words < 0.5)
    notes.push(
      `The encoder knows ${brief.wordsKnown} of ${brief.words} words of the text; it reads English. Take the order with care.`,
    );
  if (counts.made < counts.creators)
    notes.push(
      `${counts.creators - counts.made} of ${counts.creators} creators have no vector: too little text the encoder knows, or not read yet.`,
    );
  if (considered === 0) notes.push('No creator with a vector matches the filters.');
  return notes;
}
