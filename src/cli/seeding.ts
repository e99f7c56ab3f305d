import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { listSeeding, packingListCsv, packingListPdf, seedingSteps } from '#modules/seeding/api.ts';
import { type Cli, table } from './cli.ts';

/** `seeding list | pack`: who chose what, and what to pack. */
export function registerSeeding(program: Command, cli: Cli): void {
  const noun = program.command('seeding').description('Products for creators of a campaign, and their parcels');

  noun
    .command('list')
    .description('creators of a campaign with what they chose and where it is')
    .argument('<campaign>', 'id of the campaign')
    .addOption(new Option('--step <step>').choices([...seedingSteps]))
    .action(async (campaignId: string, options: { step?: (typeof seedingSteps)[number] }) => {
      const client = await cli.client();
      const answer = await client.call(listSeeding, {
        campaignId,
        ...(options.step === undefined ? {} : { step: options.step }),
      });
      cli.print(answer, ({ rows }) =>
        table(
          ['CREATOR', 'STEP', 'PRODUCT', 'PARCEL', 'ORDER', 'TRACKING', 'PROBLEM'],
          rows.map((row) => [
            row.name,
            row.step,
            row.pick?.lines
              .map((line) => `${line.quantity} ${line.productName} ${line.variantTitle}`.trim())
              .join(', ') ?? null,
            row.shipment?.id ?? null,
            row.shipment?.order?.name ?? null,
            row.shipment?.tracking.number ?? null,
            row.shipment?.problem?.message ?? null,
          ]),
        ),
      );
    });

  noun
    .command('pack')
    .description('the packing list: CSV on standard output, or a PDF with address labels into a file')
    .argument('<campaign>', 'id of the campaign')
    .option('--pdf <file>', 'write the list with labels as PDF')
    .option('--all', 'parcels that left too')
    .action(async (campaignId: string, options: { pdf?: string; all?: boolean }) => {
      const client = await cli.client();
      const which = options.all === true ? ('all' as const) : ('to_pack' as const);
      if (options.pdf === undefined) {
        const csv = await (await client.open(packingListCsv, { campaignId, which })).text();
        cli.print({ campaignId, csv }, ({ csv: text }) => text.replace(/^\ufeff/, '').trimEnd());
        return;
      }
      const pdf = new Uint8Array(await (await client.open(packingListPdf, { campaignId, which })).arrayBuffer());
      await writeFile(options.pdf, pdf).catch((error: unknown) => {
        const said = error instanceof Error ? error.message : 'unknown';
        throw new AppError('invalid', 'cli.not_written', `${options.pdf} cannot be written: ${said}`);
      });
      cli.print({ campaignId, file: options.pdf, bytes: pdf.length }, ({ file, bytes }) => `${file}: ${bytes} bytes`);
    });
}
