import type { Tx } from '#infra/db/database.ts';
import type { BrandBrief } from '#modules/discovery/index.ts';
import type { FitSection } from './api.ts';
import { readBriefFits } from './quality/read-quality.ts';
import { fitSectionOf } from './rules/fit-signals.ts';

/** How creators match a brief, explained as the match with the brand is; who does not exist is left out. */
export async function fitBrief(
  tx: Tx,
  workspaceId: string,
  of: { brief: BrandBrief; personIds: readonly string[] },
): Promise<Map<string, FitSection>> {
  const fits = await readBriefFits(tx, workspaceId, of);
  return new Map([...fits].map(([personId, fit]) => [personId, fitSectionOf(fit)]));
}
