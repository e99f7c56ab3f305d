import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '#infra/http/call.ts';
import { apiPrefix, pathParams } from '#kernel/endpoint.ts';
import { type IdKind, idPrefixes, newId } from '#kernel/id.ts';
import { createList } from '#modules/discovery/api.ts';
import { startRun } from '#modules/vetting/api.ts';
import { createApiKey, createInvitation } from '#modules/workspaces/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { addMember, createPerson } from '#tests/support/people.ts';
import { exampleInput } from './example-input.ts';

/**
 * Walks every route of the program, whatever modules it has, as workspace B with everything allowed there, holding ids of
 * workspace A: the sample, which has rows of every kind. What A has must be to B as if it were not.
 */
describe('another workspace', () => {
  let test: TestCore;
  let admin: pg.Client;
  let workspaceA: string;
  let keyOfB: string;
  /** A few ids of A by kind. */
  const idsOfA = new Map<IdKind, string[]>();
  let allIdsOfA: Set<string>;

  beforeAll(async () => {
    test = await openTestCore({ withSample: true });
    admin = new pg.Client({ connectionString: test.database.adminUrl });
    await admin.connect();
    const { rows } = await admin.query<{ id: string; slug: string }>('select id, slug from workspace where is_sample');
    workspaceA = rows[0]?.id ?? '';
    const clientA = test.client(rows[0]?.slug);
    await clientA.call(createApiKey, { name: 'A', scopes: ['all'] });
    await clientA.call(createInvitation, { email: 'of-a@example.com', role: 'viewer' });
    const { rows: people } = await admin.query<{ id: string }>(
      'select id from person where workspace_id = $1 limit 3',
      [workspaceA],
    );
    const personIds = people.map((row) => row.id);
    await clientA.call(createList, { name: 'Of A', personIds });
    await clientA.call(startRun, { personIds });
    await addMember(test, workspaceA, { userId: await createPerson(test, 'a@example.com'), role: 'owner' });
    await test.database.createWorkspace('b');
    keyOfB = (await test.client('b').call(createApiKey, { name: 'B', scopes: ['all'] })).key;
    allIdsOfA = await collectIds();
  }, 120_000);

  afterAll(async () => {
    await admin?.end();
    await test?.close();
  });

  async function tenantTables(): Promise<string[]> {
    const { rows } = await admin.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    );
    return rows.map((row) => row.name);
  }

  async function collectIds(): Promise<Set<string>> {
    const kinds = Object.entries(idPrefixes) as [IdKind, string][];
    const found = new Set<string>();
    for (const table of await tenantTables()) {
      const { rows } = await admin.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from (select * from ${table} where workspace_id = $1 limit 40) t`,
        [workspaceA],
      );
      for (const value of rows.flatMap(({ row }) => Object.values(row))) {
        if (typeof value !== 'string' || value === workspaceA) continue;
        const kind = kinds.find(
          ([, prefix]) => value.startsWith(`${prefix}_`) && value.length === prefix.length + 23,
        )?.[0];
        // Requests and actors are no things of one workspace.
        if (kind === undefined || kind === 'user' || kind === 'request' || kind === 'workspace' || found.has(value))
          continue;
        found.add(value);
        idsOfA.set(kind, [...(idsOfA.get(kind) ?? []), value]);
      }
    }
    return found;
  }

  /** The kind a field asks for: personId, invitationId, keyId, memberIds; null when its name says none. */
  function kindOf(field: string): IdKind | null {
    const aliases: Record<string, IdKind> = {
      keyId: 'apiKey',
      creatorId: 'person',
      orderId: 'conversion',
    };
    const name = field.replace(/Ids?$/, '');
    if (name === field) return null;
    const own = Object.keys(idPrefixes).find((kind): kind is IdKind => kind === name);
    return own ?? aliases[field.replace(/s$/, '')] ?? null;
  }

  const missingIds = new Map<IdKind, string>();
  function missing(kind: IdKind): string {
    const id = missingIds.get(kind) ?? newId(kind);
    missingIds.set(kind, id);
    return id;
  }

  /** Every id a route's parameter may take of A: of its kind where its name says so, else one of each kind. */
  function candidates(route: Route): { real: string; absent: string }[] {
    const params = pathParams(route.endpoint.path);
    const kinds = new Set(params.map((param) => kindOf(param)).filter((kind) => kind !== null));
    const known = [...kinds].filter((kind) => idsOfA.has(kind));
    const tried: IdKind[] = known.length > 0 ? known : [...idsOfA.keys()];
    return tried.flatMap((kind) =>
      (idsOfA.get(kind) ?? []).slice(0, 2).map((real) => ({ real, absent: missing(kind) })),
    );
  }

  async function send(route: Route, pick: (kind: IdKind) => string | null): Promise<{ status: number; body: string }> {
    const { endpoint } = route;
    const input = exampleInput(endpoint, (field) => {
      const kind = kindOf(field);
      return kind === null ? null : pick(kind);
    });
    const params = pathParams(endpoint.path);
    const path = endpoint.path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
      encodeURIComponent(pick(kindOf(name) ?? 'job') ?? String(input[name])),
    );
    const url = new URL(`${apiPrefix}${path}`, 'http://localhost:4600');
    const rest = Object.entries(input).filter(([name]) => !params.includes(name));
    const inQuery = endpoint.method === 'GET' || endpoint.transport !== 'json';
    if (inQuery)
      for (const [name, value] of rest)
        url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), endpoint.transport === 'events' ? 300 : 30_000);
    try {
      const request = new Request(url, {
        method: endpoint.method,
        headers: { authorization: `Bearer ${keyOfB}`, 'content-type': 'application/json' },
        signal: ending.signal,
        ...(inQuery
          ? endpoint.transport === 'upload'
            ? { body: 'handle,followers\nwalker,5000\n' }
            : {}
          : { body: JSON.stringify(Object.fromEntries(rest)) }),
      });
      const answer = await test.fetch(request);
      if (answer.status === 200 && endpoint.transport === 'events') {
        await answer.body?.cancel();
        return { status: 200, body: '' };
      }
      return { status: answer.status, body: await answer.text() };
    } finally {
      clearTimeout(timer);
    }
  }

  const looksMax = 60;

  /** The rows of A once nothing works on them any more: what was started before must not look like a touch from B. */
  async function fingerprintAtRest(): Promise<Record<string, string>> {
    await test.core.infra.outbox.settle(60_000);
    // What would be summed, judged and reminded of within the next minutes is done now.
    const due = ['tracking.build-sums', 'attribution.sum-credit', 'fraud.judge-due', 'seeding.nudge'];
    await test.core.infra.jobs.runRecurring(due);
    let last = await fingerprint();
    for (let look = 0; look < looksMax; look += 1) {
      await test.core.infra.outbox.settle(60_000);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const next = await fingerprint();
      if (JSON.stringify(next) === JSON.stringify(last) && !(await hasJobs())) return next;
      last = next;
    }
    throw new Error('The sample does not come to rest.');
  }

  /** Whether background work is under way or about to begin. */
  async function hasJobs(): Promise<boolean> {
    const { rows } = await admin.query(
      `select from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now() limit 1`,
    );
    return rows.length > 0;
  }

  /** All rows of A, hashed by table; deliveries of its events are no rows of its own. */
  async function fingerprint(): Promise<Record<string, string>> {
    const prints: Record<string, string> = {};
    for (const table of await tenantTables()) {
      if (table === 'outbox' || table === 'outbox_delivery') continue;
      const { rows } = await admin.query<{ print: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as print from ${table} t where workspace_id = $1`,
        [workspaceA],
      );
      prints[table] = rows[0]?.print ?? '';
    }
    return prints;
  }

  const plain = (answer: { status: number; body: string }, id: string) =>
    `${answer.status} ${answer.body.replaceAll(id, 'ID').replaceAll(/"requestId":"req_[0-9a-z]+"/g, '"requestId":"REQ"')}`;

  it('has something of many kinds to be found, so that the walk means something', () => {
    expect(allIdsOfA.size).toBeGreaterThan(200);
    expect([...idsOfA.keys()]).toEqual(
      expect.arrayContaining(['person', 'profile', 'campaign', 'enrolment', 'link', 'apiKey', 'invitation', 'member']),
    );
  });

  it('answers its ids in every path exactly like ids that do not exist, and loses and changes no row by it', async () => {
    const before = await fingerprintAtRest();
    const routes = test.core.modules.all
      .flatMap((module) => module.routes)
      .filter(({ endpoint }) => endpoint.path.includes(':'));
    const different: string[] = [];
    const reached: string[] = [];
    for (const route of routes) {
      for (const { real, absent } of candidates(route)) {
        const [ofA, ofNobody] = await Promise.all([
          send(route, (kind) => idsOfA.get(kind)?.find((id) => id === real) ?? idsOfA.get(kind)?.[0] ?? real),
          send(route, (kind) =>
            kind in idPrefixes && absent.startsWith(`${idPrefixes[kind]}_`) ? absent : missing(kind),
          ),
        ]);
        if (plain(ofA, real) !== plain(ofNobody, absent) && withoutIds(ofA.body) !== withoutIds(ofNobody.body)) {
          different.push(
            `${route.endpoint.method} ${route.endpoint.path}: ${plain(ofA, real).slice(0, 300)} / ${plain(ofNobody, absent).slice(0, 300)}`,
          );
        }
        if (ofA.status === 404) reached.push(route.endpoint.name);
        expect(ofA.status, `${route.endpoint.name} with an id of another workspace`).not.toBe(500);
      }
    }
    const after = await fingerprintAtRest();

    expect(different).toEqual([]);
    // Most routes get as far as looking for the thing, else the walk would only show that bad input is refused.
    expect(new Set(reached).size).toBeGreaterThan(routes.length * 0.7);
    expect(after).toEqual(before);
  }, 180_000);

  it('shows nothing of itself in any list, search, report or export, and no write with its ids touches it', async () => {
    const before = await fingerprintAtRest();
    const routes = test.core.modules.all
      .flatMap((module) => module.routes)
      .filter(({ endpoint }) => !endpoint.path.includes(':'));
    const leaks: string[] = [];
    for (const route of routes) {
      const sent = new Set<string>();
      const answer = await send(route, (kind) => {
        const id = idsOfA.get(kind)?.[0] ?? null;
        if (id !== null) sent.add(id);
        return id;
      });
      const seen = [...allIdsOfA].filter((id) => !sent.has(id) && answer.body.includes(id));
      if (seen.length > 0) leaks.push(`${route.endpoint.name}: ${seen.slice(0, 3).join(', ')}`);
      expect(answer.status, `${route.endpoint.name}: ${answer.body.slice(0, 200)}`).not.toBe(500);
    }
    const after = await fingerprintAtRest();

    expect(leaks).toEqual([]);
    expect(after).toEqual(before);
  }, 180_000);

  it('cannot be entered by naming it', async () => {
    const ask = (slug: string) =>
      test.fetch(
        new Request('http://localhost:4600/api/v1/workspace', {
          headers: { authorization: `Bearer ${keyOfB}`, 'rapport-workspace': slug },
        }),
      );
    const { rows } = await admin.query<{ slug: string }>('select slug from workspace where id = $1', [workspaceA]);
    const answers = await Promise.all([ask(rows[0]?.slug ?? ''), ask('no-such-workspace')]);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(bodies[0]).toBe(bodies[1]);
  });
});

/** A body with every id and request masked, to compare answers that repeat what was sent. */
function withoutIds(body: string): string {
  return body.replaceAll(/[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{22}/g, 'ID');
}
