import { isIPv4, isIPv6 } from 'node:net';

/**
 * Ranges that are not the public internet, by the IANA special-purpose registries (RFC 6890 and its updates) and RFC 5771 for multicast:
 * first octets and prefix length.
 */
const closedV4: readonly (readonly [number[], number])[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 0, 2], 24],
  [[192, 88, 99], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[224], 4],
  [[240], 4],
];

// Within 2000::/3, what is no ordinary global address: Teredo, ORCHID, benchmarking, documentation, 6to4.
const closedV6: readonly (readonly [number[], number])[] = [
  [[0x20, 0x01, 0x00, 0x00], 23],
  [[0x20, 0x01, 0x0d, 0xb8], 32],
  [[0x20, 0x02], 16],
  [[0x3f, 0xff], 20],
];

// Prefixes (96 bits, as hex) behind which the last 32 bits are an IPv4 address that is reached in the end.
const v4Carriers = new Set([
  '000000000000000000000000',
  '00000000000000000000ffff',
  '0000000000000000ffff0000',
  '0064ff9b0000000000000000',
  '0064ff9b0001000000000000',
]);

/** True for an address of the public internet; false for loopback, private, link-local, reserved, and IPv6 forms that carry one of them. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return isPublicV4(bare.split('.').map(Number));
  if (!isIPv6(bare)) return false;
  const bytes = bytesOfV6(bare);
  if (v4Carriers.has(hex(bytes.slice(0, 12)))) return isPublicV4(bytes.slice(12));
  // Only 2000::/3 is given out as global unicast; everything else is local, reserved or multicast.
  return ((bytes[0] ?? 0) & 0xe0) === 0x20 && !closedV6.some(([start, bits]) => startsWith(bytes, start, bits));
}

function isPublicV4(bytes: number[]): boolean {
  return !closedV4.some(([start, bits]) => startsWith(bytes, start, bits));
}

function startsWith(bytes: number[], start: number[], bits: number): boolean {
  for (let at = 0; at < bits; at += 8) {
    const mask = bits - at >= 8 ? 0xff : (0xff << (8 - (bits - at))) & 0xff;
    if (((bytes[at / 8] ?? 0) & mask) !== ((start[at / 8] ?? 0) & mask)) return false;
  }
  return true;
}

/** The 16 bytes of an IPv6 address that isIPv6 has accepted, `::` and a dotted tail among them. */
function bytesOfV6(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const gap = tail === undefined ? 0 : 16 - left.length - right.length;
  return [...left, ...Array.from({ length: Math.max(0, gap) }, () => 0), ...right];
}

function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function hex(bytes: number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
