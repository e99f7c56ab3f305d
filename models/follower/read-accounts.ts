import { readTable } from '../../eval/read-rows.ts';
import { AppError } from '../../src/kernel/errors.ts';
import type { AccountFacts } from '../../src/modules/vetting/followers/account-features.ts';
import { noName, switchesIn } from '../../src/modules/vetting/followers/name-shape.ts';

/** A labelled account; `isSuspicious` is what people or the platform held it for. */
export interface LabelledAccount {
  facts: AccountFacts;
  isSuspicious: boolean;
}

type Row = Record<string, string>;
interface Format {
  columns: string[];
  label: string;
  read: (cells: Cells) => Partial<AccountFacts>;
}

/** Reads cells by name, with an error that names row and column. */
interface Cells {
  /** NaN where the cell is empty. */
  number(column: string): number;
  flag(column: string): boolean | null;
  text(column: string): string;
}

const shapeColumns = [
  'username_len',
  'username_digits',
  'username_underscores',
  'username_dots',
  'username_trailing_digits',
  'username_vowel_ratio',
  'username_unique_ratio',
];
const seenOn = Date.UTC(2018, 0, 1);
const dayMs = 86_400_000;

export const accountFormats = {
  ig_fake_srf: {
    columns: [
      'posts',
      'following',
      'followers',
      'has_profile_picture',
      'is_private',
      'username_shape',
      ...shapeColumns,
    ],
    label: 'label_fake',
    read: (cells) => ({
      hasPicture: cells.flag('has_profile_picture'),
      isPrivate: cells.flag('is_private'),
      posts: cells.number('posts'),
      followers: cells.number('followers'),
      following: cells.number('following'),
      ...readShape(cells),
    }),
  },
  ig_fake_kaggle: {
    columns: [
      'profile pic',
      'nums/length username',
      'fullname words',
      'nums/length fullname',
      'name==username',
      'description length',
      'external URL',
      'private',
      '#posts',
      '#followers',
      '#follows',
    ],
    label: 'fake',
    read: (cells) => ({
      hasPicture: cells.flag('profile pic'),
      isPrivate: cells.flag('private'),
      posts: cells.number('#posts'),
      followers: cells.number('#followers'),
      following: cells.number('#follows'),
      nameDigitShare: cells.number('nums/length username'),
      fullNameWords: cells.number('fullname words'),
      fullNameDigitShare: cells.number('nums/length fullname'),
      nameDistance: cells.flag('name==username') === null ? null : cells.flag('name==username') ? 0 : 1,
      bioLength: cells.number('description length'),
      hasLink: cells.flag('external URL'),
    }),
  },
  ig_fake_instafake: {
    columns: [
      'userFollowerCount',
      'userFollowingCount',
      'userBiographyLength',
      'userMediaCount',
      'userHasProfilPic',
      'userIsPrivate',
      'usernameDigitCount',
      'usernameLength',
    ],
    label: 'isFake',
    read: (cells) => ({
      hasPicture: cells.flag('userHasProfilPic'),
      isPrivate: cells.flag('userIsPrivate'),
      posts: cells.number('userMediaCount'),
      followers: cells.number('userFollowerCount'),
      following: cells.number('userFollowingCount'),
      nameLength: cells.number('usernameLength'),
      nameDigitShare: cells.number('usernameDigitCount') / Math.max(1, cells.number('usernameLength')),
      bioLength: cells.number('userBiographyLength'),
    }),
  },
  twitter_bots_kaggle: {
    columns: [
      'followers',
      'friends',
      'listed',
      'favourites',
      'statuses',
      'created_at',
      'verified',
      'default_profile',
      'default_image',
      'has_url',
      'description_len',
      'says_bot',
      'username_shape',
      ...shapeColumns,
    ],
    label: 'label_bot',
    read: (cells) => ({
      hasPicture: cells.flag('default_image') === null ? null : !cells.flag('default_image'),
      isVerified: cells.flag('verified'),
      hasLink: cells.flag('has_url'),
      posts: cells.number('statuses'),
      followers: cells.number('followers'),
      following: cells.number('friends'),
      bioLength: cells.number('description_len'),
      ageDays: ageOf(cells.text('created_at')),
      lists: cells.number('listed'),
      likesGiven: cells.number('favourites'),
      hasDefaultTheme: cells.flag('default_profile'),
      saysBot: cells.flag('says_bot'),
      ...readShape(cells),
    }),
  },
} as const satisfies Record<string, Format>;
export type AccountFormat = keyof typeof accountFormats;

/** Labelled accounts of a file; its format is told by the header. Errors: eval.no_file, eval.unknown_format, eval.bad_row. */
export async function readAccounts(path: string): Promise<{ format: AccountFormat; accounts: LabelledAccount[] }> {
  const formats: Record<AccountFormat, Format> = accountFormats;
  const names = Object.keys(accountFormats) as AccountFormat[];
  const columnsOf = (name: AccountFormat) => [...formats[name].columns, formats[name].label];
  const rows = await readTable(path, Object.fromEntries(names.map((name) => [name, columnsOf(name)])));
  const header = new Set(Object.keys(rows[0] ?? {}));
  const format = names.find((name) => columnsOf(name).every((column) => header.has(column))) ?? 'ig_fake_srf';
  const { label, read } = formats[format];
  const accounts = rows.map((row, at) => {
    const cells = cellsOf(row, `${path}, row ${at + 2}`);
    const isSuspicious = cells.flag(label);
    if (isSuspicious === null)
      throw new AppError('invalid', 'eval.bad_row', `${path}, row ${at + 2}, ${label}: is empty.`);
    return { facts: { ...nothingKnown, ...withoutNaN(read(cells)) }, isSuspicious };
  });
  return { format, accounts };
}

function withoutNaN(facts: Partial<AccountFacts>): Partial<AccountFacts> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, Number.isNaN(value) ? null : value]));
}

export const nothingKnown: AccountFacts = {
  ...noName,
  hasPicture: null,
  isPrivate: null,
  isVerified: null,
  hasLink: null,
  posts: null,
  followers: null,
  following: null,
  bioLength: null,
  fullNameWords: null,
  fullNameDigitShare: null,
  nameDistance: null,
  ageDays: null,
  lists: null,
  likesGiven: null,
  hasDefaultTheme: null,
  saysBot: null,
};

function readShape(cells: Cells): Partial<AccountFacts> {
  const length = cells.number('username_len');
  return {
    nameLength: length,
    nameDigitShare: cells.number('username_digits') / Math.max(1, length),
    nameTrailingDigits: cells.number('username_trailing_digits'),
    nameSeparators: cells.number('username_underscores') + cells.number('username_dots'),
    nameVowelShare: cells.number('username_vowel_ratio'),
    nameDistinctShare: cells.number('username_unique_ratio'),
    nameSwitches: switchesIn([...cells.text('username_shape')]),
  };
}

/** Days to the beginning of 2018, about when the accounts were looked at. Dates come as words or as day/month/year, which cannot be told from month/day. */
function ageOf(text: string): number | null {
  const year = /^\d+\/\d+\/(\d{4})/.exec(text)?.[1];
  const at = year === undefined ? Date.parse(text) : Date.UTC(Number(year), 6, 1);
  return Number.isFinite(at) ? Math.max(1, (seenOn - at) / dayMs) : null;
}

const flags = new Map([
  ['0', false],
  ['1', true],
  ['false', false],
  ['true', true],
]);

function cellsOf(row: Row, where: string): Cells {
  const wrong = (column: string, wanted: string) =>
    new AppError('invalid', 'eval.bad_row', `${where}, ${column}: "${row[column] ?? ''}" is not ${wanted}.`);
  return {
    text: (column) => row[column] ?? '',
    number: (column) => {
      if ((row[column] ?? '').trim() === '') return Number.NaN;
      const value = Number(row[column]);
      if (!Number.isFinite(value) || value < 0) throw wrong(column, 'a number from 0 on');
      return value;
    },
    flag: (column) => {
      const text = (row[column] ?? '').trim().toLowerCase();
      if (text === '') return null;
      const value = flags.get(text);
      if (value === undefined) throw wrong(column, '0, 1, true or false');
      return value;
    },
  };
}
