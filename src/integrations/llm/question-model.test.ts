import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { askDiscovery, askModel } from '#modules/discovery/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';

/** What the local server answers next: the documented chat-completions payload around a text, or something else. */
let answer: { status?: number; body?: unknown; text?: string; delayMs?: number } = {};
let asked: {
  path: string;
  authorization: string | undefined;
  body: { model: string; messages: { role: string; content: string }[] };
}[] = [];
let server: Server;
let test: TestCore;
let client: Client;

const completion = (content: string) => ({
  id: 'chatcmpl-123',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'small-model',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
});

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      asked.push({ path: request.url ?? '', authorization: request.headers.authorization, body: JSON.parse(body) });
      const payload = answer.body === undefined ? JSON.stringify(completion(answer.text ?? '')) : String(answer.body);
      setTimeout(() => {
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
        response.end(payload);
      }, answer.delayMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  test = await openTestCore({
    env: {
      RAPPORT_AI_URL: `http://127.0.0.1:${port}/v1`,
      RAPPORT_AI_MODEL: 'small-model',
      RAPPORT_AI_KEY: 'key-of-mine',
    },
  });
  const workspaceId = await test.database.createWorkspace('model');
  client = test.client('model');
  await importCreatorRows(test.core.infra, {
    workspaceId,
    rows: [
      { name: 'Nell', niches: ['baking'], profiles: [{ platform: 'instagram', handle: 'nell', followers: 9000 }] },
    ],
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
  await test.core.infra.outbox.settle();
});
afterAll(async () => {
  await test.close();
  await new Promise((resolve) => server.close(resolve));
});

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : String(error)),
  );
const propose = (filters: unknown[], more: object = {}) => {
  answer = { text: JSON.stringify({ filters, ...more }) };
};

describe('a language model that reads questions', () => {
  it('is not asked by the rules, which say that it can be', async () => {
    asked = [];
    const read = await client.call(askDiscovery, { question: 'bakers under 20k followers' });
    expect(read).toMatchObject({ by: 'rules', canAskModel: true, total: 1 });
    expect(asked).toEqual([]);
  });

  it('is asked once by the chat-completions protocol, with the question and the key', async () => {
    asked = [];
    propose([{ filter: { field: 'niche', op: 'in', values: ['baking'] }, words: 'bread people' }]);
    const read = await client.call(askModel, { question: 'bread people' });
    expect(read).toMatchObject({
      by: 'model',
      total: 1,
      query: { filters: [{ field: 'niche', op: 'in', values: ['baking'] }] },
    });
    expect(read.parts).toMatchObject([{ words: 'bread people', at: 0 }]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      path: '/v1/chat/completions',
      authorization: 'Bearer key-of-mine',
      body: { model: 'small-model' },
    });
    expect(asked[0]?.body.messages.at(-1)).toMatchObject({ role: 'user', content: 'bread people' });
  });

  it('may fence its JSON', async () => {
    answer = {
      text: 'Here it is:\n```json\n{"filters":[{"filter":{"field":"followers","op":"lt","value":20000},"words":"small"}]}\n```',
    };
    expect((await client.call(askModel, { question: 'small ones' })).query.filters).toEqual([
      { field: 'followers', op: 'lt', value: 20_000 },
    ]);
  });

  it('adds no filter that is none, that names no words of the question, or whose value nobody has', async () => {
    propose([
      { filter: { field: 'followers', op: 'gte', value: 1000 }, words: 'over 1k' },
      { filter: { field: 'wealth', op: 'gte', value: 1 }, words: 'over 1k' },
      { filter: { field: 'followers', op: 'within', days: 3 }, words: 'over 1k' },
      { filter: 'drop table', words: 'over 1k' },
      { filter: { field: 'verified', op: 'is', value: true }, words: 'and verified' },
      { filter: { field: 'niche', op: 'in', values: ['sorcery'] }, words: 'over' },
    ]);
    const read = await client.call(askModel, { question: 'over 1k followers' });
    expect(read.query.filters).toEqual([{ field: 'followers', op: 'gte', value: 1000 }]);
    expect(read.unclear).toHaveLength(5);
    expect(read.unclear.map((one) => one.message).join('\n')).toMatch(/not in the question[\s\S]*no niche 'sorcery'/);
  });

  it('cannot put words into the search that nobody asked for', async () => {
    propose([], { text: 'something else entirely' });
    expect((await client.call(askModel, { question: 'bakers' })).query).toEqual({ filters: [] });
  });

  it('fails with a reason on errors and rubbish, and the rules stand', async () => {
    const cases: (typeof answer)[] = [
      {
        status: 401,
        body: JSON.stringify({
          error: {
            message: 'Incorrect API key provided',
            type: 'invalid_request_error',
            param: null,
            code: 'invalid_api_key',
          },
        }),
      },
      {
        status: 429,
        body: JSON.stringify({
          error: { message: 'Rate limit reached', type: 'tokens', param: null, code: 'rate_limit_exceeded' },
        }),
      },
      { status: 500, body: 'oops' },
      { body: '<html>' },
      { body: '{}' },
      { text: 'I would look for bakers.' },
      { text: '{"filters": "all"}' },
      { text: '{"filters": [' },
      { body: `{"x":"${'y'.repeat(1_100_000)}"}` },
    ];
    for (const one of cases) {
      answer = one;
      asked = [];
      expect(await refusal(client.call(askModel, { question: 'bakers' }))).toMatch(
        /^discovery\.model_failed: small-model/,
      );
      expect(asked).toHaveLength(1);
    }
  });

  it('is off until address and model are set', async () => {
    const without = await openTestCore({ env: { RAPPORT_AI_URL: 'http://127.0.0.1:1/v1' } });
    await without.database.createWorkspace('off');
    const quiet = without.client('off');
    expect((await quiet.call(askDiscovery, { question: 'bakers' })).canAskModel).toBe(false);
    expect(await refusal(quiet.call(askModel, { question: 'bakers' }))).toMatch(/^discovery\.model_off/);
    await without.close();
  });
});
