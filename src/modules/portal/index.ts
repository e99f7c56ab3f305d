import type { Gate } from '#infra/http/api.ts';
import type { Infra, Module } from '#infra/module.ts';
import { createPortalGate } from './gate.ts';
import { portalRoutes } from './routes.ts';

export interface Portal extends Module {
  /** Lets creators in to what has access `portal`. */
  gate: Gate;
}

/** The creators' side: their links, sessions, accounts, home and applications. */
export function createPortal(infra: Infra): Portal {
  return { name: 'portal', routes: portalRoutes(infra), gate: createPortalGate(infra) };
}
