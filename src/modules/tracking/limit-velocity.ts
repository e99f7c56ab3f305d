const minuteMs = 60_000;
const countersMax = 200_000;

export interface VelocityLimit {
  /** Counts a hit; true when this address has had `max` on this link within the clock minute already. */
  isTooFast(address: string, linkId: string, of: { atMs: number; max: number }): boolean;
}

/**
 * Hits per address and link within a clock minute, in this process's memory alone: no address is stored. An address of IPv6 counts by its
 * /64, which is one household. Addresses that are not public are let through: they are a proxy's, behind which everybody stands.
 */
export function createVelocityLimit(isPublic: (address: string) => boolean): VelocityLimit {
  let minute = -1;
  let counts = new Map<string, number>();
  return {
    isTooFast: (address, linkId, { atMs, max }) => {
      const now = Math.floor(atMs / minuteMs);
      if (now !== minute) {
        minute = now;
        counts = new Map();
      }
      const key = `${networkOf(address)} ${linkId}`;
      const before = counts.get(key) ?? 0;
      if (before >= max) return isPublic(address);
      if (before > 0 || counts.size < countersMax) counts.set(key, before + 1);
      return false;
    },
  };
}

function networkOf(address: string): string {
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
}
