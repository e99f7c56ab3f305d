import { RateLimiterMemory } from 'rate-limiter-flexible';
import { workspacesError } from './errors.ts';

/** Failed tries a minute: of one account from one address, of one account from anywhere, of one address at any account. */
const triesPerMinute = { accountAndAddress: 5, account: 20, address: 60 };

export interface TryLimits {
  /**
   * Counts a try before it is made, so that many at once cannot slip through. Returns what to call when it was a success:
   * then it does not count. Error: workspaces.too_many_tries, the same whether the account exists or not.
   */
  begin(account: string, address: string): Promise<() => Promise<void>>;
}

export function createTryLimits(): TryLimits {
  const limiters = {
    accountAndAddress: new RateLimiterMemory({ points: triesPerMinute.accountAndAddress, duration: 60 }),
    account: new RateLimiterMemory({ points: triesPerMinute.account, duration: 60 }),
    address: new RateLimiterMemory({ points: triesPerMinute.address, duration: 60 }),
  };
  return {
    begin: async (account, address) => {
      const counted = [
        { limiter: limiters.accountAndAddress, key: `${account} ${address}` },
        { limiter: limiters.account, key: account },
        { limiter: limiters.address, key: address },
      ];
      for (const { limiter, key } of counted) {
        await limiter.consume(key).catch((refusal: unknown) => {
          if (refusal instanceof Error) throw refusal;
          throw workspacesError('too_many_tries', 'Too many tries. Wait a minute, then try again.');
        });
      }
      return async () => {
        for (const { limiter, key } of counted) await limiter.reward(key);
      };
    },
  };
}
