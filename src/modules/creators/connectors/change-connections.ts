import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type Connection,
  type ConnectionPlatform,
  connectionNames,
  type connectPlatform,
  type disconnectPlatform,
  type testConnection,
} from '../api.ts';
import { creatorsError } from '../errors.ts';
import {
  deleteConnection,
  findConnection,
  type StoredConnection,
  setConnectionState,
  upsertConnection,
} from '../queries/connections.ts';
import { getConnection } from './list-connections.ts';
import { openAccess, openCredentials, sealCredentials } from './open-access.ts';
import { type Connector, ConnectorFault } from './port.ts';

/**
 * Connects a platform or changes its connection. The credentials are tried first: wrong ones are not kept; when the platform does not answer they
 * are kept, and it says so. Errors: bad_value (field `values.<key>`), bad_key.
 */
export async function connectOne(
  infra: Infra,
  connectors: readonly Connector[],
  call: Call<typeof connectPlatform>,
): Promise<Connection> {
  const { workspaceId, input, actor } = call;
  const { platform } = input;
  const connector = connectorOf(connectors, platform);
  const before = await infra.db.inWorkspace(workspaceId, (tx) => findConnection(tx, workspaceId, platform));
  const { settings, credentials } = readValues(connector, input.values, knownValues(infra, workspaceId, before));
  // The row stands before it is tried, so that what the trial costs is counted.
  const tried = await tryOut(infra, connector, { workspaceId, settings, credentials, isKnown: before !== null });
  const sealed =
    Object.keys(credentials).length === 0 ? null : sealCredentials(infra, { workspaceId, platform }, credentials);
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const now = infra.clock.now();
    await upsertConnection(tx, workspaceId, {
      ...tried,
      platform,
      settings,
      credentials: sealed,
      refreshDays: input.refreshDays,
      actor,
      now,
    });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: before === null ? 'connection.connected' : 'connection.changed',
      subjectKind: 'connection',
      subjectId: platform,
      // Which keys were entered, never what they are.
      changes: { platform, entered: Object.keys(input.values), refreshDays: input.refreshDays },
    });
  });
  return getConnection(infra, connectors, { workspaceId, platform });
}

function knownValues(infra: Infra, workspaceId: string, before: StoredConnection | null): Record<string, string> {
  if (before === null) return {};
  try {
    return openCredentials(infra, { workspaceId, platform: before.platform }, before.credentials);
  } catch {
    return {};
  }
}

function readValues(
  connector: Connector,
  values: Record<string, string>,
  known: Record<string, string>,
): { settings: Record<string, string>; credentials: Record<string, string> } {
  const settings: Record<string, string> = {};
  const credentials: Record<string, string> = {};
  const details: { field: string; message: string }[] = [];
  const unknown = Object.keys(values).filter((key) => !connector.about.fields.some((field) => field.key === key));
  for (const key of unknown) {
    const keys = connector.about.fields.map((field) => field.key).join(', ') || 'nothing';
    details.push({ field: `values.${key}`, message: `There is no such value here; it takes ${keys}` });
  }
  for (const field of connector.about.fields) {
    const value = (values[field.key] ?? '').trim() || (field.isSecret ? (known[field.key] ?? '') : '');
    if (value === '') {
      if (!field.isOptional) details.push({ field: `values.${field.key}`, message: `${field.label} is needed` });
      continue;
    }
    // Header and query values: a line break in one would be a second header.
    if (/\p{Cc}/u.test(value)) details.push({ field: `values.${field.key}`, message: 'It holds a line break' });
    else if (field.isSecret) credentials[field.key] = value;
    else settings[field.key] = value;
  }
  const [first] = details;
  if (first !== undefined) throw creatorsError('bad_value', `${first.message}.`, details);
  return { settings, credentials };
}

async function tryOut(
  infra: Infra,
  connector: Connector,
  from: {
    workspaceId: string;
    settings: Record<string, string>;
    credentials: Record<string, string>;
    isKnown: boolean;
  },
): Promise<Pick<StoredConnection, 'account' | 'state' | 'message'>> {
  const access = openAccess(infra, connector, {
    workspaceId: from.workspaceId,
    signal: AbortSignal.timeout(checkMsMax),
    stored: from,
  });
  let renewed: Record<string, string> | null = null;
  const spend = from.isKnown ? access.spend : async () => undefined;
  const renew = async (credentials: Record<string, string>) => {
    renewed = credentials;
  };
  try {
    const { account } = await connector.check({ ...access, spend, renew });
    if (renewed !== null) Object.assign(from.credentials, renewed);
    return { account, state: 'working', message: null };
  } catch (error) {
    const message = messageOf(error);
    if (message === null) throw error;
    if (error instanceof ConnectorFault && ['credentials', 'closed', 'gone'].includes(error.kind))
      throw creatorsError('bad_key', `${connectionNames[connector.platform]} does not take it: ${message}`, [
        { field: `values.${connector.about.fields.find((field) => field.isSecret)?.key ?? ''}`, message },
      ]);
    return { account: null, state: 'working', message: `Kept, but not tried: ${message}` };
  }
}

const checkMsMax = 25_000;

/** What a person can be told of a fault; null when it is ours. */
function messageOf(error: unknown): string | null {
  if (error instanceof ConnectorFault) return error.message;
  return error instanceof AppError && error.code.startsWith('fetch.') ? error.message : null;
}

/** Asks the platform once. A fault is an answer, not an error. Error: not_connected. */
export async function testOne(
  infra: Infra,
  connectors: readonly Connector[],
  call: Call<typeof testConnection>,
): Promise<{ isWorking: boolean; account: string | null; message: string }> {
  const { workspaceId, input } = call;
  const { platform } = input;
  const connector = connectorOf(connectors, platform);
  const stored = await infra.db.inWorkspace(workspaceId, (tx) => requireConnection(tx, workspaceId, platform));
  const outcome = await ask(infra, connector, { workspaceId, stored });
  const state = outcome.isWorking ? 'working' : outcome.isOurs ? 'failing' : stored.state;
  await infra.db.inWorkspace(workspaceId, (tx) =>
    setConnectionState(tx, workspaceId, {
      platform,
      state,
      message: outcome.isWorking ? null : outcome.message,
      waitUntil: outcome.isWorking ? null : stored.waitUntil,
      now: infra.clock.now(),
    }),
  );
  const { isWorking, account, message } = outcome;
  return { isWorking, account, message };
}

async function ask(
  infra: Infra,
  connector: Connector,
  from: { workspaceId: string; stored: StoredConnection },
): Promise<{ isWorking: boolean; account: string | null; message: string; isOurs: boolean }> {
  const { workspaceId, stored } = from;
  try {
    const credentials = openCredentials(infra, { workspaceId, platform: stored.platform }, stored.credentials);
    const signal = AbortSignal.timeout(checkMsMax);
    const access = openAccess(infra, connector, {
      workspaceId,
      signal,
      stored: { settings: stored.settings, credentials },
    });
    const { account } = await connector.check(access);
    return {
      isWorking: true,
      account,
      message: account === null ? 'It works.' : `It works, as ${account}.`,
      isOurs: false,
    };
  } catch (error) {
    const message = messageOf(error);
    if (message === null) throw error;
    const isOurs = error instanceof ConnectorFault && error.kind === 'credentials';
    return { isWorking: false, account: null, message, isOurs };
  }
}

/** Forgets the connection with its key, what it costs and what is still to be read. Error: not_connected. */
export async function disconnectOne(infra: Infra, call: Call<typeof disconnectPlatform>): Promise<null> {
  const { workspaceId, input } = call;
  const { platform } = input;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await deleteConnection(tx, workspaceId, platform))) throw notConnected(platform);
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'connection.disconnected',
      subjectKind: 'connection',
      subjectId: platform,
    });
  });
  return null;
}

export async function requireConnection(
  tx: Parameters<typeof findConnection>[0],
  workspaceId: string,
  platform: ConnectionPlatform,
): Promise<StoredConnection> {
  const stored = await findConnection(tx, workspaceId, platform);
  if (stored === null) throw notConnected(platform);
  return stored;
}

function notConnected(platform: ConnectionPlatform) {
  return creatorsError(
    'not_connected',
    `${connectionNames[platform]} is not connected. Connect it under Settings, Connections, or by rapport connections connect ${platform}.`,
  );
}

export function connectorOf(connectors: readonly Connector[], platform: ConnectionPlatform): Connector {
  const connector = connectors.find((one) => one.platform === platform);
  if (connector === undefined) throw new Error(`No connector for ${platform}`);
  return connector;
}
