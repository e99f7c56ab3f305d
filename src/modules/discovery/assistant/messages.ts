import type { PartAnswer, PartQuestion } from '../rules/answer-part.ts';
import type { Ranked } from '../rules/rank.ts';
import type { Segment } from '../rules/segment.ts';
import type { LentVectors } from '../rules/vector-column.ts';

/** What the second thread starts with. */
export interface AssistantStart {
  /** Where answers go, to be read by the thread that waits for them. */
  answers: import('node:worker_threads').MessagePort;
  /** Two numbers in shared memory: 1 once the thread is up, and how many answers were sent. */
  signals: Int32Array<SharedArrayBuffer>;
}

export const upSignal = 0;
export const answersSignal = 1;

/** Members stay where they are: a list is named by its index and its own id. */
export type AssistantTask =
  /** A segment whose columns are all in shared memory. */
  | { kind: 'take'; segmentId: number; segment: Omit<Segment, 'vectors'>; vectors: [string, LentVectors][] }
  | { kind: 'drop'; segmentIds: number[] }
  | { kind: 'set-list'; indexId: number; listId: string; members: ReadonlySet<string> | null }
  | { kind: 'forget'; indexId: number }
  | {
      kind: 'ask';
      askId: number;
      indexId: number;
      /** With how many of each segment's persons are dead by now. */
      segments: { segmentId: number; deadCount: number }[];
      question: PartQuestion;
    };

export type AssistantAnswer =
  | {
      kind: 'answer';
      askId: number;
      part: Omit<PartAnswer, 'ranked'> & { ranked: (Omit<Ranked, 'segment'> & { segmentId: number })[] };
    }
  | { kind: 'failed'; askId: number; message: string };
