import { type AgentKind, agentKindOf } from './is-bot-user-agent.ts';

/** Why a hit is kept but not counted. `duplicate` is decided when the hit reaches the database. */
export const dropReasons = [
  'head',
  'preview',
  'scanner',
  'bot',
  'internal',
  'paused',
  'expired',
  'locked',
  'spam',
  'datacentre',
  'haste',
  'velocity',
  'duplicate',
] as const;
export type DropReason = (typeof dropReasons)[number];

/** What a step may look at: header values as sent, empty text when absent. */
export interface Hit {
  method: string;
  userAgent: string;
  /** Sec-Purpose, Purpose and X-Moz, joined. */
  purpose: string;
  /** True when the visitor is signed in to this installation: the team looking at its own links. */
  isSignedIn: boolean;
  linkState: 'live' | 'paused' | 'archived';
  isExpired: boolean;
  /** True when the link asks for a password that was not given. */
  isLocked: boolean;
  /** Asked only when the steps before let the hit through. */
  isSpamReferrer(): boolean;
  isDatacentre(): boolean;
  /** True when this visitor opened several links within a moment, as scanners of mail do. */
  isHasty(): boolean;
  /** True when this address has had its clicks on this link within the minute. */
  isTooFast(): boolean;
}

interface Step {
  reason: DropReason;
  drops(hit: Hit): boolean;
}

/** The steps a hit goes through, in order; the first that drops names the reason. */
const steps: readonly Step[] = [
  { reason: 'head', drops: (hit) => hit.method === 'HEAD' },
  { reason: 'paused', drops: (hit) => hit.linkState !== 'live' },
  { reason: 'expired', drops: (hit) => hit.isExpired },
  { reason: 'preview', drops: (hit) => hit.purpose !== '' && /prefetch|preview|prerender/i.test(hit.purpose) },
  { reason: 'internal', drops: (hit) => hit.isSignedIn },
  { reason: 'preview', drops: (hit) => kindOf(hit.userAgent) === 'preview' },
  { reason: 'scanner', drops: (hit) => kindOf(hit.userAgent) === 'scanner' },
  { reason: 'bot', drops: (hit) => kindOf(hit.userAgent) === 'bot' },
  { reason: 'locked', drops: (hit) => hit.isLocked },
  { reason: 'spam', drops: (hit) => hit.isSpamReferrer() },
  { reason: 'datacentre', drops: (hit) => hit.isDatacentre() },
  { reason: 'haste', drops: (hit) => hit.isHasty() },
  { reason: 'velocity', drops: (hit) => hit.isTooFast() },
];

/** The reason a hit is not counted, or null when it counts unless it turns out to be a duplicate. */
export function judgeHit(hit: Hit): DropReason | null {
  for (const step of steps) if (step.drops(hit)) return step.reason;
  return null;
}

/**
 * Reasons that may befall a person: behind a company's proxy, or many behind one address. Their click is not counted, but it keeps its id,
 * so that an order of theirs still finds its creator.
 */
export function mayBePerson(reason: DropReason | null): boolean {
  return reason === null || reason === 'datacentre' || reason === 'haste' || reason === 'velocity' || reason === 'spam';
}

// The same few thousand user agents make nearly all traffic; the patterns cost more than everything else on the way.
const known = new Map<string, AgentKind>();
const knownMax = 5000;
const userAgentCharsMax = 500;

function kindOf(userAgent: string): AgentKind {
  const before = known.get(userAgent);
  if (before !== undefined) return before;
  const text = userAgent.length > userAgentCharsMax ? userAgent.slice(0, userAgentCharsMax) : userAgent;
  const kind = agentKindOf(text);
  if (known.size >= knownMax) known.clear();
  known.set(text, kind);
  return kind;
}
