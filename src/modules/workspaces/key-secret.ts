import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new API key: `rpt_<prefix>_<secret>`. The prefix finds its row; of the secret (256 bits) only the hash is kept. */
export function newKeySecret(): { key: string; prefix: string; hash: Buffer } {
  const prefix = randomBytes(6).toString('hex');
  const secret = randomBytes(32).toString('hex');
  return { key: `rpt_${prefix}_${secret}`, prefix, hash: hashSecret(secret) };
}

/** Prefix and secret of a presented key; null when the text has not its shape. */
export function readKeySecret(key: string): { prefix: string; secret: string } | null {
  const match = /^rpt_([0-9a-f]{12})_([0-9a-f]{64})$/.exec(key);
  return match?.[1] !== undefined && match[2] !== undefined ? { prefix: match[1], secret: match[2] } : null;
}

/** SHA-256. Enough for random secrets of 256 bits; passwords are another matter. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares in time that tells nothing. */
export function secretMatches(secret: string, hash: Uint8Array): boolean {
  const given = hashSecret(secret);
  return given.length === hash.length && timingSafeEqual(given, hash);
}
