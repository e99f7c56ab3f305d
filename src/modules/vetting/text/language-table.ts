import { z } from 'zod';

/** Scores of byte runs by language, packed from the tables of the package eld (models/language/CARD.md). */
export interface LanguageTable {
  /** ISO 639-1 codes, in the order of the scores. */
  codes: readonly string[];
  /** Open-addressed table: hash of a run at its slot, 0 empty. */
  hashes: Uint32Array;
  /** Where the pairs of language and score of the run at a slot begin, and how many. */
  starts: Uint32Array;
  counts: Uint8Array;
  pairs: Uint8Array;
  /** Run number in which a slot was last counted, so that a run counts once per text. */
  seen: Uint32Array;
}

const magic = 'RLID1\n';
const headerSchema = z.object({ codes: z.array(z.string()), runs: z.number().int() });
/** Scores are stored less what all of them have (eld: "in order to reduce DB size we subtract minimum score"). */
const baseScore = 53;
const wordBytesMax = 70;

/** A table as a file: header, then hashes (4 bytes), counts (1) and pairs (2 each) of all runs. */
export function packLanguageTable(
  codes: readonly string[],
  runs: ReadonlyMap<number, readonly [number, number][]>,
): Buffer {
  const ordered = [...runs].sort(([a], [b]) => a - b);
  const hashes = Buffer.alloc(ordered.length * 4);
  ordered.forEach(([hash], at) => {
    hashes.writeUInt32LE(hash, at * 4);
  });
  const header = `${magic}${JSON.stringify({ codes, runs: ordered.length })}\n`;
  return Buffer.concat([
    Buffer.from(header, 'utf8'),
    hashes,
    Buffer.from(ordered.map(([, pairs]) => pairs.length)),
    Buffer.from(ordered.flatMap(([, pairs]) => pairs.flat())),
  ]);
}

/** Reads what `packLanguageTable` wrote. Throws when it is not a whole table. */
export function readLanguageTable(bytes: Uint8Array): LanguageTable {
  const end = bytes.indexOf(10, magic.length);
  if (new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic || end < 0)
    throw new Error('The table of languages is damaged: no header. Take it from the release again.');
  const { codes, runs } = headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(magic.length, end))));
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1, bytes.byteLength - end - 1);
  const counted = bytes.subarray(end + 1 + runs * 4, end + 1 + runs * 5);
  const pairs = bytes.subarray(end + 1 + runs * 5);
  const slots = 1 << Math.ceil(Math.log2(runs * 2));
  const table: LanguageTable = {
    codes,
    hashes: new Uint32Array(slots),
    starts: new Uint32Array(slots),
    counts: new Uint8Array(slots),
    pairs,
    seen: new Uint32Array(slots),
  };
  let start = 0;
  for (let run = 0; run < runs; run += 1) {
    const hash = view.getUint32(run * 4, true);
    const slot = slotOf(table, hash);
    table.hashes[slot] = hash;
    table.starts[slot] = start;
    table.counts[slot] = counted[run] ?? 0;
    start += 2 * (counted[run] ?? 0);
  }
  if (start !== pairs.length)
    throw new Error('The table of languages is damaged: it was cut. Take it from the release again.');
  return table;
}

function slotOf(table: LanguageTable, hash: number): number {
  const mask = table.hashes.length - 1;
  let slot = hash & mask;
  while (table.hashes[slot] !== 0 && table.hashes[slot] !== hash) slot = (slot + 1) & mask;
  return slot;
}

const offset = 0x811c9dc5;
const prime = 0x01000193;
const blank = 0x20;

/** Hash of a run of bytes; never 0. */
export function hashRun(
  bytes: ArrayLike<number>,
  from: number,
  to: number,
  edges: { before: boolean; after: boolean },
): number {
  let hash = edges.before ? Math.imul(offset ^ blank, prime) : offset;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), prime);
  if (edges.after) hash = Math.imul(hash ^ blank, prime);
  hash ^= hash >>> 16;
  return hash >>> 0 || 1;
}

const counters = new WeakMap<LanguageTable, number>();
const buffer = new Uint8Array(4096);
const encoder = new TextEncoder();

/** Sum of scores per language over the runs of the words (lower case, apart by blanks), and how many runs were known. */
export function scoreRuns(table: LanguageTable, words: string): { sums: Float64Array; runs: number } {
  const sums = new Float64Array(table.codes.length);
  const { written } = encoder.encodeInto(words, buffer);
  const turn = (counters.get(table) ?? 0) + 1;
  counters.set(table, turn);
  let runs = 0;
  const count = (hash: number) => {
    const slot = slotOf(table, hash);
    if (table.hashes[slot] !== hash || table.seen[slot] === turn) return;
    table.seen[slot] = turn;
    runs += 1;
    const start = table.starts[slot] ?? 0;
    const end = start + 2 * (table.counts[slot] ?? 0);
    for (let at = start; at < end; at += 2) {
      const language = table.pairs[at] ?? 0;
      sums[language] = (sums[language] ?? 0) + (table.pairs[at + 1] ?? 0) + baseScore;
    }
  };
  for (let from = 0; from < written; ) {
    let to = from;
    while (to < written && buffer[to] !== blank) to += 1;
    if (to > from) countWord(from, to, count);
    from = to + 1;
  }
  return { sums, runs };
}

/** Runs of four bytes, one every three, and the last four, as eld cuts a word. */
function countWord(from: number, to: number, count: (hash: number) => void): void {
  const end = Math.min(to, from + wordBytesMax);
  let at = from;
  for (; at + 4 < end; at += 3) count(hashRun(buffer, at, at + 4, { before: at === from, after: false }));
  count(hashRun(buffer, Math.max(from, end - 4), end, { before: at === from, after: true }));
}
