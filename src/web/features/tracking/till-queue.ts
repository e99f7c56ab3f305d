import { z } from 'zod';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { redeemAtTill, visitAtTill } from '#modules/tracking/api.ts';

const deedSchema = z.object({
  key: z.string(),
  kind: z.enum(['redeem', 'visit']),
  code: z.string(),
  amount: z.string(),
  receipt: z.string(),
  customer: z.string(),
  happenedAt: z.string(),
  /** Why it was refused for good; null while it waits for the network. */
  refusal: z.string().nullable(),
});
export type Deed = z.infer<typeof deedSchema>;

const storageKey = (token: string) => `rapport-till-${token.slice(0, 12)}`;

/** What this phone noted and the server does not have yet; kept over a reload. */
export function readQueue(token: string): Deed[] {
  try {
    const parsed = z.array(deedSchema).safeParse(JSON.parse(localStorage.getItem(storageKey(token)) ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

export function writeQueue(token: string, deeds: readonly Deed[]): void {
  try {
    localStorage.setItem(storageKey(token), JSON.stringify(deeds));
  } catch {
    // A phone that keeps nothing still sends while the page is open.
  }
}

/** Sends one deed. True when the server has it; the words when it refuses it for good; null when it is to be tried again. */
export async function sendDeed(client: Client, token: string, deed: Deed): Promise<true | string | null> {
  const { key, code, happenedAt } = deed;
  try {
    if (deed.kind === 'visit') await client.call(visitAtTill, { token, key, code, happenedAt });
    else
      await client.call(redeemAtTill, {
        token,
        key,
        code,
        happenedAt,
        amount: deed.amount,
        receipt: deed.receipt,
        ...(deed.customer === '' ? {} : { customer: deed.customer }),
      });
    return true;
  } catch (error) {
    // Without a network, in a hurry or in trouble the server may still take it; anything else it said for good.
    if (!(error instanceof AppError) || error.kind === 'unavailable' || error.kind === 'too_many') return null;
    return error.message;
  }
}
