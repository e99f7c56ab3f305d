import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { platformSchema, platforms } from '#kernel/platform.ts';
import { addToRoster, type Enrolment, listRoster, moveOnRoster } from '#modules/campaigns/api.ts';
import { findCampaign, say } from './campaigns-find.ts';
import { type Cli, table } from './cli.ts';
import { readMoneyOption } from './read-money-option.ts';

const pagesMax = 100;

interface AddOptions {
  platform: string;
  list?: string;
  stage?: string;
  fee?: string;
}

/** `campaigns roster add|list|move`. */
export function registerRoster(noun: Command, cli: Cli): void {
  const roster = noun.command('roster').description('creators on a campaign');
  roster
    .command('add')
    .description('add creators by id or handle, or from a list')
    .argument('<campaign>', 'id or name')
    .argument('[who...]', 'ids of creators (per_…) or handles')
    .option('--platform <platform>', `of the handles, one of ${platforms.join(', ')}`, 'instagram')
    .option('--list <id>', 'add everybody on this list')
    .option('--stage <stage>', 'the first one when left out')
    .option('--fee <amount>', 'for each, such as "300 EUR"')
    .action(async (campaign: string, who: string[], options: AddOptions) => {
      const client = await cli.client();
      const { id, currency } = await findCampaign(client, campaign);
      const platform = readPlatform(options.platform);
      const isId = (text: string) => text.startsWith('per_');
      const done = await client.call(addToRoster, {
        campaignId: id,
        personIds: who.filter(isId),
        handles: who.filter((one) => !isId(one)).map((handle) => ({ platform, handle })),
        ...(options.list === undefined ? {} : { listId: options.list }),
        ...(options.stage === undefined ? {} : { stage: options.stage }),
        fee: readMoneyOption('--fee', options.fee, currency),
      });
      cli.print(done, ({ added, restored, unchanged, refused }) =>
        [
          `${added} added, ${restored} brought back, ${unchanged} on it already, ${refused.length} refused`,
          ...refused.map((one) => `  ${one.message}`),
        ].join('\n'),
      );
    });
  roster
    .command('list')
    .description('who is on the campaign, where they stand and what holds them up')
    .argument('<campaign>', 'id or name')
    .option('--removed', 'those who were taken off instead')
    .action(async (campaign: string, options: { removed?: boolean }) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      cli.print({ rows: await allOnRoster(client, id, options.removed === true) }, ({ rows }) =>
        table(
          ['id', 'name', 'handle', 'stage', 'waits for', 'days', 'what', 'fee'],
          rows.map((row) => [
            row.id,
            row.person.name,
            row.profile?.handle ?? null,
            row.stage,
            row.blocking.who,
            row.blocking.days,
            row.blocking.what,
            row.fee === null ? null : say(row.fee),
          ]),
        ),
      );
    });
  roster
    .command('move')
    .description('move creators to a stage')
    .argument('<campaign>', 'id or name')
    .argument('<stage>', 'the stage to move to')
    .argument('<enrolment-ids...>', 'ids of `roster list`')
    .option('--skip-reason <text>', 'why stages in between are left out')
    .action(async (campaign: string, stage: string, ids: string[], options: { skipReason?: string }) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      const at = new Map((await allOnRoster(client, id, false)).map((row) => [row.id, row.stage]));
      const enrolments = ids.map((enrolmentId) => ({ id: enrolmentId, from: at.get(enrolmentId) ?? 'unknown' }));
      const done = await client.call(moveOnRoster, { campaignId: id, to: stage, enrolments, ...options });
      cli.print(done, ({ moved, unchanged, conflicts }) =>
        [`${moved} moved, ${unchanged} there already`, ...conflicts.map((one) => `  ${one.message}`)].join('\n'),
      );
    });
}

async function allOnRoster(client: Client, campaignId: string, removed: boolean): Promise<Enrolment[]> {
  const rows: Enrolment[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const answer = await client.call(listRoster, {
      campaignId,
      removed,
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...answer.rows);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return rows;
}

function readPlatform(text: string) {
  const parsed = platformSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'invalid',
    'cli.bad_option',
    `--platform ${text} is not known. Use one of ${platforms.join(', ')}.`,
  );
}
