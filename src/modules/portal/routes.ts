import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import {
  askForLink,
  chooseBrand,
  endPortalSession,
  enterPortal,
  getPortalHome,
  getPortalSession,
  leavePortal,
  listPortalSessions,
} from './api.ts';
import { askForNewLink } from './ask-for-link.ts';
import { enterByLink } from './enter-portal.ts';
import { describePortalSession, endOwnSession, leave, openBrand, readPortalSessions } from './portal-sessions.ts';
import { readHome } from './read-home.ts';
import { createTryLimit } from './try-limits.ts';

const entersAMinuteMax = 30;

/** The portal's endpoints and what they do. */
export function portalRoutes(infra: Infra): Route[] {
  const limit = createTryLimit(entersAMinuteMax, 60);
  return [
    route(enterPortal, (call) => enterByLink({ infra, limit }, call)),
    route(askForLink, (call) => askForNewLink({ infra, limit }, call)),
    route(getPortalSession, (call) => describePortalSession(infra, call)),
    route(chooseBrand, (call) => openBrand(infra, call)),
    route(leavePortal, (call) => leave(infra, call)),
    route(getPortalHome, (call) => readHome(infra, call)),
    route(listPortalSessions, (call) => readPortalSessions(infra, call)),
    route(endPortalSession, (call) => endOwnSession(infra, call)),
  ];
}
