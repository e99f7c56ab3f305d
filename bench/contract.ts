import type { Core } from '#app/core.ts';
import { type Client, createClient } from '#client/client.ts';
import {
  createContracts,
  getContract,
  getDocument,
  getPortalContract,
  getPortalDocument,
  readDocumentHash,
  sendContracts,
  signContract,
  signPortalContract,
} from '#modules/contracts/api.ts';

const warmUps = 2;

export interface ContractBench {
  core: Core;
  /** Acts in the workspace of the campaign. */
  client: Client;
  fetch(request: Request): Promise<Response>;
  workspace: string;
  workspaceId: string;
  campaignId: string;
  rounds: number;
}

/**
 * Times of the second signature on a contract, in ms: taken in, kept, the document set with its evidence as PDF/A, sealed and stored, through the whole
 * API. Two contracts are signed before, so that the compiler and the key are there.
 */
export async function measureContractPdf(of: ContractBench): Promise<number[]> {
  const { client, campaignId } = of;
  const created = await client.call(createContracts, { campaignId, templateId: 'sponsored-us' });
  const ids = created.created.slice(0, of.rounds + warmUps).map((one) => one.contractId);
  await client.call(sendContracts, { contractIds: ids, expiresOn: dayIn(of.core.infra.clock.now(), 30) });
  const times: number[] = [];
  for (const contractId of ids) times.push(await timeOne(of, contractId));
  return times.slice(warmUps);
}

async function timeOne(of: ContractBench, contractId: string): Promise<number> {
  const { client } = of;
  const { person } = await client.call(getContract, { contractId });
  const creator = await portalClient(of, person.id);
  const { documentHash } = await creator.call(getPortalContract, { contractId });
  await drain(creator.open(getPortalDocument, { contractId, version: 1 }));
  const signature = { contractId, version: 1, documentHash, method: 'typed', agrees: true } as const;
  await creator.call(signPortalContract, { ...signature, name: 'Nell Baker' });
  const { hash } = await client.call(readDocumentHash, { contractId, version: 1 });
  await drain(client.open(getDocument, { contractId, version: 1 }));
  const from = performance.now();
  const done = await client.call(signContract, { ...signature, documentHash: hash, name: 'Ann Oat' });
  const tookMs = performance.now() - from;
  if (done.versions[0]?.sealedHash == null) throw new Error('The contract was signed and not sealed');
  return tookMs;
}

async function portalClient(of: ContractBench, personId: string): Promise<Client> {
  const { infra } = of.core;
  const spec = { workspaceId: of.workspaceId, personId, path: '/', days: 1, madeBy: 'Bench' };
  const link = await infra.db.inWorkspace(of.workspaceId, (tx) => infra.portal.link(tx, spec));
  return createClient({
    baseUrl: infra.config.publicUrl,
    fetch: of.fetch,
    apiKey: new URL(link).hash.slice(1),
    workspace: () => of.workspace,
  });
}

async function drain(response: Promise<Response>): Promise<void> {
  await (await response).arrayBuffer();
}

function dayIn(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
