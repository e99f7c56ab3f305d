import { createDecipheriv, hkdfSync } from 'node:crypto';
import { seal, unseal } from '#infra/seal.ts';

/** Seals the secrets of order sources for keeping, so that a copy of the database alone gives none away. */
export interface SecretBox {
  /** `owner` is the id of the source: moved to another one it does not open. */
  seal(text: string, owner: string): string;
  /** Throws when the text was sealed by another installation, for another owner, or changed. */
  open(sealed: string, owner: string): string;
}

// Base64 holds no colon, so what was sealed before is told apart.
const mark = 'seal:';

export function createSecretBox(secret: string): SecretBox {
  const contextOf = (owner: string) => ({ secret, label: 'order-source', owner });
  return {
    seal: (text, owner) => `${mark}${seal(contextOf(owner), text).toString('base64')}`,
    open: (sealed, owner) => {
      if (!sealed.startsWith(mark)) return openOld(secret, sealed);
      const text = unseal(contextOf(owner), Buffer.from(sealed.slice(mark.length), 'base64'));
      if (text === null) throw new Error(`The secret of order source ${owner} was sealed elsewhere or changed.`);
      return text;
    },
  };
}

const nonceBytes = 12;
const tagBytes = 16;

/** Reads what releases before the one seal wrote: nonce, tag, body, bound to no source. It is sealed anew when it is replaced. */
function openOld(secret: string, sealed: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'order-source-secrets', 32));
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
}
