import type { Tx } from '#infra/db/database.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { type Judgement, type Tier, type TierMove, tierEvidenceSchema, tierOutcomeSchema } from '../api.ts';
import type { JudgementRow, MoveRow } from '../queries/ambassadors.ts';

/** Names by id, those of tiers that are gone since as they were in the evidence. */
function namesOf(row: JudgementRow, tiers: readonly Tier[]): (tierId: string) => { id: string; name: string } {
  const { tiers: then } = tierEvidenceSchema.parse(row.evidence);
  return (tierId) => ({
    id: tierId,
    name: then.find((tier) => tier.tierId === tierId)?.name ?? tiers.find((tier) => tier.id === tierId)?.name ?? tierId,
  });
}

export async function presentJudgements(
  tx: Tx,
  workspaceId: string,
  of: { rows: readonly JudgementRow[]; tiers: readonly Tier[] },
): Promise<Judgement[]> {
  const cards = await readPersonCards(
    tx,
    workspaceId,
    of.rows.map((row) => row.person_id),
  );
  return of.rows.map((row) => {
    const name = namesOf(row, of.tiers);
    return {
      id: row.id,
      campaignId: row.campaign_id,
      enrolmentId: row.enrolment_id,
      person: { id: row.person_id, name: cards.get(row.person_id)?.name ?? 'Erased creator' },
      judgedOn: row.judged_on,
      programVersion: row.program_version,
      from: name(row.from_tier),
      to: name(row.to_tier),
      outcome: tierOutcomeSchema.parse(row.outcome),
      evidence: tierEvidenceSchema.parse(row.evidence),
      state: row.state as Judgement['state'],
      decided: row.decided_tier === null ? null : name(row.decided_tier),
      reason: row.reason,
      decidedBy: row.decided_by,
      decidedAt: row.decided_at?.toISOString() ?? null,
    };
  });
}

export function toMove(row: MoveRow): TierMove {
  return {
    id: row.id,
    from: row.from_name,
    to: row.to_name,
    on: row.moved_on,
    reason: row.reason,
    by: row.by_name,
    judgementId: row.judgement_id,
  };
}
