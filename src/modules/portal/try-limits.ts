import { RateLimiterMemory } from 'rate-limiter-flexible';
import { portalError } from './errors.ts';

/** Counts a try under a key; throws portal.too_many_tries when there were too many of late. */
export type TryLimit = (key: string) => Promise<void>;

/** `points` tries in `seconds`, per key. */
export function createTryLimit(points: number, seconds: number): TryLimit {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return async (key) => {
    await limiter.consume(key).catch((refusal: unknown) => {
      if (refusal instanceof Error) throw refusal;
      throw portalError('too_many_tries', 'Too many tries. Wait a minute, then try again.');
    });
  };
}
