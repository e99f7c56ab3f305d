import type { Command } from 'commander';
import {
  type Application,
  approveApplication,
  listApplicationPages,
  listApplications,
  rejectApplication,
} from '#modules/portal/api.ts';
import { type Cli, table } from './cli.ts';

/** `applications list | approve | reject | pages`: who applied on which page. */
export function registerApplications(program: Command, cli: Cli): void {
  const noun = program.command('applications').description('Applications of creators and the pages they come by');

  noun
    .command('list')
    .description('applications, newest first')
    .option('--page <id>', 'of one page')
    .option('--state <state>', 'waits, approved or rejected')
    .option('--query <text>', 'part of name, e-mail or handle')
    .option('--limit <n>', 'at most so many', Number, 50)
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .action(
      async (options: {
        page?: string;
        state?: Application['state'];
        query?: string;
        limit: number;
        cursor?: string;
      }) => {
        const client = await cli.client();
        const { page, state, query, limit, cursor } = options;
        const answer = await client.call(listApplications, { pageId: page, state, q: query, limit, cursor });
        cli.print(answer, ({ rows }) =>
          table(
            ['Application', 'Name', 'E-mail', 'Page', 'State', 'Sent'],
            rows.map((row) => [row.id, row.name, row.email, row.pageTitle, row.state, row.submittedAt]),
          ),
        );
      },
    );

  noun
    .command('pages')
    .description('application pages and how many came how far')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listApplicationPages, {}), ({ rows }) =>
        table(
          ['Page', 'Title', 'State', 'Visits', 'Started', 'Sent', 'Approved', 'Address'],
          rows.map(({ id, title, state, funnel, address }) => [
            id,
            title,
            state,
            ...[funnel.visit, funnel.start, funnel.submit, funnel.approve].map(String),
            address,
          ]),
        ),
      );
    });

  noun
    .command('approve <application>')
    .description('take the applicant up')
    .option('--message <text>', 'a word to them', '')
    .option('--no-mail', 'tell them nothing')
    .action(async (applicationId: string, options: { message: string; mail: boolean }) => {
      const client = await cli.client();
      const { message, mail: isMailed } = options;
      const done = await client.call(approveApplication, { applicationId, message, isMailed });
      cli.print(
        done,
        (row) => `${row.name} is approved: ${row.personId}${row.portalLink === null ? '' : `\n${row.portalLink}`}`,
      );
    });

  noun
    .command('reject <application>')
    .description('turn the applicant down')
    .requiredOption('--reason <text>', 'they read it')
    .option('--no-mail', 'tell them nothing')
    .action(async (applicationId: string, options: { reason: string; mail: boolean }) => {
      const client = await cli.client();
      const { reason, mail: isMailed } = options;
      cli.print(
        await client.call(rejectApplication, { applicationId, reason, isMailed }),
        (row) => `${row.name} is turned down`,
      );
    });
}
