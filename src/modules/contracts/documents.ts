import type { StoredFile } from '#infra/files/files.ts';
import type { Infra } from '#infra/module.ts';
import { createArchiveSetter } from '#infra/pdf/set-pdf.ts';
import { sealPdf } from '#infra/pdf/sign-pdf.ts';
import { notFound } from '#kernel/errors.ts';
import { contractClauseSchema, type Side, termsSchema } from './api.ts';
import { contractsError } from './errors.ts';
import { machineFrame, trailRow } from './frame.ts';
import { partiesSchema, renderContext } from './parties.ts';
import { type ContractRow, selectContract } from './queries/contracts.ts';
import {
  insertEvents,
  type SignatureRow,
  selectEvents,
  selectSignatures,
  selectVersion,
  setDocument,
  setSealed,
  type VersionRow,
} from './queries/versions.ts';
import { contractPage, type PageInput, type SignatureFacts } from './rules/contract-page.ts';
import { renderClauses } from './rules/render-clauses.ts';
import { getSigningKey } from './signing-keys.ts';

const set = createArchiveSetter(new URL('./pdf/contract.typ', import.meta.url));
const bytesMax = 20 * 1024 * 1024;
const trailMax = 300;

interface Which {
  workspaceId: string;
  contractId: string;
  version: number;
}

/**
 * The document of a version as both sides see it, set the first time it is asked for and the same bytes ever after. Two who ask at once get one
 * document. Error: not_found.
 */
export async function getDocument(infra: Infra, which: Which): Promise<{ file: StoredFile; hash: string }> {
  const { workspaceId } = which;
  const { contract, version } = await readVersion(infra, which);
  if (version.document_file_id !== null) return openDocument(infra, workspaceId, version.document_file_id);
  const { pdf } = set(contractPage(pageInput(contract, version)));
  const file = await keepPdf(infra, workspaceId, { pdf, name: fileName(contract.title, which.version) });
  const isFirst = await infra.db.inWorkspace(workspaceId, (tx) =>
    setDocument(tx, workspaceId, { ...which, madeAt: version.made_at, fileId: file.id, hash: file.contentHash }),
  );
  if (isFirst) return { file, hash: file.contentHash };
  await infra.db.inWorkspace(workspaceId, (tx) => infra.files.remove(tx, workspaceId, file.id));
  const again = await readVersion(infra, which);
  if (again.version.document_file_id === null) {
    throw contractsError('outdated_version', 'The draft was changed while its document was made. Look at it again.');
  }
  return openDocument(infra, workspaceId, again.version.document_file_id);
}

async function openDocument(infra: Infra, workspaceId: string, fileId: string) {
  const file = await infra.db.inWorkspace(workspaceId, (tx) => infra.files.get(tx, workspaceId, fileId));
  return { file, hash: file.contentHash };
}

/** The sealed document of a version both signed, made where a stop came in between. Error: contracts.not_sealed. */
export async function getSealed(infra: Infra, which: Which): Promise<StoredFile> {
  const { version } = await readVersion(infra, which);
  const fileId = version.sealed_file_id ?? (await sealVersion(infra, which));
  return infra.db.inWorkspace(which.workspaceId, (tx) => infra.files.get(tx, which.workspaceId, fileId));
}

/** Sets the document with its evidence, seals and keeps it; returns the file's id. Doing it again gives the same file. Error: contracts.not_sealed. */
export async function sealVersion(infra: Infra, which: Which): Promise<string> {
  const { workspaceId, contractId } = which;
  const { contract, version } = await readVersion(infra, which);
  if (version.sealed_file_id !== null) return version.sealed_file_id;
  const { signatures, trail } = await infra.db.inWorkspace(workspaceId, async (tx) => ({
    signatures: (await selectSignatures(tx, workspaceId, contractId)).filter((one) => one.version === which.version),
    trail: (await selectEvents(tx, workspaceId, { contractId, limit: trailMax })).toReversed(),
  }));
  if (signatures.length < 2 || version.document_hash === null) {
    throw contractsError('not_sealed', 'Both sides have to sign before there is a sealed document.');
  }
  const at = infra.clock.now();
  const { pdf, standard } = set(
    contractPage({
      ...pageInput(contract, version),
      sealed: {
        documentHash: version.document_hash,
        at,
        signatures: signatures.map(toFacts),
        trail: trail.map((one) => ({
          kind: one.kind,
          version: one.version,
          side: one.by_side as Side | 'system',
          by: one.by_name,
          note: one.note,
          address: one.address,
          documentHash: one.document_hash,
          at: one.at,
        })),
      },
    }),
  );
  const key = await getSigningKey(infra, workspaceId);
  const parties = partiesSchema.parse(version.parties);
  const sealed = await sealPdf(pdf, { key, name: parties.brandName, reason: `Signed by both: ${contract.title}`, at });
  const file = await keepPdf(infra, workspaceId, {
    pdf: sealed,
    name: fileName(`${contract.title} (signed)`, which.version),
  });
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const isFirst = await setSealed(tx, workspaceId, {
      ...which,
      fileId: file.id,
      hash: file.contentHash,
      at,
      standard,
    });
    if (isFirst) {
      const frame = machineFrame(workspaceId);
      const row = { ...contract, current_version: which.version };
      await insertEvents(tx, [
        trailRow(infra, { frame, row, kind: 'sealed', event: null, documentHash: file.contentHash }),
      ]);
      return file.id;
    }
    await infra.files.remove(tx, workspaceId, file.id);
    return (await selectVersion(tx, workspaceId, which))?.sealed_file_id ?? file.id;
  });
}

async function readVersion(infra: Infra, which: Which): Promise<{ contract: ContractRow; version: VersionRow }> {
  return infra.db.inWorkspace(which.workspaceId, async (tx) => {
    const contract = await selectContract(tx, which.workspaceId, which.contractId);
    if (contract === undefined) throw notFound('contract');
    const version = await selectVersion(tx, which.workspaceId, which);
    if (version === undefined) throw notFound('contract version');
    return { contract, version };
  });
}

function pageInput(contract: ContractRow, version: VersionRow): PageInput {
  const parties = partiesSchema.parse(version.parties);
  const terms = termsSchema.parse(version.terms);
  const clauses = contractClauseSchema.array().parse(version.clauses);
  return {
    contractId: contract.id,
    version: version.version,
    isAmendment: contract.in_force_version !== null && contract.in_force_version < version.version,
    title: parties.title,
    brandName: parties.brandName,
    creatorName: parties.creatorName,
    madeAt: version.made_at,
    sections: renderClauses(clauses, renderContext(parties, terms)).sections,
    sealed: null,
  };
}

function toFacts(row: SignatureRow): SignatureFacts {
  return {
    side: row.side as Side,
    name: row.signer_name,
    role: row.signer_role,
    method: row.method,
    // Written by cleanStrokes alone.
    strokes: (row.strokes ?? []) as [number, number][][],
    consent: row.consent,
    seenHash: row.seen_hash,
    address: row.address,
    userAgent: row.user_agent,
    at: row.signed_at,
  };
}

async function keepPdf(infra: Infra, workspaceId: string, of: { pdf: Buffer; name: string }): Promise<StoredFile> {
  async function* once() {
    yield of.pdf;
  }
  return infra.files.keep(workspaceId, { content: once(), name: of.name, accept: ['pdf'], bytesMax, by: 'Rapport' });
}

/** Letters and digits only: safe in every header and on every disk. */
function fileName(title: string, version: number): string {
  const plain = title
    .replace(/[^\p{L}\p{N}()-]+/gu, ' ')
    .trim()
    .slice(0, 100);
  return `${plain === '' ? 'Contract' : plain} v${version}.pdf`;
}
