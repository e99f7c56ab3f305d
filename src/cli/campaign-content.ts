import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { platformSchema, platforms } from '#kernel/platform.ts';
import { addDeliverables, createFromBrief, importResults } from '#modules/campaigns/api.ts';
import { findCampaign } from './campaigns-find.ts';
import type { Cli } from './cli.ts';

interface AddOptions {
  title?: string;
  platform: string;
  format: string;
  due?: string;
  fromBrief?: boolean;
}

/** `campaigns deliverables add`, `campaigns results import`. */
export function registerContent(noun: Command, cli: Cli): void {
  noun
    .command('deliverables')
    .description('content of a campaign')
    .command('add')
    .description('plan a piece for creators, or with --from-brief what the brief asks for')
    .argument('<campaign>', 'id or name')
    .argument('[enrolment-ids...]', 'ids of `roster list`; everybody when left out with --from-brief')
    .option('--from-brief', 'make the deliverables of the brief; those made before are not made twice')
    .option('--title <title>', 'what it is')
    .option('--platform <platform>', `one of ${platforms.join(', ')}`, 'instagram')
    .option('--format <format>', 'reel, post, story, video', 'post')
    .option('--due <day>', 'YYYY-MM-DD')
    .action(async (campaign: string, ids: string[], options: AddOptions) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      if (options.fromBrief === true) {
        const done = await client.call(createFromBrief, {
          campaignId: id,
          ...(ids.length === 0 ? {} : { enrolmentIds: ids }),
        });
        cli.print(done, ({ created, unchanged }) => `${created} planned, ${unchanged} were there`);
        return;
      }
      const platform = platformSchema.safeParse(options.platform);
      if (!platform.success)
        throw bad('--platform', `"${options.platform}" is not known. Use one of ${platforms.join(', ')}.`);
      if (options.title === undefined) throw bad('--title', 'say what the piece is, or use --from-brief.');
      if (ids.length === 0)
        throw bad('enrolment-ids', 'name the creators by the ids of `campaigns roster list`, or use --from-brief.');
      const { title, format, due } = options;
      const done = await client.call(addDeliverables, {
        campaignId: id,
        enrolmentIds: ids,
        platform: platform.data,
        format,
        title,
        dueOn: due ?? null,
      });
      cli.print(done, ({ created }) => `${created} planned`);
    });
  noun
    .command('results')
    .description('what content brought')
    .command('import')
    .description('read results from a CSV file; reading it again changes nothing')
    .argument('<campaign>', 'id or name')
    .argument('<file>', 'columns deliverable_id, url or handle, and one a metric')
    .option('--source <text>', "where the numbers come from; the file's name when left out")
    .option('--observed <day>', 'the day they were read, for rows without a date')
    .option('--estimate', 'they are estimates')
    .option('--dry-run', 'only say what would be taken')
    .action(
      async (
        campaign: string,
        file: string,
        options: { source?: string; observed?: string; estimate?: boolean; dryRun?: boolean },
      ) => {
        const client = await cli.client();
        const { id } = await findCampaign(client, campaign);
        const input = {
          campaignId: id,
          dryRun: options.dryRun === true,
          isEstimate: options.estimate === true,
          ...(options.source === undefined ? {} : { source: options.source }),
          ...(options.observed === undefined ? {} : { observedOn: options.observed }),
        };
        const done = await client.upload(importResults, input, {
          body: await readBytes(file),
          fileName: basename(file),
        });
        cli.print(done, (outcome) =>
          [
            `${outcome.read} rows read: ${outcome.values} numbers of ${outcome.recorded} rows ${outcome.dryRun ? 'would be ' : ''}taken, ${outcome.unchanged} known before, ${outcome.skipped} with errors`,
            ...outcome.errors.slice(0, 20).map((error) => `  row ${error.row}, ${error.field}: ${error.message}`),
          ].join('\n'),
        );
      },
    );
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw bad('file', `${file} cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`);
  }
}

function bad(option: string, message: string): AppError {
  return new AppError('invalid', 'cli.bad_option', `${option}: ${message}`, [{ field: option, message }]);
}
