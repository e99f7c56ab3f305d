import type { Gate } from '#infra/http/api.ts';
import type { Infra, Module } from '#infra/module.ts';
import { createGate } from './gate.ts';

export { getWorkspace } from './get-workspace.ts';
export type { AuditRecord } from './record-audit.ts';
export { recordAudit, recordAudits } from './record-audit.ts';

export interface Workspaces extends Module {
  gate: Gate;
  /** Sign-in, sign-out, sessions: everything under /api/auth. */
  handleAuth(request: Request, remoteAddress: string): Promise<Response>;
}

export function createWorkspaces(infra: Infra): Workspaces {
  return {
    name: 'workspaces',
    routes: [],
    gate: createGate(infra),
    handleAuth: () => Promise.resolve(new Response(null, { status: 404 })),
  };
}
