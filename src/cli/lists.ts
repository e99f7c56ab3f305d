import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import {
  addToList,
  type CreatorList,
  createList,
  exportList,
  listLists,
  listShares,
  revokeShare,
  shareList,
  voteListMember,
  voteSchema,
} from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';

const pagesMax = 100;

/** `lists list|create|add|vote|export|share|shares|end-share`: shortlists of creators. */
export function registerLists(program: Command, cli: Cli): void {
  const noun = program.command('lists').description('Shortlists of creators');
  noun
    .command('list')
    .description('all open lists')
    .option('--archived', 'the archived ones instead')
    .action(async (options: { archived?: boolean }) => {
      const lists = await allLists(await cli.client(), options.archived === true);
      cli.print({ rows: lists }, ({ rows }) =>
        table(
          ['id', 'name', 'members', 'created'],
          rows.map((list) => [list.id, list.name, list.members, list.createdAt.slice(0, 10)]),
        ),
      );
    });
  noun
    .command('create')
    .description('create a list')
    .requiredOption('--name <name>', 'its name')
    .action(async (options: { name: string }) => {
      const client = await cli.client();
      cli.print(await client.call(createList, { name: options.name }), (list) => `${list.id}  ${list.name}`);
    });
  noun
    .command('add')
    .description('put creators on a list')
    .argument('<list>', 'id or name of the list')
    .argument('<person-ids...>', 'ids of the creators')
    .option('--note <text>', 'note beside each')
    .action(async (list: string, personIds: string[], options: { note?: string }) => {
      const client = await cli.client();
      const listId = await idOf(client, list);
      const done = await client.call(addToList, {
        listId,
        personIds,
        ...(options.note === undefined ? {} : { note: options.note }),
      });
      cli.print({ listId, ...done }, ({ added, already }) => `${added} added, ${already} on it already`);
    });
  noun
    .command('vote')
    .description('vote on a member of a list; none takes the vote back')
    .argument('<list>', 'id or name of the list')
    .argument('<person-id>', 'id of the creator')
    .argument('<vote>', 'yes, maybe, no or none')
    .action(async (list: string, personId: string, given: string) => {
      const vote = given === 'none' ? null : voteSchema.safeParse(given).data;
      if (vote === undefined)
        throw new AppError('invalid', 'cli.vote', `A vote is yes, maybe, no or none, not "${given}".`);
      const client = await cli.client();
      const done = await client.call(voteListMember, { listId: await idOf(client, list), personId, vote });
      cli.print(done, ({ votes }) => votes.map((one) => `${one.voterName}: ${one.vote}`).join('\n') || 'no votes');
    });
  noun
    .command('export')
    .description('write a list to a file; its ending, .csv or .xlsx, says which')
    .argument('<list>', 'id or name of the list')
    .argument('<file>', 'path of the file')
    .action(async (list: string, file: string) => {
      const client = await cli.client();
      const format = file.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv';
      const answer = await client.open(exportList, { listId: await idOf(client, list), format });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      await writeFile(file, bytes);
      cli.print({ file, bytes: bytes.byteLength }, () => `${file}: ${bytes.byteLength} bytes`);
    });
  noun
    .command('share')
    .description('make a link by which somebody outside sees a list; it is told once')
    .argument('<list>', 'id or name of the list')
    .requiredOption('--name <name>', 'whom it is for')
    .option('--days <n>', 'until it ends', '30')
    .option('--passphrase <text>', 'asked for when it is opened')
    .option('--votes', 'they can vote')
    .option('--comments', 'they can comment')
    .action(
      async (
        list: string,
        options: { name: string; days: string; passphrase?: string; votes?: boolean; comments?: boolean },
      ) => {
        const client = await cli.client();
        const made = await client.call(shareList, {
          listId: await idOf(client, list),
          name: options.name,
          days: Number(options.days),
          canVote: options.votes === true,
          canComment: options.comments === true,
          ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }),
        });
        cli.print(made, ({ link }) => link);
      },
    );
  noun
    .command('shares')
    .description('links of a list')
    .argument('<list>', 'id or name of the list')
    .action(async (list: string) => {
      const client = await cli.client();
      const { rows } = await client.call(listShares, { listId: await idOf(client, list), limit: 500 });
      cli.print({ rows }, () =>
        table(
          ['id', 'for', 'ends', 'ended', 'opened'],
          rows.map((one) => [one.id, one.name, one.expiresAt, one.revokedAt ?? '', one.opened]),
        ),
      );
    });
  noun
    .command('end-share')
    .description('end a link at once')
    .argument('<list>', 'id or name of the list')
    .argument('<share>', 'id of the link')
    .action(async (list: string, shareId: string) => {
      const client = await cli.client();
      cli.print(
        await client.call(revokeShare, { listId: await idOf(client, list), shareId }),
        (one) => `ended ${one.revokedAt}`,
      );
    });
}

async function allLists(client: Client, archived: boolean): Promise<CreatorList[]> {
  const lists: CreatorList[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const answer = await client.call(listLists, { archived, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    lists.push(...answer.rows);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return lists;
}

async function idOf(client: Client, list: string): Promise<string> {
  if (list.startsWith('lst_')) return list;
  const found = (await allLists(client, false)).find((one) => one.name.toLowerCase() === list.toLowerCase());
  if (found === undefined)
    throw new AppError('not_found', 'cli.no_list', `There is no list named "${list}". "lists list" shows them.`);
  return found.id;
}
