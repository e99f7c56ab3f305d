import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { seal, unseal } from '#infra/seal.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import type { ConnectionPlatform } from '../api.ts';
import { bookName, bookUnits, type StoredConnection, setCredentials } from '../queries/connections.ts';
import { nextMidnight } from '../rules/next-midnight.ts';
import { type Connector, type ConnectorAccess, ConnectorFault } from './port.ts';

const credentialsSchema = z.record(z.string(), z.string());

interface Owner {
  workspaceId: string;
  platform: ConnectionPlatform;
}

export function sealCredentials(infra: Infra, owner: Owner, credentials: Record<string, string>): Buffer {
  return seal(contextOf(infra, owner), JSON.stringify(credentials));
}

/** The credentials of a connection; a ConnectorFault when they were sealed with another secret. */
export function openCredentials(infra: Infra, owner: Owner, sealed: Buffer | null): Record<string, string> {
  if (sealed === null) return {};
  const text = unseal(contextOf(infra, owner), sealed);
  if (text === null)
    throw new ConnectorFault(
      'credentials',
      'The stored key cannot be opened: it was sealed with the secret of another installation. Enter it again.',
    );
  return credentialsSchema.parse(JSON.parse(text));
}

function contextOf(infra: Infra, { workspaceId, platform }: Owner) {
  return { secret: infra.secret, label: 'connections', owner: `${workspaceId}:${platform}` };
}

/** What a connector is given: credentials, the clock, and books that are kept even when the process dies in the middle of a request. */
export function openAccess(
  infra: Infra,
  connector: Connector,
  from: {
    workspaceId: string;
    signal: AbortSignal;
    stored: Pick<StoredConnection, 'settings'> & { credentials: Record<string, string> };
  },
): ConnectorAccess {
  const { workspaceId, stored } = from;
  const { platform, budget } = connector;
  const now = infra.clock.now();
  return {
    credentials: stored.credentials,
    settings: stored.settings,
    now,
    signal: from.signal,
    spend: async (units) => {
      if (budget === null) return;
      const day = dayIn(budget.timeZone, infra.clock.now());
      const use = { platform, day, units, limit: budget.unitsPerDay };
      if (await infra.db.inWorkspace(workspaceId, (tx) => bookUnits(tx, workspaceId, use))) return;
      const retryAt = nextMidnight(budget.timeZone, infra.clock.now());
      throw new ConnectorFault(
        'quota',
        `The ${budget.unitsPerDay} ${budget.unit} of today are used up. It goes on when the platform's day begins.`,
        retryAt,
      );
    },
    spendName: async (name, { namesMax, days }) => {
      const day = dayIn('UTC', infra.clock.now());
      const use = { platform, name, day, since: addDays(day, -days), namesMax };
      const full = await infra.db.inWorkspace(workspaceId, (tx) => bookName(tx, workspaceId, use));
      if (full === null) return;
      throw new ConnectorFault(
        'quota',
        `${namesMax} different names within ${days} days are all the platform allows. "${name}" has to wait.`,
        new Date(Date.parse(`${addDays(full.oldestDay, days)}T00:00:00Z`)),
      );
    },
    renew: (credentials) => {
      const sealed = sealCredentials(infra, { workspaceId, platform }, credentials);
      return infra.db.inWorkspace(workspaceId, (tx) =>
        setCredentials(tx, workspaceId, { platform, credentials: sealed }),
      );
    },
  };
}
