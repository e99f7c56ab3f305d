import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { listedEvents } from './event-list.ts';
import { changeEndpoint, createEndpoint, removeEndpoint, rotateEndpoint } from './keep-endpoints.ts';
import { presentEndpoints } from './present-endpoints.ts';
import { getMessage, listMessages } from './read-messages.ts';
import type { Receiver } from './receiver.ts';
import { replayEndpoint, replayMessage, testEndpoint } from './send-again.ts';

export function webhooksRoutes(infra: Infra, receivers: readonly Receiver[]): Route[] {
  return [
    route(api.listWebhookEndpoints, ({ workspaceId }) =>
      infra.db.inWorkspace(workspaceId, (tx) => presentEndpoints(tx, workspaceId, infra.clock.now())),
    ),
    route(api.createWebhookEndpoint, (call) => createEndpoint(infra, receivers, call)),
    route(api.updateWebhookEndpoint, (call) => changeEndpoint(infra, receivers, call)),
    route(api.rotateWebhookSecret, (call) => rotateEndpoint(infra, receivers, call)),
    route(api.removeWebhookEndpoint, (call) => removeEndpoint(infra, call)),
    route(api.testWebhookEndpoint, (call) => testEndpoint(infra, receivers, call)),
    route(api.replayFailedWebhooks, (call) => replayEndpoint(infra, call)),
    route(api.listWebhookEvents, () => Promise.resolve([...listedEvents])),
    route(api.listWebhookMessages, (call) => listMessages(infra, call)),
    route(api.getWebhookMessage, (call) => getMessage(infra, call)),
    route(api.replayWebhookMessage, (call) => replayMessage(infra, call)),
  ];
}
