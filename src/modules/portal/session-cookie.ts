import { createHash, randomBytes } from 'node:crypto';

const cookieName = 'rapport_portal';
/** A session ends this long after it began; one that is not used ends earlier, see gate.ts. */
export const sessionMaxMs = 90 * 24 * 3600 * 1000;
export const previewMaxMs = 3600 * 1000;

export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashSessionToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The session token a request carries; null without one. */
export function sessionTokenOf(request: Request): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === cookieName && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

/** Set-Cookie of a session: out of reach of scripts, and not sent along by other sites' forms. */
export function sessionCookie(token: string, how: { maxAgeMs: number; publicUrl: string }): string {
  const secure = how.publicUrl.startsWith('https:') ? '; Secure' : '';
  const maxAge = Math.floor(how.maxAgeMs / 1000);
  return `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`;
}
