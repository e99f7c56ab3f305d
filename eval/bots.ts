import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';
import { isBotUserAgent } from '#modules/tracking/rules/is-bot-user-agent.ts';
import type { Eval } from './eval.ts';
import { meanWithInterval } from './interval.ts';
import { readJsonRows } from './read-rows.ts';

const fileSchema = z
  .array(z.union([z.string(), z.looseObject({ ua: z.string(), label: z.enum(['bot', 'human']).optional() })]))
  .min(1);

/** Are crawlers caught and people let through? recall over bots, false positives over people. */
export const botsEval: Eval = {
  task: 'bots',
  run: async ({ data, label, seed }) => {
    const cases = await readCases(data, label);
    const bots = cases.filter((item) => item.isBot).map((item) => Number(isBotUserAgent(item.ua)));
    const people = cases.filter((item) => !item.isBot).map((item) => Number(isBotUserAgent(item.ua)));
    return {
      protocol: 'shipped',
      n: cases.length,
      figures: {
        ...(bots.length > 0 ? meanWithInterval('recall', bots, seed) : { recall: null }),
        ...(people.length > 0 ? meanWithInterval('false_positive_rate', people, seed) : { false_positive_rate: null }),
      },
    };
  },
};

async function readCases(path: string, label: string | null): Promise<{ ua: string; isBot: boolean }[]> {
  const parsed = fileSchema.safeParse(await readJsonRows(path));
  if (!parsed.success) {
    throw new AppError(
      'invalid',
      'eval.unknown_format',
      `${path}: expected a JSON array of user agents, as texts or as objects with "ua" (and "label": bot or human).`,
    );
  }
  return parsed.data.map((item) => {
    const own = typeof item === 'string' ? undefined : item.label;
    const known = own ?? label;
    if (known !== 'bot' && known !== 'human') {
      throw new AppError(
        'invalid',
        'eval.no_label',
        'The cases carry no label. Say what they are with --label bot or --label human.',
      );
    }
    return { ua: typeof item === 'string' ? item : item.ua, isBot: known === 'bot' };
  });
}
