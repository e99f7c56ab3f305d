import { answerPart, joinParts, type PartAnswer, type PartQuestion, type PartWorld } from './answer-part.ts';
import type { Assistant } from './assistant.ts';
import type { Ranked } from './rank.ts';
import type { Segment } from './segment.ts';

export interface Askable extends PartWorld {
  segments: readonly Segment[];
  assistant: Assistant | null;
}

/**
 * Puts a question to all segments, the assistant answering for its part of them meanwhile. Whoever has to wait for it is offered own hits, the
 * first of the order before the others: what is going to be read of them can be read already.
 */
export function askSegments(
  { segments, assistant, ...world }: Askable,
  question: PartQuestion,
  whileWaiting: (hit: Ranked) => void,
): PartAnswer {
  const theirs = assistant?.begin(segments, question) ?? new Set<Segment>();
  if (assistant === null || theirs.size === 0) return answerPart(segments, question, world);
  const ours = answerPart(
    segments.filter((segment) => !theirs.has(segment)),
    question,
    world,
  );
  for (const hit of ours.ranked) {
    if (assistant.isDone) break;
    whileWaiting(hit);
  }
  return joinParts(ours, assistant.finish() ?? answerPart([...theirs], question, world), question.wanted);
}
