import { z } from 'zod';
import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import { type ShopAccess, ShopFault } from '#modules/shops/index.ts';
import { lenient, type Reach, readJson } from '../call-api.ts';
import { callShop, reading } from '../call-shop.ts';

const name = 'Stripe';
/** The version whose documents this was written after; later ones say `promotion` where this says `coupon`. */
const apiVersion = '2025-08-27.basil';
const text = lenient(z.string());
const errorSchema = z.looseObject({
  error: z.looseObject({ message: text, code: text, param: text, type: text }),
});

export type Ask = ReturnType<typeof createAsk>;

export function createAsk(reach: Reach) {
  return async <Schema extends z.ZodType>(
    access: ShopAccess,
    path: string,
    of: { schema: Schema; body?: Record<string, string>; key?: string },
  ): Promise<z.output<Schema>> => {
    const answer = await callShop(reach, access, {
      name,
      url: `https://api.stripe.com${path}`,
      headers: {
        authorization: `Bearer ${access.credentials.secretKey ?? ''}`,
        'stripe-version': apiVersion,
        ...(of.body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        // Stripe gives a repeat under this key the first answer, so a change may be asked again.
        ...(of.key === undefined ? {} : { 'idempotency-key': of.key }),
      },
      ...(of.body === undefined
        ? {}
        : {
            method: 'POST' as const,
            body: new URLSearchParams(of.body).toString(),
            ...(of.key === undefined ? { triesMax: 1 } : {}),
          }),
    });
    if (answer.status < 200 || answer.status > 299) throw faultOf(answer);
    return reading(() => readJson(name, answer, of.schema));
  };
}

function faultOf(answer: Fetched): ShopFault {
  const said = saidBy(answer);
  if (answer.status === 401) return new ShopFault('disconnected', 'Stripe does not take the key (any more).');
  if (answer.status === 403) return new ShopFault('forbidden', `The key may not do this: ${said}`);
  return new ShopFault('refused', `Stripe does not take it (${answer.status}): ${said}`);
}

function saidBy({ body }: Fetched): string {
  try {
    return errorSchema.parse(JSON.parse(body.toString('utf8'))).error.message?.slice(0, 300) ?? 'nothing';
  } catch {
    return 'nothing';
  }
}
