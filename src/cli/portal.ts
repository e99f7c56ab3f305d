import type { Command } from 'commander';
import { listPortalLinks, makePortalLink, revokePortalLink } from '#modules/portal/api.ts';
import { type Cli, table } from './cli.ts';

const mails = {
  queued: 'A mail is on its way.',
  off: 'No mail goes out from here.',
  no_address: 'No e-mail of the creator is known.',
  not_asked: '',
} as const;

/** `portal link | links | revoke`: the ways creators come into their portal. */
export function registerPortal(program: Command, cli: Cli): void {
  const noun = program.command('portal').description('Links into the creators’ portal');

  noun
    .command('link')
    .description('make a link for one creator; it is shown once')
    .requiredOption('--person <id>', 'the creator')
    .option('--path <path>', 'page of the portal it opens at', '/')
    .option('--days <n>', 'days it opens', Number, 14)
    .option('--makes-account', 'they may make an account with it, without a code by mail')
    .option('--mail', 'send it to the creator’s first e-mail')
    .action(async (options: { person: string; path: string; days: number; makesAccount?: boolean; mail?: boolean }) => {
      const client = await cli.client();
      const made = await client.call(makePortalLink, {
        personId: options.person,
        path: options.path,
        days: options.days,
        makesAccount: options.makesAccount === true,
        isMailed: options.mail === true,
      });
      cli.print(made, ({ link, mail }) => `${link}\n${mails[mail]}`.trim());
    });

  noun
    .command('links')
    .description('links and when they were opened')
    .option('--person <id>', 'of one creator')
    .option('--waiting', 'only those whose holders ask for a new one')
    .option('--limit <n>', 'at most so many', Number, 50)
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .action(async (options: { person?: string; waiting?: boolean; limit: number; cursor?: string }) => {
      const client = await cli.client();
      const answer = await client.call(listPortalLinks, {
        personId: options.person,
        ...(options.waiting === true ? { isWaiting: true } : {}),
        limit: options.limit,
        cursor: options.cursor,
      });
      cli.print(answer, ({ rows }) =>
        table(
          ['Link', 'Creator', 'Opens at', 'State', 'Opened', 'Ends'],
          rows.map((row) => [row.id, row.personName, row.path, row.state, String(row.opened), row.expiresAt]),
        ),
      );
    });

  noun
    .command('revoke <link>')
    .description('take a link back; browsers that came by it are out')
    .action(async (linkId: string) => {
      const client = await cli.client();
      cli.print(
        await client.call(revokePortalLink, { linkId }),
        (row) => `${row.id} of ${row.personName} is taken back`,
      );
    });
}
