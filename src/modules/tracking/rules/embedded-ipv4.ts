const sixToFour = /^2002:([0-9a-f]{1,4}):([0-9a-f]{1,4}):/i;
const nat64 = /^64:ff9b::(?:([0-9a-f]{1,4}):([0-9a-f]{1,4})|(\d+\.\d+\.\d+\.\d+))$/i;

/**
 * The address of version 4 that one of version 6 carries by its own rules: 6to4 (RFC 3056) and NAT64 (RFC 6052). Null for all others, whose place is not to be guessed.
 */
export function embeddedIpv4(address: string): string | null {
  const found = sixToFour.exec(address) ?? nat64.exec(address);
  if (found === null) return null;
  const [, high, low, dotted] = found;
  if (dotted !== undefined) return dotted;
  const bytes = [high, low].flatMap((group) => {
    const value = Number.parseInt(group ?? '0', 16);
    return [value >> 8, value & 255];
  });
  return bytes.join('.');
}
