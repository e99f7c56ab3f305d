/** Text of a file: UTF-8, UTF-16 with a mark, or Windows-1252 when it is not valid UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The separator the header line uses most, outside quotes; comma when it uses none. */
export function findSeparator(text: string): string {
  const line =
    text
      .slice(0, 10_000)
      .split(/\r?\n/)
      .find((part) => part.trim() !== '') ?? '';
  const plain = line.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((separator) => ({ separator, count: plain.split(separator).length - 1 }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).separator;
}

/** Header cells as they are compared: lower case, words apart by one space. */
export function headerKey(cell: string): string {
  return cell
    .replace(/^\uFEFF/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Which column holds which field, by the names files use. Fields without a column are absent. */
export function findColumns<Field extends string>(
  header: readonly string[],
  names: Record<Field, readonly string[]>,
): Partial<Record<Field, number>> {
  const keys = header.map(headerKey);
  const columns: Partial<Record<Field, number>> = {};
  const taken = new Set<number>();
  for (const field of Object.keys(names) as Field[]) {
    for (const name of names[field]) {
      const at = keys.findIndex((key, index) => key === name && !taken.has(index));
      if (at === -1) continue;
      columns[field] = at;
      taken.add(at);
      break;
    }
  }
  return columns;
}
