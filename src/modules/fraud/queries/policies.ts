import type { Tx } from '#infra/db/database.ts';
import { type FraudPolicy, fraudPolicySchema } from '../api.ts';

export interface StoredPolicy {
  version: number;
  policy: FraudPolicy;
  note: string | null;
  madeBy: string;
  madeAt: Date | null;
}

export const builtIn: StoredPolicy = {
  version: 0,
  policy: fraudPolicySchema.parse({}),
  note: null,
  madeBy: 'Rapport',
  madeAt: null,
};

/** Versions, newest first; what came later than a version takes its default. */
export async function selectPolicies(tx: Tx, workspaceId: string, limit: number): Promise<StoredPolicy[]> {
  const rows = await tx
    .selectFrom('fraud_policy')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    version: row.version,
    policy: fraudPolicySchema.parse(row.policy),
    note: row.note,
    madeBy: row.created_by_name,
    madeAt: row.created_at,
  }));
}

/** The settings that hold now. */
export async function readPolicy(tx: Tx, workspaceId: string): Promise<StoredPolicy> {
  return (await selectPolicies(tx, workspaceId, 1))[0] ?? builtIn;
}

export async function insertPolicy(
  tx: Tx,
  workspaceId: string,
  of: { version: number; policy: FraudPolicy; note: string | null; by: { id: string; name: string }; at: Date },
): Promise<void> {
  await tx
    .insertInto('fraud_policy')
    .values({
      workspace_id: workspaceId,
      version: of.version,
      policy: JSON.stringify(of.policy),
      note: of.note,
      created_by: of.by.id,
      created_by_name: of.by.name,
      created_at: of.at,
    })
    .execute();
}
