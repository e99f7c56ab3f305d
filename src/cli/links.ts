import type { Command } from 'commander';
import {
  checkClickSums,
  checkLink,
  checkLinkDomain,
  createLink,
  createLinkDomain,
  createRosterLinks,
  exportLinks,
  importLinks,
  type Link,
  type LinkDomain,
  listLinkDomains,
  listLinks,
  rebuildClickSums,
} from '#modules/tracking/api.ts';
import { type Cli, table } from './cli.ts';
import { openUpload } from './overlap.ts';
import { writeOut } from './write-out.ts';

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
    .command('sums')
    .description('compare the sums of clicks that reports read with the hits themselves')
    .option('--rebuild', 'make them anew from the hits; clicks that come meanwhile wait in their log')
    .action(async (options: { rebuild?: boolean }) => {
      const client = await cli.client();
      const answer =
        options.rebuild === true ? await client.call(rebuildClickSums, {}) : await client.call(checkClickSums, {});
      cli.print(answer, ({ tables }) =>
        tables.map((one) => `${one.table.padEnd(14)} ${one.rows} rows, ${one.differing} differed`).join('\n'),
      );
    });

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

  noun
    .command('import')
    .description('make links from a CSV: destination, and slug, creator, tags, expires at, utm columns where they are')
    .argument('<file>', 'CSV, gzipped or not')
    .option('--campaign <id>', 'the campaign they belong to')
    .option('--domain <host>', 'a host of your own that serves links')
    .action(async (file: string, options: { campaign?: string; domain?: string }) => {
      const client = await cli.client();
      const input = { campaignId: options.campaign, domain: options.domain };
      cli.print(
        await client.upload(importLinks, input, await openUpload(file)),
        (answer) =>
          `${answer.read} rows read: ${answer.created} made, ${answer.unchanged} were there, ${answer.errorsTotal} at fault.${answer.errors
            .map((error) => `\nrow ${error.row}, ${error.field}: ${error.message}`)
            .join('')}`,
      );
    });

  noun
    .command('export')
    .description('links with their clicks as CSV, in the columns that import reads')
    .argument('<file>', 'where to write it')
    .option('--campaign <id>', 'of one campaign')
    .action(async (file: string, options: { campaign?: string }) => {
      const client = await cli.client();
      const answer = await client.open(exportLinks, { campaignId: options.campaign });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      await writeOut(file, bytes);
      cli.print({ file, bytes: bytes.length }, (written) => `Wrote ${written.file}`);
    });

  noun
    .command('check')
    .description("ask a link's destination now whether it answers")
    .argument('<id>', 'the link')
    .action(async (linkId: string) => {
      const client = await cli.client();
      cli.print(
        await client.call(checkLink, { linkId }),
        ({ health }) => `${health?.state ?? 'unknown'}${health?.problem == null ? '' : `: ${health.problem}`}`,
      );
    });

  registerHosts(noun, cli);
}

/** `links hosts list | add | check`: hosts of one's own. */
function registerHosts(noun: Command, cli: Cli): void {
  const hosts = noun.command('hosts').description('hosts of your own for short links');
  hosts
    .command('list')
    .description('hosts and what their DNS has to say')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listLinkDomains, {}), ({ rows }) => rows.map(hostText).join('\n\n'));
    });
  hosts
    .command('add')
    .description('name a host; it serves links once its DNS says so')
    .argument('<host>', 'such as go.shop.example')
    .option('--cookie-domain <domain>', "the shop's own domain, so that its server reads the click's cookie")
    .option('--front <url>', 'where the bare host leads')
    .action(async (host: string, options: { cookieDomain?: string; front?: string }) => {
      const client = await cli.client();
      const input = { host, cookieDomain: options.cookieDomain, rootUrl: options.front };
      cli.print(await client.call(createLinkDomain, input), hostText);
    });
  hosts
    .command('check')
    .description('look at the DNS of a host now')
    .argument('<id>', 'the host')
    .action(async (domainId: string) => {
      const client = await cli.client();
      cli.print(await client.call(checkLinkDomain, { domainId }), hostText);
    });
}

function hostText(domain: LinkDomain): string {
  const head = `${domain.id}  ${domain.hostShown}  ${domain.state === 'live' ? 'serves links' : 'waits for its DNS'}`;
  if (domain.state === 'live') return head;
  return [
    head,
    ...(domain.problem === null ? [] : [domain.problem]),
    ...domain.records.map((record) => `  ${record.type} ${record.name} ${record.value}`),
  ].join('\n');
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
