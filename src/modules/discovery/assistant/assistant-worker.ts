import { parentPort, workerData } from 'node:worker_threads';
import { answerPart, type PartQuestion } from '../rules/answer-part.ts';
import { startScratch } from '../rules/scratch.ts';
import type { Segment, Vocabulary } from '../rules/segment.ts';
import { TermDictionary } from '../rules/term-dictionary.ts';
import { takeSecondLane, takeVectors } from '../rules/vector-column.ts';
import { withLists } from './lists-of-question.ts';
import { type AssistantAnswer, type AssistantStart, type AssistantTask, answersSignal, upSignal } from './messages.ts';

// Answers for the segments it was given while the thread that owns the indexes answers for the others and then waits. It only reads what it
// shares, and the owner changes nothing of it while a question is open.
const { answers, signals } = workerData as AssistantStart;
const segments = new Map<number, Segment>();
const ids = new WeakMap<Segment, number>();
const lists = new Map<number, Map<string, ReadonlySet<string>>>();
const noWords: Vocabulary = { sets: new Map(), terms: new TermDictionary() };

takeSecondLane();

function answer(task: Extract<AssistantTask, { kind: 'ask' }>): AssistantAnswer {
  const { askId } = task;
  try {
    startScratch();
    const own: Segment[] = [];
    for (const { segmentId, deadCount } of task.segments) {
      const segment = segments.get(segmentId);
      if (segment === undefined) throw new Error(`Segment ${segmentId} was never given.`);
      segment.deadCount = deadCount;
      own.push(segment);
    }
    const ofIndex = lists.get(task.indexId) ?? new Map<string, ReadonlySet<string>>();
    const question: PartQuestion = withLists(task.question, (listId) => ofIndex.get(listId) ?? new Set());
    const part = answerPart(own, question, { vocabulary: noWords, lists: ofIndex });
    const ranked = part.ranked.map(({ segment, ...one }) => ({ ...one, segmentId: ids.get(segment) ?? -1 }));
    return { kind: 'answer', askId, part: { ...part, ranked } };
  } catch (error) {
    return { kind: 'failed', askId, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function setList({ indexId, listId, members }: Extract<AssistantTask, { kind: 'set-list' }>): void {
  const ofIndex = lists.get(indexId) ?? new Map<string, ReadonlySet<string>>();
  if (members === null) ofIndex.delete(listId);
  else ofIndex.set(listId, members);
  lists.set(indexId, ofIndex);
}

function take({ segmentId, segment, vectors }: Extract<AssistantTask, { kind: 'take' }>): void {
  const own = { ...segment, vectors: new Map(vectors.map(([key, lent]) => [key, takeVectors(lent)])) };
  segments.set(segmentId, own);
  ids.set(own, segmentId);
}

parentPort?.on('message', (task: AssistantTask) => {
  switch (task.kind) {
    case 'take':
      take(task);
      break;
    case 'drop':
      for (const segmentId of task.segmentIds) segments.delete(segmentId);
      break;
    case 'set-list':
      setList(task);
      break;
    case 'forget':
      lists.delete(task.indexId);
      break;
    case 'ask':
      answers.postMessage(answer(task));
      Atomics.add(signals, answersSignal, 1);
      Atomics.notify(signals, answersSignal);
  }
});
Atomics.store(signals, upSignal, 1);
