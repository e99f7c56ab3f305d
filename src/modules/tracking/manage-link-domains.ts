import { randomBytes } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { domainToUnicode } from 'node:url';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  checkLinkDomain as checkEndpoint,
  createLinkDomain as createEndpoint,
  LinkDomain,
  listLinkDomains as listEndpoint,
  removeLinkDomain as removeEndpoint,
  updateLinkDomain as updateEndpoint,
} from './api.ts';
import { trackingError } from './errors.ts';
import type { LinkTable } from './link-table.ts';
import { notifyPlaces } from './queries/link-table.ts';
import {
  changeDomain,
  type DomainRecord,
  deleteDomain,
  insertDomain,
  noteDomainCheck,
  selectDomain,
  selectDomains,
} from './queries/places.ts';
import { openGuard } from './read-extras.ts';
import { type DnsAnswer, judgeDns, proofName } from './rules/judge-dns.ts';
import { readCookieDomain, readLinkHost } from './rules/link-host.ts';

/** Asks the DNS for what proves a host. */
export type AskDns = (host: string) => Promise<DnsAnswer>;

const dnsTimeoutMs = 4000;

/** Asks the machine's own resolvers; a name that is not there answers nothing. */
export const askDns: AskDns = async (host) => {
  const resolver = new Resolver({ timeout: dnsTimeoutMs, tries: 1 });
  const [cnames, txts] = await Promise.all([
    resolver.resolveCname(host).catch(() => []),
    resolver.resolveTxt(proofName(host)).catch(() => []),
  ]);
  return { cnames, txts: txts.map((parts) => parts.join('')) };
};

export async function listDomains(infra: Infra, call: Call<typeof listEndpoint>): Promise<{ rows: LinkDomain[] }> {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) => selectDomains(tx, call.workspaceId));
  return { rows: rows.map((row) => present(infra, row)) };
}

/** Names a host. Errors: tracking.bad_host, host_taken, bad_destination. */
export async function createDomain(infra: Infra, call: Call<typeof createEndpoint>): Promise<LinkDomain> {
  const { input, workspaceId } = call;
  const verdict = readLinkHost(input.host, ownHost(infra));
  if (!verdict.ok) throw trackingError('bad_host', verdict.message, [{ field: 'host', message: verdict.message }]);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const id = newId('linkDomain', infra.clock.now().getTime());
    const fields = await readFields(tx, workspaceId, { ...input, host: verdict.host });
    const isNew = await insertDomain(tx, workspaceId, {
      id,
      host: verdict.host,
      token: `rapport-${randomBytes(16).toString('hex')}`,
      rootUrl: fields.rootUrl ?? null,
      cookieDomain: fields.cookieDomain ?? null,
      isCaseSensitive: input.isCaseSensitive ?? false,
      createdBy: call.actor.id,
    });
    if (!isNew) {
      const message = `${verdict.host} is on your list already.`;
      throw trackingError('host_taken', message, [{ field: 'host', message }]);
    }
    await audit(tx, call, { action: 'link_domain.created', id, changes: { host: { to: verdict.host } } });
    return present(infra, await getDomain(tx, workspaceId, id));
  });
}

/** Errors: not_found, tracking.bad_host, bad_destination, host_used when the case of living links would change. */
export async function updateDomain(
  infra: Infra,
  table: LinkTable,
  call: Call<typeof updateEndpoint>,
): Promise<LinkDomain> {
  const { input, workspaceId } = call;
  const after = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await getDomain(tx, workspaceId, input.domainId);
    const fields = await readFields(tx, workspaceId, { ...input, host: before.host });
    const isCaseSensitive = input.isCaseSensitive ?? before.is_case_sensitive;
    if (isCaseSensitive !== before.is_case_sensitive && before.links > 0)
      throw trackingError('host_used', caseFixed(before), [{ field: 'isCaseSensitive', message: caseFixed(before) }]);
    const next = {
      id: before.id,
      isCaseSensitive,
      rootUrl: fields.rootUrl === undefined ? before.root_url : fields.rootUrl,
      cookieDomain: fields.cookieDomain === undefined ? before.cookie_domain : fields.cookieDomain,
    };
    await changeDomain(tx, workspaceId, next);
    await audit(tx, call, {
      action: 'link_domain.changed',
      id: before.id,
      changes: {
        rootUrl: { from: before.root_url, to: next.rootUrl },
        cookieDomain: { from: before.cookie_domain, to: next.cookieDomain },
        isCaseSensitive: { from: before.is_case_sensitive, to: isCaseSensitive },
      },
    });
    await notifyPlaces(tx);
    return present(infra, await getDomain(tx, workspaceId, before.id));
  });
  await table.refreshPlaces();
  return after;
}

/** Looks at the DNS; a host that is proven serves links at once. Errors: not_found, tracking.host_taken when another workspace serves it. */
export async function checkDomain(
  infra: Infra,
  parts: { table: LinkTable; ask: AskDns },
  call: Call<typeof checkEndpoint>,
): Promise<LinkDomain> {
  const { workspaceId, input } = call;
  const named = await infra.db.inWorkspace(workspaceId, (tx) => getDomain(tx, workspaceId, input.domainId));
  // Outside any transaction: the DNS takes its time.
  const problem = judgeDns(await parts.ask(named.host), {
    host: named.host,
    ownHost: ownHost(infra),
    token: named.token,
  });
  const after = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await getDomain(tx, workspaceId, input.domainId);
    const check = { id: before.id, host: before.host, isProven: problem === null, problem, at: infra.clock.now() };
    try {
      await noteDomainCheck(tx, workspaceId, check);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error;
      throw trackingError('host_taken', `${before.host} serves links of somebody else on this installation.`);
    }
    if (problem === null && before.state !== 'live')
      await audit(tx, call, { action: 'link_domain.live', id: before.id, changes: { state: { to: 'live' } } });
    await notifyPlaces(tx);
    return present(infra, await getDomain(tx, workspaceId, before.id));
  });
  await parts.table.refreshPlaces();
  return after;
}

/** Errors: not_found, tracking.host_used while links live on it. */
export async function removeDomain(
  infra: Infra,
  table: LinkTable,
  call: Call<typeof removeEndpoint>,
): Promise<{ removed: boolean }> {
  const { workspaceId, input } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await getDomain(tx, workspaceId, input.domainId);
    if (before.links > 0)
      throw trackingError(
        'host_used',
        `${before.links} links live on ${before.host}; they would lead nowhere. Keep the host.`,
      );
    await deleteDomain(tx, workspaceId, before.id);
    await audit(tx, call, { action: 'link_domain.removed', id: before.id, changes: { host: { from: before.host } } });
    await notifyPlaces(tx);
  });
  await table.refreshPlaces();
  return { removed: true };
}

function caseFixed({ host, links }: DomainRecord): string {
  return `${links} links live on ${host}; whether capitals count is settled before the first. Add another host for it.`;
}

async function getDomain(tx: Tx, workspaceId: string, id: string): Promise<DomainRecord> {
  const domain = await selectDomain(tx, workspaceId, { id });
  if (domain === undefined) throw notFound('link_domain');
  return domain;
}

async function readFields(
  tx: Tx,
  workspaceId: string,
  input: { host: string; rootUrl?: string | null | undefined; cookieDomain?: string | null | undefined },
): Promise<{ rootUrl: string | null | undefined; cookieDomain: string | null | undefined }> {
  const guard = await openGuard(tx, workspaceId);
  const cookie = input.cookieDomain == null ? null : readCookieDomain(input.cookieDomain, input.host);
  if (cookie !== null && !cookie.ok)
    throw trackingError('bad_host', cookie.message, [{ field: 'cookieDomain', message: cookie.message }]);
  return {
    rootUrl: input.rootUrl == null ? input.rootUrl : guard(input.rootUrl, 'rootUrl'),
    cookieDomain: cookie === null ? (input.cookieDomain === undefined ? undefined : null) : cookie.host,
  };
}

function present(infra: Infra, row: DomainRecord): LinkDomain {
  const own = ownHost(infra);
  return {
    id: row.id,
    host: row.host,
    hostShown: domainToUnicode(row.host) || row.host,
    state: row.state,
    records: [
      {
        type: 'CNAME',
        name: row.host,
        value: own,
        why: 'Leads visitors here. Where a CNAME cannot stand, point the address (A, AAAA) at this server.',
      },
      {
        type: 'TXT',
        name: proofName(row.host),
        value: row.token,
        why: 'Proves that the host is yours; needed where the first is no CNAME.',
      },
    ],
    rootUrl: row.root_url,
    cookieDomain: row.cookie_domain,
    isCaseSensitive: row.is_case_sensitive,
    checkedAt: row.checked_at?.toISOString() ?? null,
    problem: row.problem,
    links: row.links,
    createdAt: row.created_at.toISOString(),
  };
}

function ownHost(infra: Infra): string {
  return new URL(infra.config.publicUrl).hostname;
}

async function audit(
  tx: Tx,
  call: Pick<Call, 'workspaceId' | 'actor' | 'requestId'>,
  of: { action: string; id: string; changes: Record<string, unknown> },
): Promise<void> {
  await recordAudit(tx, {
    workspaceId: call.workspaceId,
    actor: call.actor,
    requestId: call.requestId,
    action: of.action,
    subjectKind: 'link_domain',
    subjectId: of.id,
    changes: of.changes,
  });
}
