import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { type CertificateFacts, makeSigningKey, type SigningKey } from '#infra/pdf/signing-key.ts';
import { seal, unseal } from '#infra/seal.ts';
import { readBrand } from './parties.ts';
import { insertKey, selectSettings } from './queries/library.ts';

/** The key a workspace seals with: the one it brought, or one of its own, made at the first seal. */
export async function getSigningKey(infra: Infra, workspaceId: string): Promise<SigningKey> {
  const kept = await infra.db.inWorkspace(workspaceId, (tx) => readKey(infra, tx, workspaceId));
  if (kept !== null) return kept;
  const { brandName } = await infra.db.inWorkspace(workspaceId, (tx) => readBrand(tx, workspaceId));
  const at = infra.clock.now();
  const { key, facts } = await makeSigningKey({ name: brandName, at });
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await insertKey(tx, workspaceId, {
      ...keyColumns(infra, workspaceId, { key, facts }),
      key_source: 'own',
      updated_at: at,
    });
    // Where somebody else was first, theirs is the key.
    return (await readKey(infra, tx, workspaceId)) ?? key;
  });
}

async function readKey(infra: Infra, tx: Tx, workspaceId: string): Promise<SigningKey | null> {
  const settings = await selectSettings(tx, workspaceId);
  if (settings?.key_sealed == null) return null;
  const text = unseal(context(infra, workspaceId), settings.key_sealed);
  if (text === null) throw new Error('The key that seals contracts does not open with the secret of this installation');
  const [passphrase = '', container = ''] = text.split('\n');
  return {
    container: Buffer.from(container, 'base64'),
    passphrase: Buffer.from(passphrase, 'base64').toString('utf8'),
  };
}

/** The columns of a key: sealed by the installation's secret, with what its certificate says. */
export function keyColumns(infra: Infra, workspaceId: string, of: { key: SigningKey; facts: CertificateFacts }) {
  const { key, facts } = of;
  const text = `${Buffer.from(key.passphrase).toString('base64')}\n${key.container.toString('base64')}`;
  return {
    key_sealed: seal(context(infra, workspaceId), text),
    certificate_subject: facts.subject,
    certificate_issuer: facts.issuer,
    certificate_fingerprint: facts.fingerprint,
    certificate_from: facts.validFrom,
    certificate_until: facts.validUntil,
  };
}

function context(infra: Infra, workspaceId: string) {
  return { secret: infra.secret, label: 'contract-seal', owner: workspaceId };
}
