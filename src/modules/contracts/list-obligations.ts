import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { dayIn } from '#kernel/time.ts';
import { findEnrolments, listContent } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type Obligation, termsSchema } from './api.ts';
import { type InForceRow, selectInForce } from './queries/contracts.ts';
import { type MadePiece, obligationsOf, piecesWithin } from './rules/obligations.ts';

export interface ObligationFilter {
  campaignId?: string | undefined;
  personId?: string | undefined;
  enrolmentId?: string | undefined;
  contractId?: string | undefined;
  /** Days, both included; what has no day is left out where one is given. */
  from?: string | undefined;
  until?: string | undefined;
  /** True leaves out what is met. */
  open?: boolean | undefined;
}

/** What is owed by the contracts in force, by day; what has no day yet comes last. A few statements, however many contracts a campaign has. */
export async function listObligations(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; filter: ObligationFilter },
): Promise<Obligation[]> {
  const { workspaceId, filter } = of;
  const { contractId, campaignId, personId, enrolmentId } = filter;
  const rows = await selectInForce(tx, workspaceId, {
    campaignId,
    personId,
    enrolmentId,
    ...(contractId === undefined ? {} : { contractId }),
  });
  if (rows.length === 0) return [];
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const pieces = await piecesOf(infra, tx, { workspaceId, timeZone, rows });
  const enrolments = await findEnrolments(tx, workspaceId, {
    ids: rows.map((row) => row.enrolment_id),
    clock: infra.clock,
  });
  const paidOn = new Map(enrolments.map((one) => [one.id, one.feePaidOn]));
  const today = dayIn(timeZone, infra.clock.now());
  return rows
    .flatMap((row) =>
      obligationsOf({
        contractId: row.id,
        campaignId: row.campaign_id,
        enrolmentId: row.enrolment_id,
        person: { id: row.person_id, name: row.person_name },
        terms: termsSchema.parse(row.terms),
        signedOn: dayIn(timeZone, row.in_force_since),
        pieces: piecesWithin(pieces.get(row.enrolment_id) ?? [], termOf(row, rows)),
        feePaidOn: paidWithin(row, paidOn.get(row.enrolment_id) ?? null),
        today,
      }),
    )
    .filter((one) => isAsked(one, filter))
    .sort(byDay);
}

async function piecesOf(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; timeZone: string; rows: readonly InForceRow[] },
): Promise<Map<string, MadePiece[]>> {
  const found = new Map<string, MadePiece[]>();
  for (const campaignId of new Set(of.rows.map((row) => row.campaign_id))) {
    for (const item of await listContent(tx, of.workspaceId, { campaignId, clock: infra.clock })) {
      const liveOn = item.liveAt === null ? null : dayIn(of.timeZone, new Date(item.liveAt));
      const approvedOn = item.approvedAt === null ? null : dayIn(of.timeZone, new Date(item.approvedAt));
      const { platform, format, state, dueOn, isForBrand } = item;
      const piece = { platform, format, state, liveOn, approvedOn, dueOn, isForBrand };
      found.set(item.enrolmentId, [...(found.get(item.enrolmentId) ?? []), piece]);
    }
  }
  return found;
}

/** From when until before when pieces belong to a contract: a renewal begins where the one before it ends. */
function termOf(row: InForceRow, all: readonly InForceRow[]): { from: string | null; before: string | null } {
  const starts = (one: InForceRow | undefined) => (one === undefined ? null : termsSchema.parse(one.terms).startsOn);
  const next = all.find((one) => one.renews_id === row.id);
  return { from: row.renews_id === null ? null : starts(row), before: starts(next) };
}

/** A fee paid before the renewal began was that of the contract before. */
function paidWithin(row: InForceRow, paidOn: string | null): string | null {
  if (row.renews_id === null || paidOn === null) return paidOn;
  const { startsOn } = termsSchema.parse(row.terms);
  return startsOn === null || paidOn >= startsOn ? paidOn : null;
}

function isAsked(one: Obligation, { from, until, open }: ObligationFilter): boolean {
  if (open === true && one.state === 'met') return false;
  if (from === undefined && until === undefined) return true;
  return one.dueOn !== null && (from === undefined || one.dueOn >= from) && (until === undefined || one.dueOn <= until);
}

function byDay(a: Obligation, b: Obligation): number {
  const [day, other] = [a.dueOn ?? '9999', b.dueOn ?? '9999'];
  if (day !== other) return day < other ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
