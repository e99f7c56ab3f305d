import type { Command } from 'commander';
import { areas } from '#kernel/endpoint.ts';
import { AppError } from '#kernel/errors.ts';
import { createApiKey, listApiKeys, revokeApiKey, scopeSchema } from '#modules/workspaces/api.ts';
import { type Cli, table } from './cli.ts';

/** `api-keys create | list | revoke`: works on the server's own machine with or without a running server. */
export function registerApiKeys(program: Command, cli: Cli): void {
  const noun = program.command('api-keys').description('Keys by which programs call the API');

  noun
    .command('create')
    .description('make a key and print it, once')
    .requiredOption('--name <name>', 'what the key is for')
    .requiredOption('--scopes <scopes>', `"all", or a list such as creators:read,tracking:write (${areas.join(', ')})`)
    .option('--expires <instant>', 'when it ends, such as 2027-01-31 or 2027-01-31T12:00:00Z; never when absent')
    .action(async (options: { name: string; scopes: string; expires?: string }) => {
      const { name } = options;
      const scopes = readScopes(options.scopes);
      const expiresAt = options.expires === undefined ? undefined : readInstant(options.expires);
      const client = await cli.client();
      const made = await client.call(createApiKey, { name, scopes, ...(expiresAt !== undefined && { expiresAt }) });
      cli.print(
        made,
        () => `${made.key}\n\nThis is the only time the key is shown. Scopes: ${made.scopes.join(', ')}.`,
      );
    });

  noun
    .command('list')
    .description('the keys of the workspace, without their secrets')
    .action(async () => {
      const client = await cli.client();
      const answer = await client.call(listApiKeys, {});
      cli.print(answer, ({ rows }) =>
        table(
          ['ID', 'NAME', 'PREFIX', 'SCOPES', 'LAST USED', 'STATE'],
          rows.map((key) => [key.id, key.name, key.prefix, key.scopes.join(','), key.lastUsedAt, stateOf(key)]),
        ),
      );
    });

  noun
    .command('revoke')
    .description('make a key stop working, at once and for ever')
    .argument('<key-id>', 'id of the key, from list')
    .action(async (keyId: string) => {
      const client = await cli.client();
      const revoked = await client.call(revokeApiKey, { keyId });
      cli.print(revoked, () => `The key "${revoked.name}" no longer works.`);
    });
}

function readScopes(text: string) {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return words.map((word) => {
    if (word === 'all') return word;
    const scope = scopeSchema.safeParse(word);
    if (scope.success) return scope.data;
    const known = `all, or <area>:read and <area>:write of ${areas.join(', ')}`;
    throw new AppError('invalid', 'cli.unknown_scope', `--scopes: there is no scope "${word}". Use ${known}.`);
  });
}

function readInstant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new AppError(
      'invalid',
      'cli.bad_time',
      `--expires: "${text}" is not a time. Write 2027-01-31 or 2027-01-31T12:00:00Z.`,
    );
  }
  return new Date(time).toISOString();
}

function stateOf(key: { revokedAt: string | null; expiresAt: string | null }): string {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt === null ? 'works' : `until ${key.expiresAt.slice(0, 10)}`;
}
