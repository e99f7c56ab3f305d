import { createHmac, hash, randomFillSync, timingSafeEqual } from 'node:crypto';
import { dayMs } from '#kernel/time.ts';

// 2 bytes of day since 1970, 14 random bytes, 8 bytes that bind them to the link: 32 characters of base64url.
const dayBytes = 2;
const idBytes = 16;
const tagBytes = 8;
const blockBytes = 64;
const hashBytes = 32;
const linkIdBytesMax = 100;
const shape = /^[A-Za-z0-9_-]{32}$/;

export interface ClickIds {
  /** A new id of 128 bits, bound to the link so that it cannot be moved to another one. */
  make(linkId: string, atMs: number): string;
  /** True when this installation gave that id to a click of that link. */
  belongsTo(clickId: string, linkId: string): boolean;
}

export function createClickIds(secret: string): ClickIds {
  const key = createHmac('sha256', secret).update('click-id').digest();
  const pool = Buffer.alloc(14 * 512);
  let poolAt = pool.length;
  const bytes = Buffer.alloc(idBytes + tagBytes);
  // HMAC-SHA256 written out (RFC 2104): an Hmac object costs several times the two hashes it is made of, and this runs for each click.
  const inner = Buffer.alloc(blockBytes + idBytes + linkIdBytesMax, 0x36);
  const outer = Buffer.alloc(blockBytes + hashBytes, 0x5c);
  for (const [index, byte] of key.entries()) {
    inner[index] = 0x36 ^ byte;
    outer[index] = 0x5c ^ byte;
  }
  const tagOf = (id: Buffer, linkId: string): Buffer => {
    id.copy(inner, blockBytes, 0, idBytes);
    const end = blockBytes + idBytes + inner.write(linkId, blockBytes + idBytes, 'latin1');
    hash('sha256', inner.subarray(0, end), 'buffer').copy(outer, blockBytes);
    return hash('sha256', outer, 'buffer');
  };
  return {
    make: (linkId, atMs) => {
      if (poolAt + 14 > pool.length) {
        randomFillSync(pool);
        poolAt = 0;
      }
      bytes.writeUInt16BE(Math.floor(atMs / dayMs), 0);
      pool.copy(bytes, dayBytes, poolAt, poolAt + 14);
      poolAt += 14;
      tagOf(bytes, linkId).copy(bytes, idBytes, 0, tagBytes);
      return bytes.toString('base64url');
    },
    belongsTo: (clickId, linkId) => {
      if (!shape.test(clickId)) return false;
      const given = Buffer.from(clickId, 'base64url');
      return timingSafeEqual(given.subarray(idBytes), tagOf(given, linkId).subarray(0, tagBytes));
    },
  };
}

/** The UTC day a click id carries, YYYY-MM-DD; null when the text is no click id. */
export function dayOfClickId(clickId: string): string | null {
  if (!shape.test(clickId)) return null;
  const day = Buffer.from(clickId.slice(0, 4), 'base64url').readUInt16BE(0);
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
