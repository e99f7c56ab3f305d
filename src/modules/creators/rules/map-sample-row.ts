import type { Platform } from '#kernel/platform.ts';
import { type SampledAccount, sampledAccountSchema } from '../api.ts';
import type { Cell } from './cell.ts';
import { nameDistance } from './name-distance.ts';
import { type DateOrder, parseDate } from './parse-date.ts';
import { parseHandle } from './parse-handle.ts';
import { type DecimalMark, isUnknown, parseCount } from './parse-number.ts';
import { readBoolean } from './read-text.ts';
import { type SampleTarget, saysAnything } from './sample-columns.ts';

export interface SampleReading {
  targets: readonly (SampleTarget | null)[];
  platform: Platform;
  decimal: DecimalMark | null;
  dateOrder: DateOrder;
  /** ISO instant the sample was drawn at: the age of an account holds for it. */
  takenAt: string;
}

export type SampleRowResult =
  | { ok: true; account: SampledAccount }
  | { ok: false; errors: { field: SampleTarget | ''; message: string }[] };

const dayMs = 86_400_000;

/** One account of a sample from the cells of its row. Not known is null; what cannot be read or cannot be true is an error with its field. */
export function mapSampleRow(cells: readonly Cell[], reading: SampleReading): SampleRowResult {
  const errors: { field: SampleTarget | ''; message: string }[] = [];
  const found: Partial<Record<SampleTarget, string | number | boolean>> = {};
  reading.targets.forEach((target, at) => {
    const cell = cells[at] ?? null;
    if (target === null || cell === null || (typeof cell === 'string' && isUnknown(cell))) return;
    const read = readSampleCell(target, cell, reading);
    if (read.ok) found[target] = read.value;
    else errors.push({ field: target, message: read.message });
  });
  if (errors.length > 0) return { ok: false, errors };
  const account = sampledAccountSchema.parse({ ...plainFields(found), ...measuresOf(found, reading.takenAt) });
  if (!saysAnything(account))
    return { ok: false, errors: [{ field: '', message: 'nothing is known of this account' }] };
  return { ok: true, account };
}

type Read = { ok: true; value: string | number | boolean } | { ok: false; message: string };

function readSampleCell(target: SampleTarget, cell: string | number | boolean, reading: SampleReading): Read {
  switch (target) {
    case 'followers':
    case 'following':
    case 'posts':
    case 'bioLength':
    case 'ageDays':
      return readCount(cell, reading.decimal);
    case 'isPrivate':
    case 'isVerified':
    case 'hasPicture':
    case 'hasNoPicture':
    case 'hasLink': {
      const value = typeof cell === 'boolean' ? cell : readBoolean(String(cell));
      return value === null ? { ok: false, message: `"${clip(cell)}" is neither yes nor no` } : { ok: true, value };
    }
    case 'handle': {
      const parsed = parseHandle(String(cell), reading.platform);
      return parsed.ok ? { ok: true, value: parsed.value.handle } : parsed;
    }
    case 'madeAt': {
      const parsed = parseDate(String(cell), reading.dateOrder);
      if (parsed.ok && Date.parse(parsed.value) > Date.parse(reading.takenAt))
        return { ok: false, message: `"${clip(cell)}" is after the sample was drawn` };
      return parsed;
    }
    case 'link':
    case 'bio':
    case 'fullName':
      return { ok: true, value: String(cell) };
  }
}

function readCount(cell: string | number | boolean, decimal: DecimalMark | null): Read {
  if (typeof cell === 'boolean') return { ok: false, message: `"${cell}" is not a count` };
  if (typeof cell === 'string') return atMost(parseCount(cell, decimal));
  if (!Number.isFinite(cell)) return { ok: false, message: 'is not a number' };
  if (cell < 0) return { ok: false, message: `${cell} is negative; a count starts at 0` };
  return atMost({ ok: true, value: Math.round(cell) });
}

const countMax = 1e12;
const atMost = (read: Read): Read =>
  read.ok && Number(read.value) > countMax ? { ok: false, message: `${read.value} is too large to be a count` } : read;

type Found = Partial<Record<SampleTarget, string | number | boolean>>;

function plainFields(found: Found): Record<string, unknown> {
  const {
    handle,
    followers,
    following,
    posts,
    isPrivate,
    isVerified,
    hasPicture,
    hasNoPicture,
    hasLink,
    bioLength,
    ageDays,
  } = found;
  const picture = hasPicture ?? (hasNoPicture === undefined ? undefined : hasNoPicture === false);
  return {
    handle,
    followers,
    following,
    posts,
    isPrivate,
    isVerified,
    hasPicture: picture,
    hasLink,
    bioLength,
    ageDays,
  };
}

/** Names, bios and links are measured and forgotten. An empty cell is not known, so a link or bio can be seen and its lack cannot. */
function measuresOf({ handle, fullName, bio, link, madeAt, ...rest }: Found, takenAt: string): Record<string, unknown> {
  const measures: Record<string, unknown> = {};
  if (bio !== undefined && rest.bioLength === undefined) measures.bioLength = [...String(bio)].length;
  if (link !== undefined && rest.hasLink === undefined) {
    const said = readBoolean(String(link));
    measures.hasLink = said ?? true;
  }
  if (madeAt !== undefined && rest.ageDays === undefined)
    measures.ageDays = Math.floor((Date.parse(takenAt) - Date.parse(String(madeAt))) / dayMs);
  if (fullName !== undefined) {
    const characters = [...String(fullName)];
    measures.fullNameWords = String(fullName)
      .split(/\s+/)
      .filter((word) => word !== '').length;
    measures.fullNameDigitShare =
      characters.filter((one) => /\p{Nd}/u.test(one)).length / Math.max(1, characters.length);
    if (handle !== undefined) measures.nameDistance = nameDistance(String(handle), String(fullName));
  }
  return measures;
}

const clip = (cell: unknown) => String(cell).slice(0, 60);
