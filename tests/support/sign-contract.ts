import type { Client } from '#client/client.ts';
import * as api from '#modules/contracts/api.ts';
import type { TestCore } from './core.ts';

export interface ToSign {
  /** Slug of the workspace. */
  workspace: string;
  contractId: string;
  personId: string;
  /** What differs from the version in hand. */
  terms: Partial<api.TermsInput>;
  /** The last day to answer. */
  expiresOn: string;
}

/** Puts these terms to a creator. */
export async function offerContract(client: Client, of: Omit<ToSign, 'personId' | 'workspace'>): Promise<void> {
  const { contractId } = of;
  const { versions, updatedAt: seenAt } = await client.call(api.getContract, { contractId });
  const [before] = versions;
  if (before === undefined) throw new Error('The contract has no version');
  await client.call(api.saveContract, {
    contractId,
    basedOn: before.version,
    seenAt,
    clauses: before.clauses,
    terms: { ...before.terms, feeParts: [], ...of.terms },
  });
  await client.call(api.sendContracts, { contractIds: [contractId], expiresOn: of.expiresOn });
}

/** Puts these terms to a creator, and has both sign them. */
export async function signContract(test: TestCore, of: ToSign): Promise<void> {
  const { contractId } = of;
  const client = test.client(of.workspace);
  await offerContract(client, of);
  const creator = await test.portal(of.workspace, of.personId);
  const { version, documentHash } = await creator.call(api.getPortalContract, { contractId });
  const signature = { contractId, version, documentHash, method: 'typed' as const, agrees: true as const };
  await creator.open(api.getPortalDocument, { contractId, version });
  await creator.call(api.signPortalContract, { ...signature, name: 'Nell Baker' });
  await client.open(api.getDocument, { contractId, version });
  await client.call(api.signContract, { ...signature, name: 'Ann Oat' });
}
