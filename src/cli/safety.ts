import type { Command } from 'commander';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import {
  addSafetyList,
  decideSafetyFlag,
  exportSafetyFlags,
  getSafetyLists,
  listSafetyFlags,
  removeSafetyList,
  type SafetyCategory,
  type SafetyFlag,
  type SafetyLists,
  safetyCategories,
  safetyCategorySchema,
} from '#modules/vetting/api.ts';
import { type Cli, table } from './cli.ts';
import { idOfCreator } from './overlap.ts';
import { writeOut } from './write-out.ts';

const states = ['open', 'dismissed', 'all'] as const;
const categories = Object.keys(safetyCategories).join(', ');

/** `safety flags | export | dismiss | reopen | lists | add-list | remove-list`. */
export function registerSafety(program: Command, cli: Cli): void {
  const noun = program.command('safety').description('Words in captions and bios that a brand may not want beside it');
  registerFlags(noun, cli);
  registerLists(noun, cli);
}

interface FlagOptions {
  creator?: string;
  category?: string;
  state: string;
}

function withFilters(command: Command): Command {
  return command
    .option('--creator <id>', 'only of this creator (id or @handle)')
    .option('--category <category>', `one of ${categories}`)
    .option('--state <state>', `one of ${states.join(', ')}`, 'open');
}

async function filtersOf(client: Client, { creator, category, state }: FlagOptions) {
  const known = states.find((one) => one === state);
  if (known === undefined) throw badOption('--state', state, states.join(', '));
  return {
    state: known,
    ...(creator !== undefined && { personId: await idOfCreator(client, creator) }),
    ...(category !== undefined && { category: categoryOf(category) }),
  };
}

function categoryOf(text: string): SafetyCategory {
  const parsed = safetyCategorySchema.safeParse(text);
  if (!parsed.success) throw badOption('--category', text, categories);
  return parsed.data;
}

const badOption = (option: string, value: string, known: string) =>
  new AppError('invalid', 'cli.bad_option', `${option} ${value} is not known. Use one of ${known}.`);

function registerFlags(noun: Command, cli: Cli): void {
  withFilters(noun.command('flags').description('flagged captions and bios, newest found first'))
    .option('--limit <n>', 'how many, at most 500', '50')
    .action(async (options: FlagOptions & { limit: string }) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > 500)
        throw badOption('--limit', options.limit, 'the whole numbers from 1 to 500');
      const client = await cli.client();
      const page = await client.call(listSafetyFlags, { ...(await filtersOf(client, options)), limit });
      cli.print(page, ({ rows }) =>
        table(
          ['ID', 'CREATOR', 'CATEGORY', 'WORD', 'CONTEXT', 'STATE', 'TEXT'],
          rows.map((row) => [
            row.id,
            row.handle ?? row.personId,
            row.category,
            row.word,
            row.context,
            row.state,
            row.excerpt,
          ]),
        ),
      );
    });
  withFilters(
    noun.command('export').description('the flags as a CSV file').argument('<file>', 'where to write it'),
  ).action(async (file: string, options: FlagOptions) => {
    const client = await cli.client();
    const answer = await client.open(exportSafetyFlags, await filtersOf(client, options));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    await writeOut(file, bytes);
    cli.print({ file, bytes: bytes.length }, (written) => `${written.bytes} bytes written to ${written.file}.`);
  });
  noun
    .command('dismiss')
    .description('say that a flag is harmless, with the reason')
    .argument('<flag>', 'id of the flag')
    .requiredOption('--reason <text>', 'why; it stays beside the flag')
    .action(async (flagId: string, { reason }: { reason: string }) => {
      const client = await cli.client();
      cli.print(await client.call(decideSafetyFlag, { flagId, state: 'dismissed', reason }), flagText);
    });
  noun
    .command('reopen')
    .description('open a dismissed flag again')
    .argument('<flag>', 'id of the flag')
    .action(async (flagId: string) => {
      const client = await cli.client();
      cli.print(await client.call(decideSafetyFlag, { flagId, state: 'open' }), flagText);
    });
}

const flagText = (flag: SafetyFlag) =>
  `${flag.id}: “${flag.word}” (${safetyCategories[flag.category]}) is ${flag.state}${flag.reason === null ? '' : `: ${flag.reason}`}.`;

function registerLists(noun: Command, cli: Cli): void {
  noun
    .command('lists')
    .description('the word lists, shipped and own, with their versions')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(getSafetyLists, {}), listsText);
    });
  noun
    .command('add-list')
    .description('add a list of own words; everybody is searched again')
    .argument('<name>', 'name of the list')
    .argument('<words...>', 'words or phrases')
    .requiredOption('--category <category>', `one of ${categories}`)
    .option('--allow', 'these phrases are harmless, instead of flagging them')
    .action(async (name: string, words: string[], options: { category: string; allow?: boolean }) => {
      const client = await cli.client();
      const list = await client.call(addSafetyList, {
        name,
        words,
        category: categoryOf(options.category),
        effect: options.allow === true ? 'allow' : 'flag',
      });
      cli.print(list, (added) => `${added.id}: ${added.words.length} words in “${added.name}”.`);
    });
  noun
    .command('remove-list')
    .description('remove a list of own words; its flags go')
    .argument('<list>', 'id of the list')
    .action(async (listId: string) => {
      const client = await cli.client();
      await client.call(removeSafetyList, { listId });
      cli.print({ removed: listId }, () => 'Removed; its flags go as texts are searched again.');
    });
}

function listsText(lists: SafetyLists): string {
  const count = (words: Record<string, readonly string[]>) =>
    Object.values(words).reduce((sum, some) => sum + some.length, 0);
  const shipped = lists.shipped.map((list) => [
    list.category,
    'shipped',
    count(list.words),
    Object.keys(list.words).length,
    list.isOff ? 'off' : 'on',
    list.version,
  ]);
  const own = lists.own.map((list) => [
    list.category,
    list.name,
    list.words.length,
    null,
    list.effect,
    String(list.version),
  ]);
  const waiting = lists.waiting === 0 ? '' : `\n\n${lists.waiting} creators are still to be searched with these words.`;
  return `${table(['CATEGORY', 'LIST', 'WORDS', 'LANGUAGES', 'STATE', 'VERSION'], [...shipped, ...own])}${waiting}`;
}
