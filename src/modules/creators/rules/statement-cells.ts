import { currencyExponent } from '#kernel/money.ts';
import type { StatedDimension } from '../api.ts';
import type { Cell, CellResult } from './cell.ts';
import { type DecimalMark, parseCount, parseDecimal, parseShare, type ShareScale } from './parse-number.ts';
import { audienceValue } from './statement-columns.ts';
import type { StatementTarget } from './statement-target.ts';

/** How the columns of one dimension are read: their scale is decided together. */
export interface StatementPlan {
  target: StatementTarget;
  column: string;
  decimal: DecimalMark | null;
  scale: ShareScale | null;
}

const fault = (message: string): CellResult => ({ ok: false, message });
const short = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

/**
 * Reads a cell of a statement: a share as a fraction, a list of shares as `value=share` parts, a price as `EUR 25000` in minor units, a contact as
 * `kind:value`, the size of a sample as a count.
 */
export function readStatementCell(plan: StatementPlan, cell: Cell): CellResult {
  const text = String(cell).trim().toWellFormed();
  if (text === '') return { ok: true, value: null };
  if (text.includes('\u0000')) return fault('holds a NUL character; remove it');
  const { target } = plan;
  if (target === 'contact.list') return readContactList(text);
  if (target.startsWith('contact.')) return readContact(target.slice(8), text);
  if (target.startsWith('price.')) return readPrice(text, plan);
  if (target === 'audience.n') return parseCount(text, plan.decimal);
  if (target.includes(':') || wholes.has(target)) return readShare(text, plan);
  return readShareList(target.slice(9) as StatedDimension, text);
}

const wholes: ReadonlySet<string> = new Set([
  'audience.credibility',
  'audience.adultShare',
  'audience.likesFromOthers',
]);

// A text of JSON may hold what no text of the database may.
const clean = (text: string) => text.replaceAll('\u0000', '').trim();

function readShare(text: string, plan: StatementPlan): CellResult {
  const share = parseShare(text, { decimal: plan.decimal, scale: plan.scale ?? 'fraction' });
  if (!share.ok) return share;
  return share.value > 1 ? fault(`"${short(text)}" is more than 100 % of the audience`) : share;
}

/** "US 42 %, GB 10 %", {"US": 42} or [{"code": "US", "weight": 0.42}]. */
export function readShareList(dimension: StatedDimension, text: string): CellResult {
  const pairs = text.startsWith('[') || text.startsWith('{') ? pairsOfJson(text) : pairsOfText(text);
  if (pairs === null) return fault(`"${short(text)}" is no list of shares; write such as "US 42 %, GB 10 %"`);
  const isPercent = text.includes('%') || pairs.some(([, share]) => share > 1) || sumOf(pairs) > 1.5;
  const shares = new Map<string, number>();
  for (const [name, given] of pairs) {
    const value = audienceValue(dimension, name);
    if (value === null) {
      // Services count people of unstated gender or age under a name of their own: that is no value.
      if (/^(unknown|other|others|undefined|u|n\/a)$/i.test(name.trim())) continue;
      return fault(`"${short(name)}" is not a ${nounOf[dimension] ?? dimension} we know`);
    }
    const share = isPercent ? Math.round(given * 1e10) / 1e12 : given;
    if (!(share >= 0 && share <= 1))
      return fault(`the share of "${short(name)}" is ${given}; shares lie between 0 and 100 %`);
    shares.set(value, (shares.get(value) ?? 0) + share);
  }
  return { ok: true, value: [...shares].map(([value, share]) => `${value}=${share}`) };
}

const nounOf: Partial<Record<StatedDimension, string>> = { engagersGender: 'gender', genderAge: 'gender with an age' };

function sumOf(pairs: readonly [string, number][]): number {
  return pairs.reduce((sum, [, share]) => sum + share, 0);
}

const nameKeys = [
  'code',
  'name',
  'value',
  'id',
  'title',
  'key',
  'age_range',
  'gender',
  'country',
  'city',
  'language',
  'tag',
];
const shareKeys = ['weight', 'share', 'percent', 'percentage', 'prc', 'ratio', 'value'];

function pairsOfJson(text: string): [string, number][] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) {
    if (typeof parsed !== 'object' || parsed === null) return null;
    const entries = Object.entries(parsed).map(([name, share]): [string, number] => [name, Number(share)]);
    return entries.every(([, share]) => Number.isFinite(share)) ? entries : null;
  }
  const pairs: [string, number][] = [];
  for (const item of parsed as unknown[]) {
    if (typeof item !== 'object' || item === null) return null;
    const fields = item as Record<string, unknown>;
    const nested =
      typeof fields.country === 'object' && fields.country !== null ? (fields.country as typeof fields) : null;
    const age = fields.code ?? fields.age_range ?? fields.name;
    // Services give gender within age as one row an age: {"code": "18-24", "male": 0.1, "female": 0.2}.
    if (typeof age === 'string' && typeof fields.male === 'number' && typeof fields.female === 'number') {
      pairs.push([`female ${age}`, fields.female], [`male ${age}`, fields.male]);
      continue;
    }
    const shareKey = shareKeys.find((key) => typeof fields[key] === 'number');
    const nameKey = nameKeys.find((key) => key !== shareKey && typeof fields[key] === 'string');
    const name =
      nested === null ? (nameKey === undefined ? null : String(fields[nameKey])) : String(nested.code ?? nested.name);
    if (shareKey === undefined || name === null) return null;
    pairs.push([name, Number(fields[shareKey])]);
  }
  return pairs;
}

function pairsOfText(text: string): [string, number][] | null {
  const pairs: [string, number][] = [];
  for (const part of text.split(/[,;|\n](?!\d)/)) {
    const clean = part.trim();
    if (clean === '') continue;
    const match = /^(.*?)[\s:=(]+(\d+(?:[.,]\d+)?)\s*%?\)?$/.exec(clean) ?? null;
    if (match === null) return null;
    const share = parseDecimal(match[2] ?? '', null);
    if (!share.ok || (match[1] ?? '').trim() === '') return null;
    pairs.push([(match[1] ?? '').trim(), share.value]);
  }
  return pairs.length === 0 ? null : pairs;
}

const signs: [RegExp, string][] = [
  [/€|\beur(?:os?)?\b/i, 'EUR'],
  [/£|\bgbp\b/i, 'GBP'],
  [/\bchf\b|\bfr\.(?=\s*\d)/i, 'CHF'],
  [/¥|\bjpy\b/i, 'JPY'],
  [/₹|\binr\b/i, 'INR'],
  [/\bR\$|\bbrl\b/i, 'BRL'],
  [/\b(?:ca\$|c\$|cad)\b/i, 'CAD'],
  [/\b(?:a\$|aud)\b/i, 'AUD'],
  [/\bus\$|\busd\b|\$/i, 'USD'],
];

/** The currency a text names by sign or code; null when it names none. */
export function currencyIn(text: string): string | null {
  const sign = signs.find(([pattern]) => pattern.test(text))?.[1];
  if (sign !== undefined) return sign;
  const code = /\b([A-Z]{3})\b/.exec(text)?.[1];
  return code !== undefined && Intl.supportedValuesOf('currency').includes(code) ? code : null;
}

function readPrice(text: string, plan: StatementPlan): CellResult {
  const currency = currencyIn(text) ?? currencyIn(plan.column);
  if (currency === null)
    return fault(`"${short(text)}" names no currency, and neither does the heading; write such as "€ 250"`);
  const bare = text
    .replace(/\b(?:us\$|ca\$|r\$)|[€£¥₹$]/gi, ' ')
    .replace(/\b[A-Za-z]{3}\b|\beuros?\b|\bfr\./gi, ' ')
    .trim();
  if (/\d\s*(?:-|–|to|bis)\s*\d/.test(bare)) return fault(`"${short(text)}" is a range; give one price`);
  const amount = parseDecimal(bare, plan.decimal, true);
  if (!amount.ok) return fault(`"${short(text)}" is not a price`);
  if (amount.value < 0) return fault(`"${short(text)}" is negative`);
  const minor = Math.round(amount.value * 10 ** currencyExponent(currency));
  if (!Number.isSafeInteger(minor)) return fault(`"${short(text)}" is too large to be a price`);
  return { ok: true, value: `${currency} ${minor}` };
}

function readContact(kind: string, text: string): CellResult {
  return text.length > 300
    ? fault(`is ${text.length} characters long; at most 300 are kept`)
    : { ok: true, value: [`${kind}:${text}`] };
}

/** [{"type": "email", "value": "a@b.c"}] as other services give contacts. */
function readContactList(text: string): CellResult {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fault(`"${short(text)}" is no list of contacts`);
  }
  if (!Array.isArray(parsed)) return fault(`"${short(text)}" is no list of contacts`);
  const contacts = (parsed as Record<string, unknown>[]).flatMap((item) => {
    const kind = item?.type ?? item?.contactType;
    const value = item?.value ?? item?.formatted_value;
    return typeof kind === 'string' && typeof value === 'string' && clean(value) !== ''
      ? [`${clean(kind).toLowerCase()}:${clean(value).slice(0, 300).toWellFormed()}`]
      : [];
  });
  return { ok: true, value: contacts };
}
