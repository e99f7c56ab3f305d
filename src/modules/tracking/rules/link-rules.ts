import { type SystemName, systemOf } from './read-user-agent.ts';

/** Where some of a link's visitors go; a list that is left out admits all. */
export interface StoredRule {
  countries?: readonly string[] | undefined;
  devices?: readonly string[] | undefined;
  systems?: readonly string[] | undefined;
  destination: string;
  /** Destination with the link's UTM parameters. */
  target: string;
}

export interface StoredVariant {
  weight: number;
  destination: string;
  target: string;
}

export interface StoredApp {
  /** Address the app answers to: its own scheme, or a web address it has claimed. */
  opens: string;
  /** Where visitors without the app go; the link's destination when null. */
  store: string | null;
}

/** What a link has beyond one destination. */
export interface LinkExtras {
  rules: readonly StoredRule[];
  variants: readonly StoredVariant[];
  apps: Partial<Record<'ios' | 'android', StoredApp>> | null;
  expiredUrl: string | null;
  passwordHash: string | null;
  cookies: 'always' | 'consent' | 'never' | null;
}

/** What is known of a visitor when a destination is chosen. */
export interface VisitorFacts {
  country: string | null;
  device: string;
  system: SystemName;
  /** Variant an earlier visit was given, from its cookie; null when none. */
  variant: number | null;
  /** Text that stays the same for this visitor today: decides the variant of a first visit. */
  key: string;
}

export interface Route {
  target: string;
  /** What chose it: `rule 1`, `variant 2`; null for the link's own destination. */
  name: string | null;
  /** Index of the variant, to be kept for the next visit. */
  variant: number | null;
}

/** The destination of a visitor: the first rule that fits, else a variant by weight, else the link's own. */
export function chooseRoute(own: string, extras: LinkExtras, facts: VisitorFacts): Route {
  const at = extras.rules.findIndex((rule) => admits(rule, facts));
  const rule = extras.rules[at];
  if (rule !== undefined) return { target: rule.target, name: `rule ${at + 1}`, variant: null };
  if (extras.variants.length === 0) return { target: own, name: null, variant: null };
  const kept = facts.variant === null ? undefined : extras.variants[facts.variant];
  const index = kept !== undefined && kept.weight > 0 ? (facts.variant ?? 0) : pickVariant(extras.variants, facts.key);
  return { target: extras.variants[index]?.target ?? own, name: `variant ${index + 1}`, variant: index };
}

function admits(rule: StoredRule, facts: VisitorFacts): boolean {
  return (
    includes(rule.countries, facts.country) &&
    includes(rule.devices, facts.device) &&
    includes(rule.systems, facts.system)
  );
}

function includes(list: readonly string[] | undefined, value: string | null): boolean {
  if (list === undefined || list.length === 0) return true;
  return value !== null && list.includes(value);
}

/** Index of a variant, each as often as its weight says over many keys. */
export function pickVariant(variants: readonly { weight: number }[], key: string): number {
  const sum = variants.reduce((total, variant) => total + variant.weight, 0);
  let left = unitOf(key) * sum;
  for (const [index, variant] of variants.entries()) {
    left -= variant.weight;
    if (left < 0) return index;
  }
  return Math.max(
    0,
    variants.findLastIndex((variant) => variant.weight > 0),
  );
}

/** A number in [0, 1) that depends on every character (FNV-1a, then murmur's last steps so that near texts lie apart). */
function unitOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The app a visitor's system would open; null for other systems. */
export function appFor(extras: LinkExtras, userAgent: string): StoredApp | null {
  const system = systemOf(userAgent);
  return system === 'ios' || system === 'android' ? (extras.apps?.[system] ?? null) : null;
}
