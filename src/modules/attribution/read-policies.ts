import type { Tx } from '#infra/db/database.ts';
import { policySchema } from './api.ts';
import { selectCurrentPolicies } from './queries/policies.ts';
import type { Policies, VersionedPolicy } from './rules/credit-case.ts';

/** The rules that come with the program: a code beats a link, else the last click within 30 days. */
export const builtIn: VersionedPolicy = { version: 0, campaignId: null, policy: policySchema.parse({}) };

/** The rules that hold in a workspace now. */
export async function readPolicies(tx: Tx, workspaceId: string): Promise<Policies> {
  let workspace = builtIn;
  const campaigns = new Map<string, VersionedPolicy>();
  for (const row of await selectCurrentPolicies(tx, workspaceId)) {
    if (row.policy === null) continue;
    const versioned = { version: row.version, campaignId: row.campaign_id, policy: policySchema.parse(row.policy) };
    if (row.campaign_id === null) workspace = versioned;
    else campaigns.set(row.campaign_id, versioned);
  }
  return { workspace, campaigns };
}
