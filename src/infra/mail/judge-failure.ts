const backoffMinutes = [1, 5, 15, 60, 180, 360, 720, 1440] as const;
const answerCharsMax = 500;

/** How often a mail is handed over at most. */
export const attemptsMax = backoffMinutes.length;

export interface Failure {
  /** `later`: try again; `never`: this mail will not be taken; `login`: the server does not know us. */
  outcome: 'later' | 'never' | 'login';
  /** What to show: the server's words where it said any. */
  reason: string;
}

/** What an error of the mail server means (RFC 5321 section 4.2.1: 4yz may be tried again, 5yz not). Anything unclear is tried again. */
export function judgeFailure(error: unknown): Failure {
  const read = (field: string): unknown =>
    typeof error === 'object' && error !== null && field in error ? Reflect.get(error, field) : undefined;
  const status = Number(read('responseCode') ?? 0);
  const code = String(read('code') ?? '');
  const said = String(read('response') ?? (error instanceof Error ? error.message : error));
  const reason = said.replace(/\s+/g, ' ').slice(0, answerCharsMax);
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2' || status === 530 || status === 535)
    return { outcome: 'login', reason };
  return { outcome: status >= 500 && status < 600 ? 'never' : 'later', reason };
}

/** When to try again after so many attempts; null when there were enough. */
export function nextAttempt(attempts: number, now: Date): Date | null {
  const minutes = backoffMinutes[attempts - 1];
  if (minutes === undefined || attempts >= attemptsMax) return null;
  return new Date(now.getTime() + minutes * 60_000);
}
