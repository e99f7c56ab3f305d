import type { Infra } from '#infra/module.ts';
import { AppError, type ErrorDetail } from '#kernel/errors.ts';
import type { AskAnswer, AskedPart } from '../api.ts';
import type { IndexHost } from '../index-host.ts';
import { type ReadQuestion, readQuestion } from '../rules/ask/read-question.ts';
import { searchIn } from '../search-creators.ts';
import type { WordsKeeper } from './gather-words.ts';

const checksMax = 4;

/** Reads a question by rules. The query it gives can be run: filters the index refuses are taken out, and said. */
export async function askQuestion(
  infra: Infra,
  parts: { host: IndexHost; wordsOf: WordsKeeper; canAskModel: boolean },
  asked: { workspaceId: string; question: string },
): Promise<AskAnswer> {
  const known = await parts.wordsOf(asked.workspaceId, asked.question);
  const read = readQuestion(asked.question, known);
  const asWords = readQuestion(asked.question, { ...known, hasVectors: false });
  const isName =
    read.query.about !== undefined && (await isSomebody(infra, parts.host, { ...asked, query: asWords.query }));
  const checked = await checkAsked(infra, parts.host, {
    workspaceId: asked.workspaceId,
    read: isName ? asWords : read,
    asWords,
  });
  return { by: 'rules', ...checked, canAskModel: parts.canAskModel };
}

/** Whether the words left are somebody's name or handle: then that creator is meant, not others who write about such things. */
async function isSomebody(
  infra: Infra,
  host: IndexHost,
  asked: { workspaceId: string; query: ReadQuestion['query'] },
): Promise<boolean> {
  const { text } = asked.query;
  if (text === undefined) return false;
  try {
    const query = { filters: [], text, tolerant: false, facets: [], limit: 1 };
    const [first] = (await searchIn(infra, host, { workspaceId: asked.workspaceId, query })).rows;
    const places = first?.why.reasons.filter((reason) => reason.kind === 'text') ?? [];
    const words = new Set(places.map((reason) => reason.what));
    return (
      words.size > 0 &&
      [...words].every((word) =>
        places.some(({ what, where }) => what === word && (where === 'name' || where === 'handle')),
      )
    );
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Runs the query for its count; each filter at fault is taken out with the reason, until it runs. */
export async function checkAsked(
  infra: Infra,
  host: IndexHost,
  asked: { workspaceId: string; read: ReadQuestion; asWords?: ReadQuestion },
): Promise<ReadQuestion & { total: number | null }> {
  let { read } = asked;
  for (let check = 0; check < checksMax; check += 1) {
    try {
      const query = { ...read.query, facets: [], limit: 1 };
      const { total } = await searchIn(infra, host, { workspaceId: asked.workspaceId, query });
      return { ...read, total };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.kind === 'unavailable') return { ...read, total: null };
      // Too few words for their meaning to be known: they are searched as they stand.
      if (
        error.code === 'discovery.match_too_few_words' &&
        asked.asWords !== undefined &&
        read.query.about !== undefined
      )
        read = asked.asWords;
      else if (error.kind === 'invalid') read = withoutFaults(read, error.details);
      else throw error;
    }
  }
  return { ...read, total: null };
}

/** Filters at fault go to what is unclear, with the fault's words; other faults take the text or pattern away. */
function withoutFaults(read: ReadQuestion, faults: readonly ErrorDetail[]): ReadQuestion {
  const bad = new Map<number, string>();
  let isOther = false;
  for (const fault of faults) {
    const at = /^filters\.(\d+)/.exec(fault.field ?? '')?.[1];
    if (at === undefined) isOther = true;
    else bad.set(Number(at), fault.message);
  }
  const isGone = (part: AskedPart) => (part.filter === null ? isOther && part.kind !== 'filter' : bad.has(part.filter));
  const places = read.query.filters.map((_, at) => at).filter((at) => !bad.has(at));
  const { filters, ...rest } = read.query;
  const otherMessage = faults.find((fault) => !/^filters\.\d+/.test(fault.field ?? ''))?.message ?? '';
  return {
    query: { ...(isOther ? {} : rest), filters: places.flatMap((at) => filters[at] ?? []) },
    parts: read.parts
      .filter((part) => !isGone(part))
      .map((part) => (part.filter === null ? part : { ...part, filter: places.indexOf(part.filter) })),
    unclear: [
      ...read.unclear,
      ...read.parts.filter(isGone).map(({ words, at, length, filter }) => ({
        words,
        at,
        length,
        message: filter === null ? otherMessage : (bad.get(filter) ?? ''),
      })),
    ],
  };
}
