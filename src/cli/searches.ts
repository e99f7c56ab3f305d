import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import {
  checkSearch,
  deleteSearch,
  getSearchNotice,
  listSearches,
  listSearchNotices,
  runSearch,
  type SavedSearch,
  updateSearch,
} from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';

/** `searches list|run|alerts|check|notices|notice|delete`: saved searches and their new matches. */
export function registerSearches(program: Command, cli: Cli): void {
  const noun = program.command('searches').description('Saved searches, and who matches them anew');
  noun
    .command('list')
    .description('saved searches')
    .action(async () => {
      const { rows } = await (await cli.client()).call(listSearches, { limit: 500 });
      cli.print({ rows }, () =>
        table(
          ['id', 'name', 'alerts', 'looked at'],
          rows.map((one) => [one.id, one.name, one.alerts ? 'on' : 'off', one.checkFault ?? one.checkedAt ?? '']),
        ),
      );
    });
  noun
    .command('run')
    .description('who matches now')
    .argument('<search>', 'id or name')
    .option('--limit <n>', 'rows, at most 500', '20')
    .action(async (search: string, options: { limit: string }) => {
      const client = await cli.client();
      const answer = await client.call(runSearch, {
        searchId: await idOf(client, search),
        limit: Number(options.limit),
      });
      cli.print(answer, ({ rows, total }) =>
        [
          table(
            ['name', 'handle', 'why'],
            rows.map((hit) => [hit.name ?? '', hit.profile?.handle ?? '', hit.why.line.slice(0, 70)]),
          ),
          '',
          `${total} creators`,
        ].join('\n'),
      );
    });
  noun
    .command('alerts')
    .description('switch notices of new matches on or off')
    .argument('<search>', 'id or name')
    .argument('<on|off>', 'on or off')
    .action(async (search: string, state: string) => {
      if (state !== 'on' && state !== 'off')
        throw new AppError('invalid', 'cli.alerts', `Alerts are on or off, not "${state}".`);
      const client = await cli.client();
      const changed = await client.call(updateSearch, { searchId: await idOf(client, search), alerts: state === 'on' });
      cli.print(changed, (one) => one.checkFault ?? `${one.name}: alerts ${one.alerts ? 'on' : 'off'}`);
    });
  noun
    .command('check')
    .description('look for new matches now')
    .argument('<search>', 'id or name')
    .action(async (search: string) => {
      const client = await cli.client();
      const done = await client.call(checkSearch, { searchId: await idOf(client, search) });
      cli.print(done, ({ found, search: one }) => one.checkFault ?? `${found} new`);
    });
  noun
    .command('notices')
    .description('new matches told of, newest first')
    .action(async () => {
      const { rows } = await (await cli.client()).call(listSearchNotices, { limit: 100 });
      cli.print({ rows }, () =>
        table(
          ['id', 'search', 'new', 'found'],
          rows.map((one) => [one.id, one.searchName, one.creators, one.foundAt]),
        ),
      );
    });
  noun
    .command('notice')
    .description('the creators of one notice')
    .argument('<id>', 'id of the notice')
    .action(async (noticeId: string) => {
      cli.print(await (await cli.client()).call(getSearchNotice, { noticeId }), ({ personIds }) =>
        personIds.join('\n'),
      );
    });
  noun
    .command('delete')
    .description('delete a saved search')
    .argument('<search>', 'id or name')
    .action(async (search: string) => {
      const client = await cli.client();
      await client.call(deleteSearch, { searchId: await idOf(client, search) });
      cli.print(null, () => 'deleted');
    });
}

async function idOf(client: Client, search: string): Promise<string> {
  if (search.startsWith('srch_')) return search;
  const { rows } = await client.call(listSearches, { limit: 500 });
  const found: SavedSearch | undefined = rows.find((one) => one.name.toLowerCase() === search.toLowerCase());
  if (found === undefined)
    throw new AppError(
      'not_found',
      'cli.no_search',
      `There is no saved search named "${search}". "searches list" shows them.`,
    );
  return found.id;
}
