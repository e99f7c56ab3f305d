import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { type MatchAnswer, matchCreators, readWebsite, targetAudienceSchema } from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';
import { readFilters } from './creators-search.ts';
import { readMoneyOption } from './read-money-option.ts';

interface Options {
  brief?: string;
  text?: string;
  website?: string;
  brand?: string[];
  example?: string[];
  filter?: string;
  audience?: string;
  budget?: string;
  sentences: boolean;
  limit: number;
}

/** Adds `match` to the noun `creators`, which it makes when nobody has. */
export function registerCreatorsMatch(program: Command, cli: Cli): void {
  const noun =
    program.commands.find((command) => command.name() === 'creators') ??
    program.command('creators').description('The people you find and work with');
  noun
    .command('match')
    .description('rank creators for a brief, a website text, brands or examples; each score is a sum')
    .option('--brief <file>', 'file with the text of a brief or a website')
    .option('--text <text>', 'the text itself')
    .option('--website <url>', 'a web page whose text is the brief; it is fetched once')
    .option('--brand <handle...>', 'handles of the brand and of brands like it')
    .option('--example <id...>', 'ids of creators who fit')
    .option('--filter <json>', 'filters as JSON, as for search')
    .option('--audience <json>', 'wanted shares, such as \'{"country": {"DE": 0.6}}\'')
    .option('--budget <amount>', 'most for one post, such as "250 EUR"')
    .option('--sentences', 're-rank by the sentence encoder: English, slower', false)
    .option('--limit <n>', 'rows, at most 100', Number, 20)
    .action(async (options: Options) => {
      const filters = options.filter === undefined ? [] : await readFilters(options.filter);
      const budget = readMoneyOption('--budget', options.budget, null);
      const client = await cli.client();
      const page = options.website === undefined ? null : await client.call(readWebsite, { url: options.website });
      const text = [await readBrief(options), page?.text ?? ''].filter((part) => part !== '').join('\n');
      const answer = await client.call(matchCreators, {
        text,
        filters,
        limit: options.limit,
        brands: options.brand ?? [],
        examples: options.example ?? [],
        encoder: options.sentences ? 'sentences' : 'words',
        ...(options.audience === undefined ? {} : { audience: readAudience(options.audience) }),
        ...(budget === null ? {} : { budget }),
      });
      cli.print(answer, answerText);
    });
}

async function readBrief(options: Options): Promise<string> {
  if (options.brief === undefined) return options.text ?? '';
  return readFile(options.brief, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new AppError('invalid', 'cli.bad_option', `--brief cannot be read: ${reason}`, [
      { field: '--brief', message: reason },
    ]);
  });
}

function readAudience(text: string) {
  const fail = (message: string) =>
    new AppError('invalid', 'cli.bad_option', `--audience: ${message}`, [{ field: '--audience', message }]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail(error instanceof Error ? error.message : 'is not JSON');
  }
  const parsed = targetAudienceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw fail(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

function answerText(answer: MatchAnswer): string {
  const rows = answer.rows.map((row) => [
    row.rank,
    row.hit?.name ?? row.hit?.profile?.displayName ?? '',
    row.hit?.profile == null ? row.personId : `@${row.hit.profile.handle}`,
    row.score,
    row.contributions
      .filter((one) => one.points > 0)
      .map((one) => `${one.signal} ${one.points}`)
      .join(' + '),
    row.unknown.join(', '),
  ]);
  const topics = answer.asked.topics.map((topic) => topic.name).join(', ');
  return [
    table(['#', 'name', 'handle', 'score', 'sum of', 'unknown'], rows),
    '',
    `${answer.considered} creators scored of ${answer.creators} in ${answer.tookMs} ms${topics === '' ? '' : `; topics: ${topics}`}`,
    ...answer.notes,
  ].join('\n');
}
