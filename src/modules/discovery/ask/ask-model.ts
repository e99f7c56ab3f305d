import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { filtersMax } from '../api/query.ts';
import { type AskAnswer, audienceDimensions, filterSchema, priceFormats, searchFields } from '../api.ts';
import { discoveryError } from '../errors.ts';
import type { IndexHost } from '../index-host.ts';
import type { ReadPart, ReadQuestion } from '../rules/ask/read-question.ts';
import type { AskWords } from '../rules/ask/reading.ts';
import { queryFaults } from '../rules/check-query.ts';
import { checkAsked } from './ask-question.ts';
import type { WordsKeeper } from './gather-words.ts';
import type { QuestionModel } from './question-model.ts';

const patienceMs = 20_000;
const valuesShown = 150;

/** Only the outer shape is held against the model; each filter is checked by itself, so that one bad one spoils no other. */
const proposalSchema = z.object({
  filters: z.array(z.object({ filter: z.unknown(), words: z.string().max(500) })).max(filtersMax),
  text: z.string().max(2000).nullish(),
  notUnderstood: z.array(z.string().max(500)).max(40).default([]),
});

/**
 * Lets the model propose filters. Each goes through the schema and value checks of every query, must name words that stand in the question,
 * and is left out, and said, when it does not. Errors: model_off, model_failed.
 */
export async function askTheModel(
  infra: Infra,
  parts: { host: IndexHost; wordsOf: WordsKeeper; model: QuestionModel | null },
  asked: { workspaceId: string; question: string },
): Promise<AskAnswer> {
  const { model } = parts;
  if (model === null)
    throw discoveryError('model_off', 'No language model is configured. The rules read questions without one.');
  const known = await parts.wordsOf(asked.workspaceId, asked.question);
  const proposal = await propose(model, asked.question, known);
  const read = readProposal(asked.question, proposal);
  const checked = await checkAsked(infra, parts.host, { workspaceId: asked.workspaceId, read });
  return { by: 'model', ...checked, canAskModel: true };
}

async function propose(
  model: QuestionModel,
  question: string,
  known: AskWords,
): Promise<z.infer<typeof proposalSchema>> {
  let raw: unknown;
  try {
    raw = await model.propose({ question, instructions: instructionsFor(known) }, AbortSignal.timeout(patienceMs));
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'it gave no answer';
    throw discoveryError(
      'model_failed',
      `${model.name} did not answer usefully: ${reason}. What the rules read stands.`,
    );
  }
  const parsed = proposalSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw discoveryError(
    'model_failed',
    `${model.name} answered something that is no list of filters. What the rules read stands.`,
  );
}

/** The part of a proposal that can be a query: whole filters that name words of the question. Pure. */
export function readProposal(question: string, proposal: z.infer<typeof proposalSchema>): ReadQuestion {
  const read: ReadQuestion = { query: { filters: [] }, parts: [], unclear: [] };
  const small = question.toLowerCase();
  for (const { filter, words } of proposal.filters) {
    const at = words.trim() === '' ? -1 : small.indexOf(words.trim().toLowerCase());
    const span = {
      words: at < 0 ? words : question.slice(at, at + words.trim().length),
      at: Math.max(at, 0),
      length: at < 0 ? 0 : words.trim().length,
    };
    const parsed = filterSchema.safeParse(filter);
    const fault = !parsed.success
      ? `The model proposed a filter that is none: ${parsed.error.issues[0]?.message ?? 'unreadable'}.`
      : at < 0
        ? 'The model proposed a filter for words that are not in the question.'
        : queryFaults({ filters: [parsed.data], facets: [] })[0]?.message;
    if (fault !== undefined || !parsed.success) {
      read.unclear.push({ ...span, message: fault ?? 'The model proposed a filter that is none.' });
      continue;
    }
    read.query.filters.push(parsed.data);
    read.parts.push({
      kind: 'filter',
      filter: read.query.filters.length - 1,
      ...span,
      remark: 'Read by the model.',
    } satisfies ReadPart);
  }
  const text = proposal.text?.trim() ?? '';
  const textAt = small.indexOf(text.toLowerCase());
  if (text !== '' && text.split(/\s+/).every((word) => small.includes(word.toLowerCase().replace(/^-/, '')))) {
    read.query.text = text;
    const at = Math.max(textAt, 0);
    read.parts.push({
      kind: 'text',
      filter: null,
      words: textAt < 0 ? text : question.slice(at, at + text.length),
      at,
      length: textAt < 0 ? 0 : text.length,
      remark: null,
    });
  }
  for (const words of proposal.notUnderstood) {
    const at = small.indexOf(words.toLowerCase());
    read.unclear.push({
      words,
      at: Math.max(at, 0),
      length: at < 0 ? 0 : words.length,
      message: 'The model did not understand it either.',
    });
  }
  return read;
}

function instructionsFor(known: AskWords): string {
  const some = (values: readonly string[]) => values.slice(0, valuesShown).join(', ');
  const fields = Object.entries(searchFields).map(([name, { kind, label }]) => `${name} (${kind}: ${label})`);
  return [
    'You turn a question about social-media creators into search filters. Answer one JSON object and nothing else:',
    '{"filters":[{"filter":{...},"words":"the exact words of the question it comes from"}],"text":"words to search for, or null","notUnderstood":["words"]}',
    'A filter is one of: {"field","op":"in","values":[..]}, {"field","op":"range","min","max"}, {"field","op":"gt|gte|lt|lte","value"},',
    '{"field","op":"within","days"}, {"field","op":"is","value":true|false}, {"field","op":"known","value"}, {"field":"audience.*","op":"share","values","min"},',
    `{"field":"price","op":"price","currency","minMinor","maxMinor","format"} (formats: ${priceFormats.join(', ')}; amounts are minor units as text),`,
    '{"field":"home","op":"near","place","km"}. Add "not":true to exclude. Shares, rates and growth are fractions: 3 % is 0.03.',
    'Countries are ISO 3166 codes, languages ISO 639 codes. Never add a filter the question does not ask for.',
    `Fields: ${fields.join('; ')}.`,
    `Audience dimensions: ${audienceDimensions.join(', ')}.`,
    `Niches here: ${some(known.niches)}. Cities here: ${some(known.cities)}. Tiers: ${some(known.tiers)}.`,
    `Lists (use the id): ${known.lists
      .slice(0, 50)
      .map((list) => `${list.id} ${list.name}`)
      .join(', ')}.`,
    `Today is ${known.today}. Prices without a currency are in ${known.currency}.`,
  ].join('\n');
}
