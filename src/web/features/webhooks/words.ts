import type { EndpointKind, WebhookEndpoint, WebhookMessage } from '#modules/webhooks/api.ts';
import type { Tone } from '#web/ui/tag.tsx';

export const kindWords: Record<EndpointKind, string> = {
  webhook: 'Signed webhook',
  ga4: 'Google Analytics 4',
  postback: 'Postback',
};

export const messageWords: Record<WebhookMessage['state'], { label: string; tone: Tone }> = {
  waiting: { label: 'waits', tone: 'warn' },
  delivered: { label: 'delivered', tone: 'good' },
  failed: { label: 'failed', tone: 'bad' },
};

/** How an endpoint stands, in a word or two. */
export function standOf(endpoint: WebhookEndpoint): { label: string; tone: 'good' | 'warn' | 'bad' | 'plain' } {
  if (endpoint.state === 'off') return { label: 'off', tone: 'plain' };
  if (endpoint.state === 'disabled') return { label: 'disabled', tone: 'bad' };
  if (endpoint.failingSince !== null) return { label: 'failing', tone: 'warn' };
  // That it works is said only once something was taken.
  return endpoint.week.delivered > 0 ? { label: 'works', tone: 'good' } : { label: 'on', tone: 'plain' };
}

/** What makes answers about webhooks stale. */
export const webhookNouns = ['webhook-endpoints', 'webhook-messages', 'audit', 'today'];
