/**
 * The one range a `Range` header asks for, within a file of `total` bytes, both ends included; null to send all of it:
 * no header, several ranges, or one that cannot be met (RFC 9110 lets a server ignore the header).
 */
export function rangeOf(header: string | null, total: number): { start: number; end: number } | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (match === null || (from === '' && to === '')) return null;
  if (from === '') {
    const last = Number(to);
    return last === 0 ? null : { start: Math.max(0, total - last), end: total - 1 };
  }
  const start = Number(from);
  const end = to === '' ? total - 1 : Math.min(Number(to), total - 1);
  return start > end ? null : { start, end };
}
