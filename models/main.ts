import { parseArgs } from 'node:util';
import { AppError } from '#kernel/errors.ts';
import type { Model } from './model.ts';

/** Each model is loaded only when asked for. */
const models: Record<string, () => Promise<Model>> = {
  follower: async () => (await import('./follower/train.ts')).followerModel,
  sponsored: async () => (await import('./sponsored/train.ts')).sponsoredModel,
  'comment-quality': async () => (await import('./comment-quality/train.ts')).commentQualityModel,
  language: async () => (await import('./language/train.ts')).languageModel,
  'comment-spam': async () => (await import('./comment-spam/train.ts')).commentSpamModel,
  sentiment: async () => (await import('./sentiment/train.ts')).sentimentModel,
};

const usage = `Usage: npm run -s train -- MODEL --data FOLDER [--seed 7]\nMODEL is one of: ${Object.keys(models).join(', ')}\n`;

process.exit(await main());

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' }, seed: { type: 'string', default: '7' } },
  });
  const load = models[positionals[0] ?? ''];
  const seed = Number(values.seed);
  if (load === undefined || !Number.isInteger(seed)) {
    process.stderr.write(usage);
    return 1;
  }
  try {
    const model = await load();
    if (values.data === undefined && !model.isSelfContained) {
      process.stderr.write(usage);
      return 1;
    }
    await model.train({ data: values.data ?? '', seed, tell: (line) => process.stderr.write(`${line}\n`) });
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
