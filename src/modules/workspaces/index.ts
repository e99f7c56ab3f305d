import type { Gate } from '#infra/http/api.ts';
import type { Infra, Module } from '#infra/module.ts';
import { createAuth } from './auth.ts';
import { createTryLimits } from './auth-limits.ts';
import { createGate } from './gate.ts';
import { handleAuth } from './handle-auth.ts';
import { workspacesRoutes } from './routes.ts';
import { setUpFromConfig } from './set-up.ts';
import { createSetUpDoor } from './set-up-door.ts';

export { getWorkspace } from './get-workspace.ts';
export { findInstallationOwner, isInstallationOwner } from './installation-owner.ts';
export { hashNewPassword, hashPassword, passwordMatches } from './passwords.ts';
export { isMember } from './queries/members.ts';
export { recordAudit, recordAudits } from './record-audit.ts';
export { isReservedSlug } from './rules/workspace-slug.ts';
export { listAllWorkspaces, makeSampleWorkspace, removeSampleWorkspace } from './sample-workspace.ts';
export { readSubjectHistory } from './subject-history.ts';
export { isReading, siteOfRequest } from './who-is-signed-in.ts';

export interface Workspaces extends Module {
  gate: Gate;
  /** Sign-in, sign-out, sessions: everything under /api/auth. */
  handleAuth(request: Request, remoteAddress: string): Promise<Response>;
  /** One-time address at which the first owner is made; null when there is one. */
  setUpLink(): Promise<string | null>;
}

export function createWorkspaces(infra: Infra): Workspaces {
  const auth = createAuth(infra);
  const limits = createTryLimits();
  const door = createSetUpDoor(infra);
  return {
    name: 'workspaces',
    routes: workspacesRoutes({ infra, auth, limits, door }),
    gate: createGate(infra, auth),
    handleAuth: (request, remoteAddress) => handleAuth({ infra, auth, limits }, request, remoteAddress),
    setUpLink: () => door.link(),
    start: () => setUpFromConfig(infra),
    stop: () => auth.close(),
  };
}
