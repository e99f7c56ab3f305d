import { joinFees } from './join-fees.ts';

/** An enrolment as a join looks at it; named like its columns. */
export interface JoinSide {
  stage: string;
  stage_since: Date;
  profile_id: string | null;
  fee_minor: bigint | null;
  fee_paid_on: string | null;
  signed_fee_minor: bigint | null;
  signed_fee_currency: string | null;
  product_cost_minor: bigint | null;
  postage_minor: bigint | null;
  postage_assumed_minor: bigint;
  note: string | null;
  owner_id: string | null;
  blocker: string | null;
  blocker_since: Date | null;
  respond_by: string | null;
  drafts_by: string | null;
  live_from: string | null;
  live_until: string | null;
  tags: string[];
  contract_ended_on: string | null;
  contract_end_reason: string | null;
  removed_at: Date | null;
  removed_reason: string | null;
}

const noteMax = 2000;
const tagsMax = 20;

/**
 * Two enrolments of one creator on one campaign as one row: the stage that is further on, what only one of them says, tags of both, costs added up, fees by
 * `joinFees`. A row that stands wins over one that was taken off. Neither row is changed.
 */
export function joinFields(
  kept: JoinSide,
  joined: JoinSide,
  of: { stages: readonly string[]; currency: string },
): { kept: JoinSide; joined: Partial<JoinSide>; isQuestion: boolean } {
  const heldFee = (side: JoinSide) => ({
    feeMinor: side.fee_minor,
    paidOn: side.fee_paid_on,
    isAgreed: side.signed_fee_minor !== null && side.signed_fee_currency === of.currency,
    isRemoved: side.removed_at !== null,
  });
  const fees = joinFees(heldFee(kept), heldFee(joined));
  const ahead = leader(kept, joined, of.stages);
  const from = <Name extends keyof JoinSide>(name: Name): JoinSide[Name] => kept[name] ?? joined[name];
  const isWindow = kept.live_from !== null || kept.live_until !== null;
  const dates = isWindow ? kept : joined;
  const blocked = ahead.blocker === null ? (ahead === kept ? joined : kept) : ahead;
  const notes = [kept.note, joined.note].filter((note) => note !== null && note !== '');
  return {
    kept: {
      ...kept,
      stage: ahead.stage,
      stage_since: ahead.stage_since,
      profile_id: from('profile_id'),
      fee_minor: fees.kept.feeMinor,
      fee_paid_on: fees.kept.paidOn,
      ...signed(kept, joined),
      product_cost_minor: sum(kept.product_cost_minor, joined.product_cost_minor),
      postage_minor: sum(kept.postage_minor, joined.postage_minor),
      postage_assumed_minor: kept.postage_assumed_minor + joined.postage_assumed_minor,
      note: notes.length === 0 ? null : [...new Set(notes)].join('\n').slice(0, noteMax),
      owner_id: from('owner_id'),
      blocker: blocked.blocker,
      blocker_since: blocked.blocker_since,
      respond_by: from('respond_by'),
      drafts_by: from('drafts_by'),
      live_from: dates.live_from,
      live_until: dates.live_until,
      tags: [...new Set([...kept.tags, ...joined.tags])].sort().slice(0, tagsMax),
      contract_ended_on: from('contract_ended_on'),
      contract_end_reason: kept.contract_ended_on === null ? joined.contract_end_reason : kept.contract_end_reason,
      removed_at: ahead.removed_at,
      removed_reason: ahead.removed_reason,
    },
    joined: {
      fee_minor: fees.joined.feeMinor,
      fee_paid_on: fees.joined.paidOn,
      signed_fee_minor: null,
      signed_fee_currency: null,
      product_cost_minor: null,
      postage_minor: null,
      postage_assumed_minor: 0n,
    },
    isQuestion: fees.isQuestion,
  };
}

/** Who is on the roster before who is not, then the stage further on, then the kept one. */
function leader(kept: JoinSide, joined: JoinSide, stages: readonly string[]): JoinSide {
  if ((kept.removed_at === null) !== (joined.removed_at === null)) return kept.removed_at === null ? kept : joined;
  return stages.indexOf(joined.stage) > stages.indexOf(kept.stage) ? joined : kept;
}

function sum(one: bigint | null, other: bigint | null): bigint | null {
  return one === null || other === null ? (one ?? other) : one + other;
}

/** What is signed adds up in one currency; in two the kept one's stands until the contracts are read anew. */
function signed(kept: JoinSide, joined: JoinSide): Pick<JoinSide, 'signed_fee_minor' | 'signed_fee_currency'> {
  const { signed_fee_minor: minor, signed_fee_currency: currency } = kept;
  if (minor === null || currency === null)
    return { signed_fee_minor: joined.signed_fee_minor, signed_fee_currency: joined.signed_fee_currency };
  const isAlike = joined.signed_fee_currency === currency;
  return { signed_fee_minor: isAlike ? sum(minor, joined.signed_fee_minor) : minor, signed_fee_currency: currency };
}
