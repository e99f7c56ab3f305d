import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { type Platform, platformSchema, platforms } from '#kernel/platform.ts';
import {
  type Comparison,
  compareVetting,
  downloadCsv,
  downloadPdf,
  findVetting,
  getNamedBrands,
  getRun,
  type NamedBrands,
  pointNames,
  type Run,
  startRun,
  type Vetting,
} from '#modules/vetting/api.ts';
import { type Cli, table } from './cli.ts';
import { registerVettingRules } from './vetting-rules.ts';
import { registerVettingShares } from './vetting-shares.ts';

const pollMs = 500;
/** A run of the largest size is long done by then; the limit only keeps a lost one from being waited for for ever. */
const pollsMax = 14_400;

/** `vetting report | brands | pdf | csv | compare | run | share | shares | end-share | appeals | answer | rules`. */
export function registerVetting(program: Command, cli: Cli): void {
  const noun = program.command('vetting').description('Whether the influence of creators is real, with the evidence');

  noun
    .command('report')
    .description('the report of the creator with a handle, computed now when its data have changed')
    .argument('<handle>', '@handle, handle, or the address of the profile')
    .option('--platform <platform>', `one of ${platforms.join(', ')}; needed only when several people bear the handle`)
    .action(async (handle: string, options: { platform?: string }) => {
      const platform = readPlatform(options.platform);
      const client = await cli.client();
      const vetting = await client.call(findVetting, { handle, ...(platform !== undefined && { platform }) });
      cli.print(vetting, reportText);
    });

  noun
    .command('brands')
    .description('the brands that the commenters of a creator name, estimated from their stored comments')
    .argument('<handle>', '@handle, handle, or the address of the profile')
    .option('--platform <platform>', `one of ${platforms.join(', ')}`)
    .action(async (handle: string, options: { platform?: string }) => {
      const platform = readPlatform(options.platform);
      const client = await cli.client();
      const { personId, profileId } = await client.call(findVetting, {
        handle,
        ...(platform !== undefined && { platform }),
      });
      cli.print(await client.call(getNamedBrands, { personId, profileId }), brandsText);
    });

  noun
    .command('pdf')
    .description('the report as a PDF file')
    .argument('<handle>', '@handle, handle, or the address of the profile')
    .argument('<file>', 'where to write it')
    .option('--platform <platform>', `one of ${platforms.join(', ')}`)
    .action((handle: string, file: string, options: { platform?: string }) =>
      writeReport(cli, downloadPdf, { handle, file, platform: options.platform }),
    );

  noun
    .command('csv')
    .description('the report as a CSV file, a row for each thing it says')
    .argument('<handle>', '@handle, handle, or the address of the profile')
    .argument('<file>', 'where to write it')
    .option('--platform <platform>', `one of ${platforms.join(', ')}`)
    .action((handle: string, file: string, options: { platform?: string }) =>
      writeReport(cli, downloadCsv, { handle, file, platform: options.platform }),
    );

  registerVettingShares(noun, cli);
  registerVettingRules(noun, cli);

  noun
    .command('compare')
    .description('up to ten creators side by side')
    .argument('<person-ids...>', 'ids of the creators')
    .action(async (personIds: string[]) => {
      const client = await cli.client();
      cli.print(await client.call(compareVetting, { personIds }), comparisonText);
    });

  noun
    .command('run')
    .description('vet many creators and wait for the end')
    .argument('[person-ids...]', 'ids of the creators')
    .option('--list <id>', 'everybody on this list instead')
    .action(async (personIds: string[], options: { list?: string }) => {
      const client = await cli.client();
      const wanted = options.list === undefined ? { personIds } : { listId: options.list };
      let run = await client.call(startRun, wanted);
      for (let polls = 0; polls < pollsMax && (run.state === 'waiting' || run.state === 'running'); polls += 1) {
        cli.tell(`${run.done} of ${run.total}`);
        await new Promise((resolve) => setTimeout(resolve, pollMs));
        run = await client.call(getRun, { runId: run.id });
      }
      cli.print(run, runText);
    });
}

async function writeReport(
  cli: Cli,
  download: typeof downloadPdf | typeof downloadCsv,
  of: { handle: string; file: string; platform: string | undefined },
): Promise<void> {
  const platform = readPlatform(of.platform);
  const client = await cli.client();
  const vetting = await client.call(findVetting, { handle: of.handle, ...(platform !== undefined && { platform }) });
  const { personId, profileId } = vetting;
  const answer = await client.open(download, { personId, profileId });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  await writeFile(of.file, bytes);
  cli.print({ file: of.file, bytes: bytes.length }, (written) => `Wrote ${written.bytes} bytes to ${written.file}.`);
}

function readPlatform(text: string | undefined): Platform | undefined {
  if (text === undefined) return undefined;
  const parsed = platformSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'invalid',
    'cli.bad_option',
    `--platform ${text} is not known. Use one of ${platforms.join(', ')}.`,
  );
}

function reportText(vetting: Vetting): string {
  const { score, scoreInterval, flags, signals, verdicts, confidence } = vetting;
  const interval = scoreInterval === null ? '' : ` (interval ${scoreInterval.low} to ${scoreInterval.high})`;
  const head = [
    `@${vetting.handle} on ${vetting.platform}`,
    `Score    ${score === null ? 'not enough data' : `${score}${interval}`}`,
    `Known    ${confidence == null ? 'not stated' : `${Math.round(confidence * 100)} % of the weight`}`,
    `Verdict  ${vetting.verdict.replaceAll('_', ' ')}: ${vetting.rule.text}`,
    ...verdicts.map(
      (one) => `${one.decidedBy} said ${one.verdict} on ${one.point.replaceAll('_', ' ')}: ${one.reason}`,
    ),
    ...flags.map((flag) => `${flag.severity === 'red' ? 'RED FLAG' : 'Flag'}  ${flag.title}: ${flag.reason}`),
  ];
  const rows = signals.map((signal) => [
    pointNames[signal.point],
    signal.title,
    signal.state === 'unknown' ? 'unknown' : (signal.display ?? 'does not apply'),
    signal.contribution,
  ]);
  return `${head.join('\n')}\n\n${table(['POINT', 'SIGNAL', 'VALUE', 'POINTS'], rows)}\n\n${score === null ? '' : `50 to start with plus these points is ${score}. `}Rules ${vetting.rulesVersion}, checked ${vetting.checkedAt}.`;
}

function comparisonText({ creators, rows, failures }: Comparison): string {
  const head = ['FIGURE', ...creators.map((creator) => creator.name)];
  const lines = rows.map((row) => [
    row.title,
    ...row.cells.map((cell) => (row.best === cell.personId ? `${cell.display} *` : cell.display)),
  ]);
  const failed = failures.map((failure) => `\n${failure.personId}: ${failure.message}`).join('');
  return `${table(head, lines)}\n\n* the best known figure of the row${failed}`;
}

function runText(run: Run): string {
  const counts = Object.entries(run.counts).map(([verdict, n]) => `${n} ${verdict.replaceAll('_', ' ')}`);
  return `Run ${run.id} is ${run.state}: ${run.done} of ${run.total} vetted, ${counts.join(', ')}.`;
}

function brandsText({ text, rows, commenters }: NamedBrands): string {
  if (rows.length === 0) return text;
  const share = (row: NamedBrands['rows'][number]) =>
    row.share === null || row.low === null || row.high === null
      ? 'not enough data'
      : `${percentText(row.share)} (${percentText(row.low)} to ${percentText(row.high)})`;
  const lines = rows.map((row) => [row.brand, `${row.commenters} of ${commenters}`, share(row)]);
  return `${table(['BRAND', 'COMMENTERS', 'SHARE'], lines)}\n${text}`;
}

const percentText = (share: number) => `${(share * 100).toFixed(1)} %`;
