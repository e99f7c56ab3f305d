import { readTable } from '../../eval/read-rows.ts';
import { AppError } from '../../src/kernel/errors.ts';
import type { AccountFacts } from '../../src/modules/vetting/followers/account-features.ts';
import { nothingKnown } from '../follower/read-accounts.ts';

/** An account by what it does; `isAutomated` is what people held it for. */
export interface BehavingAccount {
  row: number[];
  /** What a model of plain accounts can read of it. */
  facts: AccountFacts;
  isAutomated: boolean;
}

const bands = new Map([
  ['1k', 1e3],
  ['100k', 1e5],
  ['1M', 1e6],
  ['10M', 1e7],
]);
const counts = [
  'user_tweeted',
  'user_retweeted',
  'user_favourited',
  'user_replied',
  'likes_per_tweet',
  'retweets_per_tweet',
  'lists_per_user',
  'follower_friend_ratio',
  'tweet_frequency',
  'favourite_tweet_ratio',
  'age_days',
  'sources_count',
  'urls_count',
  'cdn_kb',
] as const;
const nameColumns = [
  'username_len',
  'username_digits',
  'username_underscores',
  'username_dots',
  'username_trailing_digits',
  'username_vowel_ratio',
  'username_unique_ratio',
] as const;
type Column = (typeof counts)[number] | (typeof nameColumns)[number];
const columns: Column[] = [...counts, ...nameColumns];
const sourceKinds = [0, 1, 2, 3, 4, 5];

/** Behaviour against behaviour, as differences of logarithms: trees cut one axis at a time and cannot divide. */
const ratios: readonly (readonly [Column, Column])[] = [
  ['user_tweeted', 'user_retweeted'],
  ['user_favourited', 'user_tweeted'],
  ['user_replied', 'user_tweeted'],
  ['urls_count', 'user_tweeted'],
  ['cdn_kb', 'user_tweeted'],
  ['cdn_kb', 'urls_count'],
  ['sources_count', 'user_tweeted'],
  ['likes_per_tweet', 'retweets_per_tweet'],
  ['user_tweeted', 'tweet_frequency'],
  ['user_favourited', 'age_days'],
  ['lists_per_user', 'follower_friend_ratio'],
  ['user_favourited', 'tweet_frequency'],
  ['user_replied', 'user_retweeted'],
];

/** Accounts of a twitter_bots_gilani file. Errors: eval.no_file, eval.unknown_format, eval.bad_row. */
export async function readBehaviour(path: string): Promise<BehavingAccount[]> {
  const rows = await readTable(path, {
    twitter_bots_gilani: ['followers_band', 'source_identity', 'label_bot', ...columns],
  });
  return rows.map((row, at) => {
    const wrong = (column: string) =>
      new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}, ${column}: "${row[column] ?? ''}" cannot be read.`,
      );
    const values = Object.fromEntries(
      columns.map((column) => {
        const text = (row[column] ?? '').trim();
        const value = text === '' ? Number.NaN : Number(text);
        if (text !== '' && !Number.isFinite(value)) throw wrong(column);
        return [column, value];
      }),
    ) as Record<Column, number>;
    const band = bands.get(row.followers_band ?? '');
    if (band === undefined) throw wrong('followers_band');
    if (row.label_bot !== '0' && row.label_bot !== '1') throw wrong('label_bot');
    const sources = (row.source_identity ?? '').match(/\d+/g)?.map(Number) ?? [];
    return {
      row: behaviourRow(values, band, sources),
      facts: factsOf(values, band),
      isAutomated: row.label_bot === '1',
    };
  });
}

function behaviourRow(values: Record<Column, number>, band: number, sources: readonly number[]): number[] {
  const ln = (column: Column) => Math.log(values[column] + 0.001);
  const length = Math.max(1, values.username_len);
  return [
    Math.log10(band),
    ...counts.map((column) => values[column]),
    ...sourceKinds.map((kind) => Number(sources.includes(kind))),
    sources[0] ?? Number.NaN,
    values.username_len,
    values.username_digits / length,
    values.username_underscores + values.username_dots,
    values.username_trailing_digits,
    values.username_vowel_ratio,
    values.username_unique_ratio,
    ln('tweet_frequency') + ln('age_days'),
    ...ratios.map(([over, under]) => ln(over) - ln(under)),
  ];
}

/** The band stands in for the number of followers, which the set does not give. */
function factsOf(values: Record<Column, number>, band: number): AccountFacts {
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    ...nothingKnown,
    followers: band,
    following: known(band / Math.max(values.follower_friend_ratio, 1e-6)),
    likesGiven: known(values.user_favourited),
    ageDays: known(values.age_days),
    nameLength: known(values.username_len),
    nameDigitShare: known(values.username_digits / Math.max(1, values.username_len)),
    nameTrailingDigits: known(values.username_trailing_digits),
    nameSeparators: known(values.username_underscores + values.username_dots),
    nameVowelShare: known(values.username_vowel_ratio),
    nameDistinctShare: known(values.username_unique_ratio),
  };
}
