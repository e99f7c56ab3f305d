import type { FraudPolicy } from '../api/settings.ts';
import type { Evidence, Mode, RuleName, Scope, Severity } from '../api/shared.ts';
import type { Baseline } from './baseline.ts';
import type { AccountFacts, OrderFacts } from './facts.ts';
import type { TrafficFigures } from './traffic-figures.ts';

/** What a rule says of a case: nothing (null), that it speaks, or what it would need to tell. */
export type Verdict = Hit | Unknown | null;

export interface Hit {
  kind: 'hit';
  says: string;
  evidence: Evidence[];
  /** Part of the rule's points that this case earns; all when left out. */
  weight?: number;
  /** Whom it speaks against, where that is not the creator who is credited. */
  personId?: string;
}

export interface Unknown {
  kind: 'unknown';
  needs: string;
}

interface About {
  name: RuleName;
  version: number;
  severity: Severity;
  /** Added to a score when it speaks; about ten times the log-odds it is worth. */
  points: number;
  mode: Mode;
  title: string;
  explains: string;
  needs: string;
}

export interface OrderRule extends About {
  scope: 'order';
  judge(order: OrderFacts, policy: FraudPolicy): Verdict;
}

export interface TrafficRule extends About {
  scope: Extract<Scope, 'traffic' | 'code'>;
  judge(figures: TrafficFigures, of: { baseline: Baseline; policy: FraudPolicy }): Verdict;
}

export interface AccountRule extends About {
  scope: 'account';
  judge(account: AccountFacts): Verdict;
}

export const hit = (says: string, evidence: Evidence[] = [], more: Pick<Hit, 'weight' | 'personId'> = {}): Hit => ({
  kind: 'hit',
  says,
  evidence,
  ...more,
});
export const unknown = (needs: string): Unknown => ({ kind: 'unknown', needs });

/** A figure as evidence. */
export const figure = (label: string): Evidence => ({ kind: 'figure', id: null, label, at: null });

/** A share in words: 0.284 is 28 %. */
export const percent = (share: number): string =>
  `${share >= 0.1 || share === 0 ? Math.round(share * 100) : (share * 100).toFixed(1)} %`;
