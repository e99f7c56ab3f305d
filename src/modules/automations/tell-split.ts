import { splitSource } from '#modules/campaigns/index.ts';
import { countRunsSince } from './queries/joined-runs.ts';

/** What automations did cannot be taken back, and what waits is done for whom it names by now. */
export const runsOfSplit = splitSource(async (tx, { workspaceId, keptName, parting }) => {
  if (parting.joined_id === parting.kept_id) return {};
  const enrolmentIds = [parting.joined_id, parting.kept_id];
  const { done, waiting } = await countRunsSince(tx, workspaceId, { enrolmentIds, since: parting.joined_at });
  return {
    stays: [
      ...(done === 0
        ? []
        : [
            done === 1
              ? 'What an automation did since is not taken back.'
              : `What automations did since, in ${done} runs, is not taken back.`,
          ]),
      ...(waiting === 0
        ? []
        : [
            waiting === 1
              ? `What an automation still waits to do is done for ${keptName}.`
              : `What automations still wait to do, in ${waiting} runs, is done for ${keptName}.`,
          ]),
    ],
  };
});
