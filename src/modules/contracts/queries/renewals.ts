import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { ContractRow } from './contracts.ts';

export interface RunningRow extends ContractRow {
  /** Last day of the version in force, YYYY-MM-DD in the workspace's time zone. */
  ends_on: string;
  /** The newest renewal of it, whatever became of that. */
  renewal_id: string | null;
  renewal_state: string | null;
  renewal_in_force: boolean;
}

// The lateral keeps one row a contract: the renewal made last.
const running = sql`
  select c.*, v.terms ->> 'endsOn' as ends_on, r.id as renewal_id, r.state as renewal_state,
    coalesce(r.in_force_version is not null, false) as renewal_in_force
  from contract c
  join contract_version v on v.workspace_id = c.workspace_id and v.contract_id = c.id and v.version = c.in_force_version
  left join lateral (
    select r.id, r.state, r.in_force_version from contract r
    where r.workspace_id = c.workspace_id and r.renews_id = c.id and r.ended_at is null order by r.is_live desc, r.id desc limit 1
  ) r on true`;

/** Contracts in force whose last day lies in a span, both days included; by day, ties by id. */
export async function selectRunning(
  tx: Tx,
  workspaceId: string,
  of: { from: string; until: string; limit: number },
): Promise<RunningRow[]> {
  const { rows } = await sql<RunningRow>`
    ${running}
    where c.workspace_id = ${workspaceId} and c.is_live and not c.is_waiting
      and v.terms ->> 'endsOn' >= ${of.from} and v.terms ->> 'endsOn' <= ${of.until}
    order by v.terms ->> 'endsOn', c.id limit ${of.limit}`.execute(tx);
  return rows;
}

/** The contracts named with what became of their renewal. */
export async function selectRenewed(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<RunningRow[]> {
  const { rows } = await sql<RunningRow>`
    ${running}
    where c.workspace_id = ${workspaceId} and c.id = any(${[...ids]}::text[])
    order by c.id`.execute(tx);
  return rows;
}

/** Contracts that ran out after an instant and whose creators have no other one since; newest first. */
export async function selectWithoutSuccessor(
  tx: Tx,
  workspaceId: string,
  of: { since: Date; limit: number },
): Promise<RunningRow[]> {
  const { rows } = await sql<RunningRow>`
    ${running}
    where c.workspace_id = ${workspaceId} and c.ran_out_at >= ${of.since}
      and not exists (select 1 from contract n
        where n.workspace_id = c.workspace_id and n.enrolment_id = c.enrolment_id and n.id <> c.id and n.is_live)
    order by c.ran_out_at desc, c.id limit ${of.limit}`.execute(tx);
  return rows;
}

export interface TermRow {
  enrolment_id: string;
  contract_id: string;
  title: string;
  usage_rights: unknown;
  signed_at: Date;
  starts_on: string | null;
  ends_on: string | null;
  is_waiting: boolean;
  ran_out_at: Date | null;
  ended_at: Date | null;
}

/** Every contract both signed of the enrolments, the oldest first: how long somebody has been bound. */
export async function selectSignedTerms(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<TermRow[]> {
  const { rows } = await sql<TermRow>`
    select c.enrolment_id, c.id as contract_id, c.title, coalesce(v.terms -> 'usageRights', '[]'::jsonb) as usage_rights, c.in_force_since as signed_at, v.terms ->> 'startsOn' as starts_on, v.terms ->> 'endsOn' as ends_on,
      c.is_waiting, c.ran_out_at, c.ended_at
    from contract c
    join contract_version v on v.workspace_id = c.workspace_id and v.contract_id = c.id and v.version = c.in_force_version
    where c.workspace_id = ${workspaceId} and c.enrolment_id = any(${[...enrolmentIds]}::text[])
    order by c.enrolment_id, c.in_force_since, c.id`.execute(tx);
  return rows;
}
