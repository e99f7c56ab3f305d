import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { correctSponsoredPost, type DealPost, dealRules, listSponsoredPosts } from '#modules/vetting/api.ts';
import { type Cli, table } from './cli.ts';
import { idOfCreator } from './overlap.ts';

const states = ['deal', 'likely', 'own', 'all'] as const;

/** `paid-posts list | mark | unmark`. */
export function registerPaidPosts(program: Command, cli: Cli): void {
  const noun = program.command('paid-posts').description('Which posts of a creator are paid for, and what says so');
  noun
    .command('list')
    .description('posts with what says they are paid for, newest first')
    .argument('<creator>', 'id of the creator, or @handle')
    .option('--state <state>', `one of ${states.join(', ')}`, 'deal')
    .option('--limit <n>', 'how many, at most 200', '50')
    .action(async (creator: string, options: { state: string; limit: string }) => {
      const state = states.find((one) => one === options.state);
      if (state === undefined)
        throw new AppError(
          'invalid',
          'cli.bad_option',
          `--state ${options.state} is not known. Use one of ${states.join(', ')}.`,
        );
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > 200)
        throw new AppError(
          'invalid',
          'cli.bad_option',
          `--limit ${options.limit} is not a whole number from 1 to 200.`,
        );
      const client = await cli.client();
      const personId = await idOfCreator(client, creator);
      const page = await client.call(listSponsoredPosts, { personId, state, limit });
      cli.print(page, ({ rows }) =>
        table(
          ['ID', 'POSTED', 'STATE', 'BRANDS', 'LABEL', 'WHY', 'TEXT'],
          rows.map((row) => [
            row.postId,
            row.postedAt?.slice(0, 10) ?? null,
            row.state,
            row.brands.join(' '),
            row.disclosure,
            whyOf(row),
            row.excerpt.slice(0, 60),
          ]),
        ),
      );
    });
  noun
    .command('mark')
    .description('say that a post is paid for, or is not, whatever the rules find')
    .argument('<creator>', 'id of the creator, or @handle')
    .argument('<post>', 'id of the post')
    .argument('<paid>', 'yes or no')
    .option('--brand <names...>', 'who paid; left out, the accounts the post names')
    .option('--reason <text>', 'why', '')
    .action(async (creator: string, postId: string, paid: string, options: { brand?: string[]; reason: string }) => {
      if (paid !== 'yes' && paid !== 'no')
        throw new AppError('invalid', 'cli.bad_option', `Say yes or no, not "${paid}".`);
      const client = await cli.client();
      const personId = await idOfCreator(client, creator);
      const said = { isSponsored: paid === 'yes', brands: options.brand ?? [], reason: options.reason };
      cli.print(await client.call(correctSponsoredPost, { personId, postId, ...said }), postText);
    });
  noun
    .command('unmark')
    .description('take back what a person said of a post')
    .argument('<creator>', 'id of the creator, or @handle')
    .argument('<post>', 'id of the post')
    .action(async (creator: string, postId: string) => {
      const client = await cli.client();
      const personId = await idOfCreator(client, creator);
      cli.print(await client.call(correctSponsoredPost, { personId, postId, isSponsored: null }), postText);
    });
}

function whyOf(post: DealPost): string {
  if (post.correction !== null) return `${post.correction.by} said so`;
  if (post.rule !== null) return `${dealRules[post.rule.name]}: ${post.rule.wording}`.slice(0, 60);
  return post.probability === null ? '' : `by its text ${Math.round(100 * post.probability)} %`;
}

const words = { deal: 'paid for', likely: 'likely paid for, not counted', own: 'an own post' } as const;

const postText = (post: DealPost) =>
  `${post.postId} is ${words[post.state]}${post.brands.length === 0 ? '' : ` (${post.brands.join(', ')})`}. ${whyOf(post)}`;
