import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { advanceEnrolment, stateContractEnd } from '#modules/campaigns/index.ts';
import type { Side } from './api.ts';
import { sealVersion } from './documents.ts';
import { contractsError } from './errors.ts';
import { contractAccepted, contractPartySigned, contractSigned } from './events.ts';
import { checkStep, type Frame, holdContract, recordHappening } from './frame.ts';
import { partiesSchema } from './parties.ts';
import { type ContractRow, updateContract } from './queries/contracts.ts';
import { hasOpened, insertSignature, type SignatureRow, selectSignatures, selectVersion } from './queries/versions.ts';
import { cleanName, cleanStrokes, consentText } from './rules/signing.ts';
import { tellNews } from './tell-creator.ts';

export interface SignOrder {
  contractId: string;
  version: number;
  documentHash: string;
  name: string;
  role: string | null;
  method: 'typed' | 'drawn';
  strokes: [number, number][][];
}

/**
 * Signs exactly the document whose hash is given. Both sides at once are safe: the row is held. Doing it again by the same person changes
 * nothing. When the second side signed, the version is in force and its document is sealed before this returns.
 * Errors: not_found, contracts.outdated_version, offer_expired, step_not_allowed, not_seen, signed_already, bad_name, no_stroke.
 */
export async function signVersion(infra: Infra, of: { frame: Frame; side: Side; order: SignOrder }): Promise<void> {
  const { frame, order } = of;
  const { workspaceId } = frame;
  const isComplete = await infra.db.inWorkspace(workspaceId, (tx) => signInTx(infra, tx, of));
  if (!isComplete) return;
  await sealVersion(infra, { workspaceId, ...order }).catch((error) => {
    // It is in force all the same; the watch seals it in a minute.
    infra.log.error({ err: error, contract: order.contractId }, 'a signed contract could not be sealed, trying again');
  });
}

async function signInTx(infra: Infra, tx: Tx, of: { frame: Frame; side: Side; order: SignOrder }): Promise<boolean> {
  const { frame, side, order } = of;
  const { workspaceId } = frame;
  const row = await holdContract(tx, frame, order.contractId);
  const signatures = (await selectSignatures(tx, workspaceId, row.id)).filter((one) => one.version === order.version);
  const own = signatures.find((one) => one.side === side);
  if (own !== undefined && own.signer_id === frame.actor.id && own.seen_hash === order.documentHash)
    return signatures.length === 2;
  checkStep(row, { step: 'sign', side, version: order.version, now: infra.clock.now() });
  if (own !== undefined)
    throw contractsError('signed_already', `${own.signer_name} has signed this version for the ${side} already.`);
  await checkSeen(tx, of);
  await keepSignature(infra, tx, { ...of, row });
  await tellSigned(infra, tx, { ...of, row, others: signatures });
  return signatures.length === 1;
}

async function checkSeen(tx: Tx, of: { frame: Frame; side: Side; order: SignOrder }): Promise<void> {
  const { frame, side, order } = of;
  const version = await selectVersion(tx, frame.workspaceId, order);
  if (version?.document_hash !== order.documentHash) {
    throw contractsError(
      'outdated_version',
      'The document you read is not the one to be signed. Open it again and sign that one.',
      [{ field: 'documentHash', message: 'Is not the SHA-256 of the document of this version' }],
    );
  }
  const { contractId, documentHash: hash } = order;
  if (await hasOpened(tx, frame.workspaceId, { contractId, version: order.version, hash, side, byId: frame.actor.id }))
    return;
  throw contractsError('not_seen', 'Open the document before you sign it.');
}

async function keepSignature(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; side: Side; order: SignOrder; row: ContractRow },
): Promise<void> {
  const { frame, side, order, row } = of;
  const { workspaceId } = frame;
  const name = cleanName(order.name);
  if (name === null) {
    throw contractsError('bad_name', 'name: Write your full name, in letters.', [
      { field: 'name', message: 'Your full name, in letters' },
    ]);
  }
  const strokes = order.method === 'drawn' ? cleanStrokes(order.strokes) : null;
  if (order.method === 'drawn' && strokes === null) {
    throw contractsError('no_stroke', 'strokes: Draw your name, or type it.', [
      { field: 'strokes', message: 'Draw your name, or type it' },
    ]);
  }
  const version = await selectVersion(tx, workspaceId, order);
  const parties = partiesSchema.parse(version?.parties);
  const at = infra.clock.now();
  await insertSignature(tx, {
    workspace_id: workspaceId,
    id: newId('signature', at.getTime()),
    contract_id: row.id,
    version: order.version,
    side,
    signer_id: frame.actor.id,
    signer_name: name,
    signer_role: order.role === null ? null : cleanName(order.role),
    method: order.method,
    strokes: strokes === null ? null : JSON.stringify(strokes),
    consent: consentText({
      title: parties.title,
      version: order.version,
      hash: order.documentHash,
      brandName: parties.brandName,
    }),
    seen_hash: order.documentHash,
    address: frame.address ?? 'not known',
    user_agent: frame.userAgent ?? 'not said',
    signed_at: at,
  });
}

async function tellSigned(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; side: Side; order: SignOrder; row: ContractRow; others: readonly SignatureRow[] },
): Promise<void> {
  const { frame, side, order, row, others } = of;
  const { workspaceId } = frame;
  const at = infra.clock.now();
  const isComplete = others.length === 1;
  // The creator's signature under an offer is their yes to it; from then on it does not lapse.
  const isAnswer = side === 'creator' && row.state === 'sent';
  const happening = { frame, row, documentHash: order.documentHash };
  await recordHappening(infra, tx, {
    ...happening,
    kind: 'signed',
    event: isComplete ? null : contractPartySigned,
    audit: { action: 'contract.signed', changes: { version: order.version, side, documentHash: order.documentHash } },
  });
  if (isAnswer) await recordHappening(infra, tx, { ...happening, kind: 'accepted', event: contractAccepted });
  if (isComplete) {
    await updateContract(tx, workspaceId, {
      id: row.id,
      set: {
        state: 'signed',
        state_since: at,
        state_note: null,
        expires_at: null,
        in_force_version: order.version,
        in_force_since: row.in_force_since ?? at,
        updated_at: at,
      },
    });
    await recordHappening(infra, tx, { ...happening, kind: 'in_force', event: contractSigned });
    await stateContractEnd(infra, tx, { workspaceId, enrolmentId: row.enrolment_id, end: null });
    await advanceEnrolment(infra, tx, {
      workspaceId,
      enrolmentId: row.enrolment_id,
      reason: 'contract_signed',
      by: frame.actor,
      ...(frame.requestId === null ? {} : { requestId: frame.requestId }),
    });
    if (side === 'brand')
      await tellNews(infra, tx, {
        frame,
        row,
        news: 'Both have signed. Your contract with its evidence page is here:',
      });
    return;
  }
  const set = isAnswer ? { state: 'agreed', state_since: at, expires_at: null } : {};
  await updateContract(tx, workspaceId, { id: row.id, set: { ...set, updated_at: at } });
}
