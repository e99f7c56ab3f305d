import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { addToList, type CreatorList, createList, listLists } from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';

const pagesMax = 100;

/** `lists list|create|add`: shortlists of creators. */
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
