import { fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import type { Contribution, Hit, LearntTopic, MatchRow, MatchWeights, Overrule, TargetAudience } from '../../api.ts';
import type { IndexedCreator } from '../../rules/indexed-creator.ts';
import type { Brief } from './brief.ts';
import { mentionCloseness } from './co-mentions.ts';
import {
  contribute,
  type Judgement,
  judgeAudience,
  judgeCollaboration,
  judgeCredibility,
  judgeEngagement,
  judgePrice,
  judgeSafety,
  unknown,
} from './contributions.ts';
import { type ReadCreator, topicWords } from './creator-text.ts';
import { brandEvidence, contentEvidence } from './evidence.ts';
import { countTerms } from './sparse.ts';
import {
  type Background,
  contentFeatures,
  shippedTasteWeights,
  standardise,
  sumFeatures,
  type TasteFeature,
  tasteOf,
  wantedWords,
} from './taste.ts';
import { learnTopics, type TopicModel, topicOverlap } from './topics.ts';
import { type WordRank, wordsOfText } from './words-of-text.ts';

export interface Candidate {
  document: IndexedCreator;
  read: ReadCreator;
  hit: Hit | null;
  /** Topics a person has put above the learnt ones; null for none. */
  correctedTopics: string[] | null;
}

export interface Ranking {
  candidates: readonly Candidate[];
  examples: readonly ReadCreator[];
  brief: Brief;
  background: Background;
  weights: MatchWeights;
  wanted: { audience: TargetAudience | null; budget: MoneyJson | null };
  topics: TopicModel;
  rankOf: WordRank;
  overrules: ReadonlyMap<string, Overrule>;
  limit: number;
  /** Closeness by a sentence encoder, by person id, for those it looked at. */
  closeness: ReadonlyMap<string, number> | null;
}

const brandFeatures: readonly TasteFeature[] = ['direct', 'walk', 'second', 'hashtags'];

/** The best rows with every contribution; what a person said goes before any score. Ties by id. */
export function rankCandidates(ranking: Ranking): MatchRow[] {
  const near = closenessOf(ranking);
  const rows = ranking.candidates.map((candidate, at) => {
    const contributions = contributionsOf(ranking, candidate, {
      content: near.content[at] ?? null,
      brands: near.brands[at] ?? null,
    });
    const overrule = ranking.overrules.get(candidate.read.id) ?? null;
    const score = Math.round(contributions.reduce((sum, one) => sum + one.points, 0) * 100) / 100;
    return { candidate, contributions, overrule, score };
  });
  const level = (overrule: Overrule | null) => (overrule === null ? 1 : overrule.decision === 'fit' ? 0 : 2);
  rows.sort(
    (a, b) =>
      level(a.overrule) - level(b.overrule) ||
      b.score - a.score ||
      (a.candidate.read.id < b.candidate.read.id ? -1 : 1),
  );
  const wanted = wantedWords(
    ranking.examples,
    ranking.examples.length > 0 && ranking.brief.counts.size === 0 ? null : ranking.brief.counts,
    ranking.background,
  );
  return rows.slice(0, ranking.limit).map(({ candidate, contributions, overrule, score }, at) => ({
    personId: candidate.read.id,
    rank: at + 1,
    score,
    contributions: contributions.map((one) => withEvidence(ranking, candidate, { contribution: one, wanted })),
    unknown: contributions.filter((one) => one.value === null).map((one) => one.signal),
    overrule,
    hit: candidate.hit,
  }));
}

interface Near {
  value: number;
  /** Share of the candidates it is nearer than. */
  above: number;
}

/** Content and brands of all candidates, each from the farthest (0) to the nearest (1) of those considered. */
function closenessOf(ranking: Ranking): { content: (Near | null)[]; brands: (Near | null)[] } {
  const { candidates, examples, brief, background } = ranking;
  const pool = [...examples, ...candidates.map((candidate) => candidate.read)];
  const exampleIds = new Set(examples.map((one) => one.id));
  const mentions = mentionCloseness(pool, exampleIds, new Set(brief.brands));
  const taste = tasteOf(
    pool,
    { examples: exampleIds, brief: brief.counts.size === 0 ? null : { words: brief.counts, vector: brief.vector } },
    background,
    mentions,
  );
  const rows = candidates.flatMap((candidate) => taste.get(candidate.read.id) ?? []);
  const scores = standardise(rows);
  const of = (features: readonly TasteFeature[]) =>
    sumFeatures(scores, features, shippedTasteWeights).map((sum, at) =>
      features.every((feature) => (rows[at]?.[feature] ?? null) === null) ? null : sum,
    );
  const content = blend(of(contentFeatures), ranking);
  return { content: spread(content), brands: spread(examples.length === 0 ? rows.map(() => null) : of(brandFeatures)) };
}

/** Where a sentence encoder has looked, half of the closeness is its, on the same scale. */
function blend(content: (number | null)[], ranking: Ranking): (number | null)[] {
  const { closeness, candidates } = ranking;
  if (closeness === null || closeness.size < 2) return content;
  const looked = [...closeness.values()];
  const mean = looked.reduce((sum, value) => sum + value, 0) / looked.length;
  const deviation = Math.sqrt(looked.reduce((sum, value) => sum + (value - mean) ** 2, 0) / looked.length) || 1;
  return content.map((value, at) => {
    const own = closeness.get(candidates[at]?.read.id ?? '');
    return value === null || own === undefined ? value : value + (0.4 * (own - mean)) / deviation;
  });
}

function spread(values: readonly (number | null)[]): (Near | null)[] {
  const known = values.flatMap((value) => value ?? []).sort((a, b) => a - b);
  const low = known[0] ?? 0;
  const width = (known.at(-1) ?? 0) - low;
  // All alike, or one alone: nothing tells them apart.
  return values.map((value) =>
    value === null || (width === 0 && known.length > 1)
      ? null
      : {
          value: width === 0 ? 1 : (value - low) / width,
          above: known.length < 2 ? 0 : known.filter((other) => other < value).length / (known.length - 1),
        },
  );
}

function contributionsOf(
  ranking: Ranking,
  candidate: Candidate,
  near: { content: Near | null; brands: Near | null },
): Contribution[] {
  const { weights, wanted } = ranking;
  const { document, hit } = candidate;
  const profile = document.profiles.find((one) => one.profileId === hit?.profile?.profileId) ?? document.profiles[0];
  const source = profile?.provenance.audience?.source ?? null;
  const texts = document.captions.map((caption) => new Set(wordsOfText(caption, ranking.rankOf).words));
  const stated = profile?.audience?.credibility ?? null;
  return [
    contribute('content', judgeContent(near.content, candidate), weights),
    contribute('topics', judgeTopics(ranking, candidate), weights),
    contribute('brands', judgeBrands(near.brands, ranking), weights),
    contribute('audience', judgeAudience(wanted.audience, profile?.audience, source), weights),
    contribute('engagement', judgeEngagement(hit?.peers ?? null, profile?.engagementRate ?? null), weights),
    contribute(
      'credibility',
      judgeCredibility(document.facts, stated === null ? null : { share: stated, n: profile?.audience?.n ?? null }),
      weights,
    ),
    contribute(
      'price',
      judgePrice(wanted.budget === null ? null : fromMoneyJson(wanted.budget), document.prices ?? []),
      weights,
    ),
    contribute('safety', judgeSafety(texts), weights),
    contribute('collaboration', judgeCollaboration(document.facts), weights),
  ];
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function judgeContent(near: Near | null, candidate: Candidate): Judgement {
  if (near === null) return unknown(`Not enough data: ${candidate.read.wordsKnown} words the encoder knows.`);
  return {
    value: near.value,
    line: `Texts are closer to what you ask for than those of ${percent(near.above)} of the creators considered.`,
    evidence: [],
  };
}

function judgeBrands(near: Near | null, ranking: Ranking): Judgement {
  if (ranking.examples.length === 0)
    return unknown('No creator is known to fit or to mention the brand, so there is nobody to compare with.');
  if (near === null)
    return unknown(
      'Nobody considered shares a mention with your examples, or nothing is known of whom this one mentions.',
    );
  return {
    value: near.value,
    line: `Closer to your ${ranking.examples.length} examples by whom they mention than ${percent(near.above)} of the creators considered.`,
    evidence: [],
  };
}

function judgeTopics(ranking: Ranking, candidate: Candidate): Judgement {
  const wanted = ranking.brief.topics.length > 0 ? ranking.brief.topics : exampleTopics(ranking);
  if (wanted.length === 0) return unknown('No topic of the taxonomy speaks from the text.');
  const has = topicsOf(ranking.topics, candidate);
  const value = topicOverlap(wanted, has);
  if (value === null) return unknown('Not enough data: no topic was learnt from the texts of this creator.');
  const shared = has.filter((one) => wanted.some((other) => other.topic === one.topic));
  return {
    value,
    line:
      shared.length === 0
        ? `Writes about ${has[0]?.name ?? 'other things'}, not about ${wanted[0]?.name ?? 'this'}.`
        : `Writes about ${shared.map((one) => one.name).join(', ')}${candidate.correctedTopics === null ? '' : ', as a person said'}.`,
    evidence: shared.map((one) => ({
      kind: 'topic' as const,
      text: `${one.name}: ${percent(one.share)}${one.words.length === 0 ? '' : ` (${one.words.join(', ')})`}`,
      source: candidate.correctedTopics === null ? 'learnt from texts' : 'corrected by a person',
      n: candidate.read.texts,
    })),
  };
}

function topicsOf(model: TopicModel, candidate: Candidate): LearntTopic[] {
  const corrected = candidate.correctedTopics;
  if (corrected === null) return learnTopics(model, topicWords(candidate.read));
  return corrected.map((topic) => ({
    topic,
    name: model.seeds.find((seed) => seed.topic === topic)?.name ?? topic,
    share: 1 / corrected.length,
    words: [],
  }));
}

function exampleTopics(ranking: Ranking): LearntTopic[] {
  return learnTopics(ranking.topics, countTerms(ranking.examples.flatMap((one) => [...topicWords(one).keys()])));
}

function withEvidence(
  ranking: Ranking,
  candidate: Candidate,
  of: { contribution: Contribution; wanted: ReadonlyMap<string, number> },
): Contribution {
  const { contribution } = of;
  if (contribution.value === null) return contribution;
  if (contribution.signal === 'content') {
    const bio = candidate.document.profiles[0]?.bio ?? null;
    return {
      ...contribution,
      evidence: contentEvidence(
        of.wanted,
        { read: candidate.read, captions: candidate.document.captions, bio },
        ranking.rankOf,
      ),
    };
  }
  if (contribution.signal !== 'brands') return contribution;
  const shared = brandEvidence(candidate.read.accounts, ranking.examples).slice(0, 5);
  return {
    ...contribution,
    evidence: shared.map(({ account, examples }) => ({
      kind: 'brands' as const,
      text: `@${account}, as ${examples} of ${ranking.examples.length} examples do`,
      source: 'mentions in posts',
      n: ranking.examples.length,
    })),
  };
}
