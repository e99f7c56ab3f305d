import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether a base64 HMAC-SHA256 fits the body by one of the secrets; takes as long whatever stands in it. */
export function fitsHmac(body: Buffer, secrets: readonly string[], given: string): boolean {
  const signature = Buffer.from(given, 'base64');
  return secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(body).digest();
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  });
}
