import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { acceptOffer, counterOffer, declineOffer } from './answer-offer.ts';
import type {
  acceptPortalContract,
  counterPortalContract,
  declinePortalContract,
  getPortalContract,
  listPortalContracts,
  PortalContract,
  signPortalContract,
} from './api.ts';
import { termsSchema } from './api.ts';
import { type Frame, frameOf, isShownTo } from './frame.ts';
import { partiesSchema } from './parties.ts';
import { changesBetween, sectionsOf } from './present-contract.ts';
import { type ContractRow, type ListedContract, selectContracts } from './queries/contracts.ts';
import { selectSignatures, selectVersions, type VersionRow } from './queries/versions.ts';
import { stateAt } from './rules/expiry.ts';
import { mayTake, turnOf } from './rules/steps.ts';
import { readSigning } from './serve-documents.ts';
import { signVersion } from './sign-contract.ts';

const listMax = 200;
const turns = { us: 'brand', creator: 'me', nobody: 'nobody' } as const;

/** The contracts of the creator who asks, newest first. */
export async function listMine(
  infra: Infra,
  call: Call<typeof listPortalContracts>,
): Promise<OutputOf<typeof listPortalContracts>> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectContracts(tx, workspaceId, { personId: actor.id, limit: listMax });
    const shown = rows.filter((row) => isShownTo(row, actor.id));
    return Promise.all(
      shown.map(async (row) => {
        const versions = await selectVersions(tx, workspaceId, row.id);
        const version = shownVersion(row, versions);
        const state = shownState(row, version, infra.clock.now());
        return {
          id: row.id,
          title: row.title,
          brandName: partiesSchema.parse(version.parties).brandName,
          campaignName: (await findCampaign(tx, workspaceId, row.campaign_id))?.name ?? row.title,
          state,
          waitsFor: row.ended_at === null ? turns[turnOf(state, row.signed_by as ('brand' | 'creator')[])] : 'nobody',
          inForceVersion: row.in_force_version,
          isAmendment: isAmendment(row, version),
          expiresAt: row.expires_at?.toISOString() ?? null,
          isSealed: versions.some((one) => one.sealed_file_id !== null),
          sealedVersion: versions.find((one) => one.sealed_file_id !== null)?.version ?? null,
        };
      }),
    );
  });
}

/** The newest version the creator may see: a draft of an amendment shows what is in force. */
function shownVersion(row: ContractRow, versions: readonly VersionRow[]): VersionRow {
  const shown =
    versions.find((one) => one.offered_at !== null) ?? versions.find((one) => one.version === row.in_force_version);
  if (shown === undefined) throw notFound('contract');
  return shown;
}

function shownState(row: ContractRow, version: VersionRow, now: Date) {
  if (version.version === row.current_version) return stateAt(row, now);
  return version.version === row.in_force_version ? 'signed' : 'withdrawn';
}

function isAmendment(row: ContractRow, version: VersionRow): boolean {
  return row.in_force_version !== null && row.in_force_version !== version.version;
}

/** One contract as its creator sees it. Error: not_found, the same for another creator's. */
export async function readMine(infra: Infra, call: Call<typeof getPortalContract>): Promise<PortalContract> {
  return presentMine(infra, frameOf(call, 'creator'), call.input.contractId);
}

async function presentMine(infra: Infra, frame: Frame, contractId: string): Promise<PortalContract> {
  const { workspaceId, actor } = frame;
  const { row, versions, version } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const [found] = await selectContracts(tx, workspaceId, { ids: [contractId], limit: 1 });
    if (found === undefined || !isShownTo(found, actor.id)) throw notFound('contract');
    const all = await selectVersions(tx, workspaceId, contractId);
    return { row: found, versions: all, version: shownVersion(found, all) };
  });
  const signing = await readSigning(infra, {
    frame,
    side: 'creator',
    workspaceId,
    contractId,
    version: version.version,
  });
  return infra.db.inWorkspace(workspaceId, (tx) => assemble(infra, tx, { frame, row, versions, version, signing }));
}

interface Mine {
  frame: Frame;
  row: ListedContract;
  versions: readonly VersionRow[];
  version: VersionRow;
  signing: Awaited<ReturnType<typeof readSigning>>;
}

async function assemble(infra: Infra, tx: Tx, of: Mine): Promise<PortalContract> {
  const { frame, row, version, signing } = of;
  const { workspaceId } = frame;
  const state = shownState(row, version, infra.clock.now());
  const signatures = (await selectSignatures(tx, workspaceId, row.id)).filter((one) => one.version === version.version);
  const own = signatures.find((one) => one.side === 'creator');
  const since = of.versions.find((one) =>
    isAmendment(row, version)
      ? one.version === row.in_force_version
      : one.version < version.version && one.offered_at !== null,
  );
  const isOpen = row.ended_at === null && row.erased_at === null && version.version === row.current_version;
  const may = (step: 'sign' | 'accept' | 'counter' | 'decline') => isOpen && mayTake(step, 'creator', state);
  return {
    id: row.id,
    title: row.title,
    brandName: partiesSchema.parse(version.parties).brandName,
    campaignName: (await findCampaign(tx, workspaceId, row.campaign_id))?.name ?? row.title,
    state,
    waitsFor: isOpen
      ? turns[
          turnOf(
            state,
            signatures.map((one) => one.side as 'brand' | 'creator'),
          )
        ]
      : 'nobody',
    version: version.version,
    inForceVersion: row.in_force_version,
    isAmendment: isAmendment(row, version),
    expiresAt: isOpen ? (row.expires_at?.toISOString() ?? null) : null,
    endedAt: row.ended_at?.toISOString() ?? null,
    note: version.note,
    stateNote: isOpen ? row.state_note : null,
    terms: termsSchema.parse(version.terms),
    sections: sectionsOf(version),
    changes: since === undefined ? [] : changesBetween(since, version),
    changesSince: since?.version ?? null,
    documentHash: signing.hash,
    consent: signing.consent,
    hasSeen: signing.hasSeen,
    mySignature:
      own === undefined
        ? null
        : {
            name: own.signer_name,
            at: own.signed_at.toISOString(),
            method: own.method === 'drawn' ? 'drawn' : 'typed',
          },
    brandSigned: signatures.some((one) => one.side === 'brand'),
    isSealed: version.sealed_file_id !== null,
    may: {
      sign: may('sign') && own === undefined,
      accept: may('accept'),
      counter: may('counter'),
      decline: may('decline'),
    },
    timeZone: (await getWorkspace(tx, workspaceId)).timeZone,
  };
}

export async function acceptMine(infra: Infra, call: Call<typeof acceptPortalContract>): Promise<PortalContract> {
  const frame = frameOf(call, 'creator');
  await acceptOffer(infra, { frame, side: 'creator', ...call.input });
  return presentMine(infra, frame, call.input.contractId);
}

export async function counterMine(infra: Infra, call: Call<typeof counterPortalContract>): Promise<PortalContract> {
  const frame = frameOf(call, 'creator');
  await counterOffer(infra, { frame, side: 'creator', ...call.input });
  return presentMine(infra, frame, call.input.contractId);
}

export async function declineMine(infra: Infra, call: Call<typeof declinePortalContract>): Promise<PortalContract> {
  const frame = frameOf(call, 'creator');
  await declineOffer(infra, { frame, side: 'creator', ...call.input });
  return presentMine(infra, frame, call.input.contractId);
}

export async function signMine(infra: Infra, call: Call<typeof signPortalContract>): Promise<PortalContract> {
  const frame = frameOf(call, 'creator');
  await signVersion(infra, { frame, side: 'creator', order: call.input });
  return presentMine(infra, frame, call.input.contractId);
}
