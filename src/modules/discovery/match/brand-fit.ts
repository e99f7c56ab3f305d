import type { Tx } from '#infra/db/database.ts';
import { readCreatorDocuments } from '#modules/creators/index.ts';
import type { Contribution, LearntTopic, TargetAudience } from '../api.ts';
import { wordEncoder } from './encoder.ts';
import { loadTopics } from './load-topics.ts';
import { loadWordModel } from './load-word-model.ts';
import { currentWeights } from './match-weights.ts';
import { correctionsOf } from './queries/corrections.ts';
import { creatorsMentioning } from './queries/mentions.ts';
import { type StoredVector, sampleVectors, selectVectors } from './queries/stored-vectors.ts';
import { readBrief } from './rules/brief.ts';
import { contribute, type Judgement, judgeAudience, unknown } from './rules/contributions.ts';
import { vectorOfWords } from './rules/encode-text.ts';
import { countTerms } from './rules/sparse.ts';
import { learnTopics, topicOverlap } from './rules/topics.ts';
import { wordsOfText } from './rules/words-of-text.ts';

/** What a brand is matched by. */
export interface BrandBrief {
  text: string;
  /** Its own accounts. */
  handles: readonly string[];
  audience: TargetAudience;
}

/** How one creator fits a brand: the signals of a match that can be told of one creator alone. */
export interface BrandFit {
  contributions: Contribution[];
  /** Of how many creators the closeness of texts is told. */
  comparedWith: number;
  weightsVersion: number;
}

const comparedMax = 500;
const comparedMin = 20;
const mentionersMax = 5000;
const percent = (share: number) => `${Math.round(share * 100)} %`;

/** How creators fit a brand, explained by the contributions of a match; those who do not exist are left out. */
export async function fitBrand(
  tx: Tx,
  workspaceId: string,
  of: { brief: BrandBrief; personIds: readonly string[] },
): Promise<Map<string, BrandFit>> {
  const { brief: given, personIds } = of;
  const encoder = wordEncoder();
  const brief = readBrief(
    { text: given.text, brands: [...given.handles], examples: [] },
    { encode: (text) => encoder.encode(text), topics: loadTopics(), model: loadWordModel() },
  );
  const weights = await currentWeights(tx, workspaceId);
  const stored = await selectVectors(tx, workspaceId, { personIds, model: encoder.name });
  const corrections = await correctionsOf(tx, workspaceId, [...personIds]);
  const nearness = brief.vector === null ? null : await nearnessTo(tx, workspaceId, brief.vector);
  const mentioners = await mentionersOf(tx, workspaceId, brief.brands);
  const hasAudience = Object.keys(given.audience).length > 0;
  const documents = hasAudience ? await readCreatorDocuments(tx, workspaceId, [...personIds]) : [];
  const profiles = new Map(documents.map((document) => [document.personId, document.profiles[0]]));
  return new Map(
    personIds.map((personId) => {
      const read = stored.get(personId) ?? null;
      const topics = heldTopics(read, corrections.get(personId)?.topics ?? null);
      const profile = profiles.get(personId);
      const source = profile?.provenance.audience?.source ?? null;
      const contributions = [
        contribute('content', judgeContent(read, nearness, brief.words), weights.weights),
        contribute('topics', judgeTopics(brief.topics, topics, corrections.has(personId)), weights.weights),
        contribute('brands', judgeMention(mentioners, personId, brief.brands), weights.weights),
        contribute(
          'audience',
          judgeAudience(hasAudience ? given.audience : null, profile?.audience ?? null, source),
          weights.weights,
        ),
      ];
      return [personId, { contributions, comparedWith: nearness?.n ?? 0, weightsVersion: weights.version }];
    }),
  );
}

interface Nearness {
  n: number;
  /** Share of the creators compared with that are farther from the brief; null for too few of them. */
  shareBelow(vector: StoredVector): number | null;
}

/** Closeness to a brief by the cosine of vectors without what all creators have in common. */
async function nearnessTo(tx: Tx, workspaceId: string, wanted: Float32Array): Promise<Nearness> {
  const sample = await sampleVectors(tx, workspaceId, {
    model: wordEncoder().name,
    limit: comparedMax,
    wanted: comparedMin,
  });
  const vectors = sample.map(vectorOf);
  const mean = new Float32Array(wanted.length);
  for (const vector of vectors)
    for (let i = 0; i < mean.length; i += 1) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0) / vectors.length;
  const cosine = (vector: Float32Array) => {
    let [dot, square] = [0, 0];
    for (let i = 0; i < vector.length; i += 1) {
      const value = (vector[i] ?? 0) - (mean[i] ?? 0);
      dot += value * (wanted[i] ?? 0);
      square += value * value;
    }
    return square === 0 ? 0 : dot / Math.sqrt(square);
  };
  const others = sample.map((one, at) => ({ personId: one.personId, near: cosine(vectors[at] ?? mean) }));
  return {
    n: others.length,
    shareBelow: (stored) => {
      const rest = others.filter((one) => one.personId !== stored.personId);
      if (rest.length < comparedMin) return null;
      const own = cosine(vectorOf(stored));
      return rest.filter((one) => one.near < own).length / rest.length;
    },
  };
}

function vectorOf({ scale, bytes }: StoredVector): Float32Array {
  const view = new Int8Array(bytes?.buffer ?? new ArrayBuffer(0), bytes?.byteOffset ?? 0, bytes?.byteLength ?? 0);
  return Float32Array.from(view, (value) => value * scale);
}

async function mentionersOf(tx: Tx, workspaceId: string, brands: readonly string[]): Promise<Set<string> | null> {
  if (brands.length === 0) return null;
  return new Set(await creatorsMentioning(tx, workspaceId, { accounts: [...brands], limit: mentionersMax }));
}

function judgeContent(read: StoredVector | null, nearness: Nearness | null, words: number): Judgement {
  if (words === 0) return unknown('There is no brief to hold the texts against.');
  if (nearness === null)
    return unknown('Not enough data: too few words of the brief are known to the encoder. It reads English.');
  if (read?.bytes == null) return unknown('Not enough data: too few words of this creator are known, or not read yet.');
  const value = nearness.shareBelow(read);
  if (value === null) return unknown(`Not enough data: fewer than ${comparedMin} creators with texts to compare with.`);
  return {
    value,
    line: `Texts are closer to the brief than those of ${percent(value)} of ${nearness.n} creators.`,
    evidence: [
      {
        kind: 'words',
        text: `${read.wordsKnown} words of ${read.texts} texts that the encoder knows`,
        source: 'names, bios, captions',
        n: read.texts,
      },
    ],
  };
}

function judgeTopics(wanted: readonly LearntTopic[], has: readonly LearntTopic[], isCorrected: boolean): Judgement {
  if (wanted.length === 0) return unknown('No topic of the taxonomy speaks from the brief.');
  const value = topicOverlap(wanted, has);
  if (value === null) return unknown('Not enough data: no topic was learnt from the texts of this creator.');
  const shared = has.filter((one) => wanted.some((other) => other.topic === one.topic));
  return {
    value,
    line:
      shared.length === 0
        ? `Writes about ${has[0]?.name ?? 'other things'}, not about ${wanted[0]?.name ?? 'this'}.`
        : `Writes about ${shared.map((one) => one.name).join(', ')}${isCorrected ? ', as a person said' : ''}.`,
    evidence: shared.map((one) => ({
      kind: 'topic' as const,
      text: `${one.name}: ${percent(one.share)}${one.words.length === 0 ? '' : ` (${one.words.join(', ')})`}`,
      source: isCorrected ? 'corrected by a person' : 'learnt from texts',
      n: null,
    })),
  };
}

function judgeMention(mentioners: ReadonlySet<string> | null, personId: string, brands: readonly string[]): Judgement {
  if (mentioners === null) return unknown('No account of the brand is named.');
  const names = brands.map((brand) => `@${brand}`).join(', ');
  // That somebody has not named the brand yet says nothing against them.
  if (!mentioners.has(personId)) return unknown(`Has not mentioned ${names} so far.`);
  return {
    value: 1,
    line: `Mentions ${names} already.`,
    evidence: [{ kind: 'brands', text: names, source: 'mentions in posts', n: null }],
  };
}

function heldTopics(read: StoredVector | null, corrected: readonly string[] | null): LearntTopic[] {
  if (corrected === null) return read?.topics ?? [];
  const { seeds } = loadTopics();
  return corrected.map((topic) => ({
    topic,
    name: seeds.find((seed) => seed.topic === topic)?.name ?? topic,
    share: 1 / corrected.length,
    words: [],
  }));
}

/** The topics that hold of creators: as a person corrected them, else as learnt from all their texts. */
export async function readHeldTopics(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, { topics: LearntTopic[]; isCorrected: boolean }>> {
  const stored = await selectVectors(tx, workspaceId, { personIds, model: wordEncoder().name });
  const corrections = await correctionsOf(tx, workspaceId, [...personIds]);
  return new Map(
    personIds.map((personId) => {
      const corrected = corrections.get(personId)?.topics ?? null;
      return [
        personId,
        { topics: heldTopics(stored.get(personId) ?? null, corrected), isCorrected: corrected !== null },
      ];
    }),
  );
}

export interface ReadText {
  /** Unit length; null when too few words are known. */
  vector: Float32Array | null;
  /** Topics of the taxonomy that speak from it, the strongest first. */
  topics: LearntTopic[];
}

/** A single text as the matching reads it: its vector and topics. */
export function readText(text: string): ReadText {
  const model = loadWordModel();
  const { words } = wordsOfText(text, (word) => model.places.get(word));
  const counts = countTerms(words);
  return { vector: vectorOfWords(model, counts), topics: learnTopics(loadTopics(), counts) };
}
