import type { Reach } from '#integrations/call-api.ts';
import type { Connector, ConnectorAccess, ConnectorFault, ConnectorStep, TaskKind } from '#modules/creators/index.ts';
import { openReplayServer, type ReplayServer } from './replay-server.ts';

export const connectorNow = new Date('2026-06-01T12:00:00Z');
const stepsMax = 60;

export interface ConnectorRun {
  server: ReplayServer;
  access: ConnectorAccess;
  spent: { units: number; names: string[]; renewed: Record<string, string>[] };
  /** Every step of one task, to the end. */
  readAll(kind: TaskKind, target: string): Promise<ConnectorStep[]>;
  /** What a task stops with. */
  fault(kind: TaskKind, target: string): Promise<ConnectorFault | Error>;
}

/** Runs a connector against a replay server, as the program does but without its database; waits take no time. */
export async function openConnectorRun(
  create: (reach: Reach) => Connector,
  given: { credentials?: Record<string, string>; settings?: Record<string, string> } = {},
): Promise<ConnectorRun> {
  const server = await openReplayServer();
  const spent: ConnectorRun['spent'] = { units: 0, names: [], renewed: [] };
  const access: ConnectorAccess = {
    credentials: { ...given.credentials },
    settings: { ...given.settings },
    now: connectorNow,
    signal: new AbortController().signal,
    spend: async (units) => {
      spent.units += units;
    },
    spendName: async (name) => void spent.names.push(name),
    renew: async (credentials) => void spent.renewed.push(credentials),
  };
  const connector = create({ fetch: server.fetch, wait: async () => undefined, random: () => 0 });
  const readAll = async (kind: TaskKind, target: string) => {
    const steps: ConnectorStep[] = [];
    let cursor: unknown = null;
    do {
      // A cursor lives in the database between steps.
      const stored: unknown = JSON.parse(JSON.stringify(cursor));
      const step = await connector.step(access, { kind, target, externalId: null, url: null, cursor: stored });
      steps.push(step);
      cursor = step.cursor;
    } while (cursor !== null && steps.length < stepsMax);
    return steps;
  };
  return {
    server,
    access,
    spent,
    readAll,
    fault: (kind, target) =>
      readAll(kind, target).then(
        () => new Error('nothing went wrong'),
        (error: Error) => error,
      ),
  };
}
