import { createHmac, timingSafeEqual } from 'node:crypto';

const toleranceMs = 300_000;
const secretPrefix = 'whsec_';

export type SignatureVerdict = { ok: true } | { ok: false; message: string };

export interface Signed {
  body: Buffer;
  headers: Headers;
  /** The secrets that are valid now: one, or two while one is being replaced. */
  secrets: readonly string[];
  now: Date;
}

/**
 * Judges the signature of a webhook: Standard Webhooks (`webhook-id`, `webhook-timestamp` within five minutes,
 * `webhook-signature: v1,<base64>`), or `x-rapport-signature` with the plain HMAC-SHA256 of the body in hex.
 */
export function verifySignature(signed: Signed): SignatureVerdict {
  if (signed.headers.has('webhook-signature')) return verifyStandard(signed);
  const plain = signed.headers.get('x-rapport-signature');
  if (plain === null)
    return no('No signature. Send webhook-id, webhook-timestamp and webhook-signature, or x-rapport-signature.');
  const given = Buffer.from(plain.replace(/^sha256=/, ''), 'hex');
  const isRight = signed.secrets.some((secret) =>
    isEqual(given, createHmac('sha256', secret).update(signed.body).digest()),
  );
  return isRight
    ? { ok: true }
    : no('The signature in x-rapport-signature does not fit the body and the secret of this source.');
}

function verifyStandard({ body, headers, secrets, now }: Signed): SignatureVerdict {
  const id = headers.get('webhook-id');
  const timestamp = headers.get('webhook-timestamp');
  if (id === null || id === '' || timestamp === null)
    return no('webhook-id and webhook-timestamp are needed beside webhook-signature.');
  if (id.length > 200) return no('webhook-id has more than 200 characters.');
  if (!/^\d{1,12}$/.test(timestamp)) return no('webhook-timestamp must be whole seconds since 1970.');
  const offMs = Math.abs(Number(timestamp) * 1000 - now.getTime());
  if (offMs > toleranceMs)
    return no(
      'webhook-timestamp is more than five minutes from our time. Sign each attempt anew, and check the clock.',
    );
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const expected = secrets.map((secret) => createHmac('sha256', keyOf(secret)).update(content).digest());
  const given = (headers.get('webhook-signature') ?? '')
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice(3), 'base64'));
  const isRight = given.some((one) => expected.some((right) => isEqual(one, right)));
  return isRight
    ? { ok: true }
    : no('The signature in webhook-signature does not fit the body and the secret of this source.');
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret, 'base64');
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function no(message: string): SignatureVerdict {
  return { ok: false, message };
}
