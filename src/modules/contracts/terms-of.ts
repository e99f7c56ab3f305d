import type { Tx } from '#infra/db/database.ts';
import type { MoneyJson } from '#kernel/money.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type ContractDeliverable, type Terms, termsSchema, type UsageRight } from './api/terms.ts';
import { selectInForce } from './queries/contracts.ts';

/** A right to use content. Days in the workspace's time zone; both null while it starts with a post that is not live yet. */
export interface UsageRightInForce {
  channels: UsageRight['channels'];
  paid: boolean;
  territory: string;
  exclusive: boolean;
  mayEdit: boolean;
  startsAt: UsageRight['startsAt'];
  /** The pieces it is limited to; none: all. */
  pieces: UsageRight['pieces'];
  /** Days it lasts from its start; null: without end. */
  days: number | null;
  from: string | null;
  /** The last day it holds; null while not known, and for rights without end. */
  until: string | null;
}

/** What both sides signed and holds now. */
export interface TermsInForce {
  contractId: string;
  enrolmentId: string;
  /** The contract it renews; null for a first one. */
  renewsId: string | null;
  version: number;
  /** When both had signed the first version; amendments do not move it. */
  signedAt: Date;
  /** The whole fixed fee; null when none is paid. */
  fee: MoneyJson | null;
  deliverables: ContractDeliverable[];
  /** Rounds of changes agreed; null: none were. */
  revisionsMax: number | null;
  autoApproveAfterBusinessDays: number | null;
  usageRights: UsageRightInForce[];
  exclusivity: Terms['exclusivity'];
  whitelisting: Terms['whitelisting'];
  disclosureClause: string;
  /** Everything else that was agreed. */
  terms: Terms;
}

/** The terms in force of an enrolment; null when no contract is signed, or it ended. */
export async function termsOf(tx: Tx, workspaceId: string, enrolmentId: string): Promise<TermsInForce | null> {
  return (await termsOfMany(tx, workspaceId, [enrolmentId])).get(enrolmentId) ?? null;
}

/** As termsOf, for many enrolments in one statement; those without terms are left out. */
export async function termsOfMany(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<Map<string, TermsInForce>> {
  if (enrolmentIds.length === 0) return new Map();
  return new Map((await allTermsOf(tx, workspaceId, enrolmentIds)).map((one) => [one.enrolmentId, one]));
}

/** Every contract in force of the enrolments, a renewal after what it renews: one creator may have several, by renewal or by a merge. */
export async function allTermsOf(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<TermsInForce[]> {
  const rows = await selectInForce(tx, workspaceId, { enrolmentIds });
  if (rows.length === 0) return [];
  const { timeZone } = await getWorkspace(tx, workspaceId);
  return rows.map((row) => {
    const terms = termsSchema.parse(row.terms);
    const signedOn = dayIn(timeZone, row.in_force_since);
    const inForce: TermsInForce = {
      contractId: row.id,
      enrolmentId: row.enrolment_id,
      renewsId: row.renews_id,
      version: row.version,
      signedAt: row.in_force_since,
      fee: terms.fee,
      deliverables: terms.deliverables,
      revisionsMax: terms.revisionsMax,
      autoApproveAfterBusinessDays: terms.autoApproveAfterBusinessDays,
      usageRights: terms.usageRights.map((right) => rightInForce(right, signedOn)),
      exclusivity: terms.exclusivity,
      whitelisting: terms.whitelisting,
      disclosureClause: terms.disclosure,
      terms,
    };
    return inForce;
  });
}

/** A right with its days worked out from the day both had signed. */
export function rightInForce(right: UsageRight, signedOn: string): UsageRightInForce {
  const { channels, paid, territory, exclusive, mayEdit, startsAt, days, pieces } = right;
  const from = startsAt === 'live' ? null : startsAt === 'date' ? right.from : signedOn;
  const until = from === null || days === null ? null : addDays(from, days - 1);
  return { channels, paid, territory, exclusive, mayEdit, startsAt, days, from, until, pieces };
}
