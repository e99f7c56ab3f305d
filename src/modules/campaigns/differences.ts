/** The fields of `wanted` that differ from the row, to write them and to tell of them: `{ name: { from, to } }`. */
export function differences<Change extends object>(
  row: Partial<Record<keyof Change, unknown>>,
  wanted: Change,
): { change: Partial<Change>; changes: Record<string, { from: unknown; to: unknown }> } {
  const change: Partial<Change> = {};
  const changes: Record<string, { from: unknown; to: unknown }> = {};
  for (const key of Object.keys(wanted) as (keyof Change & string)[]) {
    if (isSame(row[key], wanted[key])) continue;
    change[key] = wanted[key];
    changes[key] = { from: row[key] ?? null, to: wanted[key] ?? null };
  }
  return { change, changes };
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (Array.isArray(a) && Array.isArray(b)) return JSON.stringify(a) === JSON.stringify(b);
  return (a ?? null) === (b ?? null);
}
