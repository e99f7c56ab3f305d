/**
 * Waits between tries: soon at first, then ever longer; the last try comes exactly 24 hours after the first.
 * Standard Webhooks 1.0 ("Reliability") asks for tries over a span of days with growing waits.
 */
export const retryWaitsSeconds = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 8 * 3600, 30_295] as const;
export const triesMax = retryWaitsSeconds.length + 1;
const askedWaitMaxSeconds = 24 * 3600;

export type Verdict = 'delivered' | 'gone' | 'again';

/** 2xx is delivered, 410 wants nothing more ever; all else, redirects too, is tried again (Standard Webhooks 1.0, "Response status codes"). */
export function judgeStatus(status: number): Verdict {
  if (status >= 200 && status < 300) return 'delivered';
  return status === 410 ? 'gone' : 'again';
}

/**
 * When a message is tried again after so many tries; null when it was tried often enough. `retryAfter` is the receiver's own wish, in seconds
 * or as a date (RFC 9110 section 10.2.3): it is waited for when it is longer than ours, up to a day.
 */
export function nextTry(tries: number, now: Date, retryAfter?: string): Date | null {
  const waitSeconds = retryWaitsSeconds[tries - 1];
  if (waitSeconds === undefined) return null;
  const asked = Math.min(askedSeconds(retryAfter, now), askedWaitMaxSeconds);
  return new Date(now.getTime() + Math.max(waitSeconds, asked) * 1000);
}

function askedSeconds(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0;
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? 0 : Math.max(0, (at - now.getTime()) / 1000);
}

/** An endpoint that failed for so long without a success is disabled once a message is given up. */
export const disabledAfterMs = 3 * 86_400_000;
