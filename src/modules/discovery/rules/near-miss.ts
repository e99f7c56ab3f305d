/**
 * Edits (insert, delete, replace, swap of neighbours) between two words; more than `most` is answered as most + 1.
 * Source: optimal string alignment distance, in rows, given up early.
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] ?? 0) + 1);
      row.push(value);
      if (value < least) least = value;
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

/** How many edits still count as a slip of the finger. */
export function slipsAllowed(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/** Known values most like the one asked for, nearest first, at most 3: for "did you mean". */
export function nearMisses(wanted: string, known: readonly string[]): string[] {
  const key = wanted.toLowerCase();
  const most = Math.max(1, Math.min(3, Math.floor(key.length / 3)));
  const near: { value: string; distance: number }[] = [];
  for (const value of known) {
    const other = value.toLowerCase();
    const isPart = key.length >= 3 && (other.startsWith(key) || (other.length >= 3 && key.startsWith(other)));
    const distance = isPart ? 1 : editDistance(key, other, most);
    if (distance <= most) near.push({ value, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.value < b.value ? -1 : 1));
  return near.slice(0, 3).map((one) => one.value);
}

/** "did you mean beauty or beats?", or the known ones when nothing is near. */
export function didYouMean(wanted: string, known: readonly string[]): string {
  const near = nearMisses(wanted, known);
  if (near.length > 0) return `did you mean ${near.join(' or ')}?`;
  if (known.length === 0) return 'none is known yet.';
  const shown = [...known].sort().slice(0, 8).join(', ');
  return `known are ${shown}${known.length > 8 ? ` and ${known.length - 8} more` : ''}.`;
}
