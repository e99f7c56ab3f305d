import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { Option } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { type Platform, platforms } from '#kernel/platform.ts';
import {
  type AudienceKind,
  audienceKinds,
  getCreator,
  type Person,
  type SampleUpload,
  uploadAudienceSample,
} from '#modules/creators/api.ts';
import type { Cli } from './cli.ts';

interface SampleOptions {
  of: AudienceKind;
  platform?: Platform;
  takenAt?: string;
  source?: string;
  method?: string;
  dryRun: boolean;
}

/** `creators sample FILE CREATOR`: followers, likers or commenters of a creator from a file. */
export function registerSample(noun: Command, cli: Cli): void {
  noun
    .command('sample')
    .description(
      'keep a sample of a creator’s followers, likers or commenters from CSV, TSV, XLSX, JSON or NDJSON, also gzipped',
    )
    .argument('<file>', 'the file: a heading, one account a row')
    .argument('<creator>', 'id or @handle')
    .addOption(new Option('--of <kind>', 'whom it was drawn from').choices(audienceKinds).default('followers'))
    .addOption(new Option('--platform <platform>', 'which profile, when there are several').choices(platforms))
    .option('--taken-at <instant>', 'when it was drawn, such as 2026-05-06T00:00:00Z; now when left out')
    .option('--source <text>', 'where it comes from; the name of the file when left out')
    .option('--method <text>', 'how it was drawn, such as "random 1,000 of all followers"')
    .option('--dry-run', 'say what would happen and keep nothing', false)
    .action(async (file: string, creator: string, options: SampleOptions) => {
      const client = await cli.client();
      const person = await client.call(getCreator, { personId: creator });
      const { takenAt, source, method } = options;
      const input = {
        personId: person.id,
        profileId: chooseProfile(person, options.platform),
        kind: options.of,
        isDryRun: options.dryRun,
        ...(takenAt !== undefined && { takenAt }),
        ...(source !== undefined && { source }),
        ...(method !== undefined && { method }),
      };
      await requireFile(file);
      const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
      const answer = await client.upload(uploadAudienceSample, input, { body, fileName: basename(file) });
      cli.print(answer, sampleText);
    });
}

function chooseProfile(person: Person, platform: Platform | undefined): string {
  const [profile] = person.profiles.filter((one) => platform === undefined || one.platform === platform);
  if (profile !== undefined) return profile.id;
  const has = person.profiles.map((one) => one.platform).join(', ') || 'none';
  throw new AppError(
    'invalid',
    'creators.no_profile',
    `There is no ${platform ?? ''} profile of this creator; they have ${has}.`,
  );
}

async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile() !== true)
    throw new AppError('invalid', 'file.unreadable', `Cannot read ${file}: there is no such file.`);
}

function sampleText(answer: SampleUpload): string {
  const head = answer.isKept ? `Kept ${answer.kept} accounts` : 'Nothing was kept';
  const repeated = answer.repeated > 0 ? `, ${answer.repeated} repeated` : '';
  const errors = answer.errors
    .slice(0, 20)
    .map((error) => `row ${error.row}${error.field === '' ? '' : `, ${error.field}`}: ${error.message}`);
  const more = answer.errorsTotal > errors.length ? [`and ${answer.errorsTotal - errors.length} more errors`] : [];
  return [
    `${head} of ${answer.read} rows of ${answer.kind}${repeated}, errors ${answer.errorsTotal}.`,
    ...errors,
    ...more,
  ].join('\n');
}
