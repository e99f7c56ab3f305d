import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Utm } from '../api/links.ts';

export interface DomainRecord {
  id: string;
  host: string;
  token: string;
  state: 'waiting' | 'live';
  root_url: string | null;
  cookie_domain: string | null;
  checked_at: Date | null;
  problem: string | null;
  is_case_sensitive: boolean;
  created_at: Date;
  links: number;
}

const domainColumns = sql`d.id, d.host, d.token, d.state, d.root_url, d.cookie_domain, d.checked_at, d.problem, d.is_case_sensitive, d.created_at,
  (select count(*)::int from link l where l.workspace_id = d.workspace_id and l.domain = d.host) as links`;

export async function selectDomains(tx: Tx, workspaceId: string): Promise<DomainRecord[]> {
  const { rows } = await sql<DomainRecord>`
    select ${domainColumns} from link_domain d where d.workspace_id = ${workspaceId} order by d.host`.execute(tx);
  return rows;
}

export async function selectDomain(
  tx: Tx,
  workspaceId: string,
  of: { id: string } | { host: string },
): Promise<DomainRecord | undefined> {
  const named = 'id' in of ? sql`d.id = ${of.id}` : sql`d.host = ${of.host}`;
  const { rows } = await sql<DomainRecord>`
    select ${domainColumns} from link_domain d where d.workspace_id = ${workspaceId} and ${named} for update`.execute(
    tx,
  );
  return rows[0];
}

export async function insertDomain(
  tx: Tx,
  workspaceId: string,
  domain: {
    id: string;
    host: string;
    token: string;
    rootUrl: string | null;
    cookieDomain: string | null;
    isCaseSensitive: boolean;
    createdBy: string;
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into link_domain (workspace_id, id, host, token, root_url, cookie_domain, is_case_sensitive, created_by)
    values (${workspaceId}, ${domain.id}, ${domain.host}, ${domain.token}, ${domain.rootUrl}, ${domain.cookieDomain}, ${domain.isCaseSensitive}, ${domain.createdBy})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function changeDomain(
  tx: Tx,
  workspaceId: string,
  domain: { id: string; rootUrl: string | null; cookieDomain: string | null; isCaseSensitive: boolean },
): Promise<void> {
  await tx
    .updateTable('link_domain')
    .set({
      root_url: domain.rootUrl,
      cookie_domain: domain.cookieDomain,
      is_case_sensitive: domain.isCaseSensitive,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', domain.id)
    .execute();
}

/** Notes what the DNS said. False when another workspace serves that host already. */
export async function noteDomainCheck(
  tx: Tx,
  workspaceId: string,
  check: { id: string; host: string; isProven: boolean; problem: string | null; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update link_domain d set state = case when ${check.isProven} then 'live' else d.state end, problem = ${check.problem}, checked_at = ${check.at}
    where d.workspace_id = ${workspaceId} and d.id = ${check.id} returning d.id`.execute(tx);
  return rows.length > 0;
}

export async function deleteDomain(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('link_domain').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export interface SettingsRecord {
  cookies: 'always' | 'consent' | 'never';
  consent_cookie: string | null;
  cookie_days: number;
  destination_hosts: string[];
  spam_hosts: string[];
  drops_datacentres: boolean;
  velocity_max: number;
}

export async function selectSettings(tx: Tx, workspaceId: string): Promise<SettingsRecord | undefined> {
  return (await tx
    .selectFrom('tracking_setting')
    .select([
      'cookies',
      'consent_cookie',
      'cookie_days',
      'destination_hosts',
      'spam_hosts',
      'drops_datacentres',
      'velocity_max',
    ])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()) as SettingsRecord | undefined;
}

export async function saveSettings(tx: Tx, workspaceId: string, settings: SettingsRecord): Promise<void> {
  await sql`
    insert into tracking_setting (workspace_id, cookies, consent_cookie, cookie_days, destination_hosts, spam_hosts, drops_datacentres, velocity_max)
    values (${workspaceId}, ${settings.cookies}, ${settings.consent_cookie}, ${settings.cookie_days}, ${settings.destination_hosts}::text[],
      ${settings.spam_hosts}::text[], ${settings.drops_datacentres}, ${settings.velocity_max})
    on conflict (workspace_id) do update set cookies = excluded.cookies, consent_cookie = excluded.consent_cookie, cookie_days = excluded.cookie_days,
      destination_hosts = excluded.destination_hosts, spam_hosts = excluded.spam_hosts, drops_datacentres = excluded.drops_datacentres,
      velocity_max = excluded.velocity_max, updated_at = now()`.execute(tx);
}

export interface TemplateRecord {
  id: string;
  name: string;
  utm: Utm;
  created_at: Date;
}

export async function selectTemplates(tx: Tx, workspaceId: string): Promise<TemplateRecord[]> {
  const { rows } = await sql<TemplateRecord>`
    select id, name, utm, created_at from utm_template where workspace_id = ${workspaceId} order by name, id`.execute(
    tx,
  );
  return rows;
}

export async function saveTemplate(
  tx: Tx,
  workspaceId: string,
  template: { id: string; name: string; utm: Utm },
): Promise<TemplateRecord | undefined> {
  const { rows } = await sql<TemplateRecord>`
    insert into utm_template (workspace_id, id, name, utm) values (${workspaceId}, ${template.id}, ${template.name}, ${JSON.stringify(template.utm)}::jsonb)
    on conflict (workspace_id, name) do update set utm = excluded.utm returning id, name, utm, created_at`.execute(tx);
  return rows[0];
}

export async function deleteTemplate(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const rows = await tx
    .deleteFrom('utm_template')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returning('id')
    .execute();
  return rows.length > 0;
}
