import { z } from 'zod';
import type { SafeFetch } from '#infra/fetch/safe-fetch.ts';
import { AppError } from '#kernel/errors.ts';
import { MailServerFault, type MailServers, type TokenAnswer } from '#modules/outreach/index.ts';

const answerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().default(3600),
  refresh_token: z.string().min(1).optional(),
});
const faultSchema = z.object({ error: z.string(), error_description: z.string().optional() });
/** A token is asked for anew so much before it ends. */
const earlySeconds = 60;

/** Trades a refresh token for an access token (RFC 6749 section 6), for SASL XOAUTH2 of Gmail and Microsoft. Error: MailServerFault. */
export async function refreshToken(
  fetch: SafeFetch,
  at: Parameters<MailServers['refreshToken']>[0],
  now: Date,
): Promise<TokenAnswer> {
  return askForToken(fetch, {
    tokenUrl: at.tokenUrl,
    what: 'the refresh token',
    now,
    params: {
      grant_type: 'refresh_token',
      client_id: at.clientId,
      refresh_token: at.refreshToken,
      ...(at.clientSecret === null ? {} : { client_secret: at.clientSecret }),
    },
  });
}

/** Trades the code of a consent screen for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5). Error: MailServerFault. */
export async function exchangeCode(
  fetch: SafeFetch,
  at: Parameters<MailServers['exchangeCode']>[0],
  now: Date,
): Promise<TokenAnswer> {
  return askForToken(fetch, {
    tokenUrl: at.tokenUrl,
    what: 'the code of the consent screen',
    now,
    params: {
      grant_type: 'authorization_code',
      client_id: at.clientId,
      code: at.code,
      code_verifier: at.verifier,
      redirect_uri: at.redirectUri,
      ...(at.clientSecret === null ? {} : { client_secret: at.clientSecret }),
    },
  });
}

async function askForToken(
  fetch: SafeFetch,
  at: { tokenUrl: string; params: Record<string, string>; what: string; now: Date },
): Promise<TokenAnswer> {
  const host = new URL(at.tokenUrl).host;
  const answer = await fetch(at.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(at.params).toString(),
    redirectsMax: 0,
    bytesMax: 64 * 1024,
  }).catch((error) => {
    const why = error instanceof AppError ? error.message : 'It did not answer.';
    throw new MailServerFault('unreachable', `${host} gave no token: ${why}`);
  });
  const value = readJson(answer.body.toString('utf8'));
  if (answer.status >= 400 && answer.status < 500) {
    const fault = faultSchema.safeParse(value);
    const said = fault.success ? (fault.data.error_description ?? fault.data.error) : `status ${answer.status}`;
    throw new MailServerFault('login', `${host} does not accept ${at.what}: ${said.slice(0, 300)}`);
  }
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) throw new MailServerFault('unreachable', `${host} answered ${answer.status} without a token.`);
  const { access_token, expires_in, refresh_token } = parsed.data;
  return {
    accessToken: access_token,
    expiresAt: new Date(at.now.getTime() + Math.max(0, expires_in - earlySeconds) * 1000),
    refreshToken: refresh_token ?? null,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
