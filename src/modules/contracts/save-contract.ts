import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { previewContract, saveContract as saveEndpoint } from './api.ts';
import { contractsError } from './errors.ts';
import { contractWithdrawn } from './events.ts';
import { checkStep, type Frame, frameOf, holdContract, recordHappening } from './frame.ts';
import { type Parties, partiesSchema, readBrand, readParties } from './parties.ts';
import { type ContractRow, selectLiveEnrolments, updateContract } from './queries/contracts.ts';
import { insertVersions, selectVersion, updateDraft, type VersionRow } from './queries/versions.ts';
import { faultsOfBody, isTermsField, renderClauses } from './rules/render-clauses.ts';

type SaveCall = Call<typeof saveEndpoint>;

/**
 * Changes the draft in hand. After an offer went out, or with a version in force, the change is the next version, as a draft; an offer that was out
 * can no longer be answered then. Errors: not_found, contracts.outdated_version when somebody changed it in between, bad_clause.
 */
export async function saveDraft(infra: Infra, call: SaveCall): Promise<void> {
  const { workspaceId, input } = call;
  checkClauses(input.clauses);
  const frame = frameOf(call, 'brand');
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await holdContract(tx, frame, input.contractId);
    checkStep(row, { step: 'save', side: 'brand', version: input.basedOn, now: infra.clock.now() });
    if (row.updated_at.toISOString() !== input.seenAt) {
      throw contractsError(
        'outdated_version',
        'Somebody changed this contract after you opened it. Look at it again and save on top of that.',
        [{ field: 'seenAt', message: `It was changed at ${row.updated_at.toISOString()}` }],
      );
    }
    if (row.ended_at !== null) throw contractsError('step_not_allowed', 'This contract has ended. Make a new one.');
    if (row.ran_out_at !== null) throw contractsError('step_not_allowed', 'This contract has run out. Make a new one.');
    const rivals = { campaignId: row.campaign_id, waiting: row.is_waiting };
    if (!row.is_live && (await selectLiveEnrolments(tx, workspaceId, rivals)).has(row.enrolment_id)) {
      throw contractsError(
        'contract_there',
        'This creator has another contract on the campaign by now. Go on with that one.',
      );
    }
    const version = await selectVersion(tx, workspaceId, { contractId: row.id, version: row.current_version });
    const asBefore = partiesSchema.parse(version?.parties);
    const parties = await readParties(tx, workspaceId, {
      creatorName: asBefore.creatorName,
      title: input.title ?? asBefore.title,
      jurisdiction: input.jurisdiction ?? asBefore.jurisdiction,
    });
    if (version?.offered_at === null) await rewrite(infra, tx, { call, frame, row, version, parties });
    else await revise(infra, tx, { call, frame, row, parties });
  });
}

interface Saving {
  call: SaveCall;
  frame: Frame;
  row: ContractRow;
  parties: Parties;
}

async function rewrite(infra: Infra, tx: Tx, of: Saving & { version: VersionRow }): Promise<void> {
  const { call, frame, row, parties } = of;
  const { workspaceId, input } = call;
  const at = infra.clock.now();
  if (of.version.document_file_id !== null) await infra.files.remove(tx, workspaceId, of.version.document_file_id);
  await updateDraft(tx, workspaceId, {
    contract_id: row.id,
    version: row.current_version,
    terms: JSON.stringify(input.terms),
    clauses: JSON.stringify(input.clauses),
    parties: JSON.stringify(parties),
    by_name: call.actor.name,
    note: input.note,
    made_at: at,
  });
  await updateContract(tx, workspaceId, {
    id: row.id,
    // A draft that was withdrawn is taken up again.
    set: {
      state: 'draft',
      title: parties.title,
      jurisdiction: parties.jurisdiction,
      updated_at: at,
      ...(row.state === 'draft' ? {} : { state_since: at, state_note: null }),
    },
  });
  await recordHappening(infra, tx, {
    frame,
    row,
    kind: 'changed',
    note: input.note,
    event: null,
    audit: { action: 'contract.changed', changes: { version: row.current_version } },
  });
}

async function revise(infra: Infra, tx: Tx, of: Saving): Promise<void> {
  const { call, frame, row, parties } = of;
  const { workspaceId, input } = call;
  const at = infra.clock.now();
  const version = row.current_version + 1;
  await insertVersions(tx, [
    {
      workspace_id: workspaceId,
      contract_id: row.id,
      version,
      terms: JSON.stringify(input.terms),
      clauses: JSON.stringify(input.clauses),
      parties: JSON.stringify(parties),
      by_side: 'brand',
      by_name: call.actor.name,
      note: input.note,
      made_at: at,
    },
  ]);
  const wasOut = row.state === 'sent' || row.state === 'agreed';
  if (wasOut)
    await recordHappening(infra, tx, {
      frame,
      row,
      kind: 'withdrawn',
      note: 'A new version is being made',
      event: contractWithdrawn,
    });
  await updateContract(tx, workspaceId, {
    id: row.id,
    set: {
      state: 'draft',
      state_since: at,
      state_note: null,
      expires_at: null,
      current_version: version,
      title: parties.title,
      jurisdiction: parties.jurisdiction,
      updated_at: at,
    },
  });
  await recordHappening(infra, tx, {
    frame,
    row: { ...row, current_version: version },
    kind: 'revised',
    note: input.note,
    event: null,
    audit: { action: 'contract.revised', changes: { version: { from: row.current_version, to: version } } },
  });
}

function checkClauses(clauses: SaveCall['input']['clauses']): void {
  const details = clauses.flatMap((clause, at) => [
    ...faultsOfBody(clause.body).map((message) => ({ field: `clauses.${at}.body`, message })),
    ...(clause.whenTerm === null || isTermsField(clause.whenTerm)
      ? []
      : [{ field: `clauses.${at}.whenTerm`, message: `“${clause.whenTerm}” is no field of the terms` }]),
    ...(clauses.findIndex((one) => one.id === clause.id) === at
      ? []
      : [{ field: `clauses.${at}.id`, message: `${clause.id} stands in it twice` }]),
  ]);
  if (details.length === 0) return;
  throw contractsError('bad_clause', details.map((one) => `${one.field}: ${one.message}`).join('; '), details);
}

/** The text that terms and clauses make. Changes nothing. */
export async function previewText(infra: Infra, call: Call<typeof previewContract>) {
  const { workspaceId, input } = call;
  const brand = await infra.db.inWorkspace(workspaceId, (tx) => readBrand(tx, workspaceId));
  const { title, jurisdiction, terms } = input;
  return renderClauses(input.clauses, { ...brand, title, jurisdiction, terms, creatorName: input.personName });
}
