import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import {
  changeExperiment,
  createExperiment,
  type Experiment,
  experimentUnits,
  getExperiment,
  listExperiments,
  listExperimentUnits,
  recordOutcomes,
} from '#modules/attribution/api.ts';
import { findCampaign } from './campaigns-find.ts';
import { type Cli, table } from './cli.ts';
import { openUpload } from './overlap.ts';

interface PlanOptions {
  name: string;
  unit: (typeof experimentUnits)[number];
  outcome: string;
  currency?: string;
  arm: string[];
  from?: string;
  to?: string;
  seed?: string;
}

const gather = (value: string, before: string[]) => [...before, value];

/** `experiments list | plan | get | units | outcomes | start | end`: hold-outs, which tell what a campaign caused. */
export function registerExperiments(program: Command, cli: Cli): void {
  const noun = program.command('experiments').description('Hold-outs: what a campaign caused');
  noun
    .command('list')
    .description('hold-outs of a campaign with their results')
    .argument('<campaign>', 'id or name')
    .action(async (campaign: string) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      cli.print(await client.call(listExperiments, { campaignId: id }), (rows) => rows.map(textOf).join('\n\n'));
    });
  noun
    .command('plan')
    .description('deal places, codes or customers into arms by chance; the first arm is the control')
    .argument('<campaign>', 'id or name')
    .argument('<file>', 'CSV: the unit, then what it came to in the time before where that is known')
    .requiredOption('--name <name>', 'what it is called')
    .requiredOption('--unit <unit>', experimentUnits.join(', '))
    .requiredOption('--outcome <words>', 'what is counted per unit, such as "net revenue"')
    .option('--currency <code>', 'of the outcome, when it is money')
    .option('--arm <name=share>', 'such as control=0.5; may be given again', gather, [])
    .option('--from <day>', 'when it starts')
    .option('--to <day>', 'when it ends')
    .option('--seed <n>', 'the same seed deals the same arms')
    .action(async (campaign: string, file: string, options: PlanOptions) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      const units = (await readUnits(file)).map(({ key, value }) => ({ key, before: value }));
      const made = await client.call(createExperiment, {
        campaignId: id,
        name: options.name,
        unit: options.unit,
        outcome: options.outcome,
        currency: options.currency,
        ...(options.arm.length === 0 ? {} : { arms: options.arm.map(readArm) }),
        startsOn: options.from,
        endsOn: options.to,
        ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
        units,
      });
      cli.print(made, textOf);
    });
  noun
    .command('get')
    .description('one hold-out with its arms and its result')
    .argument('<id>', 'the hold-out')
    .action(async (experimentId: string) => {
      const client = await cli.client();
      cli.print(await client.call(getExperiment, { experimentId }), textOf);
    });
  noun
    .command('units')
    .description('which unit is in which arm')
    .argument('<id>', 'the hold-out')
    .action(async (experimentId: string) => {
      const client = await cli.client();
      cli.print(await client.call(listExperimentUnits, { experimentId }), (rows) =>
        table(
          ['UNIT', 'ARM', 'BEFORE', 'OUTCOME'],
          rows.map((row) => [row.key, row.arm, row.before, row.outcome]),
        ),
      );
    });
  noun
    .command('outcomes')
    .description('what each unit came to; the same file again changes nothing')
    .argument('<id>', 'the hold-out')
    .argument('<file>', 'CSV: the unit, then its outcome')
    .action(async (experimentId: string, file: string) => {
      const client = await cli.client();
      const outcomes = (await readUnits(file)).map(({ key, value }, at) => {
        if (value === null) throw fileFault(file, at + 1, 'has no outcome');
        return { key, value };
      });
      cli.print(await client.call(recordOutcomes, { experimentId, outcomes }), textOf);
    });
  for (const [verb, state] of [
    ['start', 'running'],
    ['end', 'ended'],
  ] as const)
    noun
      .command(verb)
      .description(verb === 'start' ? 'start a hold-out; its arms never change after' : 'end a hold-out')
      .argument('<id>', 'the hold-out')
      .action(async (experimentId: string) => {
        const client = await cli.client();
        cli.print(await client.call(changeExperiment, { experimentId, state }), textOf);
      });
}

function readArm(text: string): { name: string; share: number } {
  const at = text.lastIndexOf('=');
  const share = Number(text.slice(at + 1));
  if (at < 1 || !Number.isFinite(share))
    throw new AppError('invalid', 'cli.bad_option', `--arm: "${text}" is not an arm. Write it as control=0.5.`);
  return { name: text.slice(0, at), share };
}

/** Lines of a unit and a number; a first line whose number is a word is a heading. */
async function readUnits(file: string): Promise<{ key: string; value: number | null }[]> {
  const { body } = await openUpload(file);
  const lines = (await body.text()).split(/\r?\n/).map((line) => line.trim());
  return lines.flatMap((line, at) => {
    if (line === '') return [];
    const border = Math.max(line.lastIndexOf(','), line.lastIndexOf(';'), line.lastIndexOf('\t'));
    const key = (border === -1 ? line : line.slice(0, border)).trim();
    const number = border === -1 ? '' : line.slice(border + 1).trim();
    const value = number === '' ? null : Number(number);
    if (value !== null && !Number.isFinite(value)) {
      if (at === 0) return [];
      throw fileFault(file, at + 1, `"${number}" is no number. Write it with a point, such as 120.50`);
    }
    if (key === '') throw fileFault(file, at + 1, 'names no unit');
    return [{ key, value }];
  });
}

function fileFault(file: string, line: number, what: string): AppError {
  return new AppError('invalid', 'cli.bad_file', `${file}, line ${line}: ${what}.`);
}

function textOf(one: Experiment): string {
  const rows = one.arms.map((arm) => {
    const effect = arm.adjusted ?? arm.raw;
    return [
      `${arm.name}${arm.isControl ? ' (control)' : ''}`,
      arm.units,
      arm.measured,
      arm.mean === null ? null : arm.mean.toFixed(2),
      effect === null ? null : effect.effect.toFixed(2),
      effect === null ? null : `${effect.low.toFixed(2)} to ${effect.high.toFixed(2)}`,
    ];
  });
  const head = `${one.id}  ${one.name}: ${one.outcome}${one.currency === null ? '' : ` in ${one.currency}`} of ${one.units} units (${one.unit}), ${one.state}, seed ${one.seed}`;
  return [
    head,
    table(['ARM', 'UNITS', 'MEASURED', 'MEAN', 'EFFECT A UNIT', '95 % INTERVAL'], rows),
    ...(one.why === null ? [] : [one.why]),
  ].join('\n');
}
