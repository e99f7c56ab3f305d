/** So many different links of one mail, opened by one visitor within so long, were opened by a program. */
export const hasteLinksMin = 3;
export const hasteMs = 2000;
const visitorsMax = 50_000;

export interface HasteWatch {
  /** Notes a hit; true when it makes so many different links of this visitor within two seconds. */
  isHasty(visitor: { address: string; userAgent: string }, linkId: string, atMs: number): boolean;
}

/**
 * Scanners of mail open every link of a mail within a moment, by the name of any browser. Kept in this process's memory for four seconds at most. Addresses that
 * are not public are let through: they are a proxy's, behind which everybody stands.
 */
export function createHasteWatch(isPublic: (address: string) => boolean): HasteWatch {
  let bucket = -1;
  let now = new Map<string, { linkId: string; atMs: number }[]>();
  let before: typeof now = new Map();
  return {
    isHasty: ({ address, userAgent }, linkId, atMs) => {
      const current = Math.floor(atMs / hasteMs);
      if (current !== bucket) {
        // A clock that jumped says nothing about haste.
        before = current === bucket + 1 ? now : new Map();
        now = new Map();
        bucket = current;
      }
      const key = `${address} ${userAgent}`;
      const own = now.get(key);
      const earlier = before.get(key);
      if (own !== undefined) own.push({ linkId, atMs });
      else if (now.size < visitorsMax) now.set(key, [{ linkId, atMs }]);
      if (own === undefined && earlier === undefined) return false;
      const links = new Set([linkId]);
      for (const hit of [...(earlier ?? []), ...(own ?? [])]) if (atMs - hit.atMs <= hasteMs) links.add(hit.linkId);
      return links.size >= hasteLinksMin && isPublic(address);
    },
  };
}
