import { addDays } from '#kernel/time.ts';
import type { IncidentRule } from '../api.ts';
import { incidentWords } from '../api.ts';

/** What holds while a workspace has not said otherwise. */
export const defaultRules: readonly IncidentRule[] = [
  { kinds: ['ghosting'], count: 2, withinDays: 730 },
  { kinds: ['abuse', 'fake_engagement'], count: 1, withinDays: null },
];

/** An incident about the creator that was upheld. */
export interface Strike {
  id: string;
  kind: string;
  occurredOn: string;
}

export interface Verdict {
  reason: string;
  /** The strikes the rule rests on, oldest first. */
  incidentIds: string[];
}

/** The first rule that the strikes of a creator break, in the order of the rules; null when none does. `today` ends the spans of the rules. */
export function applyRules(
  rules: readonly IncidentRule[],
  of: { strikes: readonly Strike[]; today: string },
): Verdict | null {
  for (const rule of rules) {
    const from = rule.withinDays === null ? null : addDays(of.today, -rule.withinDays);
    const kinds: ReadonlySet<string> = new Set(rule.kinds);
    const counted = of.strikes
      .filter((strike) => kinds.has(strike.kind) && (from === null || strike.occurredOn >= from))
      .toSorted((a, b) => (a.occurredOn < b.occurredOn ? -1 : a.occurredOn > b.occurredOn ? 1 : a.id < b.id ? -1 : 1));
    if (counted.length >= rule.count)
      return { reason: sayRule(rule, counted.length), incidentIds: counted.map((strike) => strike.id) };
  }
  return null;
}

function sayRule(rule: IncidentRule, count: number): string {
  const what = rule.kinds.map((kind) => incidentWords[kind].toLowerCase()).join(' or ');
  const times = count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
  const span = rule.withinDays === null ? '' : ` within ${rule.withinDays} days`;
  const limit = rule.count === 1 ? 'the first time is enough' : `${rule.count} are too many`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${times}${span} (${limit})`;
}

/** True when a lifted flag already rested on all these strikes, so that they do not set it a second time. */
export function isSettled(verdict: Verdict, lifted: readonly (readonly string[])[]): boolean {
  return lifted.some((ids) => verdict.incidentIds.every((id) => ids.includes(id)));
}
