import type { Command } from 'commander';
import { Option } from 'commander';
import type { OutputOf } from '#kernel/endpoint.ts';
import { formatAmount, fromMoneyJson } from '#kernel/money.ts';
import { type Platform, platforms } from '#kernel/platform.ts';
import {
  type CreatorPrice,
  getCreator,
  listCreators,
  listMergeCandidates,
  listMerges,
  listPrices,
  mergeCreators,
  type Person,
  previewSplit,
  splitCreators,
  suppress,
} from '#modules/creators/api.ts';
import { type Cli, table } from './cli.ts';
import { type ImportAnswer, importCreatorsFile } from './creators-import.ts';
import { registerSample } from './creators-sample.ts';

/** `creators import | sample | list | get | prices | merge | merges | split | candidates | suppress`; `search` adds itself to the same noun. */
export function registerCreators(program: Command, cli: Cli): void {
  const noun =
    program.commands.find((command) => command.name() === 'creators') ??
    program.command('creators').description('The people you find and work with');
  registerImport(noun, cli);
  registerSample(noun, cli);
  registerReads(noun, cli);
  registerMerges(noun, cli);
  noun
    .command('suppress')
    .description('keep an objection: erase a creator everywhere and never take them in again')
    .argument('[handle]', '@handle or address of a profile')
    .addOption(new Option('--platform <platform>', 'platform of a bare handle; all when absent').choices(platforms))
    .option('--email <address>', 'an e-mail address')
    .option('--reason <text>', 'why', 'asked not to be kept')
    .action(async (handle: string | undefined, options: { platform?: Platform; email?: string; reason: string }) => {
      const client = await cli.client();
      const answer = await client.call(suppress, { ...options, ...(handle === undefined ? {} : { handle }) });
      cli.print(answer, ({ added, erased }) => `${added} entries kept on the list, ${erased} creators erased.`);
    });
}

function registerImport(noun: Command, cli: Cli): void {
  noun
    .command('import')
    .description('import creators, posts or comments from CSV, TSV, XLSX, JSON or NDJSON, also gzipped')
    .argument('<file>', 'the file')
    .addOption(new Option('--platform <platform>', 'platform of bare handles').choices(platforms).default('instagram'))
    .option('--dry-run', 'say what would happen and keep nothing', false)
    .action(async (file: string, options: { platform: Platform; dryRun: boolean }) => {
      const answer = await importCreatorsFile(cli, { file, ...options });
      cli.print(answer, importText);
    });
}

function importText(answer: ImportAnswer): string {
  const head = `Read ${answer.read} rows of ${answer.kind} (bare handles are on ${answer.platform})${answer.dryRun ? ', trial run: nothing was kept' : ''}.`;
  const counts = `created ${answer.created}, updated ${answer.updated}, unchanged ${answer.unchanged}, skipped ${answer.skipped}, errors ${answer.errorsTotal}`;
  const errors = answer.errors
    .slice(0, 20)
    .map((error) => `row ${error.row}${error.field === '' ? '' : `, ${error.field}`}: ${error.message}`);
  const more = answer.errorsTotal > errors.length ? [`and ${answer.errorsTotal - errors.length} more errors`] : [];
  return [head, counts, ...errors, ...more].join('\n');
}

function registerReads(noun: Command, cli: Cli): void {
  noun
    .command('list')
    .description('creators with most followers first')
    .option('--query <text>', 'part of a name or handle')
    .option('--limit <n>', 'rows, at most 500', Number, 20)
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .action(async (options: { query?: string; limit: number; cursor?: string }) => {
      const client = await cli.client();
      const { query, ...rest } = options;
      const answer = await client.call(listCreators, { ...rest, ...(query === undefined ? {} : { q: query }) });
      cli.print(answer, ({ rows }) =>
        table(
          ['ID', 'NAME', 'PROFILE', 'FOLLOWERS', 'COUNTRY', 'NICHES'],
          rows.map((row) => {
            const [main] = row.profiles;
            return [
              row.id,
              row.name,
              main === undefined ? null : `${main.platform} @${main.handle}`,
              main?.followers ?? null,
              row.country,
              row.niches.join(', '),
            ];
          }),
        ),
      );
    });
  noun
    .command('prices')
    .description('what a creator takes, each price with its origin')
    .argument('<creator>', 'id')
    .option('--estimates', 'also the published bands for the size of each account', false)
    .action(async (personId: string, { estimates }: { estimates: boolean }) => {
      const client = await cli.client();
      const answer = await client.call(listPrices, { personId, estimates });
      cli.print(answer, ({ rows }) =>
        table(
          ['PLATFORM', 'FOR', 'PRICE', 'ORIGIN', 'SOURCE', 'AS OF'],
          rows.map((row) => [
            row.platform,
            row.format,
            priceText(row),
            row.origin,
            row.source,
            row.origin === 'estimate' ? row.at : row.at.slice(0, 10),
          ]),
        ),
      );
    });
  noun
    .command('get')
    .description('one creator with all profiles')
    .argument('<creator>', 'id or @handle')
    .action(async (creator: string) => {
      const client = await cli.client();
      const person = await client.call(getCreator, { personId: creator });
      cli.print(person, personText);
    });
}

function priceText({ low, high, origin }: CreatorPrice): string {
  const from = `${formatAmount(fromMoneyJson(low))} ${low.currency}`;
  if (origin !== 'estimate') return from;
  return high === null
    ? `from ${from}`
    : `${formatAmount(fromMoneyJson(low))} to ${formatAmount(fromMoneyJson(high))} ${low.currency}`;
}

function personText(person: Person): string {
  const profiles = person.profiles.map((profile) => [
    profile.platform,
    `@${profile.handle}`,
    profile.followers,
    profile.engagementRate === null ? null : `${Math.round(profile.engagementRate * 1e4) / 100} %`,
    profile.lastPostAt?.slice(0, 10) ?? null,
  ]);
  return [
    `${person.name ?? '(no name)'}  ${person.id}`,
    [person.city, person.country].filter((part) => part !== null).join(', '),
    table(['PLATFORM', 'HANDLE', 'FOLLOWERS', 'ENGAGEMENT', 'LAST POST'], profiles),
    contactText(person),
    ...person.profiles.flatMap((profile) => audienceText(profile)),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function contactText(person: Person): string {
  const contacts = [...person.emails, ...person.phones, ...person.contacts];
  return contacts.length === 0 ? '' : `Contact: ${contacts.join(', ')}`;
}

/** The largest shares of each dimension, with who says so and of how many. */
function audienceText(profile: Person['profiles'][number]): string[] {
  const { audience } = profile;
  if (audience === null) return [];
  const shares = Object.entries(audience.distributions).map(([dimension, values]) => {
    const largest = Object.entries(values)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 3);
    return `  ${dimension}: ${largest.map(([value, share]) => `${value} ${Math.round(share * 1000) / 10} %`).join(', ')}`;
  });
  const sample = audience.n === null ? 'sample size not stated' : `n = ${audience.n}`;
  return [
    `Audience of @${profile.handle}, ${audience.origin}, ${audience.source}, ${audience.at.slice(0, 10)}, ${sample}:`,
    ...shares,
  ];
}

function registerMerges(noun: Command, cli: Cli): void {
  noun
    .command('candidates')
    .description('pairs who may be one person')
    .action(async () => {
      const client = await cli.client();
      const answer = await client.call(listMergeCandidates, {});
      cli.print(answer, ({ rows }) =>
        table(
          ['A', 'NAME', 'B', 'NAME', 'WHY'],
          rows.map(({ a, b, reasons }) => [a.id, a.name, b.id, b.name, reasons.join('; ')]),
        ),
      );
    });
  noun
    .command('merge')
    .description('make two creators one')
    .argument('<kept>', 'id of the creator that stays')
    .argument('<absorbed>', 'id of the creator that goes into it')
    .option('--reason <text>', 'why', 'the same person')
    .action(async (keptPersonId: string, absorbedPersonId: string, options: { reason: string }) => {
      const client = await cli.client();
      const person = await client.call(mergeCreators, { keptPersonId, absorbedPersonId, reason: options.reason });
      cli.print(person, personText);
    });
  noun
    .command('merges')
    .description('what was merged into a creator')
    .argument('<creator>', 'id')
    .action(async (personId: string) => {
      const client = await cli.client();
      const answer = await client.call(listMerges, { personId });
      cli.print(answer, ({ rows }) =>
        table(
          ['MERGE', 'WAS', 'NAME', 'WHY', 'BY', 'WHEN'],
          rows.map((row) => [row.id, row.absorbedPersonId, row.absorbedName, row.reason, row.mergedBy, row.mergedAt]),
        ),
      );
    });
  noun
    .command('split')
    .description('undo a merge')
    .argument('<merge>', 'id of the merge, from merges')
    .option('--dry-run', 'say what would come back and what would not, and undo nothing', false)
    .action(async (mergeId: string, options: { dryRun: boolean }) => {
      const client = await cli.client();
      if (options.dryRun) {
        cli.print(await client.call(previewSplit, { mergeId }), splitText);
        return;
      }
      const answer = await client.call(splitCreators, { mergeId });
      cli.print(answer, ({ kept, restored }) => `${personText(kept)}\n\n${personText(restored)}`);
    });
}

function splitText({ comesBack, stays }: OutputOf<typeof previewSplit>): string {
  const lines = (some: typeof stays) =>
    some.map(({ about, text }) => `  ${about === null ? '' : `${about}: `}${text}`).join('\n');
  return `Comes back:\n${lines(comesBack)}\n\nCannot be brought back:\n${lines(stays)}`;
}
