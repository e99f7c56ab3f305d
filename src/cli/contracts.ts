import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Command } from 'commander';
import { formatAmount, fromMoneyJson } from '#kernel/money.ts';
import {
  contractStateSchema,
  getContract,
  getDocument,
  getSealed,
  listContracts,
  listRunningOut,
  renewContracts,
  sendContracts,
} from '#modules/contracts/api.ts';
import { type Cli, table } from './cli.ts';

interface ListOptions {
  campaign?: string;
  state?: string;
}

/** `contracts list | show | send | renew | running-out | pdf`. */
export function registerContracts(program: Command, cli: Cli): void {
  const noun = program.command('contracts').description('contracts with creators: drafts, offers, signatures');
  noun
    .command('list')
    .description('contracts, newest first')
    .option('--campaign <id>', 'of one campaign')
    .option('--state <state>', `one of ${contractStateSchema.options.join(', ')}`)
    .action(async ({ campaign, state }: ListOptions) => {
      const client = await cli.client();
      const answer = await client.call(listContracts, {
        limit: 500,
        ...(campaign === undefined ? {} : { campaignId: campaign }),
        ...(state === undefined ? {} : { states: [contractStateSchema.parse(state)] }),
      });
      cli.print(answer, ({ rows }) =>
        table(
          ['CONTRACT', 'CREATOR', 'STATE', 'VERSION', 'IN FORCE', 'FEE', 'OPEN UNTIL'],
          rows.map((row) => [
            row.id,
            row.person.name,
            row.state,
            row.version,
            row.inForceVersion,
            row.fee === null ? null : `${formatAmount(fromMoneyJson(row.fee))} ${row.fee.currency}`,
            row.expiresAt,
          ]),
        ),
      );
    });
  noun
    .command('show')
    .description('one contract: its text, signatures and what is owed')
    .argument('<contract-id>')
    .action(async (contractId: string) => {
      const client = await cli.client();
      cli.print(await client.call(getContract, { contractId }), (contract) =>
        [
          `${contract.title}, ${contract.person.name}: ${contract.state}, version ${contract.version}`,
          ...contract.sections.flatMap((section) => [
            '',
            `${section.number}. ${section.title}`,
            ...section.paragraphs.map((part) => `${part.kind === 'item' ? '  - ' : '  '}${part.text}`),
          ]),
          '',
          ...contract.signatures.map(
            (one) =>
              `Signed for the ${one.side} by ${one.name}, version ${one.version}, ${one.at}, SHA-256 ${one.seenHash}`,
          ),
          ...contract.obligations.map((one) => `${one.dueOn ?? 'no day yet'}  ${one.title} (${one.state})`),
        ].join('\n'),
      );
    });
  noun
    .command('send')
    .description('offer drafts to their creators')
    .argument('<contract-id...>')
    .requiredOption('--until <day>', 'the last day to answer, YYYY-MM-DD')
    .option('--message <text>', 'goes into the mail', '')
    .action(async (contractIds: string[], options: { until: string; message: string }) => {
      const client = await cli.client();
      const answer = await client.call(sendContracts, {
        contractIds,
        expiresOn: options.until,
        message: options.message,
      });
      cli.print(answer, ({ sent, mailed, withoutMail, refused }) =>
        [
          `${sent} sent, ${mailed} mailed`,
          ...withoutMail.map((one) => `${one.name}: ${one.reason}`),
          ...refused.map((one) => `${one.contractId} ${one.name}: ${one.message}`),
        ].join('\n'),
      );
    });
  noun
    .command('running-out')
    .description('contracts in force whose last day is near, and what became of their renewal')
    .option('--days <number>', 'how far to look ahead', '30')
    .action(async (options: { days: string }) => {
      const client = await cli.client();
      cli.print(await client.call(listRunningOut, { days: Number(options.days) }), (rows) =>
        table(
          ['CONTRACT', 'CREATOR', 'LAST DAY', 'DAYS LEFT', 'RENEWAL', 'STATE'],
          rows.map((row) => [
            row.contractId,
            row.person.name,
            row.endsOn,
            row.days,
            row.renewal?.contractId ?? null,
            row.renewal?.state ?? null,
          ]),
        ),
      );
    });
  noun
    .command('renew')
    .description('draft what follows contracts in force, from the day after their last one')
    .argument('<contract-id...>')
    .option('--months <number>', 'as long as before when left out')
    .action(async (contractIds: string[], options: { months?: string }) => {
      const client = await cli.client();
      const months = options.months === undefined ? {} : { months: Number(options.months) };
      cli.print(await client.call(renewContracts, { contractIds, ...months }), ({ created, unchanged, refused }) =>
        [
          ...created.map((one) => `${one.contractId} renews ${one.renewsId}: ${one.startsOn} to ${one.endsOn}`),
          ...(unchanged === 0 ? [] : [`${unchanged} had a renewal in hand`]),
          ...refused.map((one) => `${one.contractId} ${one.name}: ${one.message}`),
        ].join('\n'),
      );
    });
  noun
    .command('pdf')
    .description('save a contract: sealed once both signed, else the document to sign')
    .argument('<contract-id>')
    .argument('<file>', 'where to write it')
    .option('--version <number>', 'the version in hand when left out')
    .action(async (contractId: string, file: string, options: { version?: string }) => {
      const client = await cli.client();
      const contract = await client.call(getContract, { contractId });
      const version = options.version === undefined ? contract.version : Number(options.version);
      const isSealed = contract.signatures.filter((one) => one.version === version).length === 2;
      const response = await client.open(isSealed ? getSealed : getDocument, { contractId, version });
      if (response.body === null) throw new Error('The server sent no document');
      await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(file, { mode: 0o600 }));
      cli.print(
        { file, version, isSealed },
        () => `${file}: version ${version}, ${isSealed ? 'sealed' : 'not signed by both yet'}`,
      );
    });
}
