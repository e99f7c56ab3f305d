/** So many different links of one mail, opened by one visitor within so long, were opened by a program. */
export const hasteLinksMin = 3;
export const hasteMs = 2000;
const visitorsMax = 50_000;

export interface HasteWatch {
  /** Notes a hit; true when it makes so many different links of this visitor within two seconds. */
  isHasty(visitor: { address: string; userAgent: string }, linkId: string, atMs: number): boolean;
}

/** Different links a visitor opened last, the newest at the end: no more than decide. */
interface Opened {
  linkIds: string[];
  atMs: number[];
}

/**
 * Scanners of mail open every link of a mail within a moment, by the name of any browser. Kept in this process's memory for four seconds at most, a few links a
 * visitor, so that a flood costs no more than its number. Addresses that are not public are let through: they are a proxy's, behind which everybody stands.
 */
export function createHasteWatch(isPublic: (address: string) => boolean): HasteWatch {
  let bucket = -1;
  let now = new Map<string, Opened>();
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
      let opened = now.get(key);
      if (opened === undefined) {
        opened = before.get(key) ?? { linkIds: [], atMs: [] };
        if (now.size < visitorsMax) now.set(key, opened);
      }
      note(opened, linkId, atMs);
      const oldestMs = opened.atMs[0] ?? atMs;
      return opened.linkIds.length >= hasteLinksMin && atMs - oldestMs <= hasteMs && isPublic(address);
    },
  };
}

function note(opened: Opened, linkId: string, atMs: number): void {
  const known = opened.linkIds.indexOf(linkId);
  if (known >= 0 || opened.linkIds.length >= hasteLinksMin) {
    const out = Math.max(known, 0);
    opened.linkIds.splice(out, 1);
    opened.atMs.splice(out, 1);
  }
  opened.linkIds.push(linkId);
  opened.atMs.push(atMs);
}
