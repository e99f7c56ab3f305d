import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { AppError } from '#kernel/errors.ts';
import { currentCommit } from '../bench/commit.ts';
import { describeMachine } from '../bench/machine.ts';
import type { Eval, EvalResult } from './eval.ts';

/** Each eval is loaded only when asked for. */
const evals: Record<string, () => Promise<Eval>> = {
  ranking: async () => (await import('./ranking.ts')).rankingEval,
  niche: async () => (await import('./niche.ts')).nicheEval,
  matching: async () => (await import('./matching.ts')).matchingEval,
  'growth-anomaly': async () => (await import('./growth-anomaly.ts')).growthAnomalyEval,
  'comment-quality': async () => (await import('./comment-quality.ts')).commentQualityEval,
  language: async () => (await import('./language.ts')).languageEval,
  'comment-spam': async () => (await import('./comment-spam.ts')).commentSpamEval,
  sponsored: async () => (await import('./sponsored.ts')).sponsoredEval,
  follower: async () => (await import('./follower.ts')).followerEval,
  'follower-share': async () => (await import('./follower-share.ts')).followerShareEval,
  automation: async () => (await import('./automation.ts')).automationEval,
  'fraud-injection': async () => (await import('./fraud-injection.ts')).fraudInjectionEval,
  sentiment: async () => (await import('./sentiment.ts')).sentimentEval,
  disclosure: async () => (await import('./disclosure.ts')).disclosureEval,
  bots: async () => (await import('./bots.ts')).botsEval,
  channels: async () => (await import('./channels.ts')).channelsEval,
  referers: async () => (await import('./referers.ts')).referersEval,
  attribution: async () => (await import('./attribution.ts')).attributionEval,
  incrementality: async () => (await import('./incrementality.ts')).incrementalityEval,
  'traffic-fraud': async () => (await import('./traffic-fraud.ts')).trafficFraudEval,
  ssrf: async () => (await import('./ssrf.ts')).ssrfEval,
};

const usage = `Usage: npm run -s eval -- TASK --data PATH (left out, traffic-fraud simulates) [--train PATH] [--seed 7] [--out FILE] [--json]\nTASK is one of: ${Object.keys(evals).join(', ')}\n`;

process.exit(await main());

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      train: { type: 'string' },
      seed: { type: 'string', default: '7' },
      label: { type: 'string' },
      expect: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const load = evals[positionals[0] ?? ''];
  const seed = Number(values.seed);
  const task = await load?.();
  const { data = task?.makesData === true ? '' : undefined } = values;
  if (task === undefined || data === undefined || !Number.isInteger(seed)) {
    process.stderr.write(usage);
    return 1;
  }
  try {
    const { train = null, label = null, expect = null } = values;
    const options = { data, train, seed, label, expect };
    const { protocol, n, figures, cases } = await task.run(options);
    if (values.out !== undefined) await writeCases(values.out, task.task, cases);
    const report = {
      eval: task.task,
      commit: currentCommit(),
      machine: describeMachine(),
      params: { seed },
      protocol,
      n,
      figures,
    };
    if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
    else
      for (const [key, value] of Object.entries({ protocol, n, ...figures }))
        process.stdout.write(`${key.padEnd(24)} ${JSON.stringify(value)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** One row per case as CSV: id, prediction, rule, span. Error: eval.no_cases when the task has none to tell. */
async function writeCases(path: string, task: string, cases: EvalResult['cases']): Promise<void> {
  if (cases === undefined)
    throw new AppError('invalid', 'eval.no_cases', `${task} does not say its cases one by one. Leave --out away.`);
  await writeFile(path, stringify(cases, { header: true, columns: ['id', 'prediction', 'rule', 'span'] }));
}
