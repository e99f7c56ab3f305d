import type { Gate } from '#infra/http/api.ts';
import type { Infra, Module } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';

export interface Workspaces extends Module {
  gate: Gate;
  /** Sign-in, sign-out, sessions: everything under /api/auth. */
  handleAuth(request: Request, remoteAddress: string): Promise<Response>;
}

export function createWorkspaces(_infra: Infra): Workspaces {
  return {
    name: 'workspaces',
    routes: [],
    gate: () => Promise.reject(notFound('workspace')),
    handleAuth: () => Promise.resolve(new Response(null, { status: 404 })),
  };
}
