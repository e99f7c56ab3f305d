import type { Platform } from '#kernel/platform.ts';
import type { Cell, CellResult } from './cell.ts';
import type { Target } from './header-synonyms.ts';
import { type DateOrder, decideDateOrder, parseDate } from './parse-date.ts';
import {
  type DecimalMark,
  decideDecimalMark,
  decideShareScale,
  isUnknown,
  parseCount,
  parseDecimal,
  parseShare,
  type ShareScale,
} from './parse-number.ts';
import {
  readBoolean,
  readContactType,
  readCountry,
  readDuration,
  readEmails,
  readGender,
  readLanguage,
  readList,
  readPlatform,
} from './read-text.ts';
import { readStatementCell } from './statement-cells.ts';
import { isStatementTarget, type StatementTarget } from './statement-target.ts';

export type { Cell } from './cell.ts';

/** One column of the file: what it is read as, and how its numbers and dates are written. Null for what could not be told. */
export interface ColumnPlan {
  column: string;
  target: Target | null;
  platform: Platform | null;
  decimal: DecimalMark | null;
  scale: ShareScale | null;
  dateOrder: DateOrder | null;
}

export const defaultDateOrder: DateOrder = 'day-first';

const counts = new Set<Target>([
  'followers',
  'following',
  'postCount',
  'likes',
  'comments',
  'views',
  'shares',
  'saves',
  'reach',
  'impressions',
]);
const averages = new Set<Target>(['avgLikes', 'avgComments', 'avgViews', 'avgShares', 'avgSaves']);
const dates = new Set<Target>(['lastPostAt', 'observedAt', 'postedAt', 'commentedAt']);
const booleans = new Set<Target>([
  'isPrivate',
  'isVerified',
  'isVideo',
  'isCarousel',
  'isPaidLabel',
  'isOpenToGifting',
  'isOfficialArtist',
]);
const lists = new Set<Target>(['niches', 'tags', 'interests', 'phones', 'hashtags', 'mentions']);

/** Decides per column, from its cells, how numbers, rates and dates are written. */
export function decideReading(
  target: Target | null,
  cells: readonly Cell[],
): Pick<ColumnPlan, 'decimal' | 'scale' | 'dateOrder'> {
  const texts = cells.flatMap((cell) => (cell === null || cell === '' ? [] : [String(cell)]));
  if (target === null) return { decimal: null, scale: null, dateOrder: null };
  if (dates.has(target)) return { decimal: null, scale: null, dateOrder: decideDateOrder(texts) };
  // Typed numbers are written by a program: their point is a decimal point.
  const isTyped = cells.some((cell) => typeof cell === 'number');
  const decimal = isTyped
    ? '.'
    : counts.has(target) || averages.has(target) || target === 'engagementRate'
      ? decideDecimalMark(texts)
      : null;
  if (isStatementTarget(target)) return decideStatement(target, texts, isTyped);
  const scale = target === 'engagementRate' ? decideShareScale(texts, decimal) : null;
  return { decimal, scale, dateOrder: null };
}

function decideStatement(target: StatementTarget, texts: readonly string[], isTyped: boolean) {
  const decimal = isTyped ? '.' : decideDecimalMark(texts.map((text) => text.replace(/[^\d.,\s]/g, '')));
  const isShare = target.startsWith('audience.') && target !== 'audience.n';
  return { decimal, scale: isShare ? decideShareScale(texts, decimal) : null, dateOrder: null };
}

const textMax: Partial<Record<Target, number>> = {
  bio: 10_000,
  caption: 20_000,
  text: 20_000,
  url: 2000,
  profileUrl: 2000,
  postUrl: 2000,
  website: 2000,
  custom: 2000,
};

/** Reads one cell for its target. Null means not known. The message of a failure says what stands there and how to write it. */
export function readCell(plan: ColumnPlan, cell: Cell): CellResult {
  const { target } = plan;
  if (cell === null || cell === '' || target === null) return { ok: true, value: null };
  if (typeof cell === 'string' && isUnknown(cell)) return { ok: true, value: null };
  if (counts.has(target)) return typeof cell === 'number' ? typedCount(cell) : parseCount(String(cell), plan.decimal);
  if (averages.has(target))
    return typeof cell === 'number'
      ? { ok: true, value: cell }
      : nonNegative(parseDecimal(String(cell), plan.decimal ?? '.'), String(cell));
  if (target === 'engagementRate')
    return parseShare(String(cell), {
      decimal: plan.decimal ?? (typeof cell === 'number' ? '.' : null),
      scale: plan.scale ?? 'percent',
    });
  if (dates.has(target)) return parseDate(String(cell), plan.dateOrder ?? defaultDateOrder);
  if (booleans.has(target)) {
    const value = typeof cell === 'boolean' ? cell : readBoolean(String(cell));
    return value === null
      ? { ok: false, message: `"${short(String(cell))}" is neither yes nor no` }
      : { ok: true, value };
  }
  if (isStatementTarget(target)) return readStatementCell({ ...plan, target }, cell);
  const text = String(cell).trim().toWellFormed();
  if (text === '') return { ok: true, value: null };
  if (lists.has(target)) return { ok: true, value: readList(text, 500) };
  return readWord(target, text);
}

function readWord(target: Target, text: string): CellResult {
  if (text.includes('\u0000')) return { ok: false, message: 'holds a NUL character; remove it' };
  switch (target) {
    case 'country': {
      const country = readCountry(text);
      return country === null
        ? {
            ok: false,
            message: `"${short(text)}" is not a country we know; write its name in English or its two-letter code`,
          }
        : { ok: true, value: country };
    }
    case 'platform': {
      const platform = readPlatform(text);
      return platform === null
        ? {
            ok: false,
            message: `"${short(text)}" is not a platform we know: Instagram, TikTok, YouTube, Pinterest or blog`,
          }
        : { ok: true, value: platform };
    }
    case 'languages': {
      const found = readList(text).map((part) => ({ part, code: readLanguage(part) }));
      const unknown = found.find(({ code }) => code === null);
      if (unknown !== undefined)
        return {
          ok: false,
          message: `"${short(unknown.part)}" is not a language we know; write its name in English or its two-letter code`,
        };
      return { ok: true, value: found.flatMap(({ code }) => code ?? []) };
    }
    case 'gender': {
      const gender = readGender(text);
      return gender === null
        ? {
            ok: false,
            message: `"${short(text)}" is neither female, male nor diverse; leave it empty where it is not known`,
          }
        : { ok: true, value: gender };
    }
    case 'contactType': {
      const contactType = readContactType(text);
      return contactType === null
        ? { ok: false, message: `"${short(text)}" is none of influencer, prospect, manager and application` }
        : { ok: true, value: contactType };
    }
    case 'age': {
      const age = /^\d{2,3}$/.test(text) ? Number(text) : 0;
      return age >= 13 && age <= 120
        ? { ok: true, value: age }
        : { ok: false, message: `"${short(text)}" is not an age in years, 13 to 120` };
    }
    case 'durationS': {
      const seconds = readDuration(text);
      return seconds === null
        ? { ok: false, message: `"${short(text)}" is not a length; write seconds, 1:30 or PT1M30S` }
        : { ok: true, value: seconds };
    }
    case 'latitude':
    case 'longitude': {
      const most = target === 'latitude' ? 90 : 180;
      const degrees = Number(text.replace(',', '.'));
      return Number.isFinite(degrees) && Math.abs(degrees) <= most
        ? { ok: true, value: degrees }
        : { ok: false, message: `"${short(text)}" is not a ${target}: degrees from -${most} to ${most}` };
    }
    case 'emails': {
      const { emails, rejected } = readEmails(text);
      const [first] = rejected;
      return first === undefined
        ? { ok: true, value: emails }
        : { ok: false, message: `"${short(first)}" is not an e-mail address` };
    }
    default: {
      const max = textMax[target] ?? 300;
      return text.length > max
        ? { ok: false, message: `is ${text.length} characters long; at most ${max} are kept` }
        : { ok: true, value: text };
    }
  }
}

function typedCount(cell: number): CellResult {
  if (!Number.isFinite(cell) || cell < 0 || cell > 1e13) return { ok: false, message: `${cell} is not a count` };
  return { ok: true, value: Math.round(cell) };
}

function nonNegative(result: ReturnType<typeof parseDecimal>, text: string): CellResult {
  return result.ok && result.value < 0 ? { ok: false, message: `"${short(text)}" is negative` } : result;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
