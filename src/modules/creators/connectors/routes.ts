import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import { connectOne, disconnectOne, testOne } from './change-connections.ts';
import { enqueueConnection } from './jobs.ts';
import { listAll, listHashtagPage, listHashtagsRead, listTasksPage } from './list-connections.ts';
import type { Connector } from './port.ts';
import type { RunWhat } from './run-connection.ts';
import { readRefresh, refreshOne, syncOne } from './sync-connection.ts';

export function connectionRoutes(infra: Infra, connectors: readonly Connector[]): Route[] {
  const how = { connectors, enqueue: (what: RunWhat) => enqueueConnection(infra, what) };
  return [
    route(api.listConnections, (call) => listAll(infra, connectors, call)),
    route(api.connectPlatform, async (call) => {
      const connection = await connectOne(infra, connectors, call);
      // What waited for a key that works goes on at once.
      if (connection.tasks.waiting > 0)
        await enqueueConnection(infra, { ...call.input, workspaceId: call.workspaceId });
      return connection;
    }),
    route(api.testConnection, (call) => testOne(infra, connectors, call)),
    route(api.disconnectPlatform, (call) => disconnectOne(infra, call)),
    route(api.syncConnection, (call) => syncOne(infra, how, call)),
    route(api.listConnectionTasks, (call) => listTasksPage(infra, call)),
    route(api.listHashtags, (call) => listHashtagsRead(infra, call)),
    route(api.listHashtagPosts, (call) => listHashtagPage(infra, call)),
    route(api.refreshCreator, (call) => refreshOne(infra, how, call)),
    route(api.getCreatorRefresh, (call) => readRefresh(infra, connectors, call)),
  ];
}
