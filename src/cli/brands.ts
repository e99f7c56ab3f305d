import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import {
  compareBrands,
  createBrand,
  deleteBrand,
  listBrandCreators,
  listBrandFollowers,
  listBrandPosts,
  listBrands,
} from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';
import { platformOf } from './overlap.ts';

interface PeriodOptions {
  from?: string;
  to?: string;
  platform?: string;
}

const periodOf = (options: PeriodOptions) => ({
  ...(options.from === undefined ? {} : { from: options.from }),
  ...(options.to === undefined ? {} : { to: options.to }),
  ...platformOf(options.platform),
});

const withPeriod = (command: Command) =>
  command
    .option('--from <day>', 'first day, by default a year back')
    .option('--to <day>', 'last day, by default today')
    .option('--platform <platform>', 'only posts of this platform');

/** `brands list|watch|forget|compare|creators|posts|followers`: who posts about brands. */
export function registerBrands(program: Command, cli: Cli): void {
  const noun = program.command('brands').description('Brands that are watched, and who posts about them');
  noun
    .command('list')
    .description('watched brands')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listBrands, {}), ({ rows }) =>
        table(
          ['id', 'name', 'own', 'named by', 'looked after by'],
          rows.map((brand) => [
            brand.id,
            brand.name,
            brand.isOwn ? 'yes' : '',
            [
              ...brand.handles.map((handle) => `@${handle}`),
              ...brand.hashtags.map((tag) => `#${tag}`),
              ...brand.keywords,
            ].join(', '),
            brand.owner.name,
          ]),
        ),
      );
    });
  noun
    .command('watch')
    .description('watch a brand by its accounts, hashtags and words')
    .argument('<name>', 'its name')
    .argument('<terms...>', '@accounts, #hashtags, and words of captions')
    .option('--own', 'it is your own brand')
    .action(async (name: string, terms: string[], options: { own?: boolean }) => {
      const client = await cli.client();
      const brand = await client.call(createBrand, {
        name,
        isOwn: options.own === true,
        handles: terms.filter((term) => term.startsWith('@')),
        hashtags: terms.filter((term) => term.startsWith('#')),
        keywords: terms.filter((term) => !/^[@#]/.test(term)),
      });
      cli.print(brand, ({ id }) => `${id}  ${name}`);
    });
  noun
    .command('forget')
    .description('stop watching a brand')
    .argument('<brand>', 'id or name')
    .action(async (brand: string) => {
      const client = await cli.client();
      cli.print(await client.call(deleteBrand, { brandId: await idOf(client, brand) }), () => 'forgotten');
    });
  registerReading(noun, cli);
}

function registerReading(noun: Command, cli: Cli): void {
  withPeriod(
    noun.command('compare').description('brands side by side over a period').argument('<brands...>', 'ids or names'),
  ).action(async (brands: string[], options: PeriodOptions) => {
    const client = await cli.client();
    const brandIds = await Promise.all(brands.map((brand) => idOf(client, brand)));
    cli.print(await client.call(compareBrands, { brandIds, ...periodOf(options) }), (answer) =>
      [
        table(
          ['brand', 'posts', 'creators', 'paid', 'organic', 'not said', 'engagements', 'of posts', 'share of posts'],
          answer.rows.map((row) => [
            row.brand.name,
            row.posts,
            row.creators,
            row.paid,
            row.organic,
            row.unknown,
            row.engagements,
            row.engagementPosts,
            row.shareOfPosts === null ? null : `${(row.shareOfPosts * 100).toFixed(1)} %`,
          ]),
        ),
        `Rests on ${answer.basis.posts} posts of ${answer.basis.creators} creators, ${answer.from} to ${answer.to}`,
      ].join('\n'),
    );
  });
  withPeriod(noun.command('creators').description('who posts about a brand').argument('<brand>', 'id or name')).action(
    async (brand: string, options: PeriodOptions) => {
      const client = await cli.client();
      const input = { brandId: await idOf(client, brand), limit: 500, ...periodOf(options) };
      cli.print(await client.call(listBrandCreators, input), ({ rows }) =>
        table(
          ['id', 'creator', 'posts', 'paid', 'followers', 'engagements', 'first', 'last'],
          rows.map((row) => [
            row.personId,
            row.name,
            row.posts,
            row.paid,
            row.profile?.followers ?? null,
            row.engagements,
            row.firstAt?.slice(0, 10) ?? null,
            row.lastAt?.slice(0, 10) ?? null,
          ]),
        ),
      );
    },
  );
  registerEvidence(noun, cli);
}

function registerEvidence(noun: Command, cli: Cli): void {
  withPeriod(noun.command('posts').description('the posts that name a brand').argument('<brand>', 'id or name')).action(
    async (brand: string, options: PeriodOptions) => {
      const client = await cli.client();
      const input = { brandId: await idOf(client, brand), limit: 500, ...periodOf(options) };
      cli.print(await client.call(listBrandPosts, input), ({ rows }) =>
        table(
          ['date', 'creator', 'paid', 'likes', 'comments', 'post'],
          rows.map((row) => [
            row.postedAt?.slice(0, 10) ?? null,
            row.name,
            row.payment,
            row.likes,
            row.comments,
            row.url ?? row.id,
          ]),
        ),
      );
    },
  );
  noun
    .command('followers')
    .description('creators of yours who follow a brand, by its imported files')
    .argument('<brand>', 'id or name')
    .action(async (brand: string) => {
      const client = await cli.client();
      const answer = await client.call(listBrandFollowers, { brandId: await idOf(client, brand), limit: 500 });
      cli.print(answer, ({ rows, note }) =>
        [
          table(
            ['id', 'creator', 'handle', 'followers', 'posts about it'],
            rows.map((row) => [row.personId, row.name, `@${row.handle}`, row.followers, row.mentions]),
          ),
          note,
        ].join('\n'),
      );
    });
}

async function idOf(client: Client, brand: string): Promise<string> {
  if (brand.startsWith('wbr_')) return brand;
  const { rows } = await client.call(listBrands, {});
  const found = rows.find((row) => row.name.toLowerCase() === brand.toLowerCase());
  if (found !== undefined) return found.id;
  throw new AppError('not_found', 'cli.no_brand', `No brand named "${brand}" is watched. "brands list" shows them.`);
}
