import { AppError, type ErrorBody, type ErrorKind, statusOfKind } from '#kernel/errors.ts';

/** Starts a session; its cookie is set by the answer. Throws AppError with the server's reason. */
export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  const response = await fetch('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (response.ok) return;
  const kinds = Object.entries(statusOfKind) as [ErrorKind, number][];
  const kind = kinds.find(([, status]) => status === response.status)?.[0] ?? 'unavailable';
  const body = (await response.json().catch(() => null)) as { error: ErrorBody } | null;
  throw new AppError(
    kind,
    body?.error.code ?? 'client.bad_answer',
    body?.error.message ?? `The server answered ${response.status}. Try again.`,
    body?.error.details ?? [],
  );
}
