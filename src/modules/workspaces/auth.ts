import { createHmac } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { outliveLostConnections } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { type IdKind, newId } from '#kernel/id.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

/** Sessions end this long after sign-in; those not used end earlier, see who-is-signed-in.ts. */
export const sessionMaxSeconds = 30 * 24 * 3600;
/** The peer's address as the server saw it; set by us on the way to better-auth, whatever the caller sent. */
export const peerHeader = 'x-rapport-peer';

export interface Person {
  id: string;
  name: string;
  email: string;
}

export interface SignedIn {
  person: Person;
  sessionId: string;
  /** To the hour. */
  usedAt: Date;
}

export interface Auth {
  /** better-auth's own handler; only the paths that handle-auth.ts names reach it. */
  handle(request: Request): Promise<Response>;
  /** Who the request's session cookie belongs to; null without a live session. */
  sessionOf(headers: Headers): Promise<SignedIn | null>;
  close(): Promise<void>;
}

/**
 * Sign-in and sessions by better-auth, on the tables app_user, user_session and user_account. Accounts are made by our own
 * use cases, in the transaction that gives them a place (set-up, invitation), so sign-up is off here. It makes no outgoing request.
 */
export function createAuth(infra: Infra): Auth {
  const pool = new pg.Pool({ connectionString: infra.db.urls.system, max: 4, idleTimeoutMillis: 30_000 });
  outliveLostConnections(pool);
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const auth = createBetterAuth(infra, database);
  return {
    handle: (request) => auth.handler(request),
    sessionOf: async (headers) => {
      if (!headers.has('cookie')) return null;
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
      if (found === null) return null;
      const { id, name, email } = found.user;
      return { person: { id, name, email }, sessionId: found.session.id, usedAt: found.session.updatedAt };
    },
    close: () => database.destroy(),
  };
}

const idKinds: Record<string, IdKind> = { user: 'user', session: 'session', account: 'account' };

function createBetterAuth(infra: Infra, database: Kysely<unknown>) {
  const isHttps = infra.config.publicUrl.startsWith('https:');
  return betterAuth({
    appName: 'Rapport',
    baseURL: infra.config.publicUrl,
    basePath: '/api/auth',
    secret: createHmac('sha256', infra.secret).update('sessions').digest('hex'),
    database: { db: database, type: 'postgres' },
    telemetry: { enabled: false },
    // Attempts are counted in handle-auth.ts, by account and address, and other sites are refused there.
    rateLimit: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      maxPasswordLength: 200,
      password: { hash: hashPassword, verify: ({ hash, password }) => passwordMatches(password, hash) },
    },
    user: {
      modelName: 'app_user',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'user_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: sessionMaxSeconds,
      disableSessionRefresh: true,
    },
    // When a session was used last is asked of our clock, so it is told by it; when it ends at the latest stays the library's own.
    databaseHooks: {
      session: {
        create: { before: (session) => Promise.resolve({ data: { ...session, updatedAt: infra.clock.now() } }) },
      },
    },
    account: {
      modelName: 'user_account',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    advanced: {
      // __Host- binds the cookie to this very host and path, which __Secure-, the library's own choice, does not.
      cookiePrefix: isHttps ? '__Host-rapport' : 'rapport',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps },
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { ipAddressHeaders: [peerHeader] },
      database: {
        validateSchema: false,
        generateId: ({ model }) => newId(idKinds[model] ?? 'account'),
      },
    },
  });
}
