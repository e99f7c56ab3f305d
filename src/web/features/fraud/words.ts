import type { banReasons, Evidence, FraudGroup, GroupState, Mode, Scope, Severity } from '#modules/fraud/api.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const fraudNouns = ['fraud', 'orders', 'attribution', 'today', 'reports'];

export const stateWords: Record<GroupState, string> = {
  open: 'Open',
  cleared: 'Cleared',
  fraud: 'Fraud',
  expired: 'Expired',
  lapsed: 'Lapsed',
};
export const modeWords: Record<Mode, string> = {
  off: 'Off',
  score: 'Adds to the score',
  watch: 'Watch: it counts',
  enforce: 'Enforce: credit waits',
};
export const severityWords: Record<Severity, string> = { low: 'Low', medium: 'Medium', high: 'High' };
export const scopeWords: Record<Scope, string> = {
  order: 'Orders',
  traffic: 'Traffic',
  code: 'Codes',
  account: 'Accounts',
};
export const banWords: Record<(typeof banReasons)[number], string> = {
  terms: 'Broke the terms',
  content: 'Content',
  fake_traffic: 'Fake traffic',
  fraud: 'Fraud',
  spam: 'Spam',
  brand_abuse: 'Bids on the brand',
};

export const severityTone = (severity: Severity): Tone =>
  severity === 'high' ? 'bad' : severity === 'medium' ? 'warn' : 'plain';

/** What a group does to credit, in a word. */
export function standingOf(group: FraudGroup): { word: string; tone: Tone } {
  if (group.state === 'fraud') return { word: 'Fraud', tone: 'bad' };
  if (group.state !== 'open') return { word: stateWords[group.state], tone: 'plain' };
  return group.mode === 'enforce' ? { word: 'On hold', tone: 'warn' } : { word: 'Counts, watched', tone: 'plain' };
}

/** Where evidence opens; null for what has no page. */
export function placeOf(
  evidence: Evidence,
): { to: string; search?: Record<string, string>; params?: Record<string, string> } | null {
  if (evidence.id === null) return null;
  switch (evidence.kind) {
    case 'order':
      return { to: '/tracking/orders', search: { open: evidence.id } };
    case 'code':
      return { to: '/tracking/codes', search: { open: evidence.id } };
    case 'creator':
      return { to: '/creators/$personId', params: { personId: evidence.id } };
    case 'link':
      return { to: '/tracking', search: { open: evidence.id } };
    case 'click':
    case 'figure':
      return null;
  }
}
