import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { dayMs } from '#kernel/time.ts';
import type { Clock } from '../clock.ts';
import type { Tx } from '../db/database.ts';

export interface PortalLinkSpec {
  workspaceId: string;
  personId: string;
  /** Below /p, such as `/contracts/con_1`. */
  path: string;
  /** 1 to 365. */
  days: number;
  /** Who made it, for people to read. */
  madeBy: string;
}

/** Links by which a creator comes into the portal; kept here so that every module may hand one out. The portal module lets them in. */
export interface PortalLinks {
  /**
   * Makes a link of one creator, in the caller's transaction: its whole address. The secret stands behind the #, which browsers
   * send to nobody, and only its hash is kept.
   */
  link(tx: Tx, spec: PortalLinkSpec): Promise<string>;
}

const daysMax = 365;

export function createPortalLinks(needs: { clock: Clock; publicUrl: string }): PortalLinks {
  return {
    link: async (tx, spec) => {
      const token = newPortalToken();
      const now = needs.clock.now();
      await tx
        .insertInto('portal_link')
        .values({
          workspace_id: spec.workspaceId,
          id: newId('portalLink', now.getTime()),
          person_id: spec.personId,
          path: portalPath(spec.path),
          token_hash: hashPortalToken(token),
          made_by: spec.madeBy.slice(0, 200),
          created_at: now,
          expires_at: new Date(now.getTime() + checkedDays(spec.days) * dayMs),
        })
        .execute();
      return portalAddress(needs.publicUrl, token);
    },
  };
}

/** 256 random bits, in a shape of its own, so that it is told from other tokens. */
export function newPortalToken(): string {
  return `rpp_${randomBytes(32).toString('base64url')}`;
}

export function isPortalToken(text: string): boolean {
  return /^rpp_[\w-]{43}$/.test(text);
}

export function hashPortalToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export function portalAddress(publicUrl: string, token: string): string {
  return `${publicUrl}/p/enter#${token}`;
}

/** A path below /p and nowhere else. Error: portal.bad_path. */
export function portalPath(path: string): string {
  const isPlain = /^\/(?!\/)[\w\-./?=&%$~]*$/.test(path) && !path.includes('..') && path.length <= 500;
  if (isPlain) return path;
  throw new AppError(
    'invalid',
    'portal.bad_path',
    `"${path.slice(0, 80)}" is no page of the portal. Write it as /tasks.`,
    [{ field: 'path', message: 'is no page of the portal' }],
  );
}

function checkedDays(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= daysMax) return days;
  throw new AppError('invalid', 'portal.bad_days', `A link lasts 1 to ${daysMax} days, not ${days}.`, [
    { field: 'days', message: `is a whole number from 1 to ${daysMax}` },
  ]);
}
