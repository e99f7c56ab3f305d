import type { Command } from 'commander';
import { createLink, createRosterLinks, type Link, listLinks } from '#modules/tracking/api.ts';
import { type Cli, table } from './cli.ts';

interface CreateOptions {
  to?: string;
  slug?: string;
  enrolment?: string;
  campaign?: string;
  person?: string;
  expires?: string;
  wholeRoster?: boolean;
}

/** `links create | list`: short links whose clicks are counted. */
export function registerLinks(program: Command, cli: Cli): void {
  const noun = program.command('links').description('Short links of creators');

  noun
    .command('create')
    .description('make a short link, or with --whole-roster one for each creator of a campaign')
    .option('--to <url>', "where it leads; the campaign's landing page with --whole-roster when absent")
    .option('--slug <slug>', 'the part after the slash; made from the creator when absent')
    .option('--enrolment <id>', 'the creator on a campaign it belongs to')
    .option('--campaign <id>', 'the campaign it belongs to')
    .option('--person <id>', 'the creator it belongs to')
    .option('--expires <instant>', 'when it ends, such as 2027-01-31T12:00:00Z')
    .option('--whole-roster', 'one link for each creator of --campaign that has none')
    .action(async (options: CreateOptions) => {
      const client = await cli.client();
      const expiresAt = options.expires ?? null;
      if (options.wholeRoster === true) {
        const answer = await client.call(createRosterLinks, {
          campaignId: options.campaign ?? '',
          destination: options.to,
          expiresAt,
        });
        cli.print(
          answer,
          ({ created, existing, links }) => `${linkTable(links)}\n\n${created} made, ${existing} creators had one.`,
        );
        return;
      }
      const link = await client.call(createLink, {
        destination: options.to ?? '',
        slug: options.slug,
        enrolmentId: options.enrolment,
        campaignId: options.campaign,
        personId: options.person,
        expiresAt,
      });
      cli.print(link, (made) => `${made.shortUrl}\nleads to ${made.target}`);
    });

  noun
    .command('list')
    .description('links with their counted clicks')
    .option('--query <text>', 'part of the slug, destination or creator')
    .option('--campaign <id>', 'of one campaign')
    .option('--state <state>', 'live, paused or archived')
    .option('--sort <key>', 'created, clicks or slug', 'created')
    .option('--limit <n>', 'at most so many', Number, 50)
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .action(
      async (options: {
        query?: string;
        campaign?: string;
        state?: Link['state'];
        sort: 'created' | 'clicks' | 'slug';
        limit: number;
        cursor?: string;
      }) => {
        const client = await cli.client();
        const { query, campaign, ...rest } = options;
        const answer = await client.call(listLinks, { ...rest, q: query, campaignId: campaign });
        cli.print(answer, ({ rows }) => linkTable(rows));
      },
    );
}

function linkTable(links: Link[]): string {
  return table(
    ['ID', 'ADDRESS', 'CREATOR', 'CAMPAIGN', 'STATE', 'CLICKS', 'DROPPED', 'LEADS TO'],
    links.map((link) => [
      link.id,
      link.shortUrl,
      link.creator?.name ?? null,
      link.campaign?.name ?? null,
      link.isExpired ? 'expired' : link.state,
      link.clicks,
      link.dropped,
      link.destination,
    ]),
  );
}
