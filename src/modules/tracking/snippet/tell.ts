import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import type { tellBySnippet as tellEndpoint } from '../api.ts';
import { cookieTail, maySetCookie } from '../click-cookie.ts';
import { trackingError } from '../errors.ts';
import { leadTold } from '../events.ts';
import { cookieValue } from '../knock.ts';
import type { LinkTable } from '../link-table.ts';
import type { LiveHub } from '../live-hub.ts';
import { findSnippetKey, type KeyOfPage, keepBrowserWord, noteSnippetSeen } from '../queries/snippet.ts';
import { recordOrders } from '../record-orders.ts';
import { isAllowedHost } from '../rules/allowed-host.ts';
import { browserRank, pageHostOf } from '../rules/browser-word.ts';
import { clickParam } from '../rules/destination.ts';
import { type ReadOrder, readOrder } from '../rules/read-order.ts';

const bodyBytesMax = 64 * 1024;
const tellsPerMinute = 120;
const seenEveryMs = 60_000;
const clickShape = /^[A-Za-z0-9_-]{32}$/;

const wordSchema = z.object({
  k: z.string().max(80),
  t: z.enum(['view', 'order', 'lead']),
  c: z.string().max(64).optional(),
  s: z.literal([0, 1]).default(0),
  b: z.record(z.string(), z.unknown()).default({}),
});
type Word = z.infer<typeof wordSchema>;
const leadSchema = z.object({
  id: z.coerce.string().trim().min(1).max(200),
  event: z.string().trim().min(1).max(60).default('lead'),
  codes: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
});

export interface SnippetParts {
  infra: Infra;
  table: LinkTable;
  hub: LiveHub;
  limit: RateLimiterMemory;
}

/** Per address and key, in this process's memory: nobody's page tells more than two things a second. */
export function createTellLimit(): RateLimiterMemory {
  return new RateLimiterMemory({ points: tellsPerMinute, duration: 60 });
}

type Outcome = OutputOf<typeof tellEndpoint>;

/**
 * Takes what the script on a page saw. A browser can be lied to: it only adds, its first word about an order stands, and whatever the shop itself
 * says of the same order decides. Errors: tracking.snippet_busy, bad_snippet (with the field), snippet_refused for a key that is none or another host.
 */
export async function tellBySnippet(parts: SnippetParts, call: Call<typeof tellEndpoint>): Promise<Outcome> {
  const { infra } = parts;
  const word = await readWord(call.request);
  try {
    await parts.limit.consume(`${call.remoteAddress} ${word.k}`);
  } catch {
    throw trackingError('snippet_busy', 'Too much from one address. It is taken again in a minute.');
  }
  const key = await findSnippetKey(infra.db, word.k);
  const host = pageHostOf(call.request.headers.get('origin'));
  if (key === undefined || host === null || !isAllowedHost(host, key.hosts))
    throw trackingError(
      'snippet_refused',
      'This key does not stand, or not for pages of this host. Look under Tracking, Script.',
    );
  await noteSeen(infra, key, host);
  const clickIds = clicksOf(word, call.request);
  switch (word.t) {
    case 'view':
      keepCookie(parts, { key, word, clickId: clickIds[0] ?? null, call });
      return { outcome: 'kept' };
    case 'order':
      return await takeOrder(parts, { key, word, host, clickIds });
    case 'lead':
      return await takeLead(infra, { key, word, clickIds });
  }
}

async function readWord(request: Request): Promise<Word> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (request.body !== null)
    for await (const chunk of request.body) {
      bytes += chunk.byteLength;
      if (bytes > bodyBytesMax) throw bad('', `More than ${bodyBytesMax} bytes.`);
      chunks.push(chunk);
    }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw bad('', 'The body is not JSON in UTF-8.');
  }
  if (JSON.stringify(value)?.includes('\\u0000') === true) throw bad('', 'Holds a NUL character.');
  const read = wordSchema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw bad(issue?.path.join('.') ?? '', issue?.message ?? 'Not understood.');
}

function bad(field: string, message: string) {
  return trackingError('bad_snippet', `${field === '' ? 'The body' : field}: ${message}`, [{ field, message }]);
}

/** The click the page holds, and the one in the cookie that scripts cannot see, where the script came from an own host. */
function clicksOf(word: Word, request: Request): string[] {
  const cookie = cookieValue(request.headers.get('cookie') ?? '', clickParam);
  return [...new Set([word.c, cookie])].filter((id): id is string => typeof id === 'string' && clickShape.test(id));
}

async function noteSeen(infra: Infra, key: KeyOfPage, host: string): Promise<void> {
  const at = infra.clock.now();
  if (key.seen_at !== null && at.getTime() - key.seen_at.getTime() < seenEveryMs) return;
  await infra.db.inWorkspace(key.workspace_id, (tx) =>
    noteSnippetSeen(tx, key.workspace_id, { id: key.id, at, host: host.slice(0, 253) }),
  );
}

/** On a host of the workspace's own that lies under the shop's domain the click is kept by HTTP, where browsers do not forget it after a week. */
function keepCookie(
  parts: SnippetParts,
  of: { key: KeyOfPage; word: Word; clickId: string | null; call: Call<typeof tellEndpoint> },
): void {
  const { key, word, clickId, call } = of;
  const name = (call.request.headers.get('host') ?? '').replace(/:\d+$/, '').toLowerCase();
  const host = parts.table.findHost(name) ?? null;
  if (clickId === null || word.s !== 1 || host?.workspaceId !== key.workspace_id || host.cookieDomain === null) return;
  const settings = parts.table.settingsOf(key.workspace_id);
  if (!maySetCookie(settings.cookies, 'given')) return;
  const isSecure = parts.infra.config.publicUrl.startsWith('https:');
  call.answerHeaders.append('set-cookie', `${clickParam}=${clickId}${cookieTail(settings, host, isSecure)}`);
}

async function takeOrder(
  parts: SnippetParts,
  of: { key: KeyOfPage; word: Word; host: string; clickIds: string[] },
): Promise<Outcome> {
  const { infra, hub } = parts;
  const { key, word, host, clickIds } = of;
  const order = readBrowserOrder(word.b, infra.clock.now());
  const workspaceId = key.workspace_id;
  const sourceId = key.source_id;
  const { externalId, details } = order.facts;
  const orderId = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const kept = await keepBrowserWord(tx, {
      workspaceId,
      sourceId,
      externalId,
      clickIds,
      codes: details?.value.codes ?? [],
      host,
      at: infra.clock.now(),
      hasDetails: details !== null,
    });
    if (!kept.isFirst && !kept.isFirstAmount) return null;
    const told = kept.isFirstAmount ? order : { ...order, facts: { ...order.facts, details: null } };
    const recorded = await recordOrders(infra, tx, { workspaceId, sourceId, orders: [told] });
    const isChanged = recorded.created.has(externalId) || recorded.updated.has(externalId);
    return isChanged ? (recorded.idOf.get(externalId) ?? null) : null;
  });
  if (orderId !== null) hub.publishOrder({ workspaceId, orderId });
  return { outcome: orderId === null ? 'unchanged' : 'applied' };
}

/** An order as a browser may tell it: its id, what was paid and the codes. State, refunds, customer and times are the shop's to say. */
function readBrowserOrder(body: Record<string, unknown>, now: Date): ReadOrder {
  const { id, total, amount, currency, codes, items } = body;
  const hasAmount = (total !== undefined && total !== 'undefined') || amount !== undefined;
  const verdict = readOrder(
    {
      id,
      orderedAt: now.toISOString(),
      ...(hasAmount ? { total, amount, currency } : { total: '0', currency: 'EUR' }),
      codes,
      items: hasAmount ? items : undefined,
    },
    { now, rank: browserRank },
  );
  if (!verdict.ok) {
    const [first] = verdict.details;
    throw bad(`b.${first?.field ?? ''}`, first?.message ?? 'The order cannot be read.');
  }
  const { facts } = verdict.order;
  return {
    facts: { ...facts, details: hasAmount ? facts.details : null, state: null, refunds: [] },
    email: null,
  };
}

async function takeLead(infra: Infra, of: { key: KeyOfPage; word: Word; clickIds: string[] }): Promise<Outcome> {
  const read = leadSchema.safeParse(of.word.b);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw bad(`b.${issue?.path.join('.') ?? ''}`, issue?.message ?? 'The lead cannot be read.');
  }
  const happenedAt = infra.clock.now().toISOString();
  await infra.db.inWorkspace(of.key.workspace_id, (tx) =>
    infra.outbox.emit(tx, {
      workspaceId: of.key.workspace_id,
      name: leadTold,
      payload: { ...read.data, happenedAt, clickIds: of.clickIds },
    }),
  );
  return { outcome: 'applied' };
}
