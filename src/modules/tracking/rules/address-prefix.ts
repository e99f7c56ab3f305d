/** The network an address lies in: the first three parts of version 4, the first 48 bits of version 6. Null for text that is no address. */
export function prefixOf(address: string): string | null {
  if (!address.includes(':')) {
    const last = address.lastIndexOf('.');
    return last <= 0 ? null : address.slice(0, last);
  }
  const mapped = /^::ffff:(\d+\.\d+\.\d+)\.\d+$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = '', tail] = address.split('%', 1)[0]?.toLowerCase().split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups.length < 3
    ? null
    : groups
        .slice(0, 3)
        .map((group) => group.replace(/^0+(?=.)/, ''))
        .join(':');
}
