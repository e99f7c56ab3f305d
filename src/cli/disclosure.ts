import { type Command, Option } from 'commander';
import { platforms } from '#kernel/platform.ts';
import {
  checkCaption,
  type DisclosureVerdict,
  exportDisclosureEvidence,
  listDisclosureEvidence,
  mediaKinds,
  relationSchema,
} from '#modules/disclosure/api.ts';
import {
  type DisclosureRate,
  type DisclosureRecord,
  exportDisclosurePdf,
  getDisclosureRecord,
} from '#modules/reports/api.ts';
import { type Cli, table } from './cli.ts';
import { writeOut } from './write-out.ts';

interface CheckOptions {
  text: string;
  platform: (typeof platforms)[number];
  country?: string;
  relation: 'paid' | 'gifted' | 'affiliate' | 'employed' | 'none' | 'unknown';
  media: (typeof mediaKinds)[number];
  said?: string;
  shown?: string;
  brand: string[];
}

interface EvidenceOptions {
  creator?: string;
  campaign?: string;
  subject?: string;
  limit: string;
}

/** `disclosure check | evidence | record | export`. */
export function registerDisclosure(program: Command, cli: Cli): void {
  const noun = program.command('disclosure').description('does a post say that it is advertising?');
  registerCheck(noun, cli);
  registerArchive(noun, cli);
}

function registerCheck(noun: Command, cli: Cli): void {
  noun
    .command('check')
    .description('check one caption against the rules of a country; nothing is kept')
    .requiredOption('--text <text>', 'the caption')
    .addOption(new Option('--platform <platform>', 'where it is published').choices(platforms).default('instagram'))
    .option('--country <code>', "whose rules, such as US or DE; by default the workspace's first country")
    .addOption(
      new Option('--relation <relation>', 'what binds creator and brand')
        .choices(relationSchema.options)
        .default('unknown'),
    )
    .addOption(new Option('--media <kind>', 'what the caption goes with').choices(mediaKinds).default('image'))
    .option('--said <text>', 'what is said in the video')
    .option('--shown <text>', 'what is written in the picture')
    .option('--brand <name>', 'name of the brand; may be given again', (name, all: string[]) => [...all, name], [])
    .action(async (options: CheckOptions) => {
      const client = await cli.client();
      const verdict = await client.call(checkCaption, {
        caption: options.text,
        platform: options.platform,
        relation: options.relation,
        media: { kind: options.media, spokenText: options.said ?? null, onScreenText: options.shown ?? null },
        brandNames: options.brand,
        ...(options.country === undefined ? {} : { country: options.country }),
      });
      cli.print(verdict, verdictText);
    });
}

function registerArchive(noun: Command, cli: Cli): void {
  const archive = (name: string) =>
    noun
      .command(name)
      .option('--creator <id>', 'of one creator')
      .option('--campaign <id>', 'of one campaign')
      .option('--subject <id>', 'of one draft or post, such as sub_…');
  archive('evidence')
    .description('what was seen of drafts and posts, and what the rules said, newest first')
    .option('--limit <n>', 'at most so many', '50')
    .action(async (options: EvidenceOptions) => {
      const client = await cli.client();
      const page = { ...filterOf(options), limit: Number(options.limit) };
      cli.print(await client.call(listDisclosureEvidence, page), ({ rows }) =>
        table(
          ['SEEN', 'VERDICT', 'RULES', 'SUBJECT', 'CAPTION'],
          rows.map((row) => [row.seenAt, words[row.verdict], row.pack, row.subjectId, row.caption.slice(0, 60)]),
        ),
      );
    });
  noun
    .command('record')
    .description('how a creator disclosed deals, in campaigns here and in own posts')
    .argument('<creator>', 'id of the creator')
    .action(async (personId: string) => {
      const client = await cli.client();
      cli.print(await client.call(getDisclosureRecord, { personId }), recordText);
    });
  archive('export')
    .description('write the evidence to a file')
    .addOption(
      new Option('--format <format>', 'pdf to read, json for a regulator').choices(['pdf', 'json']).default('pdf'),
    )
    .requiredOption('--out <file>', 'where to write it; a file that is there is replaced')
    .action(async (options: EvidenceOptions & { format: 'pdf' | 'json'; out: string }) => {
      const client = await cli.client();
      const endpoint = options.format === 'pdf' ? exportDisclosurePdf : exportDisclosureEvidence;
      const answer = await client.open(endpoint, filterOf(options));
      const bytes = Buffer.from(await answer.arrayBuffer());
      await writeOut(options.out, bytes);
      const done = { format: options.format, file: options.out, bytes: bytes.byteLength };
      cli.print(done, ({ file }) => `Written to ${file}.`);
    });
}

const filterOf = ({ creator, campaign, subject }: Omit<EvidenceOptions, 'limit'>) => ({
  ...(creator === undefined ? {} : { personId: creator }),
  ...(campaign === undefined ? {} : { campaignId: campaign }),
  ...(subject === undefined ? {} : { subjectId: subject }),
});

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

function rateText(rate: DisclosureRate): string {
  const { n, disclosed, share, interval, from, to } = rate;
  const span = from === null || to === null ? '' : `, ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  if (share === null || interval === null) return `not enough data (${disclosed} of ${n}${span})`;
  return `${percent(share)} (${disclosed} of ${n}, 95 % interval ${percent(interval.low)} to ${percent(interval.high)}${span})`;
}

function recordText(record: DisclosureRecord): string {
  return [
    `${record.name}: posts with a deal that were clearly labelled`,
    `  in campaigns, as first seen: ${rateText(record.campaigns)}`,
    `  in campaigns, as last seen:  ${rateText(record.standingNow)}`,
    `  in own posts (${record.pack}): ${rateText(record.own)}`,
  ].join('\n');
}

const words = { pass: 'In order', warn: 'Look again', fail: 'Not in order', not_needed: 'No sign of a deal' } as const;

function verdictText({ verdict, findings, repaired, pack }: DisclosureVerdict): string {
  const lines = [`${words[verdict]} (${pack}).`];
  for (const finding of findings)
    lines.push(`  ${finding.severity}  ${finding.rule}  ${finding.message}\n        ${finding.source}`);
  if (repaired !== null) lines.push('', 'Repaired:', repaired);
  return lines.join('\n');
}
