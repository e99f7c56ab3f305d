import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { openSigningKey, UnfitKey } from '#infra/pdf/signing-key.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { bringCertificate, ContractSettings, dropCertificate, saveContractSettings } from './api.ts';
import { contractsError } from './errors.ts';
import { saveSettings, selectSettings } from './queries/library.ts';
import { cleanName } from './rules/signing.ts';
import { keyColumns } from './signing-keys.ts';

export async function readSettings(tx: Tx, workspaceId: string): Promise<ContractSettings> {
  const row = await selectSettings(tx, workspaceId);
  const hasKey = row?.key_sealed != null && row.certificate_from !== null && row.certificate_until !== null;
  return {
    legalName: row?.legal_name ?? null,
    legalAddress: row?.legal_address ?? null,
    seal: hasKey
      ? {
          source: row.key_source === 'brought' ? 'brought' : 'own',
          subject: row.certificate_subject ?? '',
          issuer: row.certificate_issuer ?? '',
          fingerprint: row.certificate_fingerprint ?? '',
          validFrom: row.certificate_from?.toISOString() ?? '',
          validUntil: row.certificate_until?.toISOString() ?? '',
        }
      : null,
  };
}

/** Keeps name and address for contracts made from now on. Error: contracts.bad_name. */
export async function keepSettings(infra: Infra, call: Call<typeof saveContractSettings>): Promise<ContractSettings> {
  const { workspaceId, input } = call;
  const legalName = input.legalName === null ? null : cleanName(input.legalName);
  if (input.legalName !== null && legalName === null) {
    throw contractsError('bad_name', 'legalName: Write the name in letters.', [
      { field: 'legalName', message: 'Write the name in letters' },
    ]);
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await saveSettings(tx, workspaceId, {
      legal_name: legalName,
      legal_address: input.legalAddress,
      updated_at: infra.clock.now(),
    });
    await recordAudit(tx, {
      ...call,
      action: 'contract_settings.saved',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: { legalName, legalAddress: input.legalAddress },
    });
    return readSettings(tx, workspaceId);
  });
}

/** Seals with a certificate brought along from now on. Error: contracts.bad_certificate saying what does not fit. */
export async function keepCertificate(infra: Infra, call: Call<typeof bringCertificate>): Promise<ContractSettings> {
  const { workspaceId, input } = call;
  const at = infra.clock.now();
  const opened = open({ container: Buffer.from(input.container, 'base64'), passphrase: input.passphrase }, at);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await saveSettings(tx, workspaceId, {
      ...keyColumns(infra, workspaceId, opened),
      key_source: 'brought',
      updated_at: at,
    });
    const { subject, fingerprint } = opened.facts;
    await recordAudit(tx, {
      ...call,
      action: 'contract_certificate.brought',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: { subject, fingerprint },
    });
    return readSettings(tx, workspaceId);
  });
}

function open(key: { container: Buffer; passphrase: string }, at: Date) {
  try {
    return openSigningKey(key, at);
  } catch (error) {
    if (!(error instanceof UnfitKey)) throw error;
    throw contractsError('bad_certificate', `The certificate is not taken. ${error.message}`, [
      { field: 'container', message: error.message },
    ]);
  }
}

/** Forgets the key. What is sealed stays valid: each document carries its certificate. */
export async function forgetCertificate(infra: Infra, call: Call<typeof dropCertificate>): Promise<ContractSettings> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await saveSettings(tx, workspaceId, {
      key_sealed: null,
      key_source: null,
      certificate_subject: null,
      certificate_issuer: null,
      certificate_fingerprint: null,
      certificate_from: null,
      certificate_until: null,
      updated_at: infra.clock.now(),
    });
    await recordAudit(tx, {
      ...call,
      action: 'contract_certificate.dropped',
      subjectKind: 'workspace',
      subjectId: workspaceId,
    });
    return readSettings(tx, workspaceId);
  });
}
