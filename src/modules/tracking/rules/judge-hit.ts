import { isBotUserAgent } from './is-bot-user-agent.ts';

/** Why a hit is kept but not counted. `duplicate` is decided when the hit reaches the database. */
export const dropReasons = ['head', 'preview', 'bot', 'internal', 'paused', 'expired', 'duplicate'] as const;
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
}

interface Step {
  reason: DropReason;
  drops(hit: Hit): boolean;
}

/** The steps a hit goes through, in order; the first that drops names the reason. */
const steps: readonly Step[] = [
  { reason: 'head', drops: (hit) => hit.method !== 'GET' },
  { reason: 'paused', drops: (hit) => hit.linkState !== 'live' },
  { reason: 'expired', drops: (hit) => hit.isExpired },
  { reason: 'preview', drops: (hit) => hit.purpose !== '' && /prefetch|preview|prerender/i.test(hit.purpose) },
  { reason: 'internal', drops: (hit) => hit.isSignedIn },
  { reason: 'bot', drops: (hit) => isKnownBot(hit.userAgent) },
];

/** The reason a hit is not counted, or null when it counts unless it turns out to be a duplicate. */
export function judgeHit(hit: Hit): DropReason | null {
  for (const step of steps) if (step.drops(hit)) return step.reason;
  return null;
}

// The same few thousand user agents make nearly all traffic; the patterns cost more than everything else on the way.
const known = new Map<string, boolean>();
const knownMax = 5000;
const userAgentCharsMax = 500;

function isKnownBot(userAgent: string): boolean {
  const text = userAgent.length > userAgentCharsMax ? userAgent.slice(0, userAgentCharsMax) : userAgent;
  const before = known.get(text);
  if (before !== undefined) return before;
  const isBot = isBotUserAgent(text);
  if (known.size >= knownMax) known.clear();
  known.set(text, isBot);
  return isBot;
}
