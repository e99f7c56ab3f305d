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
  return endpoint.failingSince === null ? { label: 'works', tone: 'good' } : { label: 'failing', tone: 'warn' };
}

/** What makes answers about webhooks stale. */
export const webhookNouns = ['webhook-endpoints', 'webhook-messages', 'audit', 'today'];
