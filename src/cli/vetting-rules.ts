import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';
import {
  getVettingRules,
  ownWeightSchema,
  previewVettingRules,
  putVettingRules,
  type VettingRules,
  verdictRulesSchema,
} from '#modules/vetting/api.ts';
import { type Cli, table } from './cli.ts';

const fileSchema = z.object({
  weights: z.array(ownWeightSchema).optional(),
  verdict: verdictRulesSchema.partial().optional(),
});

/** `vetting rules | preview-rules | save-rules`. */
export function registerVettingRules(noun: Command, cli: Cli): void {
  noun
    .command('rules')
    .description('points of every signal and the rules of the verdict')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(getVettingRules, {}), rulesText);
    });

  noun
    .command('preview-rules')
    .description('what a file of points and rules would change; nothing is saved')
    .argument('<file>', 'JSON with weights and verdict as "vetting rules --json" prints them; what is left out stays')
    .action(async (file: string) => {
      const client = await cli.client();
      const input = await readRules(file, await client.call(getVettingRules, {}));
      cli.print(await client.call(previewVettingRules, input), (preview) =>
        [
          `${preview.scoresChanged} scores and ${preview.verdictsChanged} verdicts of ${preview.creators} creators change.`,
          ...preview.moves.map((move) => `${move.creators} from ${move.from} to ${move.to}`),
        ].join('\n'),
      );
    });

  noun
    .command('save-rules')
    .description('save a file of points and rules as a new version; everybody is scored again')
    .argument('<file>', 'JSON with weights and verdict as "vetting rules --json" prints them; what is left out stays')
    .option('--note <text>', 'why', '')
    .action(async (file: string, options: { note: string }) => {
      const client = await cli.client();
      const rules = await client.call(getVettingRules, {});
      const input = await readRules(file, rules);
      const saved = await client.call(putVettingRules, { ...input, baseVersion: rules.version, note: options.note });
      cli.print(
        saved,
        () =>
          `Version ${saved.version} is saved.${saved.runId === null ? '' : ` Run ${saved.runId} scores everybody again.`}`,
      );
    });
}

/** The file laid over what is in use. */
async function readRules(file: string, rules: VettingRules) {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AppError('invalid', 'cli.bad_file', `${file} cannot be read.`);
  });
  const parsed = fileSchema.safeParse(parseJson(text, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const message = `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not as expected'}.`;
    throw new AppError('invalid', 'cli.bad_file', message);
  }
  const own = new Map((parsed.data.weights ?? []).map((weight) => [weight.signal, weight]));
  const kept = rules.weights.map(({ signal, min, max, unknown }) => own.get(signal) ?? { signal, min, max, unknown });
  const known = new Set(kept.map((weight) => weight.signal));
  const verdict = verdictRulesSchema.parse({ ...rules.verdict, ...parsed.data.verdict });
  return { weights: [...kept, ...[...own.values()].filter((weight) => !known.has(weight.signal))], verdict };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid', 'cli.bad_file', `${file} is not JSON.`);
  }
}

function rulesText({ version, weights, totals, verdict }: VettingRules): string {
  const rows = weights.map((row) => [row.signal, row.min, row.max, row.unknown]);
  const lines = [
    `Version ${version}: all signals take ${totals.min} and add ${totals.max} points at most, from 50.`,
    `Pass from ${verdict.pass}, reject below ${verdict.reject}, confidence for a pass ${verdict.confidenceForPass}, old after ${verdict.staleAfterDays} days.`,
  ];
  return `${lines.join('\n')}\n\n${table(['SIGNAL', 'TAKES', 'ADDS', 'UNKNOWN'], rows)}`;
}
