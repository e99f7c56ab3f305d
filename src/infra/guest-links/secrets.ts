import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const keyBytes = 32;

/** A secret of 256 bits, fit for an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256; enough for random secrets of 256 bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Scrypt with a salt of its own: `salt:hash` in hex. */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await derive(passphrase, salt)).toString('hex')}`;
}

export async function passphraseMatches(passphrase: string, stored: string): Promise<boolean> {
  const [salt = '', hash = ''] = stored.split(':');
  const expected = Buffer.from(hash, 'hex');
  const given = await derive(passphrase, Buffer.from(salt, 'hex'));
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, keyBytes, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
