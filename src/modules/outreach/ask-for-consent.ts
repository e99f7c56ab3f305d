import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { seal, unseal } from '#infra/seal.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  connectMailbox,
  consentScreens,
  type finishConsent,
  knownServers,
  type Mailbox,
  type startConsent,
} from './api.ts';
import { outreachError } from './errors.ts';
import { MailServerFault } from './mail-servers.ts';
import { connectBox } from './manage-mailboxes.ts';
import type { Parts } from './parts.ts';
import { insertConsent, takeConsent } from './queries/consents.ts';

const consentMs = 10 * 60_000;

const keptSchema = z.object({
  verifier: z.string(),
  tokenUrl: z.string(),
  redirectUri: z.string(),
  wanted: z.record(z.string(), z.unknown()),
});

/** Where to send the person: the provider's screen with a challenge (RFC 7636, S256) and a state only they can bring back. Errors: missing_login. */
export async function beginConsent(
  parts: Parts,
  call: Call<typeof startConsent>,
): Promise<OutputOf<typeof startConsent>> {
  const { infra } = parts;
  const { workspaceId, input } = call;
  const now = infra.clock.now();
  const { authorizeUrl, scope, ...wanted } = input;
  const screen = screenOf(input);
  const verifier = randomBytes(48).toString('base64url');
  const { slug } = await infra.db.inWorkspace(workspaceId, (tx) => getWorkspace(tx, workspaceId));
  // The workspace goes along, since the page the provider comes back to stands outside of all.
  const state = `${slug}.${randomBytes(24).toString('base64url')}`;
  const redirectUri = `${infra.config.publicUrl}/app/mail-consent`;
  const id = newId('mailConsent', now.getTime());
  const kept = { verifier, tokenUrl: screen.tokenUrl, redirectUri, wanted };
  const expiresAt = new Date(now.getTime() + consentMs);
  await infra.db.inWorkspace(workspaceId, (tx) =>
    insertConsent(tx, workspaceId, {
      id,
      stateHash: hashOf(state),
      actorId: call.actor.id,
      sealed: seal(contextOf(infra, workspaceId, id), JSON.stringify(kept)),
      now,
      expiresAt,
    }),
  );
  const address = new URL(screen.authorizeUrl);
  const params = {
    ...screen.extra,
    response_type: 'code',
    client_id: input.clientId,
    redirect_uri: redirectUri,
    scope: screen.scope,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: input.address,
  };
  for (const [name, value] of Object.entries(params)) address.searchParams.set(name, value);
  return { address: address.toString(), redirectUri, expiresAt: expiresAt.toISOString() };
}

function screenOf(input: Call<typeof startConsent>['input']) {
  if (input.auth !== 'oauth') return { ...consentScreens[input.auth], tokenUrl: knownServers[input.auth].tokenUrl };
  const missing = (['authorizeUrl', 'tokenUrl', 'scope'] as const).filter((field) => input[field] === undefined);
  if (missing.length > 0)
    throw outreachError(
      'missing_login',
      `Name ${missing.join(', ')} of the provider.`,
      missing.map((field) => ({ field, message: 'is needed for another provider' })),
    );
  const { authorizeUrl = '', tokenUrl = '', scope = '' } = input;
  return { authorizeUrl, tokenUrl, scope, extra: {} };
}

/** Trades the code for a refresh token and connects the mailbox. A state counts once, tried or not. Errors: no_consent, not_connected, address_taken. */
export async function endConsent(parts: Parts, call: Call<typeof finishConsent>): Promise<Mailbox> {
  const { infra } = parts;
  const { workspaceId, input } = call;
  const now = infra.clock.now();
  const taken = await infra.db.inWorkspace(workspaceId, (tx) =>
    takeConsent(tx, workspaceId, { stateHash: hashOf(input.state), actorId: call.actor.id, now }),
  );
  const text = taken === undefined ? null : unseal(contextOf(infra, workspaceId, taken.id), taken.sealed);
  if (text === null)
    throw outreachError(
      'no_consent',
      'This answer of a consent screen is not known, over ten minutes old, used already, or another person began it. Begin again in the settings.',
    );
  const kept = keptSchema.parse(JSON.parse(text));
  if (input.code === undefined) throw refused(input.error, input.errorDescription);
  const wanted = connectMailbox.input.parse(kept.wanted);
  const { clientId = '', clientSecret = null } = wanted;
  const answer = await parts.servers
    .exchangeCode({ ...kept, clientId, clientSecret, code: input.code }, now)
    .catch((error: unknown) => {
      if (error instanceof MailServerFault)
        throw outreachError('not_connected', `The mailbox was not connected. ${error.message}`);
      throw error;
    });
  if (answer.refreshToken === null)
    throw outreachError(
      'not_connected',
      'The provider gave access for an hour only, without a refresh token. Take the app’s access away in your account there, then begin again.',
    );
  return connectBox(parts, { ...call, input: { ...wanted, refreshToken: answer.refreshToken } });
}

function refused(error = 'no code', description = '') {
  if (error === 'access_denied')
    return outreachError('no_consent', 'Access was not allowed on the consent screen, so nothing was connected.');
  const said = description === '' ? error : `${error}: ${description}`;
  return outreachError('no_consent', `The provider sent no code. It says: ${said.slice(0, 500)}`);
}

const hashOf = (state: string) => createHash('sha256').update(state).digest();

function contextOf(infra: Infra, workspaceId: string, id: string) {
  return { secret: infra.secret, label: 'mail-consents', owner: `${workspaceId}:${id}` };
}
