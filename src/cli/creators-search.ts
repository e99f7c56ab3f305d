import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';
import { filterSchema, type SearchAnswer, searchCreators } from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';

interface Options {
  query?: string;
  filter?: string;
  limit: number;
  sort?: string;
  facets?: string;
  facetCurrency?: string;
  cursor?: string;
}

/** Adds `search` to the noun `creators`, which it makes when nobody has. */
export function registerCreatorsSearch(program: Command, cli: Cli): void {
  const noun =
    program.commands.find((command) => command.name() === 'creators') ??
    program.command('creators').description('The people you find and work with');
  noun
    .command('search')
    .description('find creators by text and filters')
    .option('--query <text>', 'words, "phrases", prefix*, -exclusion, #hashtag, @handle')
    .option(
      '--filter <json>',
      'filters as JSON, one or a list: \'{"field":"followers","op":"range","min":5000}\'; @FILE reads them from a file',
    )
    .option('--sort <field[:asc|desc]>', 'such as followers:desc')
    .option('--facets <fields>', 'fields to count, with commas between')
    .option('--facet-currency <code>', 'currency in which the facet of prices counts, such as EUR')
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .option('--limit <n>', 'rows, at most 500', toLimit, 20)
    .action(async (options: Options) => {
      const filters = options.filter === undefined ? [] : await readFilters(options.filter);
      const sort = options.sort === undefined ? undefined : readSort(options.sort);
      const client = await cli.client();
      const answer = await client.call(searchCreators, {
        filters,
        limit: options.limit,
        facets:
          options.facets
            ?.split(',')
            .map((field) => field.trim())
            .filter((field) => field !== '') ?? [],
        ...(options.query === undefined ? {} : { text: options.query }),
        ...(sort === undefined ? {} : { sort }),
        ...(options.facetCurrency === undefined ? {} : { facetCurrency: options.facetCurrency }),
        ...(options.cursor === undefined ? {} : { cursor: options.cursor }),
      });
      cli.print(answer, answerText);
    });
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw new InvalidArgumentError('It is a whole number from 1 to 500.');
  return limit;
}

/** One filter or a list of them. Error: cli.filter, saying where the JSON breaks or which field is at fault. */
export async function readFilters(text: string): Promise<z.input<typeof filterSchema>[]> {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('@') ? await readFile(text.slice(1), 'utf8') : text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new AppError('invalid', 'cli.filter', `--filter is not JSON: ${reason}`, [
      { field: 'filter', message: reason },
    ]);
  }
  const parsed = z.array(filterSchema).safeParse(Array.isArray(value) ? value : [value]);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => ({
    field: ['filter', ...issue.path].join('.'),
    message: issue.message,
  }));
  throw new AppError(
    'invalid',
    'cli.filter',
    `--filter: ${details.map((one) => `${one.field}: ${one.message}`).join('; ')}`,
    details,
  );
}

function readSort(text: string): { field: string; direction: 'asc' | 'desc' } {
  const [field = '', direction = 'desc'] = text.split(':');
  if (direction !== 'asc' && direction !== 'desc') {
    throw new AppError('invalid', 'cli.sort', `--sort takes asc or desc after the colon, not "${direction}"`);
  }
  return { field, direction };
}

function answerText(answer: SearchAnswer): string {
  const rows = answer.rows.map((hit) => [
    hit.name ?? hit.profile?.displayName ?? '',
    hit.profile === null ? '' : `@${hit.profile.handle}`,
    hit.profile?.platform ?? '',
    hit.profile?.followers ?? null,
    hit.profile?.engagementRate == null ? '' : `${(hit.profile.engagementRate * 100).toFixed(1)} %`,
    hit.country ?? '',
    hit.why.line.slice(0, 70),
  ]);
  const lines = [table(['name', 'handle', 'platform', 'followers', 'engagement', 'country', 'why'], rows)];
  lines.push('', `${answer.total} of ${answer.indexed} creators in ${answer.tookMs} ms`);
  for (const one of answer.unknown) lines.push(`${one.creators} left out: ${one.field} not known`);
  for (const one of answer.corrected) lines.push(`Nothing for "${one.from}"; searched ${one.to.join(', ')} instead.`);
  lines.push(...answer.notes);
  for (const facet of answer.facets) {
    const counts =
      facet.kind === 'values'
        ? facet.values.map((one) => `${one.value} ${one.count}`)
        : facet.bins.filter((bin) => bin.count > 0).map((bin) => `${bin.from ?? '…'}–${bin.to ?? '…'} ${bin.count}`);
    lines.push(`${facet.field}: ${counts.join(', ')}${facet.unknown > 0 ? `, not known ${facet.unknown}` : ''}`);
  }
  return lines.join('\n');
}
