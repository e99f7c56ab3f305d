import { createHmac, timingSafeEqual } from 'node:crypto';
import { postbackValues } from './rules/read-postback.ts';
import type { SignatureVerdict } from './verify-signature.ts';

/**
 * Judges a postback: the parameter `token` (or the header x-rapport-token) is the secret of the source, or the parameter `signature` is the HMAC-SHA256 in hex
 * of the other parameters, sorted by name and written as a query string.
 */
export function verifyPostback(of: {
  params: URLSearchParams;
  headers: Headers;
  secrets: readonly string[];
}): SignatureVerdict {
  const { params, headers, secrets } = of;
  const signature = params.get('signature');
  if (signature !== null) {
    const signed = new URLSearchParams(postbackValues(params)).toString();
    const given = Buffer.from(signature, 'hex');
    const isRight = secrets.some((secret) => isEqual(given, createHmac('sha256', secret).update(signed).digest()));
    return isRight
      ? { ok: true }
      : {
          ok: false,
          message:
            'signature does not fit: it is the HMAC-SHA256 in hex of the other parameters, sorted by name, as a query string.',
        };
  }
  const token = params.get('token') ?? headers.get('x-rapport-token');
  if (token === null) return { ok: false, message: 'No proof: send token=<secret of the source>, or signature.' };
  // Both are hashed first, so that their lengths tell nothing.
  const hashed = (text: string) => createHmac('sha256', 'postback').update(text).digest();
  return secrets.some((secret) => isEqual(hashed(token), hashed(secret)))
    ? { ok: true }
    : { ok: false, message: 'token is not the secret of this source.' };
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
