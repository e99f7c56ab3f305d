import { type Command, Option } from 'commander';
import { platforms } from '#kernel/platform.ts';
import { checkCaption, type DisclosureVerdict, mediaKinds, relationSchema } from '#modules/disclosure/api.ts';
import type { Cli } from './cli.ts';

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

/** `disclosure check`. */
export function registerDisclosure(program: Command, cli: Cli): void {
  const noun = program.command('disclosure').description('does a post say that it is advertising?');
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

const words = { pass: 'In order', warn: 'Look again', fail: 'Not in order', not_needed: 'No sign of a deal' } as const;

function verdictText({ verdict, findings, repaired, pack }: DisclosureVerdict): string {
  const lines = [`${words[verdict]} (${pack}).`];
  for (const finding of findings)
    lines.push(`  ${finding.severity}  ${finding.rule}  ${finding.message}\n        ${finding.source}`);
  if (repaired !== null) lines.push('', 'Repaired:', repaired);
  return lines.join('\n');
}
