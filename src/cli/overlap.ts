import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { type Platform, platformSchema, platforms } from '#kernel/platform.ts';
import { getCreator } from '#modules/creators/api.ts';
import {
  type AudienceOverlap,
  getOverlap,
  importFollowers,
  listFollowerSets,
  type ReckonedJson,
} from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';

interface ImportOptions {
  creator?: string;
  brand?: string;
  platform: string;
  sampleOf?: string;
  date: string;
  source: string;
}

/** `overlap import|files|compare`: how the audiences of creators overlap. */
export function registerOverlap(program: Command, cli: Cli): void {
  const noun = program.command('overlap').description('How the audiences of creators overlap');
  noun
    .command('import')
    .description(
      'keep who follows a creator or a brand, from a file with one id or handle a line; only hashes are kept',
    )
    .argument('<file>', 'text, CSV or gzip')
    .option('--creator <id>', 'the creator, by id or @handle')
    .option('--brand <id>', 'the watched brand')
    .requiredOption('--platform <platform>', platforms.join(', '))
    .option('--sample-of <n>', 'the file is a random sample of so many followers; else it is complete')
    .requiredOption('--date <day>', 'when it was drawn, such as 2026-05-31')
    .requiredOption('--source <source>', 'where it comes from')
    .action((file: string, options: ImportOptions) => importFile(cli, file, options));
  noun
    .command('files')
    .description('files of followers that are kept')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listFollowerSets, { limit: 500 }), ({ rows }) =>
        table(
          ['id', 'of', 'platform', 'by', 'followers', 'of all', 'drawn', 'source'],
          rows.map((set) => [set.id, set.name, set.platform, set.idKind, set.size, set.total, set.takenOn, set.source]),
        ),
      );
    });
  noun
    .command('compare')
    .description('unique and shared followers of 2 to 50 creators')
    .argument('<creators...>', 'ids or @handles')
    .option('--platform <platform>', platforms.join(', '))
    .action(async (creators: string[], options: { platform?: string }) => {
      const client = await cli.client();
      const personIds = await Promise.all(creators.map((creator) => idOfCreator(client, creator)));
      const answer = await client.call(getOverlap, { personIds, ...platformOf(options.platform) });
      cli.print(answer, overlapText);
    });
}

/** The id of a creator given by id or @handle. */
export async function idOfCreator(client: Client, creator: string): Promise<string> {
  return creator.startsWith('@') ? (await client.call(getCreator, { personId: creator })).id : creator;
}

/** The platform of an option. Error: cli.bad_platform. */
export function platformOf(text: string | undefined): { platform?: Platform } {
  if (text === undefined) return {};
  const platform = platformSchema.safeParse(text);
  if (platform.success) return { platform: platform.data };
  throw new AppError('invalid', 'cli.bad_platform', `"${text}" is no platform. Use one of ${platforms.join(', ')}.`);
}

/** A file as a body to send, read while it is sent. Error: file.unreadable. */
export async function openUpload(file: string): Promise<{ body: Blob; fileName: string }> {
  try {
    return { body: await openAsBlob(file), fileName: basename(file) };
  } catch {
    throw new AppError('invalid', 'file.unreadable', `Cannot read ${file}: there is no such file.`);
  }
}

async function importFile(cli: Cli, file: string, options: ImportOptions): Promise<void> {
  const client = await cli.client();
  const { platform } = platformOf(options.platform);
  const input = {
    platform: platform ?? 'instagram',
    coverage: options.sampleOf === undefined ? ('complete' as const) : ('sample' as const),
    takenOn: options.date,
    source: options.source,
    ...(options.sampleOf === undefined ? {} : { total: Number(options.sampleOf) }),
    ...(options.brand === undefined ? {} : { brandId: options.brand }),
    ...(options.creator === undefined ? {} : { personId: await idOfCreator(client, options.creator) }),
  };
  cli.print(await client.upload(importFollowers, input, await openUpload(file)), ({ set, repeated, skipped }) =>
    [
      `${set.size} followers of ${set.name} kept as hashes, by ${set.idKind}, ${set.coverage === 'complete' ? 'complete' : `a sample of ${set.total}`}`,
      ...(repeated > 0 ? [`${repeated} rows named somebody again`] : []),
      ...(skipped > 0 ? [`${skipped} rows named nobody and were passed over`] : []),
    ].join('\n'),
  );
}

const percent = (figure: ReckonedJson | null) =>
  figure === null
    ? 'not enough data'
    : `${(figure.value * 100).toFixed(1)} %${figure.isEstimated ? ` (${(figure.low * 100).toFixed(1)} to ${(figure.high * 100).toFixed(1)})` : ''}`;
const number = (figure: ReckonedJson | null) =>
  figure === null
    ? 'not enough data'
    : `${Math.round(figure.value)}${figure.isEstimated ? ` (${Math.round(figure.low)} to ${Math.round(figure.high)})` : ''}`;

function overlapText(answer: AudienceOverlap): string {
  const names = new Map(answer.creators.map((creator) => [creator.personId, creator.name]));
  return [
    `Unique followers together: ${number(answer.totalUniqueFollowers)}, following two or more: ${percent(answer.sharedShare)}`,
    table(
      ['creator', 'followers', 'unique', 'only theirs', 'shared'],
      answer.creators.map((creator) => [
        creator.name,
        creator.followers,
        number(creator.unique),
        percent(creator.uniqueShare),
        percent(creator.overlappingShare),
      ]),
    ),
    table(
      ['creator', 'and', 'shared followers'],
      answer.pairs.map((pair) => [names.get(pair.first) ?? '', names.get(pair.second) ?? '', number(pair.shared)]),
    ),
    ...answer.missing.map((missing) => `${missing.name}: ${missing.reason}`),
    answer.note,
  ].join('\n');
}
