import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { advanceEnrolment } from '#modules/campaigns/index.ts';
import { type ContractState, contractClauseSchema, type Side, type Terms, termsSchema } from './api.ts';
import { contractsError } from './errors.ts';
import { contractAccepted, contractCountered, contractDeclined, contractEnded, contractWithdrawn } from './events.ts';
import { checkStep, type Frame, holdContract, neverSent, recordHappening } from './frame.ts';
import { deadlineOf } from './offer-deadline.ts';
import { partiesSchema, readParties } from './parties.ts';
import { type ContractRow, updateContract } from './queries/contracts.ts';
import { insertVersions, selectVersion } from './queries/versions.ts';
import { compareTerms } from './rules/compare-terms.ts';
import { renderClauses } from './rules/render-clauses.ts';
import type { Step } from './rules/steps.ts';
import { tellNews } from './tell-creator.ts';

interface Answer {
  frame: Frame;
  side: Side;
  contractId: string;
  version: number;
}

/** Agrees to the terms of the version in hand; both sign it then. Errors: not_found and those of checkStep. */
export async function acceptOffer(infra: Infra, of: Answer): Promise<void> {
  await answer(infra, {
    ...of,
    step: 'accept',
    to: 'agreed',
    kind: 'accepted',
    event: contractAccepted,
    note: null,
    andThen: (tx, row) =>
      of.side === 'creator'
        ? Promise.resolve()
        : tellNews(infra, tx, {
            ...of,
            row,
            news: 'The brand agrees to what you proposed. Please read the document and sign it here:',
          }),
  });
}

/** Says no. What was in force before stays so. */
export async function declineOffer(infra: Infra, of: Answer & { reason: string }): Promise<void> {
  const { workspaceId, actor } = of.frame;
  await answer(infra, {
    ...of,
    step: 'decline',
    to: 'declined',
    kind: 'declined',
    event: contractDeclined,
    note: of.reason,
    andThen: async (tx, row) => {
      if (of.side === 'brand') {
        await tellNews(infra, tx, {
          ...of,
          row,
          news: `The brand declined what you proposed. Their reason: ${of.reason}`,
        });
      } else if (row.in_force_version === null && row.renews_id === null) {
        // Who declines the first contract leaves the campaign; who declines an amendment or a renewal does not.
        await advanceEnrolment(infra, tx, {
          workspaceId,
          enrolmentId: row.enrolment_id,
          reason: 'declined',
          by: actor,
        });
      }
    },
  });
}

/** Takes an offer or a draft back. What was in force before stays so. Errors: not_found, contracts.step_not_allowed. */
export async function withdrawOffer(
  infra: Infra,
  of: { frame: Frame; contractId: string; reason: string },
): Promise<void> {
  const { frame } = of;
  await infra.db.inWorkspace(frame.workspaceId, async (tx) => {
    const row = await holdContract(tx, frame, of.contractId);
    checkStep(row, { step: 'withdraw', side: 'brand', version: row.current_version, now: infra.clock.now() });
    const isSilent = row.state === 'draft' && row.in_force_version === null;
    await moveTo(infra, { tx, frame, row, to: 'withdrawn', note: isSilent ? neverSent : of.reason });
    const event = isSilent ? null : contractWithdrawn;
    await recordHappening(infra, tx, {
      frame,
      row,
      kind: 'withdrawn',
      note: of.reason,
      event,
      audit: { action: 'contract.withdrawn', changes: { reason: of.reason } },
    });
  });
}

/** Records that a contract in force ended early. An offer that is out for it is taken back with it. Errors: not_found, contracts.step_not_allowed. */
export async function endInForce(
  infra: Infra,
  of: { frame: Frame; contractId: string; reason: string },
): Promise<void> {
  const { frame } = of;
  await infra.db.inWorkspace(frame.workspaceId, async (tx) => {
    const row = await holdContract(tx, frame, of.contractId);
    if (row.in_force_version === null || row.ended_at !== null) {
      throw contractsError('step_not_allowed', 'Only a contract in force can end. Withdraw an offer instead.');
    }
    const at = infra.clock.now();
    const isOpen = ['draft', 'sent', 'countered', 'agreed'].includes(row.state);
    const state = isOpen
      ? { state: 'withdrawn', state_since: at, state_note: 'The contract ended', expires_at: null }
      : {};
    await updateContract(tx, frame.workspaceId, {
      id: row.id,
      set: { ...state, ended_at: at, ended_reason: of.reason, updated_at: at },
    });
    await recordHappening(infra, tx, {
      frame,
      row,
      kind: 'ended',
      note: of.reason,
      event: contractEnded,
      audit: { action: 'contract.ended', changes: { reason: of.reason } },
    });
  });
}

/** The creator proposes other terms, open until the end of a day. Errors: as checkStep, contracts.nothing_changed, expiry_passed, bad_terms. */
export async function counterOffer(
  infra: Infra,
  of: Answer & { terms: Terms; note: string; expiresOn: string },
): Promise<void> {
  const { frame } = of;
  const { workspaceId } = frame;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await holdContract(tx, frame, of.contractId);
    const at = infra.clock.now();
    checkStep(row, { step: 'counter', side: of.side, version: of.version, now: at });
    const before = await selectVersion(tx, workspaceId, of);
    const old = termsSchema.parse(before?.terms);
    const clauses = contractClauseSchema.array().parse(before?.clauses);
    const changes = compareTerms(old, of.terms);
    if (changes.length === 0) {
      throw contractsError(
        'nothing_changed',
        'Your proposal says the same as the offer. Change something, or accept it.',
      );
    }
    const asOffered = partiesSchema.parse(before?.parties);
    const parties = await readParties(tx, workspaceId, asOffered);
    const { gaps } = renderClauses(clauses, { ...parties, terms: of.terms });
    if (gaps.length > 0) throw gapsError(gaps);
    const expiresAt = await deadlineOf(infra, tx, { workspaceId, day: of.expiresOn });
    const version = row.current_version + 1;
    await insertVersions(tx, [
      {
        workspace_id: workspaceId,
        contract_id: row.id,
        version,
        terms: JSON.stringify(of.terms),
        clauses: JSON.stringify(clauses),
        parties: JSON.stringify(parties),
        by_side: of.side,
        by_name: frame.actor.name,
        note: of.note === '' ? null : of.note,
        made_at: at,
        offered_at: at,
      },
    ]);
    await updateContract(tx, workspaceId, {
      id: row.id,
      set: {
        state: 'countered',
        state_since: at,
        state_note: null,
        current_version: version,
        expires_at: expiresAt,
        updated_at: at,
      },
    });
    await recordHappening(infra, tx, {
      frame,
      row: { ...row, current_version: version },
      kind: 'countered',
      note: `${changes.map((change) => change.label).join(', ')}${of.note === '' ? '' : `: ${of.note}`}`.slice(0, 2000),
      event: contractCountered,
      audit: { action: 'contract.countered', changes: { version, fields: changes.map((change) => change.field) } },
    });
  });
}

/** Says what a text still lacks. */
export function gapsError(gaps: readonly string[]) {
  const list = gaps.join('; ');
  return contractsError(
    'bad_terms',
    `The text still lacks: ${list}. Fill it in, or take the clause out.`,
    gaps.map((gap) => ({ field: 'terms', message: gap })),
  );
}

async function answer(
  infra: Infra,
  of: Answer & {
    step: Step;
    to: ContractState;
    kind: string;
    event: string;
    note: string | null;
    andThen: (tx: Tx, row: ContractRow) => Promise<void>;
  },
): Promise<void> {
  const { frame } = of;
  await infra.db.inWorkspace(frame.workspaceId, async (tx) => {
    const row = await holdContract(tx, frame, of.contractId);
    checkStep(row, { step: of.step, side: of.side, version: of.version, now: infra.clock.now() });
    await moveTo(infra, { tx, frame, row, to: of.to, note: of.note });
    await recordHappening(infra, tx, {
      frame,
      row,
      kind: of.kind,
      note: of.note,
      event: of.event,
      audit: {
        action: `contract.${of.kind}`,
        changes: { version: of.version, ...(of.note === null ? {} : { reason: of.note }) },
      },
    });
    await of.andThen(tx, row);
  });
}

async function moveTo(
  infra: Infra,
  of: {
    tx: Tx;
    frame: Frame;
    row: ContractRow;
    to: ContractState;
    note: string | null;
  },
): Promise<void> {
  const at = infra.clock.now();
  await updateContract(of.tx, of.frame.workspaceId, {
    id: of.row.id,
    set: {
      state: of.to,
      state_since: at,
      state_note: of.note === '' ? null : of.note,
      expires_at: null,
      updated_at: at,
    },
  });
}
