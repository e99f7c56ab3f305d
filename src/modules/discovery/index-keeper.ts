import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Tier } from './api.ts';
import { type AssistantThread, createAssistantThread, type IndexAssistant } from './assistant/start-assistant.ts';
import type { IndexReply, IndexRequest } from './index-messages.ts';
import { unpackCreators } from './pack-creators.ts';
import { codesByName } from './region-names.ts';
import { CreatorIndex } from './rules/creator-index.ts';
import type { SearchContext } from './rules/prepare-question.ts';
import { forgetKeptIndex, type KeptIndex, openKeptIndex, saveKeptIndex } from './snapshot/keep-index.ts';

/** Time given to putting the segments in order between two looks for questions. */
const workStepMs = 3;

interface Held {
  kept: KeptIndex | null;
  assistant: IndexAssistant | null;
  /** Changes of one index come one after the other; questions do not wait for them. */
  last: Promise<unknown>;
  /** The snapshot being written, which changes do not wait for. */
  saving: Promise<unknown>;
  isWorking: boolean;
}

/** A reply, or one that comes when a snapshot is written. */
type Done = IndexReply | { saved: Promise<IndexReply> };

type Change = Exclude<IndexRequest, { kind: 'search' | 'values' | 'nearest' }>;

/** Holds the indexes of all workspaces in this thread: questions are answered at once, long work is done in steps between them. */
export function createIndexKeeper(): { answer(request: IndexRequest): IndexReply | Promise<IndexReply> } {
  const held = new Map<string, Held>();
  const assistants = createAssistantThread((message) => process.emitWarning(message));
  const countries = codesByName('region');
  const languages = codesByName('language');
  const context = (asked: { tiers: Tier[]; nowMs: number }): SearchContext => ({ ...asked, countries, languages });
  const indexOf = (workspaceId: string) => held.get(workspaceId)?.kept?.index ?? new CreatorIndex();

  const inTurn = (request: Change): Promise<IndexReply> => {
    const one = held.get(request.workspaceId) ?? {
      kept: null,
      assistant: null,
      last: Promise.resolve(),
      saving: Promise.resolve(),
      isWorking: false,
    };
    held.set(request.workspaceId, one);
    const turn = one.last.then(
      (): Promise<Done> => (request.kind === 'save' ? beginSave(one, request) : change(one, request, assistants)),
    );
    one.last = turn.catch(() => undefined);
    return turn.then((done) => ('saved' in done ? done.saved : done));
  };

  return {
    answer: (request) => {
      switch (request.kind) {
        case 'search': {
          const startedMs = performance.now();
          const result = indexOf(request.workspaceId).search(request.query, context(request));
          if (result.kind === 'faults') return result;
          const tookMs = Math.round((performance.now() - startedMs) * 100) / 100;
          return { kind: 'answer', answer: { ...result.answer, tookMs } };
        }
        case 'values':
          return {
            kind: 'values',
            values: indexOf(request.workspaceId).countValues(request.field, context(request)),
          };
        case 'nearest':
          return indexOf(request.workspaceId).nearest(request.query, context(request));
        default:
          return inTurn(request);
      }
    },
  };
}

/** Takes the index as it is now and begins to write it; the turn is over when writing has begun. */
async function beginSave(
  one: Held,
  { workspaceId, savedAt }: Extract<Change, { kind: 'save' }>,
): Promise<{ saved: Promise<IndexReply> }> {
  await one.saving;
  if (one.kept === null) throw new Error('The index has to be opened first.');
  await one.kept.display.wipe();
  const saved = saveKeptIndex(workspaceId, one.kept, savedAt).then(
    (fileBytes): IndexReply => ({ kind: 'saved', fileBytes }),
  );
  one.saving = saved.catch(() => undefined);
  return { saved };
}

async function change(
  one: Held,
  request: Exclude<Change, { kind: 'save' }>,
  assistants: AssistantThread,
): Promise<IndexReply> {
  const { workspaceId } = request;
  if (request.kind === 'open' || request.kind === 'drop') await one.saving;
  if (request.kind === 'open') {
    letGo(one);
    const assistant = assistants.forIndex();
    const { index, display, since, reason } = await openKeptIndex(workspaceId, request.savedAt, assistant);
    one.kept = { index, display };
    one.assistant = assistant;
    return { kind: 'opened', since, reason, size: index.size, bytes: index.bytes };
  }
  if (request.kind === 'drop') {
    letGo(one);
    if (request.dir !== null) forgetKeptIndex(workspaceId, request.dir);
    return { kind: 'done', size: 0, bytes: 0 };
  }
  if (one.kept === null) throw new Error('The index has to be opened first.');
  await changeIndex(one.kept.index, request);
  if (request.kind !== 'load') void workAside(one);
  return { kind: 'done', size: one.kept.index.size, bytes: one.kept.index.bytes };
}

function letGo(one: Held): void {
  one.kept?.display.close();
  one.kept = null;
  one.assistant?.leave();
  one.assistant = null;
}

/** Merges segments while there is nothing else to do. */
async function workAside(one: Held): Promise<void> {
  if (one.isWorking) return;
  one.isWorking = true;
  do await nextTurn();
  while (one.kept?.index.work(workStepMs) === true);
  one.isWorking = false;
}

async function changeIndex(
  index: CreatorIndex,
  request: Exclude<Change, { kind: 'open' | 'drop' | 'save' }>,
): Promise<void> {
  switch (request.kind) {
    case 'load':
      for (const some of unpackCreators(request.creators)) {
        index.load(some);
        await nextTurn();
      }
      return;
    case 'finish-load':
      index.finishLoad();
      return;
    case 'apply':
      index.apply({ creators: [...unpackCreators(request.creators)].flat(), removedIds: request.removedIds });
      return;
    case 'set-list':
      index.setList(request.listId, request.personIds);
  }
}
