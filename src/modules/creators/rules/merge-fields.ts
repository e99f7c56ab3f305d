/** A value as stated by one source at one instant; `n` and `formula` when it was computed. */
export interface Stamp {
  source: string;
  at: string;
  n?: number;
  formula?: string;
}

/** Stamps by field; `*` holds for every field that has none of its own. */
export type Stamps = Record<string, Stamp>;

export type FieldValue = string | number | boolean | null | Record<string, unknown>;

/** A set of fields with who stated each. Null means not known. */
export interface Stamped<Fields extends Record<string, FieldValue>> {
  values: Fields;
  stamps: Stamps;
}

export const handPrefix = 'entered by ';

/**
 * Two statements about the same thing made one, field by field: what is known beats what is not, the later instant beats the earlier, and of one
 * instant the greater value holds. So the result does not depend on the order, the grouping or the repetition of the statements: it is a join
 * of a semilattice (commutative, associative, idempotent). With `handWins`, what a person entered beats what files say, whenever.
 */
export function mergeFields<Fields extends Record<string, FieldValue>>(
  a: Stamped<Fields>,
  b: Stamped<Fields>,
  options: { handWins: boolean },
): Stamped<Fields> {
  const values: Record<string, FieldValue> = {};
  const stamps: Stamps = {};
  for (const field of new Set([...Object.keys(a.values), ...Object.keys(b.values)])) {
    const winner = holds(a, b, { field, handWins: options.handWins }) ? a : b;
    values[field] = winner.values[field] ?? null;
    const stamp = stampOf(winner.stamps, field);
    if (values[field] !== null && stamp !== null) stamps[field] = stamp;
  }
  return { values: values as Fields, stamps: compact(stamps) };
}

/** The newest instant of all stamps; null when there is none. */
export function newestAt(stamps: Stamps): string | null {
  let newest: string | null = null;
  for (const { at } of Object.values(stamps)) if (newest === null || at > newest) newest = at;
  return newest;
}

export function stampOf(stamps: Stamps, field: string): Stamp | null {
  return stamps[field] ?? stamps['*'] ?? null;
}

function holds(
  a: Stamped<Record<string, FieldValue>>,
  b: Stamped<Record<string, FieldValue>>,
  by: { field: string; handWins: boolean },
): boolean {
  const [left, right] = [a.values[by.field] ?? null, b.values[by.field] ?? null];
  if (right === null) return true;
  if (left === null) return false;
  const [leftStamp, rightStamp] = [stampOf(a.stamps, by.field), stampOf(b.stamps, by.field)];
  if (by.handWins && isByHand(leftStamp) !== isByHand(rightStamp)) return isByHand(leftStamp);
  const [leftAt, rightAt] = [leftStamp?.at ?? '', rightStamp?.at ?? ''];
  if (leftAt !== rightAt) return leftAt > rightAt;
  const order = compareValues(left, right);
  if (order !== 0) return order > 0;
  return compareText(JSON.stringify(leftStamp), JSON.stringify(rightStamp)) >= 0;
}

function isByHand(stamp: Stamp | null): boolean {
  return stamp?.source.startsWith(handPrefix) ?? false;
}

function compareValues(a: FieldValue, b: FieldValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareText(typeof a === 'string' ? a : JSON.stringify(a), typeof b === 'string' ? b : JSON.stringify(b));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}

/** One `*` for the newest stamp, entries of their own for the fields that differ from it: the same stamps always pack the same way. */
export function compact(stamps: Stamps): Stamps {
  let newest: Stamp | null = null;
  let newestText = '';
  const texts = new Map<string, string>();
  for (const [field, stamp] of Object.entries(stamps)) {
    const text = JSON.stringify(stamp);
    texts.set(field, text);
    // A computed stamp speaks of one figure only, so it is never the common one.
    if (stamp.formula !== undefined || stamp.n !== undefined) continue;
    const isNewer = newest === null || stamp.at > newest.at || (stamp.at === newest.at && text > newestText);
    if (isNewer) [newest, newestText] = [stamp, text];
  }
  const packed: Stamps = newest === null ? {} : { '*': newest };
  for (const field of Object.keys(stamps).sort()) {
    const stamp = stamps[field];
    if (stamp !== undefined && texts.get(field) !== newestText) packed[field] = stamp;
  }
  return packed;
}

/** The union of two lists, sorted, so that order does not matter; compared by their lower-case form, the first spelling in code order stays. */
export function mergeSets(a: readonly string[], b: readonly string[]): string[] {
  if (a.length + b.length < 2) return [...a, ...b];
  const byKey = new Map<string, string>();
  for (const value of [...a, ...b]) {
    const key = value.toLowerCase();
    const kept = byKey.get(key);
    if (kept === undefined || value < kept) byKey.set(key, value);
  }
  return [...byKey.values()].sort();
}

/** True when both hold the same values; stamps do not count. */
export function sameValues(a: Record<string, FieldValue>, b: Record<string, FieldValue>): boolean {
  for (const field of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [left, right] = [a[field] ?? null, b[field] ?? null];
    if (left !== right && (left === null || right === null || compareValues(left, right) !== 0)) return false;
  }
  return true;
}
