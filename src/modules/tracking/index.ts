import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Infra, Module } from '#infra/module.ts';

export { createClickIds } from './click-id.ts';
export type { CampaignRef, CreatorRef, Link, Order, Utm } from './api.ts';
export {
  clicksDrained,
  clicksDrainedPayload,
  conversionChanged,
  conversionChangedPayload,
} from './events.ts';
export { type ClickTotal, type ClickTotalsQuery, readClickTotals } from './queries/click-totals.ts';

export interface Tracking extends Module {
  /** Takes requests for short links before anything else sees them; false when the request is not for a link. */
  redirect(request: IncomingMessage, response: ServerResponse): boolean;
}

export function createTracking(_infra: Infra): Tracking {
  return { name: 'tracking', routes: [], redirect: () => false };
}
