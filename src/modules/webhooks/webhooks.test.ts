import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createOrder, refundOrder } from '#modules/tracking/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { openReplayServer, type ReplayRequest, type ReplayServer } from '#tests/support/replay-server.ts';
import {
  createWebhookEndpoint,
  type EndpointKind,
  getWebhookMessage,
  listWebhookEndpoints,
  listWebhookEvents,
  listWebhookMessages,
  removeWebhookEndpoint,
  replayFailedWebhooks,
  replayWebhookMessage,
  rotateWebhookSecret,
  testWebhookEndpoint,
  updateWebhookEndpoint,
} from './api.ts';
import { retryWaitsSeconds, triesMax } from './rules/retries.ts';

let core: TestCore;
let receiver: ReplayServer;
let workspaceId: string;
let clockMs = Date.parse('2026-05-04T08:00:00Z');
let made = 0;
const client = () => core.client('mine');

beforeAll(async () => {
  receiver = await openReplayServer();
  const clock = { now: () => new Date(clockMs) };
  // What is due is sent when a test says so.
  core = await openTestCore({ clock, fetch: receiver.fetch, isWorker: false });
  workspaceId = await core.database.createWorkspace('mine');
}, 60_000);
afterAll(async () => {
  await core.close();
  await receiver.close();
});
beforeEach(async () => {
  for (const { id } of await client().call(listWebhookEndpoints, {}))
    await client().call(removeWebhookEndpoint, { endpointId: id });
  receiver.requests.length = 0;
  receiver.answer(() => ({ status: 204 }));
});

async function anEndpoint(of: { kind?: EndpointKind; target?: string; events?: string[]; secret?: string } = {}) {
  made += 1;
  const target = of.target ?? 'https://hooks.example/in';
  return await client().call(createWebhookEndpoint, { name: `Endpoint ${made}`, ...of, target });
}

/** Something happens; what is written of it is sent. */
async function happens(name = 'task.added', payload: Record<string, string> = { taskId: 'tsk_1' }): Promise<void> {
  const { infra, modules } = core.core;
  await infra.db.inWorkspace(workspaceId, (tx) => infra.outbox.emit(tx, { workspaceId, name, payload }));
  await infra.outbox.settle();
  await modules.webhooks.sendDue();
}

async function messagesOf(endpointId: string) {
  return (await client().call(listWebhookMessages, { endpointId })).rows;
}

const headersOf = ({ headers }: ReplayRequest) => ({
  'webhook-id': String(headers['webhook-id']),
  'webhook-timestamp': String(headers['webhook-timestamp']),
  'webhook-signature': String(headers['webhook-signature']),
});

/** The public library checks times against the machine's clock, so the test's is set to it. */
function toMachineTime(): void {
  clockMs = Date.now();
}

describe('signed webhooks', () => {
  test('carry type, time and data, and the public library takes their signature, of both secrets while one is replaced', async () => {
    toMachineTime();
    const { endpoint, secret } = await anEndpoint({ events: ['task.added'] });
    await happens('task.added', { taskId: 'tsk_7' });
    const rotated = await client().call(rotateWebhookSecret, { endpointId: endpoint.id });
    await happens('task.added', { taskId: 'tsk_8' });
    const [first, second] = receiver.requests;
    if (first === undefined || second === undefined) throw new Error('Two messages were to come');
    expect(new Webhook(secret ?? '').verify(first.body, headersOf(first))).toMatchObject({
      type: 'task.added',
      data: { taskId: 'tsk_7' },
    });
    for (const one of [secret, rotated.secret])
      expect(new Webhook(one ?? '').verify(second.body, headersOf(second))).toMatchObject({
        data: { taskId: 'tsk_8' },
      });
    expect(() => new Webhook(rotated.secret ?? '').verify(first.body, headersOf(first))).toThrow();
    clockMs += 86_400_001;
    await happens('task.added', { taskId: 'tsk_9' });
    expect(headersOf(receiver.requests[2] ?? first)['webhook-signature'].split(' ').length).toBe(1);
  });

  test('are sent for the events that are asked for and no others, each once however often it is handed over', async () => {
    const { endpoint } = await anEndpoint({ events: ['task.done'] });
    await happens('task.added');
    expect(receiver.requests.length).toBe(0);
    await happens('task.done');
    const event = { workspaceId, id: 'evt_1', name: 'task.done', payload: {}, createdAt: new Date(clockMs) };
    const consumer = core.core.modules.webhooks.consumers?.[0];
    for (let time = 0; time < 3; time += 1) await consumer?.handle([event, event]);
    await core.core.modules.webhooks.sendDue();
    expect(receiver.requests.length).toBe(2);
    expect((await messagesOf(endpoint.id)).map((one) => one.state)).toEqual(['delivered', 'delivered']);
  });

  test('are tried for 24 hours with the same id and bytes, then given up, and every try is kept', async () => {
    receiver.answer(() => ({ status: 500, body: 'out of order' }));
    const { endpoint } = await anEndpoint();
    await happens();
    for (const waitSeconds of retryWaitsSeconds) {
      clockMs += waitSeconds * 1000 - 1000;
      expect(await core.core.modules.webhooks.sendDue()).toBe(0);
      const before = receiver.requests.length;
      clockMs += 1000;
      await core.core.modules.webhooks.sendDue();
      expect(receiver.requests.length).toBe(before + 1);
    }
    expect(new Set(receiver.requests.map((one) => one.body)).size).toBe(1);
    expect(new Set(receiver.requests.map((one) => headersOf(one)['webhook-id'])).size).toBe(1);
    const [message] = await messagesOf(endpoint.id);
    expect(message).toMatchObject({ state: 'failed', attempts: triesMax, lastStatus: 500, nextTryAt: null });
    const { tries } = await client().call(getWebhookMessage, { messageId: message?.id ?? '' });
    expect(tries.map((one) => one.answer)).toEqual(Array(triesMax).fill('out of order'));
    clockMs += 3_600_000;
    await core.core.modules.webhooks.sendDue();
    expect(receiver.requests.length).toBe(triesMax);
  });

  test('can be sent again, one or all since a time, as they were', async () => {
    receiver.answer(() => ({ status: 410 }));
    const { endpoint } = await anEndpoint();
    await happens('task.added', { taskId: 'tsk_a' });
    expect((await client().call(listWebhookEndpoints, {}))[0]).toMatchObject({
      state: 'disabled',
      disabledBecause: expect.stringContaining('410'),
    });
    await happens('task.added', { taskId: 'tsk_b' });
    expect(receiver.requests.length).toBe(1);
    receiver.answer(() => ({ status: 200 }));
    await client().call(updateWebhookEndpoint, { endpointId: endpoint.id, isOn: true });
    const [message] = await messagesOf(endpoint.id);
    await client().call(replayWebhookMessage, { messageId: message?.id ?? '' });
    await expect(client().call(replayWebhookMessage, { messageId: message?.id ?? '' })).rejects.toThrow(
      /still being sent/,
    );
    await core.core.modules.webhooks.sendDue();
    const since = new Date(clockMs - 3_600_000).toISOString();
    expect(await client().call(replayFailedWebhooks, { endpointId: endpoint.id, since })).toEqual({ replayed: 0 });
    expect(await client().call(replayFailedWebhooks, { endpointId: endpoint.id, since, all: true })).toEqual({
      replayed: 1,
    });
    await core.core.modules.webhooks.sendDue();
    expect(receiver.requests.length).toBe(3);
    expect(new Set(receiver.requests.map((one) => one.body)).size).toBe(1);
    expect((await messagesOf(endpoint.id))[0]).toMatchObject({ state: 'delivered', attempts: 3 });
  });

  test('that a crash cut short go out again under the same id', async () => {
    const { endpoint } = await anEndpoint();
    const { infra, modules } = core.core;
    await infra.db.inWorkspace(workspaceId, (tx) =>
      infra.outbox.emit(tx, { workspaceId, name: 'task.added', payload: {} }),
    );
    await infra.outbox.settle();
    await infra.db.asSystem((tx) =>
      tx
        .updateTable('webhook_message')
        .set({ state: 'sending', lease_until: new Date(clockMs + 60_000), tries: 1, attempts: 1 })
        .where('endpoint_id', '=', endpoint.id)
        .execute(),
    );
    await modules.webhooks.sendDue();
    expect(receiver.requests.length).toBe(0);
    clockMs += 60_001;
    await modules.webhooks.sendDue();
    expect((await messagesOf(endpoint.id))[0]).toMatchObject({ state: 'delivered', attempts: 2 });
  });

  test('follow no redirect, wait as long as they are asked to, and leave who cannot be reached alone for a minute', async () => {
    receiver.answer(() => ({ status: 302, headers: { location: 'https://elsewhere.example/' } }));
    const { endpoint } = await anEndpoint();
    await happens();
    expect(receiver.requests.length).toBe(1);
    expect((await messagesOf(endpoint.id))[0]).toMatchObject({
      state: 'waiting',
      lastAnswer: expect.stringMatching(/redirects/),
    });
    receiver.answer(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    clockMs += 5000;
    await core.core.modules.webhooks.sendDue();
    const next = (await messagesOf(endpoint.id))[0]?.nextTryAt;
    expect(Date.parse(next ?? '') - clockMs).toBe(3_600_000);
  });

  test('a test is sent at once, also when the endpoint is off, and does not count against it', async () => {
    const { endpoint } = await anEndpoint();
    await client().call(updateWebhookEndpoint, { endpointId: endpoint.id, isOn: false });
    receiver.answer(() => ({ status: 404, body: 'no such page' }));
    expect(await client().call(testWebhookEndpoint, { endpointId: endpoint.id })).toMatchObject({
      event: 'webhook.test',
      state: 'failed',
      lastStatus: 404,
      lastAnswer: 'no such page',
    });
    expect((await client().call(listWebhookEndpoints, {}))[0]).toMatchObject({ state: 'off', failingSince: null });
  });
});

describe('what orders tell', () => {
  const order = (id: string) => ({ id, orderedAt: new Date(clockMs).toISOString(), total: '52.40', currency: 'EUR' });

  test('a message an order with its amounts; Google Analytics and postbacks hear of credited ones only', async () => {
    const { endpoint } = await anEndpoint({ events: ['order.changed'] });
    await anEndpoint({ kind: 'ga4', target: 'G-AB12CD34EF', secret: 'shh' });
    await anEndpoint({ kind: 'postback', target: 'https://partner.example/p?o={order_id}&v={amount}' });
    const answer = await client().call(createOrder, order('1001'));
    await client().call(refundOrder, {
      orderId: answer.order.id,
      id: 'r1',
      amount: { amountMinor: '1000', currency: 'EUR' },
    });
    await core.core.infra.outbox.settle();
    await core.core.modules.webhooks.sendDue();
    const [last] = await messagesOf(endpoint.id);
    const { body } = await client().call(getWebhookMessage, { messageId: last?.id ?? '' });
    expect(JSON.parse(body)).toMatchObject({
      type: 'order.changed',
      data: { externalId: '1001', net: { amountMinor: '4240', currency: 'EUR' }, refunds: [{ id: 'r1' }] },
    });
    expect(receiver.requests.every((request) => request.origin === 'https://hooks.example')).toBe(true);
  });
});

describe('bad input', () => {
  test('says what is wrong and where', async () => {
    const bad = async (of: Parameters<typeof anEndpoint>[0], pattern: RegExp) =>
      await expect(anEndpoint(of)).rejects.toThrow(pattern);
    await bad({ target: 'javascript:alert(1)' }, /https/);
    await bad({ target: 'https://user:pass@hooks.example/' }, /https/);
    await bad({ events: ['task.added', 'task.eaten'] }, /task\.eaten/);
    await bad({ kind: 'ga4', target: 'UA-1', secret: 'x' }, /measurement id/);
    await bad({ kind: 'ga4', target: 'G-AB12CD34EF' }, /secret/);
    await bad({ kind: 'postback', target: 'https://p.example/' }, /order_id/);
    const { endpoint } = await anEndpoint();
    await expect(
      client().call(createWebhookEndpoint, { name: endpoint.name.toUpperCase(), target: 'https://a.example' }),
    ).rejects.toThrow(/Choose another/);
    await expect(client().call(listWebhookMessages, { endpointId: endpoint.id, cursor: 'x' })).rejects.toThrow(
      /cursor/,
    );
    const names = (await client().call(listWebhookEvents, {})).map((one) => one.event);
    expect(new Set(names).size).toBe(names.length);
  });
});
