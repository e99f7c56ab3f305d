import { splitSource } from '#modules/campaigns/index.ts';
import { countStopped } from '../queries/joined-rows.ts';

/** Choices that were cancelled and parcels that were held back when two entries became one. */
export const choicesOfSplit = splitSource(async (tx, { workspaceId, parting }) => {
  const { picks, parcels } = await countStopped(tx, workspaceId, [parting.joined_id, parting.kept_id]);
  return {
    stays: [
      ...(picks === 0
        ? []
        : [
            picks === 1
              ? 'The choice of products that was cancelled stays cancelled; ask for a new one.'
              : `${picks} choices of products that were cancelled stay cancelled; ask for new ones.`,
          ]),
      ...(parcels === 0
        ? []
        : [
            parcels === 1
              ? 'The parcel that was held back is not ordered by itself; a person orders it.'
              : `${parcels} parcels that were held back are not ordered by themselves; a person orders them.`,
          ]),
    ],
  };
});
