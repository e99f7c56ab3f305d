import type { ContractModel, Jurisdiction } from '../api/terms.ts';

export interface ShippedClause {
  id: string;
  version: number;
  title: string;
  body: string;
  whenTerm: string | null;
  models: readonly ContractModel[];
  jurisdictions: readonly Jurisdiction[];
  /** The rule it follows, where it follows one. */
  source: string | null;
}
