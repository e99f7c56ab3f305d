import { availableParallelism } from 'node:os';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { PartAnswer, PartQuestion } from '../rules/answer-part.ts';
import type { Assistant } from '../rules/assistant.ts';
import type { Segment } from '../rules/segment.ts';
import { isSortedByWords } from '../rules/sort-keys.ts';
import { lendVectors } from '../rules/vector-column.ts';
import { withoutLists } from './lists-of-question.ts';
import { type AssistantAnswer, type AssistantStart, type AssistantTask, answersSignal, upSignal } from './messages.ts';

export interface AssistantBounds {
  /** A smaller segment is answered for before a message about it would arrive. */
  segmentPersonsMin: number;
  /** With fewer persons in such segments the way there and back costs more than it saves. */
  personsMin: number;
}

const usualBounds: AssistantBounds = { segmentPersonsMin: 8192, personsMin: 100_000 };
/** No question takes so long: whoever has not answered by then never will. */
const patienceMs = 10_000;

/** One thread for all indexes of this one, started when the first of them is large enough. */
export interface AssistantThread {
  /** The thread as one index knows it; null where the machine has one processor only. */
  forIndex(): IndexAssistant | null;
  /** Ends the thread: the indexes go on without it. */
  stop(): Promise<void>;
}

export function createAssistantThread(
  warn: (message: string) => void,
  bounds: AssistantBounds = usualBounds,
): AssistantThread {
  if (availableParallelism() < 2) return { forIndex: () => null, stop: () => Promise.resolve() };
  const link = new Link(warn);
  let nextIndex = 1;
  return {
    forIndex: () => {
      nextIndex += 1;
      return new IndexAssistant(link, nextIndex, bounds);
    },
    stop: () => link.stop(),
  };
}

/** The way to the thread, and which segments it has. */
class Link {
  private readonly warn: (message: string) => void;
  private worker: Worker | null = null;
  private start: (AssistantStart & { inbox: AssistantStart['answers'] }) | null = null;
  private isLost = false;
  private asked = 0;
  /** How many answers had been sent when the last question was asked. */
  private answeredBefore = 0;
  private nextSegment = 1;

  constructor(warn: (message: string) => void) {
    this.warn = warn;
  }

  /** Whether it answers by now; starts it when it was not started. */
  get isUp(): boolean {
    if (this.isLost) return false;
    this.open();
    return this.start !== null && Atomics.load(this.start.signals, upSignal) === 1;
  }

  send(task: AssistantTask): void {
    if (!this.isLost) this.open().postMessage(task);
  }

  /** Gives a segment into the thread's hands and says under which id. */
  give(segment: Segment): number {
    const segmentId = this.nextSegment;
    this.nextSegment += 1;
    const { vectors, ...columns } = segment;
    const lent = [...vectors].map(([key, column]): [string, ReturnType<typeof lendVectors>] => [
      key,
      lendVectors(column),
    ]);
    this.send({ kind: 'take', segmentId, segment: columns, vectors: lent });
    return segmentId;
  }

  ask(task: Omit<Extract<AssistantTask, { kind: 'ask' }>, 'kind' | 'askId'>): boolean {
    this.asked += 1;
    if (this.start !== null) this.answeredBefore = Atomics.load(this.start.signals, answersSignal);
    try {
      this.send({ kind: 'ask', askId: this.asked, ...task });
      return true;
    } catch (error) {
      this.lose(`it cannot be asked: ${String(error)}`);
      return false;
    }
  }

  /** Whether an answer came since the last question. */
  get isAnswered(): boolean {
    return this.start === null || Atomics.load(this.start.signals, answersSignal) !== this.answeredBefore;
  }

  /** Blocks until the last question is answered. */
  receive(): Extract<AssistantAnswer, { kind: 'answer' }>['part'] | null {
    const { start } = this;
    if (start === null || this.isLost) return null;
    const untilMs = performance.now() + patienceMs;
    for (;;) {
      const seen = Atomics.load(start.signals, answersSignal);
      const message = receiveMessageOnPort(start.inbox)?.message as AssistantAnswer | undefined;
      if (message?.kind === 'answer' && message.askId === this.asked) return message.part;
      if (message?.kind === 'failed' && message.askId === this.asked) return this.lose(message.message);
      if (message !== undefined) continue;
      const leftMs = untilMs - performance.now();
      if (leftMs <= 0) return this.lose('it did not answer');
      Atomics.wait(start.signals, answersSignal, seen, leftMs);
    }
  }

  private open(): Worker {
    if (this.worker !== null) return this.worker;
    const { port1, port2 } = new MessageChannel();
    const signals = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(new URL('./assistant-worker.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      workerData: { answers: port2, signals } satisfies AssistantStart,
      transferList: [port2],
    });
    worker.unref();
    worker.on('error', (error) => this.lose(error.message));
    worker.on('exit', (code) => this.lose(`it ended with code ${code}`));
    this.worker = worker;
    this.start = { answers: port2, signals, inbox: port1 };
    return worker;
  }

  async stop(): Promise<void> {
    this.isLost = true;
    await this.worker?.terminate();
  }

  /** From now on the index's own thread answers for everything. */
  private lose(reason: string): null {
    if (this.isLost) return null;
    this.isLost = true;
    this.warn(`The second search thread is not used any more: ${reason}`);
    void this.worker?.terminate();
    return null;
  }
}

/** The thread as one index knows it. */
export class IndexAssistant implements Assistant {
  readonly personsMin: number;
  private readonly bounds: AssistantBounds;
  private readonly link: Link;
  private readonly indexId: number;
  private readonly given = new Map<Segment, number>();
  private readonly lists = new Map<string, ReadonlySet<string>>();
  /** Whether the thread knows of this index. */
  private isKnown = false;
  private open: ReadonlyMap<number, Segment> = new Map();

  constructor(link: Link, indexId: number, bounds: AssistantBounds) {
    this.bounds = bounds;
    this.personsMin = bounds.segmentPersonsMin;
    this.link = link;
    this.indexId = indexId;
  }

  begin(segments: readonly Segment[], question: PartQuestion): ReadonlySet<Segment> {
    const none = new Set<Segment>();
    if (isSortedByWords(question.wanted.order.field, question.keys)) return none;
    const theirs = this.settle(segments);
    if (theirs.size === 0 || !this.link.isUp) return none;
    const named = [...theirs].map(([segment, segmentId]) => ({ segmentId, deadCount: segment.deadCount }));
    const { indexId } = this;
    if (!this.link.ask({ indexId, segments: named, question: withoutLists(question) })) return none;
    this.open = new Map([...theirs].map(([segment, segmentId]) => [segmentId, segment]));
    return new Set(theirs.keys());
  }

  get isDone(): boolean {
    return this.link.isAnswered;
  }

  finish(): PartAnswer | null {
    const part = this.link.receive();
    if (part === null) return null;
    const ranked = part.ranked.flatMap(({ segmentId, ...one }) => {
      const segment = this.open.get(segmentId);
      return segment === undefined ? [] : [{ ...one, segment }];
    });
    return { ...part, ranked };
  }

  setList(listId: string, members: ReadonlySet<string> | null): void {
    if (members === null) this.lists.delete(listId);
    else this.lists.set(listId, members);
    if (this.isKnown) this.link.send({ kind: 'set-list', indexId: this.indexId, listId, members });
  }

  /** The index is let go, and with it all that was given. */
  leave(): void {
    if (this.isKnown) this.link.send({ kind: 'drop', segmentIds: [...this.given.values()] });
    if (this.isKnown) this.link.send({ kind: 'forget', indexId: this.indexId });
    this.given.clear();
  }

  private introduce(): void {
    if (this.isKnown) return;
    this.isKnown = true;
    for (const [listId, members] of this.lists)
      this.link.send({ kind: 'set-list', indexId: this.indexId, listId, members });
  }

  /** Gives segments away until about half of all persons in large ones are, takes back those that are gone. */
  private settle(segments: readonly Segment[]): ReadonlyMap<Segment, number> {
    // Marks of who is gone have to be seen here as they are set there.
    const large = segments.filter(
      ({ persons, living }) => persons >= this.bounds.segmentPersonsMin && living.buffer instanceof SharedArrayBuffer,
    );
    const persons = large.reduce((sum, segment) => sum + segment.persons, 0);
    const living = new Set(large);
    const gone = [...this.given].filter(([segment]) => !living.has(segment));
    if (gone.length > 0) this.link.send({ kind: 'drop', segmentIds: gone.map(([, segmentId]) => segmentId) });
    for (const [segment] of gone) this.given.delete(segment);
    if (persons < this.bounds.personsMin) return this.given;
    this.introduce();
    let theirs = [...this.given.keys()].reduce((sum, segment) => sum + segment.persons, 0);
    for (const segment of large) {
      if (this.given.has(segment) || theirs + segment.persons > persons / 2) continue;
      this.given.set(segment, this.link.give(segment));
      theirs += segment.persons;
    }
    return this.given;
  }
}
