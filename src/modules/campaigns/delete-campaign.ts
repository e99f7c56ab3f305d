import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import type { deleteCampaign as deleteCampaignEndpoint } from './api.ts';
import { campaignsError } from './errors.ts';
import { deleteCampaignRow } from './queries/change-campaign.ts';
import { selectPersonsOfCampaign } from './queries/relations.ts';
import { holdCampaign } from './read-campaigns.ts';
import { recordCampaignChange } from './record-change.ts';
import { stateRelations } from './state-relations.ts';

const foreignKeyViolation = '23503';

/** Deletes a draft with its roster and brief. Errors: not_found; not_a_draft for any other, and for a draft that has links or codes. */
export async function deleteCampaign(
  infra: Infra,
  call: Call<typeof deleteCampaignEndpoint>,
): Promise<{ deleted: true }> {
  const { workspaceId, input } = call;
  return infra.db
    .inWorkspace(workspaceId, async (tx) => {
      const row = await holdCampaign(tx, workspaceId, input.campaignId);
      if (row.state !== 'draft') {
        throw campaignsError(
          'not_a_draft',
          `"${row.name}" is ${row.state}; only a draft can be deleted. Archive it instead: its history stays and it leaves the list.`,
        );
      }
      const personIds = await selectPersonsOfCampaign(tx, workspaceId, row.id);
      await deleteCampaignRow(tx, workspaceId, row.id);
      await stateRelations(infra, tx, { workspaceId, personIds });
      await recordCampaignChange(infra, tx, {
        call,
        campaignId: row.id,
        what: 'deleted',
        action: 'campaign.deleted',
        changes: { name: row.name },
      });
      return { deleted: true } as const;
    })
    .catch((error: unknown) => {
      if (error instanceof AppError || !isForeignKeyViolation(error)) throw error;
      throw campaignsError(
        'not_a_draft',
        'Links or codes were made for this draft already, so it has a history. Archive it instead.',
      );
    });
}

function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === foreignKeyViolation;
}
