import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { type Platform, platformSchema, platforms } from '#kernel/platform.ts';
import { findVetting, getRun, pointNames, type Run, startRun, type Vetting } from '#modules/vetting/api.ts';
import { type Cli, table } from './cli.ts';

const pollMs = 500;
/** A run of the largest size is long done by then; the limit only keeps a lost one from being waited for for ever. */
const pollsMax = 14_400;

/** `vetting report | run`. */
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
    .command('run')
    .description('vet many creators and wait for the end')
    .argument('<person-ids...>', 'ids of the creators')
    .action(async (personIds: string[]) => {
      const client = await cli.client();
      let run = await client.call(startRun, { personIds });
      for (let polls = 0; polls < pollsMax && (run.state === 'waiting' || run.state === 'running'); polls += 1) {
        cli.tell(`${run.done} of ${run.total}`);
        await new Promise((resolve) => setTimeout(resolve, pollMs));
        run = await client.call(getRun, { runId: run.id });
      }
      cli.print(run, runText);
    });
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
  const { score, scoreInterval, flags, signals, verdicts } = vetting;
  const interval = scoreInterval === null ? '' : ` (interval ${scoreInterval.low} to ${scoreInterval.high})`;
  const head = [
    `@${vetting.handle} on ${vetting.platform}`,
    `Score    ${score === null ? 'not enough data' : `${score}${interval}`}`,
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

function runText(run: Run): string {
  const counts = Object.entries(run.counts).map(([verdict, n]) => `${n} ${verdict.replaceAll('_', ' ')}`);
  return `Run ${run.id} is ${run.state}: ${run.done} of ${run.total} vetted, ${counts.join(', ')}.`;
}
