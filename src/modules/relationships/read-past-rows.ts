import { urlKey } from '#modules/campaigns/index.ts';
import {
  currencyIn,
  type DateOrder,
  decideDateOrder,
  decideDecimalMark,
  isUnknown,
  parseDate,
  parseDecimal,
} from '#modules/creators/index.ts';
import type { CreatorMatch, CreatorSubject } from './match-creators.ts';
import type { PastRow } from './queries/past-work.ts';
import type { PastFile } from './read-past-file.ts';
import { columnWords, type PastColumn } from './rules/past-columns.ts';
import { type Read, ratingScale, readAgain, readRating, standingOf, toMinor } from './rules/read-past-cells.ts';

export interface PastFault {
  row: number;
  field: string;
  message: string;
}

export interface ReadPast {
  rows: (Omit<PastRow, 'id' | 'rowKey'> & { row: number; key: string })[];
  errors: PastFault[];
}

interface Frame {
  match: (subject: CreatorSubject) => CreatorMatch;
  source: string;
  /** For amounts that name none. */
  currency: string | null;
  today: string;
}

const noteMax = 4000;
const textMax = 200;
const farAheadDays = 366 * 2;

/** Reads the rows of a file; one with any fault is left out whole, each fault named by row and column. */
export function readPastRows(file: PastFile, frame: Frame): ReadPast {
  const { at } = file.header;
  const column = (name: PastColumn) =>
    at[name] === undefined ? [] : file.rows.map(({ cells }) => cells[at[name] ?? -1] ?? '');
  const headed = (name: PastColumn) => currencyIn(file.headerCells[at[name] ?? -1] ?? '');
  const by: ColumnFrame = {
    order: decideDateOrder([...column('paidOn'), ...column('postedOn'), ...column('dueOn')]) ?? 'day-first',
    decimal: decideDecimalMark([...column('fee'), ...column('paid')]),
    scale: ratingScale(column('rating')),
    today: frame.today,
    currencyOf: (name) => headed(name) ?? headed(name === 'fee' ? 'paid' : 'fee') ?? frame.currency,
  };
  const out: ReadPast = { rows: [], errors: [] };
  const seen = new Map<string, { row: number; text: string }>();
  for (const { row, cells } of file.rows) {
    const cell = (name: PastColumn) => {
      const text = at[name] === undefined ? '' : (cells[at[name]] ?? '').trim();
      return isUnknown(text) ? null : text;
    };
    const read = readRow(cell, { ...frame, by });
    if (read.faults.length > 0) {
      out.errors.push(...read.faults.map((fault) => ({ row, ...fault })));
      continue;
    }
    const before = seen.get(read.key);
    const text = cells.join('\u0001');
    if (before === undefined) {
      seen.set(read.key, { row, text });
      out.rows.push({ ...read.value, row, key: read.key });
    } else if (before.text !== text)
      out.errors.push({
        row,
        field: 'campaign',
        message: `Row ${before.row} is of the same creator, campaign and post, with other values. Keep one of them, or add the address of the post.`,
      });
  }
  return out;
}

interface ColumnFrame {
  order: DateOrder;
  decimal: '.' | ',' | null;
  scale: number;
  today: string;
  currencyOf: (column: 'fee' | 'paid') => string | null;
}

type Cell = (name: PastColumn) => string | null;
type RowFault = Omit<PastFault, 'row'>;
type RowValue = Omit<PastRow, 'id' | 'rowKey'>;

function readRow(cell: Cell, of: Frame & { by: ColumnFrame }): { faults: RowFault[]; value: RowValue; key: string } {
  const faults: RowFault[] = [];
  const take = <Value>(field: PastColumn, read: Read<Value> | null): Value | null => {
    if (read === null) return null;
    if (read.ok) return read.value;
    faults.push({ field: columnWords[field], message: read.message });
    return null;
  };
  const matched = of.match({ creator: cell('creator'), platform: cell('platform'), email: cell('email') });
  if ('problem' in matched) faults.push({ field: columnWords[matched.field], message: matched.problem });
  const fee = take('fee', readAmount(cell, 'fee', of.by));
  const paid = take('paid', readAmount(cell, 'paid', of.by));
  if (fee !== null && paid !== null && fee.currency !== paid.currency)
    faults.push({ field: columnWords.paid, message: `is in ${paid.currency}, the fee in ${fee.currency}` });
  const paidOn = take('paidOn', readDay(cell('paidOn'), { by: of.by, mayLieAhead: false }));
  const postedOn = take('postedOn', readDay(cell('postedOn'), { by: of.by, mayLieAhead: false }));
  const dueOn = take('dueOn', readDay(cell('dueOn'), { by: of.by, mayLieAhead: true }));
  const ratingText = cell('rating');
  const rating = take('rating', ratingText === null ? null : readRating(ratingText, of.by.scale));
  const againText = cell('again');
  const again = take('again', againText === null ? null : readAgain(againText));
  const postUrl = take('postUrl', readUrl(cell('postUrl')));
  const campaignName = (cell('campaign') ?? '').slice(0, textMax);
  if (campaignName === '' && postUrl === null)
    faults.push({ field: columnWords.campaign, message: 'The row names neither a campaign nor a post' });
  const personId = 'personId' in matched ? matched.personId : '';
  const status = cell('status')?.slice(0, textMax) ?? null;
  const isPaid = paidOn !== null || (paid !== null && paid.minor > 0n);
  return {
    faults,
    key: keyOf({ personId, campaignName, postUrl, day: postedOn ?? dueOn ?? paidOn }),
    value: {
      personId,
      source: of.source,
      campaignName: campaignName === '' ? 'Campaign not named' : campaignName,
      status,
      standing: standingOf({ status, hasPost: postUrl !== null, isPaid }),
      feeMinor: fee?.minor ?? null,
      paidMinor: paid?.minor ?? null,
      currency: fee?.currency ?? paid?.currency ?? null,
      paidOn,
      postUrl,
      postedOn,
      dueOn,
      rating,
      again,
      note: cell('note')?.slice(0, noteMax) ?? null,
    },
  };
}

function keyOf(of: { personId: string; campaignName: string; postUrl: string | null; day: string | null }): string {
  const piece = of.postUrl === null ? (of.day ?? '') : (urlKey(of.postUrl) ?? of.postUrl);
  const campaign = of.campaignName.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
  return JSON.stringify([of.personId, campaign, piece]);
}

function readAmount(
  cell: Cell,
  name: 'fee' | 'paid',
  by: ColumnFrame,
): Read<{ minor: bigint; currency: string }> | null {
  const text = cell(name);
  if (text === null) return null;
  // A gift is no fee of 0: nothing was said of money.
  if (/^(gift(ed|ing)?|product( only)?|barter|free product|none|tfp)$/i.test(text)) return null;
  const currency = currencyIn(text) ?? cell('currency')?.toUpperCase() ?? by.currencyOf(name);
  if (currency === null)
    return {
      ok: false,
      message: `"${short(text)}" names no currency. Add a column currency, or say which one to take`,
    };
  const bare = text
    .replace(/\b(?:us\$|ca\$|r\$)|[€£¥₹$]/gi, ' ')
    .replace(/\b[A-Za-z]{3}\b|\beuros?\b|\bfr\./gi, ' ')
    .trim();
  const parsed = parseDecimal(bare, by.decimal, true);
  if (!parsed.ok) return { ok: false, message: `"${short(text)}" is not one amount` };
  const minor = toMinor(parsed.value, currency);
  return minor.ok
    ? { ok: true, value: { minor: minor.value, currency } }
    : { ok: false, message: `"${short(text)}" ${minor.message}` };
}

function readDay(text: string | null, of: { by: ColumnFrame; mayLieAhead: boolean }): Read<string> | null {
  if (text === null) return null;
  const parsed = parseDate(text, of.by.order);
  if (!parsed.ok) return { ok: false, message: `${parsed.message}. Write it as 2026-05-31` };
  const day = parsed.value.slice(0, 10);
  if (day < '2000-01-01') return { ok: false, message: `${short(text)} is too long ago` };
  const limit = of.mayLieAhead
    ? new Date(Date.parse(of.by.today) + farAheadDays * 86_400_000).toISOString().slice(0, 10)
    : of.by.today;
  return day > limit ? { ok: false, message: `${short(text)} has not come yet` } : { ok: true, value: day };
}

function readUrl(text: string | null): Read<string> | null {
  if (text === null) return null;
  const url = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (url.length > 2000 || !URL.canParse(url) || !/\.[a-z]{2,}/i.test(new URL(url).hostname))
    return { ok: false, message: `"${short(text)}" is not the address of a post` };
  return { ok: true, value: new URL(url).toString() };
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
