import { z } from 'zod';
import { channelOf } from '#modules/tracking/rules/channel.ts';
import type { Eval } from './eval.ts';
import { meanWithInterval } from './interval.ts';
import { readCases } from './read-rows.ts';

const text = z.string().nullish();
const caseSchema = z.looseObject({
  source: text,
  utm_source: text,
  utm_medium: text,
  utm_campaign: text,
  click_id_param: text,
  expected: z.string(),
});

/** Is each visit filed under the channel group it is expected in? accuracy over all cases, and which were wrong. */
export const channelsEval: Eval = {
  task: 'channels',
  run: async ({ data, seed }) => {
    const cases = await readCases(
      data,
      caseSchema,
      'source, utm_source, utm_medium, utm_campaign, click_id_param and expected',
    );
    const judged = cases.map((row) => ({
      row,
      channel: channelOf({
        source: row.source ?? null,
        utmSource: row.utm_source ?? null,
        utmMedium: row.utm_medium ?? null,
        utmCampaign: row.utm_campaign ?? null,
        clickIdParam: row.click_id_param ?? null,
      }),
    }));
    const right = judged.map(({ row, channel }) => Number(channel === row.expected));
    const wrong = judged.filter((_, at) => right[at] === 0).slice(0, 50);
    return {
      protocol: 'shipped',
      n: judged.length,
      figures: { ...meanWithInterval('accuracy', right, seed), wrong },
      cases: judged.map(({ channel, row }, at) => ({
        id: String(at + 1),
        prediction: channel,
        rule: '',
        span: row.utm_source ?? row.source ?? '',
      })),
    };
  },
};
