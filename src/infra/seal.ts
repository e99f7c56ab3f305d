import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

export interface SealContext {
  /** The install's secret. */
  secret: string;
  /** What the key is for; each purpose has a key of its own. */
  label: string;
  /** Whose it is: a seal moved to another row does not open. */
  owner: string;
}

/** Seals a text for keeping: version, nonce, AES-256-GCM, tag. The key follows from the install secret by HKDF-SHA-256 (RFC 5869). */
export function seal(context: SealContext, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(context), nonce).setAAD(Buffer.from(context.owner));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, sealed, cipher.getAuthTag()]);
}

/** Opens what `seal` made; null when it was made with another secret, for another owner, or was changed. */
export function unseal(context: SealContext, sealed: Buffer): string | null {
  if (sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes) return null;
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const tag = sealed.subarray(-tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(context), nonce)
    .setAAD(Buffer.from(context.owner))
    .setAuthTag(tag);
  try {
    const body = sealed.subarray(1 + nonceBytes, -tagBytes);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

function keyOf({ secret, label }: SealContext): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `rapport:${label}`, 32));
}

/** A signing secret for webhooks: 32 random bytes as Standard Webhooks writes them. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
