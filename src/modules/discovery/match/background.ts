import type { Infra } from '#infra/module.ts';
import { readCreatorDocuments } from '#modules/creators/index.ts';
import { loadWordModel } from './load-word-model.ts';
import { sampleIds } from './queries/content.ts';
import { readTexts } from './read-texts.ts';
import { type Background, backgroundOf } from './rules/taste.ts';
import { weightOfWord } from './rules/word-model.ts';

const sampleMax = 500;
/** Fewer creators with a vector have no mean that is theirs in common. */
const ownMeanMin = 50;
const keptMs = 10 * 60_000;
const workspacesMax = 20;

/** What is usual among the creators of a workspace, from a sample of 500 that is always the same; kept for ten minutes. */
export type BackgroundReader = (workspaceId: string) => Promise<Background>;

export function createBackgroundReader(infra: Infra): BackgroundReader {
  const kept = new Map<string, { untilMs: number; value: Promise<Background> }>();
  return (workspaceId) => {
    const nowMs = infra.clock.now().getTime();
    const found = kept.get(workspaceId);
    if (found !== undefined && found.untilMs > nowMs) return found.value;
    const value = readBackground(infra, workspaceId);
    kept.delete(workspaceId);
    kept.set(workspaceId, { untilMs: nowMs + keptMs, value });
    const [oldest] = kept.keys();
    if (kept.size > workspacesMax && oldest !== undefined) kept.delete(oldest);
    // A failure is not kept; whoever asks next tries again.
    value.catch(() => kept.delete(workspaceId));
    return value;
  };
}

async function readBackground(infra: Infra, workspaceId: string): Promise<Background> {
  const documents = await infra.db.inWorkspace(workspaceId, async (tx) =>
    readCreatorDocuments(tx, workspaceId, await sampleIds(tx, workspaceId, sampleMax)),
  );
  const model = loadWordModel();
  const read = await readTexts(documents, model);
  const withVector = read.filter((one) => one.vector !== null).length;
  const background = backgroundOf(read, (word) => weightOfWord(model, word));
  return withVector < ownMeanMin ? { ...background, mean: null } : background;
}
