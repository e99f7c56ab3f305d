import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { createInvitation, createPasswordReset, listMembers, roleSchema, roles } from '#modules/workspaces/api.ts';
import { type Cli, table } from './cli.ts';

/** `members list | invite | reset-password`. */
export function registerMembers(program: Command, cli: Cli): void {
  const noun = program.command('members').description('People of a workspace and their roles');

  noun
    .command('list')
    .description('people of the workspace')
    .action(async () => {
      const client = await cli.client();
      const answer = await client.call(listMembers, {});
      cli.print(answer, ({ rows }) =>
        table(
          ['NAME', 'E-MAIL', 'ROLE', 'SINCE'],
          rows.map((row) => [row.name, row.email, row.role, row.createdAt.slice(0, 10)]),
        ),
      );
    });

  noun
    .command('invite')
    .description('make a link by which a person joins, once and within 7 days')
    .argument('<email>', 'address of the person')
    .option('--role <role>', roles.join(', '), 'manager')
    .action(async (email: string, options: { role: string }) => {
      const role = roleSchema.safeParse(options.role);
      if (!role.success) {
        throw new AppError(
          'invalid',
          'cli.unknown_role',
          `--role: there is no role "${options.role}". Use one of ${roles.join(', ')}.`,
        );
      }
      const client = await cli.client();
      const answer = await client.call(createInvitation, { email, role: role.data });
      cli.print(
        answer,
        () =>
          `${answer.isMailed ? `Sent to ${answer.invitation.email} by mail` : `Send this link to ${answer.invitation.email}`}; it works once, for 7 days:\n${answer.link}`,
      );
    });

  noun
    .command('reset-password')
    .description('make a link by which a person who forgot their password chooses a new one, once and within an hour')
    .argument('<email>', 'address the person signs in with')
    .action(async (email: string) => {
      const client = await cli.client();
      const answer = await client.call(createPasswordReset, { email });
      cli.print(
        answer,
        () =>
          `${answer.isMailed ? `Sent to ${answer.email} by mail` : `Send this link to ${answer.email}`}; it works once, for one hour:\n${answer.link}`,
      );
    });
}
