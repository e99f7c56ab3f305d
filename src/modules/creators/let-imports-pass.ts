import { setTimeout as wait } from 'node:timers/promises';
import type { Infra } from '#infra/module.ts';
import { isImporting } from './queries/imports.ts';

const lookMs = 500;
/** After so long the work goes on beside an import, so that imports without an end cannot starve it: 30 minutes. */
const looksMax = 3600;

/**
 * For work that follows imports in the background (making content, searching texts, reading comments): returns once no import
 * works in the workspace. Called before each batch, it lets an import that starts meanwhile go first; the work is done once, afterwards.
 */
export async function letImportsPass(infra: Infra, workspaceId: string, signal?: AbortSignal): Promise<void> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    signal?.throwIfAborted();
    if (!(await infra.db.asSystem((tx) => isImporting(tx, workspaceId)))) return;
    await wait(lookMs, undefined, { signal });
  }
}
