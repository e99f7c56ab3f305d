import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import {
  type CampaignModel,
  type CampaignModelEntry,
  campaignModelSchema,
  campaignModels,
  createCampaignModel,
  listCampaignModels,
  removeCampaignModel,
} from '#modules/campaigns/api.ts';
import { findCampaign } from './campaigns-find.ts';
import { type Cli, table } from './cli.ts';

/** `campaigns models list|get|keep|remove`. */
export function registerModels(campaigns: Command, cli: Cli): void {
  const noun = campaigns.command('models').description('How campaigns are run: stages, goals and brief as data');
  noun
    .command('list')
    .description('your own models, then those that come with the program')
    .action(async () => {
      cli.print({ rows: await (await cli.client()).call(listCampaignModels, {}) }, ({ rows }) =>
        table(
          ['id', 'name', 'works like', 'stages', 'goals', 'brief', 'campaigns'],
          rows.map((row) => [
            row.id,
            row.name,
            row.model,
            row.stages.map((stage) => stage.label).join(', '),
            row.goals.map((goal) => goal.metric).join(', '),
            row.brief === null ? 'none' : 'yes',
            row.campaigns,
          ]),
        ),
      );
    });
  noun
    .command('get')
    .description('one model with its stages and goals')
    .argument('<model>', 'id or name')
    .action(async (model: string) => {
      cli.print(await findModel(await cli.client(), model), modelText);
    });
  noun
    .command('keep')
    .description('keep a model of your own, from a campaign as it stands or from one that comes with the program')
    .requiredOption('--name <name>', 'its name')
    .option('--summary <words>', 'what it is for, in a line')
    .option('--from <campaign>', 'id or name of the campaign')
    .option('--like <model>', `without a campaign: one of ${campaignModels.join(', ')}`)
    .action(async (options: { name: string; summary?: string; from?: string; like?: string }) => {
      const client = await cli.client();
      const made = await client.call(createCampaignModel, {
        name: options.name,
        ...(options.summary === undefined ? {} : { summary: options.summary }),
        ...(options.from === undefined ? {} : { fromCampaignId: (await findCampaign(client, options.from)).id }),
        ...(options.like === undefined ? {} : { model: readBuiltIn('--like', options.like) }),
      });
      cli.print(made, modelText);
    });
  noun
    .command('remove')
    .description('remove a model of your own; campaigns planned by it stay')
    .argument('<model>', 'id or name')
    .action(async (model: string) => {
      const client = await cli.client();
      const found = await findModel(client, model);
      await client.call(removeCampaignModel, { modelId: found.id });
      cli.print({ removed: found.id }, () => `${found.name} is removed.`);
    });
}

function readBuiltIn(option: string, text: string): CampaignModel {
  const model = campaignModelSchema.safeParse(text);
  if (model.success) return model.data;
  throw new AppError(
    'invalid',
    'cli.bad_option',
    `${option} ${text} is not known. Use one of ${campaignModels.join(', ')}.`,
  );
}

async function findModel(client: Client, idOrName: string): Promise<CampaignModelEntry> {
  const wanted = idOrName.toLowerCase();
  const rows = await client.call(listCampaignModels, {});
  const found = rows.find((row) => row.id === idOrName) ?? rows.find((row) => row.name.toLowerCase() === wanted);
  if (found === undefined) throw notFound('campaign model');
  return found;
}

/** What `campaigns create --model` names: one that comes with the program, or one of the workspace's own. Error: cli.bad_option. */
export async function readModelOption(
  client: Client,
  text: string,
): Promise<{ model: CampaignModel } | { ownModelId: string }> {
  const model = campaignModelSchema.safeParse(text);
  if (model.success) return { model: model.data };
  const rows = await client.call(listCampaignModels, {});
  const found = rows.find((row) => row.id === text || row.name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found.isBuiltIn ? { model: found.model } : { ownModelId: found.id };
  throw new AppError(
    'invalid',
    'cli.bad_option',
    `--model ${text} is not known. Use one of ${rows.map((row) => (row.isBuiltIn ? row.id : `"${row.name}"`)).join(', ')}.`,
  );
}

function modelText(model: CampaignModelEntry): string {
  return [
    `${model.id}  ${model.name}  (works like ${model.model})`,
    model.summary,
    `Stages   ${model.stages.map((stage) => stage.label).join(', ')}`,
    `Goals    ${model.goals.map((goal) => goal.metric).join(', ') || 'none'}`,
    `Brief    ${model.brief === null ? 'none' : 'begins with a template'}`,
    `Planned  ${model.campaigns} campaigns`,
  ].join('\n');
}
