import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { createSafeFetch } from '#infra/fetch/safe-fetch.ts';
import { exchangeCode } from '#integrations/smtp/refresh-token.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { type ImapServer, openImapServer } from '#tests/support/imap-server.ts';
import { type MailSink, openMailSink } from '#tests/support/mail-sink.ts';
import * as api from './api.ts';

let test: TestCore;
let client: Client;
let imap: ImapServer;
let sink: MailSink;
let provider: Server;
let host = '';
let now = new Date('2026-05-18T09:00:00Z');
let boxes = 0;
/** What the provider answers for a code, and what it was last asked with. */
let answer: (given: URLSearchParams) => { status: number; body: unknown };
let given = new URLSearchParams();

beforeAll(async () => {
  provider = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const params = new URLSearchParams(Buffer.concat(chunks).toString());
    if (params.get('grant_type') === 'authorization_code') given = params;
    const { status, body } = answer(params);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', () => resolve()));
  const address = provider.address();
  host = `127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}`;
  imap = await openImapServer();
  sink = await openMailSink({ login: { password: imap.password, accessToken: 'token-2' } });
  test = await openTestCore({
    clock: { now: () => now },
    env: { RAPPORT_MAIL_HOSTS: '127.0.0.1', RAPPORT_URL: 'http://localhost:4600' },
    fetch: createSafeFetch({ allowedLocal: [host] }),
  });
  await test.database.createWorkspace('mill');
  client = test.client('mill');
}, 60_000);
afterAll(async () => {
  await test.close();
  await sink.close();
  await imap.close();
  await new Promise((resolve) => provider.close(resolve));
});
beforeEach(() => {
  now = new Date('2026-05-18T09:00:00Z');
  answer = (params) =>
    params.get('grant_type') === 'authorization_code'
      ? { status: 200, body: { access_token: 'x', expires_in: 3599, refresh_token: 'refresh-1', token_type: 'Bearer' } }
      : { status: 200, body: { access_token: 'token-2', expires_in: 3600 } };
});

async function begin() {
  boxes += 1;
  const started = await client.call(api.startConsent, {
    address: `box${boxes}@brand.example`,
    auth: 'oauth',
    clientId: 'our-app',
    clientSecret: 'our-secret',
    authorizeUrl: 'https://login.example/authorize?tenant=a',
    tokenUrl: `http://${host}/token`,
    scope: 'mail offline',
    smtp: { host: '127.0.0.1', port: sink.port, isTls: false },
    imap: null,
  });
  const params = new URL(started.address).searchParams;
  return { ...started, params, state: params.get('state') ?? '', address: `box${boxes}@brand.example` };
}

it('a mailbox is connected by the consent screen: challenge and verifier fit, the refresh token is sealed', async () => {
  const { params, state, redirectUri, address } = await begin();
  expect(redirectUri).toBe('http://localhost:4600/app/mail-consent');
  expect(Object.fromEntries(params)).toMatchObject({
    tenant: 'a',
    response_type: 'code',
    client_id: 'our-app',
    redirect_uri: redirectUri,
    scope: 'mail offline',
    code_challenge_method: 'S256',
    login_hint: address,
  });
  const mailbox = await client.call(api.finishConsent, { state, code: 'code-1' });
  expect(mailbox).toMatchObject({ address, auth: 'oauth', state: 'ok' });
  const verifier = given.get('code_verifier') ?? '';
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(params.get('code_challenge'));
  expect(Object.fromEntries(given)).toMatchObject({
    code: 'code-1',
    redirect_uri: redirectUri,
    client_secret: 'our-secret',
  });
  const row = await test.database.db.asSystem((tx) =>
    tx.selectFrom('mailbox').select('sealed').where('id', '=', mailbox.id).executeTakeFirstOrThrow(),
  );
  expect(row.sealed.includes('refresh-1')).toBe(false);
  // What came back once counts no second time.
  await expect(client.call(api.finishConsent, { state, code: 'code-1' })).rejects.toMatchObject({
    code: 'outreach.no_consent',
  });
});

it('an answer that is foreign, late, refused or without a lasting token connects nothing', async () => {
  const refuse = (input: Parameters<typeof finish>[0]) => finish(input);
  const finish = async (input: { state: string; code?: string; error?: string; errorDescription?: string }) =>
    client.call(api.finishConsent, input).then(
      () => 'connected',
      (error: Error & { code: string }) => `${error.code}: ${error.message}`,
    );
  expect(await refuse({ state: 'mill.forged', code: 'c' })).toMatch(/^outreach.no_consent: .*Begin again/);
  const late = await begin();
  now = new Date(now.getTime() + 11 * 60_000);
  expect(await refuse({ state: late.state, code: 'c' })).toMatch(/^outreach.no_consent/);
  const denied = await begin();
  expect(await refuse({ state: denied.state, error: 'access_denied' })).toMatch(
    /was not allowed on the consent screen/,
  );
  const admin = await begin();
  const said = 'AADSTS65001: The user or administrator has not consented';
  expect(await refuse({ state: admin.state, error: 'consent_required', errorDescription: said })).toContain(said);
  answer = () => ({ status: 400, body: { error: 'redirect_uri_mismatch', error_description: 'Bad Request' } });
  expect(await refuse({ state: (await begin()).state, code: 'c' })).toMatch(/not_connected: .*Bad Request/);
  answer = () => ({ status: 200, body: { access_token: 'x', expires_in: 3599, token_type: 'Bearer' } });
  expect(await refuse({ state: (await begin()).state, code: 'c' })).toMatch(/without a refresh token/);
  answer = () => ({ status: 502, body: '<html>' });
  expect(await refuse({ state: (await begin()).state, code: 'c' })).toMatch(/not_connected/);
});

it('what one person began no other person can end, nor in another workspace', async () => {
  const { state } = await begin();
  await test.database.db.asSystem((tx) => tx.updateTable('mail_consent').set({ actor_id: 'usr_other' }).execute());
  await expect(client.call(api.finishConsent, { state, code: 'c' })).rejects.toMatchObject({
    code: 'outreach.no_consent',
  });
  await test.database.createWorkspace('stranger');
  const again = await begin();
  await expect(
    test.client('stranger').call(api.finishConsent, { state: again.state, code: 'c' }),
  ).rejects.toMatchObject({ code: 'outreach.no_consent' });
});

it('Gmail and Microsoft are asked for what lasts, at their own addresses', async () => {
  const ask = async (auth: 'gmail' | 'microsoft') =>
    new URL((await client.call(api.startConsent, { address: 'a@b.example', auth, clientId: 'id' })).address);
  const gmail = await ask('gmail');
  expect([gmail.origin, gmail.searchParams.get('access_type'), gmail.searchParams.get('scope')]).toEqual([
    'https://accounts.google.com',
    'offline',
    'https://mail.google.com/',
  ]);
  const microsoft = await ask('microsoft');
  expect(microsoft.origin).toBe('https://login.microsoftonline.com');
  expect(microsoft.searchParams.get('scope')).toContain('offline_access');
});

it('answers of token addresses are read as documented', async () => {
  const at = {
    tokenUrl: 'https://oauth2.googleapis.com/token',
    clientId: 'i',
    clientSecret: null,
    code: 'c',
    verifier: 'v',
    redirectUri: 'r',
  };
  const read = (status: number, body: unknown) =>
    exchangeCode(async (url) => ({ status, headers: {}, url, body: Buffer.from(JSON.stringify(body)) }), at, now);
  const google = {
    access_token: 'ya29',
    expires_in: 3920,
    scope: 'https://mail.google.com/',
    token_type: 'Bearer',
    refresh_token: '1//x',
  };
  expect(await read(200, google)).toMatchObject({ accessToken: 'ya29', refreshToken: '1//x' });
  const microsoft = { ...google, expires_in: '3599', ext_expires_in: 3599 };
  expect((await read(200, microsoft)).expiresAt).toEqual(new Date(now.getTime() + 3539_000));
  await expect(read(400, { error: 'invalid_grant', error_description: 'Malformed auth code.' })).rejects.toThrow(
    'oauth2.googleapis.com does not accept the code of the consent screen: Malformed auth code.',
  );
});
