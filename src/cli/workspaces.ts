import type { Command } from 'commander';
import { createWorkspace, listWorkspaces } from '#modules/workspaces/api.ts';
import { type Cli, table } from './cli.ts';
import { registerWorkspaceArchive } from './workspaces-archive.ts';

/** `workspaces list | create | export | import`. */
export function registerWorkspaces(program: Command, cli: Cli): void {
  const noun = program.command('workspaces').description('Brands and clients, each a house of its own');

  noun
    .command('list')
    .description('the workspaces one may open')
    .action(async () => {
      const client = await cli.client();
      const answer = await client.call(listWorkspaces, {});
      cli.print(answer, ({ rows }) =>
        table(
          ['SLUG', 'NAME', 'CURRENCY', 'TIME ZONE', 'KIND'],
          rows.map((row) => [row.slug, row.name, row.currency, row.timeZone, row.isSample ? 'sample' : 'own']),
        ),
      );
    });

  noun
    .command('create')
    .description('make a workspace; it belongs to the first owner of this installation')
    .requiredOption('--name <name>', 'name of the brand or client')
    .option('--slug <slug>', 'its part of addresses; made from the name when absent')
    .option('--currency <code>', 'ISO 4217', 'USD')
    .option('--time-zone <zone>', 'IANA name such as Europe/Paris', 'UTC')
    .action(async (options: { name: string; slug?: string; currency: string; timeZone: string }) => {
      const client = await cli.client();
      const made = await client.call(createWorkspace, options);
      cli.print(made, () => `Made the workspace "${made.name}". Use it with --workspace ${made.slug}.`);
    });

  registerWorkspaceArchive(noun, cli);
}
