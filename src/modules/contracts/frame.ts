import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { Side } from './api.ts';
import { contractsError } from './errors.ts';
import type { ContractEventPayload } from './events.ts';
import { type ContractRow, lockContracts } from './queries/contracts.ts';
import { insertEvents } from './queries/versions.ts';
import { stateAt } from './rules/expiry.ts';
import { mayTake, type Step, whyNot } from './rules/steps.ts';

/** Who does something to a contract, and from where. */
export interface Frame {
  workspaceId: string;
  actor: Actor;
  requestId: string | null;
  side: Side | 'system';
  address: string | null;
  userAgent: string | null;
}

export function frameOf(call: Call, side: Side): Frame {
  return {
    workspaceId: call.workspaceId,
    actor: call.actor,
    requestId: call.requestId,
    side,
    address: call.remoteAddress.slice(0, 100),
    userAgent: plain(call.request.headers.get('user-agent') ?? 'not said').slice(0, 300),
  };
}

/** The program itself, for what time does. */
export function machineFrame(workspaceId: string): Frame {
  const actor: Actor = { kind: 'system', id: 'system', name: 'Rapport' };
  return { workspaceId, actor, requestId: null, side: 'system', address: null, userAgent: null };
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
}

/** The contract, held; a creator finds only their own, and no draft that was never offered. Error: not_found. */
export async function holdContract(tx: Tx, frame: Frame, id: string): Promise<ContractRow> {
  const [row] = await lockContracts(tx, frame.workspaceId, [id]);
  if (row === undefined || (frame.side === 'creator' && !isShownTo(row, frame.actor.id))) throw notFound('contract');
  return row;
}

/** Drafts are the brand's own until they are sent; an amendment in the making does not hide what is in force. */
export function isShownTo(row: ContractRow, personId: string): boolean {
  if (row.person_id !== personId) return false;
  const isSilent = row.state === 'draft' || (row.state === 'withdrawn' && row.state_note === neverSent);
  // A second version is only made after the first was offered.
  const wasOffered = row.current_version > 1 || !isSilent;
  return wasOffered || row.in_force_version !== null;
}

/** Note of a draft that was dropped before anybody saw it. */
export const neverSent = 'Never sent';

/** Refuses a step that the contract's state, its version or its time does not allow. */
export function checkStep(row: ContractRow, of: { step: Step; side: Side; version: number; now: Date }): void {
  if (row.erased_at !== null && of.step !== 'withdraw') {
    throw contractsError('erased_creator', 'The creator of this contract was erased. It is kept as it is.');
  }
  if (row.ended_at !== null && of.step !== 'save') {
    throw contractsError('step_not_allowed', 'This contract has ended. Make a new one.');
  }
  if (row.ran_out_at !== null) {
    throw contractsError('step_not_allowed', 'This contract has run out. Make a new one.');
  }
  const state = stateAt(row, of.now);
  if (state === 'expired' && of.step !== 'save') {
    throw contractsError(
      'offer_expired',
      'This offer has lapsed and can no longer be answered. The brand can make a new one.',
    );
  }
  if (of.version !== row.current_version) {
    throw contractsError(
      'outdated_version',
      `Version ${of.version} is no longer the one in hand; version ${row.current_version} is. Read that one first.`,
      [{ field: 'version', message: `The version in hand is ${row.current_version}` }],
    );
  }
  if (!mayTake(of.step, of.side, state)) throw contractsError('step_not_allowed', whyNot(of.step, state));
}

export interface Happening {
  row: Pick<ContractRow, 'id' | 'campaign_id' | 'enrolment_id' | 'person_id' | 'current_version'>;
  /** Of the trail: `sent`, `opened`, `countered`, … */
  kind: string;
  note?: string | null;
  documentHash?: string | null;
  /** Of the outbox; null tells nobody. */
  event: string | null;
  audit?: { action: string; changes?: Record<string, unknown> };
}

/** Writes the trail, the audit entry and the event of a change into its transaction. */
export async function recordHappening(infra: Infra, tx: Tx, of: { frame: Frame } & Happening): Promise<void> {
  const { frame, row } = of;
  await insertEvents(tx, [trailRow(infra, of)]);
  if (of.audit !== undefined) {
    const { workspaceId, actor, requestId } = frame;
    await recordAudit(tx, { workspaceId, actor, requestId, subjectKind: 'contract', subjectId: row.id, ...of.audit });
  }
  if (of.event !== null) await emitStep(infra, tx, { frame, row, event: of.event });
}

export function trailRow(infra: Infra, { frame, row, kind, note, documentHash }: { frame: Frame } & Happening) {
  const at = infra.clock.now();
  return {
    workspace_id: frame.workspaceId,
    id: newId('event', at.getTime()),
    contract_id: row.id,
    version: row.current_version,
    kind,
    by_side: frame.side,
    by_id: frame.actor.id,
    by_name: frame.actor.name,
    note: note === undefined || note === '' ? null : note,
    address: frame.address,
    user_agent: frame.userAgent,
    document_hash: documentHash ?? null,
    at,
  };
}

export async function emitStep(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; row: Happening['row']; event: string; what?: string },
): Promise<void> {
  const { frame, row } = of;
  const payload: ContractEventPayload = {
    contractId: row.id,
    campaignId: row.campaign_id,
    enrolmentId: row.enrolment_id,
    personId: row.person_id,
    actorName: frame.actor.name,
    version: String(row.current_version),
    side: frame.side,
    ...(of.what === undefined ? {} : { what: of.what }),
  };
  await infra.outbox.emit(tx, { workspaceId: frame.workspaceId, name: of.event, payload });
}
