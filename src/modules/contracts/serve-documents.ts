import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import type {
  getDocument as documentEndpoint,
  getPortalDocument,
  getPortalSealed,
  readDocumentHash,
  Side,
  getSealed as sealedEndpoint,
} from './api.ts';
import { getDocument, getSealed } from './documents.ts';
import { type Frame, frameOf, holdContract, recordHappening } from './frame.ts';
import { partiesSchema } from './parties.ts';
import { hasOpened, selectVersion } from './queries/versions.ts';
import { consentText } from './rules/signing.ts';

/** Hands out the document of a version and keeps who opened it: only what was opened can be signed. Errors: not_found. */
export async function openDocument(
  infra: Infra,
  call: Call<typeof documentEndpoint> | Call<typeof getPortalDocument>,
  side: Side,
): Promise<Download> {
  const { workspaceId, input } = call;
  const frame = frameOf(call, side);
  await checkShown(infra, frame, input);
  const { file, hash } = await getDocument(infra, { workspaceId, ...input });
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await holdContract(tx, frame, input.contractId);
    const seen = { contractId: row.id, version: input.version, hash, side, byId: frame.actor.id };
    if (await hasOpened(tx, workspaceId, seen)) return;
    await recordHappening(infra, tx, {
      frame,
      row: { ...row, current_version: input.version },
      kind: 'opened',
      documentHash: hash,
      event: null,
    });
  });
  return infra.files.download(file, { request: call.request, isShown: false });
}

/** A creator sees no draft: versions that were offered, and those that hold. */
async function checkShown(infra: Infra, frame: Frame, of: { contractId: string; version: number }): Promise<void> {
  await infra.db.inWorkspace(frame.workspaceId, async (tx) => {
    await holdContract(tx, frame, of.contractId);
    const version = await selectVersion(tx, frame.workspaceId, of);
    if (version === undefined || (frame.side === 'creator' && version.offered_at === null)) {
      throw notFound('contract version');
    }
  });
}

/** The sealed document. Errors: not_found, contracts.not_sealed. */
export async function openSealed(
  infra: Infra,
  call: Call<typeof sealedEndpoint> | Call<typeof getPortalSealed>,
  side: Side,
): Promise<Download> {
  const { workspaceId, input } = call;
  await checkShown(infra, frameOf(call, side), input);
  const file = await getSealed(infra, { workspaceId, ...input });
  return infra.files.download(file, { request: call.request, isShown: false });
}

/** The hash of a document and the words a signer agrees to. Error: not_found. */
export async function readHash(
  infra: Infra,
  call: Call<typeof readDocumentHash>,
): Promise<OutputOf<typeof readDocumentHash>> {
  const { workspaceId, input } = call;
  return readSigning(infra, {
    frame: frameOf(call, 'brand'),
    side: 'brand',
    contractId: input.contractId,
    version: input.version,
    workspaceId,
  });
}

export async function readSigning(
  infra: Infra,
  of: { frame: Frame; side: Side; workspaceId: string; contractId: string; version: number },
): Promise<OutputOf<typeof readDocumentHash>> {
  const { workspaceId, contractId, version } = of;
  const { file, hash } = await getDocument(infra, of);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { title, brandName } = partiesSchema.parse((await selectVersion(tx, workspaceId, of))?.parties);
    return {
      version,
      hash,
      bytes: file.bytes,
      consent: consentText({ title, version, hash, brandName }),
      hasSeen: await hasOpened(tx, workspaceId, { contractId, version, hash, side: of.side, byId: of.frame.actor.id }),
    };
  });
}
