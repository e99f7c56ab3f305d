import type { Command } from 'commander';
import { compareTiers, getSearchSettings, putSearchSettings } from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';
import { platformOf } from './overlap.ts';

interface Options {
  list?: string;
  platform?: string;
  source?: string;
}

const percent = (median: { value: number } | null) =>
  median === null ? 'not enough data' : `${(median.value * 100).toFixed(2)} %`;

/** `tiers compare`: sizes side by side on the own creators or a list. */
export function registerTiers(program: Command, cli: Cli): void {
  const noun = program.command('tiers').description('Tiers of size side by side');
  noun
    .command('smallest [followers]')
    .description(
      'leave profiles with fewer followers out of every search; 0 leaves out nobody; without a number, tell the setting',
    )
    .action(async (followers: string | undefined) => {
      const client = await cli.client();
      const settings =
        followers === undefined
          ? await client.call(getSearchSettings, {})
          : await client.call(putSearchSettings, { followersMin: Number(followers) });
      cli.print(settings, ({ followersMin }) =>
        followersMin === 0 ? 'Nobody is left out by size.' : `Profiles under ${followersMin} followers are left out.`,
      );
    });
  noun
    .command('compare')
    .description('creators and medians by tier, with published bands beside them')
    .option('--list <id>', 'only creators of this list')
    .option('--platform <platform>', 'only profiles of this platform')
    .option('--source <name>', 'published bands of this source')
    .action(async (options: Options) => {
      const client = await cli.client();
      const input = {
        ...(options.list === undefined ? {} : { listId: options.list }),
        ...platformOf(options.platform),
        ...(options.source === undefined ? {} : { source: options.source }),
      };
      cli.print(await client.call(compareTiers, input), (answer) =>
        [
          table(
            ['tier', 'creators', 'engagement', 'growth, 3 months', 'credibility'],
            answer.rows.map((row) => [
              row.tier.name,
              row.creators,
              percent(row.engagementRate),
              percent(row.growth3m),
              row.credibility === null ? 'not enough data' : row.credibility.value.toFixed(0),
            ]),
          ),
          ...(options.source === undefined
            ? [
                `Published bands: ${answer.sources.map(({ source, year }) => `${source} ${year ?? '(no year)'}`).join(', ')}`,
              ]
            : answer.bands.map(
                (band) =>
                  `${band.source} ${band.year ?? '(no year)'}, ${band.platform}, ${band.definition}, ${band.tier}: ${band.low ?? 'up'} to ${band.high ?? 'open'}${band.currency === null ? '' : ` ${band.currency}`}`,
              )),
        ].join('\n'),
      );
    });
}
