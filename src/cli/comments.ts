import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import {
  type ClassedComment,
  type CommentShare,
  type CommentSummary,
  commentIntents,
  commentKinds,
  commentTargets,
  correctComment,
  correctedLabelsSchema,
  exportVettedComments,
  listPods,
  listVettedComments,
  type Pod,
  type PodSearch,
  sentiments,
  summariseComments,
  undoCorrection,
} from '#modules/vetting/api.ts';
import { type Cli, table } from './cli.ts';
import { idOfCreator } from './overlap.ts';

/** `comments list | summary | correct | undo | pods | export`. */
export function registerComments(program: Command, cli: Cli): void {
  const noun = program
    .command('comments')
    .description('What is written under the posts of creators, and what each comment is');
  registerReading(noun, cli);
  registerCorrecting(noun, cli);
  registerPods(noun, cli);
}

interface Filters {
  kind?: string;
  sentiment?: string;
  intent?: string;
  recent?: boolean;
}

function withFilters(command: Command): Command {
  return command
    .option('--kind <kind>', `one of ${commentKinds.join(', ')}`)
    .option('--sentiment <sentiment>', `one of ${sentiments.join(', ')}`)
    .option('--intent <intent>', `one of ${commentIntents.join(', ')}`)
    .option('--recent', 'only those of the last 90 days');
}

function filtersOf({ kind, sentiment, intent, recent }: Filters) {
  return {
    ...(kind !== undefined && { kinds: [chosen('--kind', kind, commentKinds)] }),
    ...(sentiment !== undefined && { sentiments: [chosen('--sentiment', sentiment, sentiments)] }),
    ...(intent !== undefined && { intents: [chosen('--intent', intent, commentIntents)] }),
    ...(recent === true && { period: '90d' as const }),
  };
}

function chosen<Name extends string>(option: string, value: string, names: readonly Name[]): Name {
  const name = names.find((one) => one === value);
  if (name !== undefined) return name;
  throw new AppError('invalid', 'cli.bad_option', `${option} ${value} is not known. Use one of ${names.join(', ')}.`);
}

function registerReading(noun: Command, cli: Cli): void {
  withFilters(
    noun
      .command('list')
      .description('comments of a creator, newest first')
      .argument('<creator>', 'id of the creator, or @handle')
      .option('--limit <n>', 'how many, at most 500', '50'),
  ).action(async (creator: string, options: Filters & { limit: string }) => {
    const limit = Number(options.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > 500)
      throw new AppError('invalid', 'cli.bad_option', `--limit ${options.limit} is not a whole number from 1 to 500.`);
    const client = await cli.client();
    const personId = await idOfCreator(client, creator);
    const page = await client.call(listVettedComments, { personId, limit, ...filtersOf(options) });
    cli.print(page, ({ rows }) => commentsText(rows));
  });

  noun
    .command('summary')
    .description('sums over the comments of a creator, with copies and pods')
    .argument('<creator>', 'id of the creator, or @handle')
    .action(async (creator: string) => {
      const client = await cli.client();
      const personId = await idOfCreator(client, creator);
      cli.print(await client.call(summariseComments, { personId }), summaryText);
    });

  withFilters(
    noun
      .command('export')
      .description('the comments of a creator with their labels as a CSV file')
      .argument('<creator>', 'id of the creator, or @handle')
      .argument('<file>', 'where to write it'),
  ).action(async (creator: string, file: string, options: Filters) => {
    const client = await cli.client();
    const personId = await idOfCreator(client, creator);
    const answer = await client.open(exportVettedComments, { personId, ...filtersOf(options) });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    await writeFile(file, bytes);
    cli.print({ file, bytes: bytes.length }, (written) => `${written.bytes} bytes written to ${written.file}.`);
  });
}

function registerCorrecting(noun: Command, cli: Cli): void {
  noun
    .command('correct')
    .description('set labels of a comment by hand; what is not named stays')
    .argument('<comment>', 'id of the comment')
    .requiredOption('--reason <text>', 'why; it stays beside the label')
    .option('--kind <kind>', `one of ${commentKinds.join(', ')}`)
    .option('--sentiment <sentiment>', `one of ${sentiments.join(', ')}`)
    .option('--intents <intents...>', `any of ${commentIntents.join(', ')}; none for no intent`)
    .option('--target <target>', `one of ${commentTargets.join(', ')}`)
    .action(async (commentId: string, options: { reason: string } & Record<string, unknown>) => {
      const { reason, kind, sentiment, target } = options;
      const intents = Array.isArray(options.intents) ? options.intents.filter((one) => one !== 'none') : undefined;
      const labels = correctedLabelsSchema.safeParse({ kind, sentiment, intents, target });
      if (!labels.success) {
        const [issue] = labels.error.issues;
        const option = String(issue?.path[0] ?? 'kind');
        throw new AppError('invalid', 'cli.bad_option', `--${option}: ${issue?.message ?? 'is not known'}`);
      }
      const client = await cli.client();
      cli.print(await client.call(correctComment, { commentId, labels: labels.data, reason }), commentText);
    });

  noun
    .command('undo')
    .description('take back the last correction of a comment')
    .argument('<comment>', 'id of the comment')
    .action(async (commentId: string) => {
      const client = await cli.client();
      cli.print(await client.call(undoCorrection, { commentId }), commentText);
    });
}

function registerPods(noun: Command, cli: Cli): void {
  noun
    .command('pods')
    .description('groups of commenters who meet under the same creators more often than by chance')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listPods, {}), podsText);
    });
}

const textShown = 60;

function commentsText(rows: readonly ClassedComment[]): string {
  if (rows.length === 0) return 'No comment fits.';
  return table(
    ['ID', 'AUTHOR', 'KIND', 'SENTIMENT', 'WANTS', 'TEXT'],
    rows.map((row) => [
      row.id,
      row.authorHandle ?? 'unnamed',
      row.isOwn ? 'by the creator' : (row.kind ?? 'not read yet'),
      row.sentiment ?? 'not known',
      row.intents?.join(', ') ?? '',
      row.text.replace(/\s+/g, ' ').slice(0, textShown),
    ]),
  );
}

function commentText(row: ClassedComment): string {
  const by =
    row.correction === null ? 'as the machine said' : `as corrected by ${row.correction.by}: ${row.correction.reason}`;
  return `${row.id}: ${row.kind ?? 'not read'}, ${row.sentiment ?? 'sentiment not known'}, wants ${row.intents?.join(', ') || 'nothing'}, aimed at ${row.target ?? 'unknown'}; ${by}.`;
}

function summaryText(summary: CommentSummary): string {
  const { allTime, recent, podSearch } = summary;
  const shares = (name: string, all: CommentShare | undefined, newest: CommentShare | undefined) => [
    name,
    all?.count ?? 0,
    percent(all),
    newest?.count ?? 0,
    percent(newest),
  ];
  const groups = ['kinds', 'sentiments', 'intents', 'targets'] as const;
  const rows = groups.flatMap((group) => allTime[group].map((one, at) => shares(one.name, one, recent[group][at])));
  const head = `@${summary.handle} on ${summary.platform}: ${summary.progress.read} of ${summary.progress.total} comments read, ${allTime.n} of readers, ${allTime.corrected} corrected.`;
  const foot = `${summary.pods.length} pods comment here. ${podSearch.text} Models ${summary.modelVersion}.`;
  return `${head}\n\n${table(['LABEL', 'ALL', 'SHARE', '90 DAYS', 'SHARE'], [...rows, shares('spam', allTime.spam, recent.spam)])}\n\n${foot}`;
}

function percent(one: CommentShare | undefined): string {
  if (one === undefined || one.share === null || one.interval === null) return 'not enough data';
  const text = (share: number) => (100 * share).toFixed(1);
  return `${text(one.share)} % (${text(one.interval.low)} to ${text(one.interval.high)})`;
}

function podsText({ search, rows }: { search: PodSearch; rows: readonly Pod[] }): string {
  if (rows.length === 0) return search.text;
  const lines = rows.map((pod) => [
    pod.state,
    pod.members,
    pod.creators,
    `${pod.sharedCreators} (chance ${pod.expectedShared.toFixed(1)})`,
    pod.authors
      .slice(0, 5)
      .map((author) => `@${author.handle}`)
      .join(' '),
  ]);
  return `${table(['STATE', 'MEMBERS', 'CREATORS', 'SHARED', 'SOME OF THEM'], lines)}\n\n${search.text}`;
}
