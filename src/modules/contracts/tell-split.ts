import { splitSource } from '#modules/campaigns/index.ts';
import { withdrawnNote } from './follow-joins.ts';
import { countWithdrawn } from './queries/joined-contracts.ts';

/** Offers that were withdrawn when two entries became one are out of the world. */
export const contractsOfSplit = splitSource(async (tx, { workspaceId, parting }) => {
  const enrolmentIds = [parting.joined_id, parting.kept_id];
  const offers = await countWithdrawn(tx, workspaceId, { enrolmentIds, note: withdrawnNote });
  if (offers === 0) return {};
  return {
    stays: [
      offers === 1
        ? 'The offer of a contract that was withdrawn stays withdrawn; make a new one.'
        : `${offers} offers of contracts that were withdrawn stay withdrawn; make new ones.`,
    ],
  };
});
