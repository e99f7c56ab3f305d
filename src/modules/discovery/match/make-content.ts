import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { type CreatorDocument, letImportsPass, readCreatorDocuments, stateFacts } from '#modules/creators/index.ts';
import { vectorsChanged } from '../events.ts';
import type { IndexHost } from '../index-host.ts';
import { wordEncoder } from './encoder.ts';
import { loadTopics, taxonomyVersion } from './load-topics.ts';
import { loadWordModel } from './load-word-model.ts';
import { type Content, clearDue, contentHashes, dropContent, saveContent, selectDue } from './queries/content.ts';
import { correctionsOf } from './queries/corrections.ts';
import { readCreatorTexts, topicWords } from './rules/creator-text.ts';
import { quantise } from './rules/encode-text.ts';
import { learnTopics } from './rules/topics.ts';

export const contentJob = 'discovery.content';
export const contentPayload = z.object({ workspaceId: z.string() });

const batchCreators = 250;
/** Creators between two breaths, so that a request waits a few milliseconds at most. */
const stepCreators = 10;
/** A job works for so long and asks for the next one, so that stopping never waits long. */
const workMs = 3_000;
const accountsMax = 400;
/** Bump to make all content again after a change of what is read of a creator. */
const readingVersion = 1;

/**
 * Makes vectors, topics and mentions of the creators marked as due, for a few seconds, then asks to go on. Each batch is one transaction with the
 * marks it takes back, so a crash loses nothing and a repeat ends the same. Creators whose texts did not change are left as they are.
 */
export async function makeContent(
  infra: Infra,
  host: IndexHost,
  payload: z.infer<typeof contentPayload>,
  signal: AbortSignal,
): Promise<void> {
  const { workspaceId } = payload;
  await letImportsPass(infra, workspaceId, signal);
  const untilMs = performance.now() + workMs;
  while (performance.now() < untilMs) {
    signal.throwIfAborted();
    if (!(await makeBatch(infra, host, workspaceId))) return;
    await letImportsPass(infra, workspaceId, signal);
  }
  await infra.jobs.enqueue(contentJob, { workspaceId }, workspaceId);
}

async function makeBatch(infra: Infra, host: IndexHost, workspaceId: string): Promise<boolean> {
  const { due, documents, hashes } = await infra.db.asSystem(async (tx) => {
    const rows = await selectDue(tx, workspaceId, batchCreators);
    const ids = rows.map((row) => row.person_id);
    return {
      due: rows,
      documents: await readCreatorDocuments(tx, workspaceId, ids),
      hashes: await contentHashes(tx, workspaceId, ids),
    };
  });
  if (due.length === 0) return false;
  const contents = await contentsOf(documents, hashes);
  const present = new Set(documents.map((document) => document.personId));
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    await saveContent(tx, workspaceId, { contents, at: infra.clock.now() });
    await dropContent(
      tx,
      workspaceId,
      due.map((row) => row.person_id).filter((id) => !present.has(id)),
    );
    const corrected = await correctionsOf(
      tx,
      workspaceId,
      contents.map((one) => one.personId),
    );
    await stateFacts(infra, tx, {
      workspaceId,
      statedBy: 'discovery',
      facts: contents.map((one) => ({
        personId: one.personId,
        name: 'topics',
        value: topicsFact(corrected.get(one.personId)?.topics ?? one.topics.map((topic) => topic.topic)),
      })),
    });
    const personIds = contents.map((one) => one.personId);
    if (personIds.length > 0)
      await infra.outbox.emit(tx, { workspaceId, name: vectorsChanged, payload: { personIds } });
    await clearDue(tx, workspaceId, due);
  });
  await host.catchUp(workspaceId);
  return true;
}

/** What a search may filter by as fact.topics; null takes the fact back. */
export function topicsFact(topics: readonly string[]): readonly string[] | null {
  return topics.length === 0 ? null : topics;
}

async function contentsOf(
  documents: readonly CreatorDocument[],
  hashes: ReadonlyMap<string, string>,
): Promise<Content[]> {
  const contents: Content[] = [];
  for (let from = 0; from < documents.length; from += stepCreators) {
    for (const document of documents.slice(from, from + stepCreators)) {
      const hash = hashOf(document);
      if (hashes.get(document.personId) !== hash) contents.push(contentOf(document, hash));
    }
    await pause();
  }
  return contents;
}

/** Vector, topics and mentions of one creator. */
export function contentOf(document: CreatorDocument, hash: string): Content {
  const model = loadWordModel();
  const read = readCreatorTexts(document, model);
  const bytes = read.vector === null ? null : quantise(read.vector);
  return {
    personId: document.personId,
    model: wordEncoder().name,
    dims: wordEncoder().dims,
    scale: bytes?.scale ?? 0,
    bytes: bytes?.values ?? null,
    texts: read.texts,
    words: read.wordsRead,
    wordsKnown: read.wordsKnown,
    topics: learnTopics(loadTopics(), topicWords(read)),
    mentions: [...read.accounts].sort().slice(0, accountsMax),
    hash,
  };
}

function hashOf(document: CreatorDocument): string {
  const { name, niches, hashtags, mentions, captions, profiles } = document;
  const texts = profiles.map(({ handle, displayName, bio, category }) => [handle, displayName, bio, category]);
  return createHash('sha256')
    .update(
      JSON.stringify([
        readingVersion,
        wordEncoder().name,
        taxonomyVersion,
        name,
        niches,
        hashtags,
        mentions,
        captions,
        texts,
      ]),
    )
    .digest('hex')
    .slice(0, 32);
}
