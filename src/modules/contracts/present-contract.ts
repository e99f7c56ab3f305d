import { moneySchema } from '#kernel/money.ts';
import type {
  ContractEvent,
  ContractModel,
  ContractSummary,
  ContractVersion,
  Jurisdiction,
  Section,
  Side,
  Signature,
  TermsChange,
} from './api.ts';
import { contractClauseSchema, termsSchema } from './api.ts';
import { partiesSchema, renderContext } from './parties.ts';
import type { ListedContract } from './queries/contracts.ts';
import type { EventRow, SignatureRow, VersionRow } from './queries/versions.ts';
import { compareClauses, compareTerms } from './rules/compare-terms.ts';
import { sayEvent } from './rules/event-words.ts';
import { stateAt } from './rules/expiry.ts';
import { renderClauses } from './rules/render-clauses.ts';
import { turnOf } from './rules/steps.ts';

export function toSummary(row: ListedContract, of: { campaignName: string; now: Date }): ContractSummary {
  const state = stateAt(row, of.now);
  const signedBy = row.signed_by as Side[];
  return {
    id: row.id,
    title: row.title,
    campaign: { id: row.campaign_id, name: of.campaignName },
    enrolmentId: row.enrolment_id,
    person: { id: row.person_id, name: row.person_name },
    isErased: row.erased_at !== null,
    model: row.model as ContractModel,
    jurisdiction: row.jurisdiction as Jurisdiction,
    state,
    stateSince: row.state_since.toISOString(),
    stateNote: row.state_note,
    waitsFor: row.ended_at === null ? turnOf(state, signedBy) : 'nobody',
    version: row.current_version,
    inForceVersion: row.in_force_version,
    inForceSince: row.in_force_since?.toISOString() ?? null,
    isAmendment: row.in_force_version !== null && row.in_force_version !== row.current_version,
    signedBy,
    fee: row.fee === null ? null : moneySchema.parse(row.fee),
    expiresAt: row.expires_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedReason: row.ended_reason,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    renewsId: row.renews_id,
    isWaiting: row.is_waiting,
    ranOutAt: row.ran_out_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Versions, each with what it changed against the one before it. `rows` are newest first. */
export function toVersions(rows: readonly VersionRow[]): ContractVersion[] {
  return rows.map((row, at) => {
    const before = rows[at + 1];
    return {
      version: row.version,
      side: row.by_side as Side,
      by: row.by_name,
      note: row.note,
      madeAt: row.made_at.toISOString(),
      offeredAt: row.offered_at?.toISOString() ?? null,
      terms: termsSchema.parse(row.terms),
      clauses: contractClauseSchema.array().parse(row.clauses),
      changes: before === undefined ? [] : changesBetween(before, row),
      documentHash: row.document_hash,
      sealedAt: row.sealed_at?.toISOString() ?? null,
      sealedHash: row.sealed_hash,
      sealedStandard: row.sealed_standard,
    };
  });
}

/** What the later version changed: title, terms and clauses. */
export function changesBetween(before: VersionRow, after: VersionRow): TermsChange[] {
  const [was, is] = [partiesSchema.parse(before.parties), partiesSchema.parse(after.parties)];
  const title: TermsChange[] =
    was.title === is.title ? [] : [{ field: 'title', label: 'Title', before: [was.title], after: [is.title] }];
  const place: TermsChange[] =
    was.jurisdiction === is.jurisdiction
      ? []
      : [{ field: 'jurisdiction', label: 'Law', before: [was.jurisdiction], after: [is.jurisdiction] }];
  return [
    ...title,
    ...place,
    ...compareTerms(termsSchema.parse(before.terms), termsSchema.parse(after.terms)),
    ...compareClauses(
      contractClauseSchema.array().parse(before.clauses),
      contractClauseSchema.array().parse(after.clauses),
    ),
  ];
}

export function sectionsOf(row: VersionRow): Section[] {
  const context = renderContext(partiesSchema.parse(row.parties), termsSchema.parse(row.terms));
  return renderClauses(contractClauseSchema.array().parse(row.clauses), context).sections;
}

export function toSignature(row: SignatureRow): Signature {
  return {
    id: row.id,
    version: row.version,
    side: row.side as Side,
    name: row.signer_name,
    role: row.signer_role,
    method: row.method === 'drawn' ? 'drawn' : 'typed',
    // Written by cleanStrokes alone.
    strokes: row.strokes as Signature['strokes'],
    consent: row.consent,
    seenHash: row.seen_hash,
    address: row.address,
    userAgent: row.user_agent,
    at: row.signed_at.toISOString(),
  };
}

export function toEvent(row: EventRow): ContractEvent {
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    text: sayEvent(row.kind),
    side: row.by_side as ContractEvent['side'],
    by: row.by_name,
    note: row.note,
    address: row.address,
    documentHash: row.document_hash,
    at: row.at.toISOString(),
  };
}
