import type { Platform } from '#kernel/platform.ts';
import { parseHandle } from '#modules/creators/index.ts';
import { discoveryError } from '../errors.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import { readUploadRows, type UploadedRow } from '../read-upload-rows.ts';

/** Rows of one file; sorting more would hold up other work. */
const rowsMax = 5_000_000;
const bytesMax = 500_000_000;
const sniffedRows = 100;
const faultsTold = 20;
/** A file is refused when more of its rows name nobody. */
const skippedShareMax = 0.01;
const skippedFew = 10;

type IdKind = 'id' | 'handle';

export interface ReadFollowers {
  idKind: IdKind;
  /** Ascending, without repeats. */
  hashes: Float64Array;
  rows: number;
  repeated: number;
  skipped: number;
  faults: { row: number; message: string }[];
}

const fileFault = (message: string, row?: number) =>
  discoveryError('followers_file', message, row === undefined ? [] : [{ row, message }]);

const headers: Record<IdKind, RegExp> = {
  handle: /^(user ?names?|handles?|screen ?name|account|profile|url|link|profile ?url|follower ?(user)?name)$/,
  id: /^((user|follower|account|external|profile|channel) ?)?(id|pk)s?$/,
};

/** Reads the followers of a file as keyed hashes. Error: followers_file, with rows. */
export async function readFollowers(
  body: ReadableStream<Uint8Array> | null,
  as: { platform: Platform; idKind: IdKind | undefined; hasher: KeyedHash },
): Promise<ReadFollowers> {
  const rows = readUploadRows(body, { bytesMax, fault: fileFault });
  const head: UploadedRow[] = [];
  for (let at = 0; at < sniffedRows; at += 1) {
    const next = await rows.next();
    if (next.done === true) break;
    head.push(next.value);
  }
  const plan = planOf(head, as.idKind);
  const taken = createTaking(plan, as);
  for (const row of head.slice(plan.hasHeader ? 1 : 0)) taken.take(row);
  for await (const row of rows) taken.take(row);
  return taken.finish();
}

interface Plan {
  idKind: IdKind;
  column: number;
  hasHeader: boolean;
}

function planOf(head: readonly UploadedRow[], wanted: IdKind | undefined): Plan {
  const [first] = head;
  if (first === undefined) throw fileFault('The file has no rows. Give one follower a line.');
  const names = first.cells.map((cell) => cell.toLowerCase().replace(/[_\s-]+/g, ' '));
  const columnOf = (kind: IdKind) => names.findIndex((name) => headers[kind].test(name));
  const kinds: IdKind[] = wanted === undefined ? ['handle', 'id'] : [wanted];
  for (const idKind of kinds) {
    const column = columnOf(idKind);
    if (column >= 0) return { idKind, column, hasHeader: true };
  }
  if (head.length > 1 && (columnOf('handle') >= 0 || columnOf('id') >= 0))
    throw fileFault(`The file has no column of ${wanted === 'id' ? 'ids' : 'handles'}: ${first.cells.join(', ')}.`, 1);
  const cells = head.map((row) => row.cells[0] ?? '');
  const isIds = cells.every((cell) => /^\d{3,}$/.test(cell));
  return { idKind: wanted ?? (isIds ? 'id' : 'handle'), column: 0, hasHeader: false };
}

function createTaking(plan: Plan, as: { platform: Platform; hasher: KeyedHash }) {
  let hashes = new Float64Array(4096);
  let size = 0;
  let rows = 0;
  let skipped = 0;
  const faults: { row: number; message: string }[] = [];
  const take = ({ row, cells }: UploadedRow) => {
    rows += 1;
    if (rows > rowsMax)
      throw fileFault(
        `The file has more than ${rowsMax / 1e6} million rows. Upload a random sample of them, with the number of all followers.`,
        row,
      );
    const named = nameOf(cells[plan.column] ?? '', { platform: as.platform, idKind: plan.idKind });
    if ('fault' in named) {
      skipped += 1;
      if (faults.length < faultsTold) faults.push({ row, message: named.fault });
      return;
    }
    if (size === hashes.length) {
      const larger = new Float64Array(hashes.length * 2);
      larger.set(hashes);
      hashes = larger;
    }
    hashes[size] = as.hasher.number(named.key);
    size += 1;
  };
  const finish = (): ReadFollowers => {
    if (size === 0 || (skipped > skippedFew && skipped > rows * skippedShareMax)) {
      const what = `${skipped} of ${rows} rows name nobody. Nothing was kept; mend them or choose the right column.`;
      throw discoveryError('followers_file', what, faults);
    }
    const unique = withoutRepeats(hashes.subarray(0, size).sort());
    return { idKind: plan.idKind, hashes: unique, rows, repeated: size - unique.length, skipped, faults };
  };
  return { take, finish };
}

function withoutRepeats(sorted: Float64Array): Float64Array {
  let kept = 0;
  for (const hash of sorted) {
    if (kept > 0 && sorted[kept - 1] === hash) continue;
    sorted[kept] = hash;
    kept += 1;
  }
  return sorted.slice(0, kept);
}

/** What a follower is hashed by: the id as it stands, or the handle in the one form that all spellings share. */
export function nameOf(text: string, as: { platform: Platform; idKind: IdKind }): { key: string } | { fault: string } {
  if (as.idKind === 'id') {
    if (/^\d(\.\d+)?e\+?\d+$/i.test(text))
      return { fault: `"${text}" was rounded by a spreadsheet; format ids as text` };
    if (!/^[\w.:-]{1,100}$/.test(text)) return { fault: `"${text.slice(0, 60)}" is not an id` };
    return { key: followerKey(as.platform, 'id', text) };
  }
  const parsed = parseHandle(text, as.platform);
  if (!parsed.ok) return { fault: parsed.message };
  return { key: followerKey(as.platform, 'handle', parsed.value.key) };
}

/** The text a follower's hash is made of. */
export function followerKey(platform: Platform, idKind: IdKind, name: string): string {
  return `${platform}\n${idKind}\n${name}`;
}
