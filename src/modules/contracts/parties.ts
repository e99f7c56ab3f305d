import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type Jurisdiction, jurisdictionSchema, type Terms } from './api.ts';
import { selectSettings } from './queries/library.ts';
import type { RenderContext } from './rules/clause-variables.ts';

/** Names as they stood when a version was made. */
export const partiesSchema = z.object({
  brandName: z.string(),
  brandAddress: z.string().nullable(),
  creatorName: z.string(),
  title: z.string(),
  jurisdiction: jurisdictionSchema,
});
export type Parties = z.infer<typeof partiesSchema>;

/** The brand as it makes contracts: its legal name where one is kept, else the workspace's. */
export async function readBrand(
  tx: Tx,
  workspaceId: string,
): Promise<{ brandName: string; brandAddress: string | null }> {
  const settings = await selectSettings(tx, workspaceId);
  return {
    brandName: settings?.legal_name ?? (await getWorkspace(tx, workspaceId)).name,
    brandAddress: settings?.legal_address ?? null,
  };
}

export async function readParties(
  tx: Tx,
  workspaceId: string,
  of: { creatorName: string; title: string; jurisdiction: Jurisdiction },
): Promise<Parties> {
  return { ...(await readBrand(tx, workspaceId)), ...of };
}

export function renderContext(parties: Parties, terms: Terms): RenderContext {
  return { ...parties, terms };
}
