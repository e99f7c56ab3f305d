import type { Refs } from '#modules/tracking/index.ts';
import { type PolicyVersion, policySchema } from './api.ts';
import type { PolicyRow } from './queries/policies.ts';
import { builtIn } from './read-policies.ts';

export const builtInVersion: PolicyVersion = {
  version: builtIn.version,
  campaign: null,
  policy: builtIn.policy,
  note: null,
  madeBy: 'Rapport',
  madeAt: null,
};

export function presentPolicy(row: PolicyRow, refs: Refs): PolicyVersion {
  return {
    version: row.version,
    campaign: refs.campaignOf(row.campaign_id),
    policy: row.policy === null ? null : policySchema.parse(row.policy),
    note: row.note,
    madeBy: row.created_by_name,
    madeAt: row.created_at.toISOString(),
  };
}
