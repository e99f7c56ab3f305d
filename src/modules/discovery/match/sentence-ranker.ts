import { Worker } from 'node:worker_threads';
import type { Logger } from '#infra/log.ts';
import type { Candidate } from './rules/rank-candidates.ts';

/** 40 texts a second: so many creators are looked at, the nearest by words. */
const creatorsMax = 60;
const textCharsMax = 400;
const captionsRead = 3;
const idleMs = 5 * 60_000;
const answerMs = 60_000;

/** Closeness of creators to a text by a sentence encoder, by person id, for the first 60; null when it could not be asked. */
export type SentenceRanker = ((
  text: string,
  candidates: readonly Candidate[],
) => Promise<ReadonlyMap<string, number> | null>) & { stop(): Promise<void> };

type Answer = { id: number; vectors: number[][] } | { id: number; failed: string };

/** Runs the sentence encoder in a thread of its own, started when first needed and let go after five quiet minutes. */
export function createSentenceRanker(log: Logger): SentenceRanker {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let next = 0;
  const waiting = new Map<number, (answer: Answer) => void>();

  const end = async (reason: string): Promise<void> => {
    clearTimeout(idle);
    const old = worker;
    worker = null;
    for (const [id, answer] of waiting) answer({ id, failed: reason });
    waiting.clear();
    await old?.terminate();
  };

  const open = (): Worker => {
    if (worker !== null) return worker;
    const started = new Worker(new URL('./sentence-worker.ts', import.meta.url));
    started.unref();
    started.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
    started.on('error', (error) => {
      log.warn({ err: error }, 'the sentence encoder was lost');
      if (worker === started) void end(error.message);
    });
    worker = started;
    return started;
  };

  const embed = async (texts: string[]): Promise<Answer> => {
    clearTimeout(idle);
    const id = next;
    next += 1;
    const answer = await new Promise<Answer>((resolve) => {
      const timer = setTimeout(() => resolve({ id, failed: 'no answer in time' }), answerMs);
      waiting.set(id, (given) => {
        clearTimeout(timer);
        resolve(given);
      });
      open().postMessage({ id, texts });
    });
    waiting.delete(id);
    idle = setTimeout(() => void end('idle'), idleMs).unref();
    return answer;
  };

  const rank = async (text: string, candidates: readonly Candidate[]): Promise<ReadonlyMap<string, number> | null> => {
    const looked = candidates
      .slice(0, creatorsMax)
      .map((candidate) => ({ id: candidate.read.id, text: textOf(candidate) }))
      .filter((one) => one.text !== '');
    if (text.trim() === '' || looked.length === 0) return null;
    const answer = await embed([text.slice(0, textCharsMax * 4), ...looked.map((one) => one.text)]);
    if ('failed' in answer) {
      log.warn({ reason: answer.failed }, 'the sentence encoder gave no answer, words decide alone');
      return null;
    }
    const [wanted = [], ...vectors] = answer.vectors;
    return new Map(looked.map((one, at) => [one.id, cosineOf(wanted, vectors[at] ?? [])]));
  };
  return Object.assign(rank, { stop: () => end('the server is stopping') });
}

function textOf({ document }: Candidate): string {
  const bios = document.profiles.flatMap((profile) => profile.bio ?? []);
  return [...bios, ...document.captions.slice(0, captionsRead)].join('. ').slice(0, textCharsMax);
}

function cosineOf(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b) || 1);
}
