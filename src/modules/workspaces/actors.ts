import type { Actor } from '#infra/http/call.ts';

/** The command line on the server's own machine. */
export const localActor: Actor = { kind: 'system', id: 'local', name: 'Command line' };

/** Whoever calls a public endpoint without a session or key. */
export const visitor: Actor = { kind: 'system', id: 'visitor', name: 'Visitor' };

/** The program itself at start. */
export const starter: Actor = { kind: 'system', id: 'start', name: 'Rapport' };
