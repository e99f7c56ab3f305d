import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { AppError } from '#kernel/errors.ts';
import { findSuppressedPersons, readAddressees, readPersonCards } from '#modules/creators/index.ts';
import { recordAudits } from '#modules/workspaces/index.ts';
import { contractClauseSchema, type linkContract, type sendContracts as sendEndpoint, termsSchema } from './api.ts';
import { contractSent } from './events.ts';
import { checkStep, emitStep, type Frame, frameOf, holdContract, recordHappening, trailRow } from './frame.ts';
import { deadlineOf } from './offer-deadline.ts';
import { partiesSchema, readBrand, renderContext } from './parties.ts';
import { type ContractRow, lockContracts, updateContract } from './queries/contracts.ts';
import { selectRenewed } from './queries/renewals.ts';
import { insertEvents, selectVersion, setOffered } from './queries/versions.ts';
import { mailOfOffer } from './rules/mail-words.ts';
import { renderClauses } from './rules/render-clauses.ts';
import { sayDay } from './rules/term-words.ts';
import { contractLinkDays, pathOfContract, tellCreator } from './tell-creator.ts';

type SendCall = Call<typeof sendEndpoint>;
type Sent = OutputOf<typeof sendEndpoint>;

// Offers a transaction: small enough that a creator who answers meanwhile does not wait long.
const chunkSize = 100;

/** Offers drafts; each one that cannot go out is named with its reason and stays a draft. Errors: contracts.expiry_passed. */
export async function sendContracts(infra: Infra, call: SendCall): Promise<Sent> {
  const ids = [...new Set(call.input.contractIds)];
  const total: Sent = { sent: 0, mailed: 0, withoutMail: [], refused: [] };
  for (let at = 0; at < ids.length; at += chunkSize) {
    const part = await infra.db.inWorkspace(call.workspaceId, (tx) =>
      sendChunk(infra, tx, { call, ids: ids.slice(at, at + chunkSize) }),
    );
    total.sent += part.sent;
    total.mailed += part.mailed;
    total.withoutMail.push(...part.withoutMail);
    total.refused.push(...part.refused);
  }
  return total;
}

async function sendChunk(infra: Infra, tx: Tx, of: { call: SendCall; ids: readonly string[] }): Promise<Sent> {
  const { call } = of;
  const { workspaceId, input } = call;
  const frame = frameOf(call, 'brand');
  const expiresAt = await deadlineOf(infra, tx, { workspaceId, day: input.expiresOn });
  const rows = await lockContracts(tx, workspaceId, of.ids);
  const found = new Set(rows.map((row) => row.id));
  const refused: Sent['refused'] = of.ids
    .filter((id) => !found.has(id))
    .map((id) => ({ contractId: id, name: '', message: 'No such contract.' }));
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.map((row) => row.person_id),
  );
  const suppressed = await findSuppressedPersons(infra, tx, [...cards.values()]);
  const ready: ContractRow[] = [];
  for (const row of rows) {
    const message = suppressed.has(cards.get(row.person_id)?.personId ?? '')
      ? `${row.person_name} asked not to be contacted.`
      : ((await whyUnsendable(infra, tx, row)) ?? (await whyTooLate(tx, row, input.expiresOn)));
    if (message === null) ready.push(row);
    else refused.push({ contractId: row.id, name: row.person_name, message });
  }
  await offer(infra, tx, { frame, rows: ready, expiresAt });
  const { mailed, withoutMail } = await mailOffers(infra, tx, { call, rows: ready });
  return { sent: ready.length, mailed, withoutMail, refused };
}

async function whyUnsendable(infra: Infra, tx: Tx, row: ContractRow): Promise<string | null> {
  try {
    checkStep(row, { step: 'send', side: 'brand', version: row.current_version, now: infra.clock.now() });
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  const version = await selectVersion(tx, row.workspace_id, { contractId: row.id, version: row.current_version });
  const clauses = contractClauseSchema.array().parse(version?.clauses);
  const context = renderContext(partiesSchema.parse(version?.parties), termsSchema.parse(version?.terms));
  const { gaps } = renderClauses(clauses, context);
  return gaps.length === 0 ? null : `The text still lacks: ${gaps.join('; ')}.`;
}

/** A renewal has to be answered while the contract it renews still holds. */
async function whyTooLate(tx: Tx, row: ContractRow, expiresOn: string): Promise<string | null> {
  if (!row.is_waiting || row.renews_id === null) return null;
  const [old] = await selectRenewed(tx, row.workspace_id, [row.renews_id]);
  if (old === undefined || expiresOn <= old.ends_on) return null;
  return `The contract it renews ends on ${sayDay(old.ends_on)}: let the offer be open until then at the latest.`;
}

async function offer(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; rows: readonly ContractRow[]; expiresAt: Date },
): Promise<void> {
  const { frame, rows } = of;
  const { workspaceId, actor, requestId } = frame;
  const at = infra.clock.now();
  for (const row of rows) {
    await updateContract(tx, workspaceId, {
      id: row.id,
      set: { state: 'sent', state_since: at, state_note: null, expires_at: of.expiresAt, updated_at: at },
    });
    await setOffered(tx, workspaceId, { contractId: row.id, version: row.current_version, at });
    await emitStep(infra, tx, { frame, row, event: contractSent });
  }
  await insertEvents(
    tx,
    rows.map((row) => trailRow(infra, { frame, row, kind: 'sent', event: null })),
  );
  await recordAudits(
    tx,
    rows.map((row) => ({
      workspaceId,
      actor,
      requestId,
      action: 'contract.sent',
      subjectKind: 'contract',
      subjectId: row.id,
      changes: { version: row.current_version },
    })),
  );
}

async function mailOffers(
  infra: Infra,
  tx: Tx,
  of: { call: SendCall; rows: readonly ContractRow[] },
): Promise<Pick<Sent, 'mailed' | 'withoutMail'>> {
  const { workspaceId, input, actor } = of.call;
  const addressees = await readAddressees(
    tx,
    workspaceId,
    of.rows.map((row) => row.person_id),
  );
  const { brandName } = await readBrand(tx, workspaceId);
  const withoutMail: Sent['withoutMail'] = [];
  let mailed = 0;
  for (const row of of.rows) {
    const told = await tellCreator(infra, tx, {
      workspaceId,
      row,
      madeBy: actor.name,
      key: `contract/${row.id}/${row.current_version}/offer`,
      brandName,
      to: addressees.get(row.person_id),
      words: mailOfOffer({
        brandName,
        title: row.title,
        kind: row.in_force_version !== null ? 'amendment' : row.renews_id !== null ? 'renewal' : 'contract',
        expires: sayDay(input.expiresOn),
        message: input.message,
      }),
    });
    if (told.isTold) mailed += 1;
    else withoutMail.push({ contractId: row.id, name: row.person_name, reason: told.reason });
  }
  return { mailed, withoutMail };
}

/** A personal link to copy. Errors: not_found, contracts.step_not_allowed for a draft nobody was offered. */
export async function linkToContract(
  infra: Infra,
  call: Call<typeof linkContract>,
): Promise<OutputOf<typeof linkContract>> {
  const { workspaceId, input, actor } = call;
  const frame = frameOf(call, 'brand');
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await holdContract(tx, frame, input.contractId);
    const isUnseen = row.state === 'draft' && row.in_force_version === null;
    if (isUnseen || row.erased_at !== null) {
      checkStep(row, { step: 'accept', side: 'creator', version: row.current_version, now: infra.clock.now() });
    }
    const link = await infra.portal.link(tx, {
      ...{ workspaceId, personId: row.person_id, path: pathOfContract(row.id) },
      ...{ days: contractLinkDays, madeBy: actor.name },
    });
    await recordHappening(infra, tx, { frame, row, kind: 'linked', event: null, audit: { action: 'contract.linked' } });
    return { link, days: contractLinkDays };
  });
}
