import type { Command } from 'commander';
import { type AskAnswer, askDiscovery, askModel, searchCreators } from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';

/** `ask "vegan bakers in Leipzig under 30k followers"`: a question in plain words, how it was read, and who matches. */
export function registerAsk(program: Command, cli: Cli): void {
  program
    .command('ask')
    .description('find creators by a question in plain words')
    .argument('<question...>', 'the question')
    .option('--model', 'let the configured language model read it, not the rules')
    .option('--limit <n>', 'rows, at most 500', '20')
    .action(async (words: string[], options: { model?: boolean; limit: string }) => {
      const client = await cli.client();
      const question = words.join(' ');
      const asked = await client.call(options.model === true ? askModel : askDiscovery, { question });
      const answer = await client.call(searchCreators, { ...asked.query, limit: Number(options.limit) });
      cli.print({ asked, answer }, () =>
        [
          ...readingOf(asked),
          '',
          table(
            ['name', 'handle', 'followers', 'why'],
            answer.rows.map((hit) => [
              hit.name ?? '',
              hit.profile?.handle ?? '',
              hit.profile?.followers ?? null,
              hit.why.line.slice(0, 70),
            ]),
          ),
          '',
          `${answer.total} of ${answer.indexed} creators`,
        ].join('\n'),
      );
    });
}

function readingOf(asked: AskAnswer): string[] {
  return [
    ...asked.parts.map((part) => {
      const filter = part.filter === null ? null : asked.query.filters[part.filter];
      const became = filter === null || filter === undefined ? part.kind : JSON.stringify(filter);
      return `"${part.words}" -> ${became}${part.remark === null ? '' : ` (${part.remark})`}`;
    }),
    ...asked.unclear.map((part) => `"${part.words}" is not asked for: ${part.message}`),
  ];
}
