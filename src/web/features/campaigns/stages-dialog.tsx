import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { type Campaign, replaceStages } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { type StageDraft, StageFields, toStageDrafts, toStageInputs } from './stage-fields.tsx';
import { campaignNouns } from './use-campaign.ts';

/** Renames, adds, reorders and removes the stages of a campaign. */
export function StagesDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const [stages, setStages] = useState<StageDraft[]>(() => toStageDrafts(campaign.stages));
  const save = useApiMutation(replaceStages, { invalidate: campaignNouns, onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title="Stages" size="xl">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ campaignId: campaign.id, stages: toStageInputs(stages) });
        }}
      >
        {save.error && <FormAlert>{messageOf(save.error)}</FormAlert>}
        <p className="ink-2">
          What a stage means decides what counts as agreed or due; whose turn it is decides what the board says. A stage
          that must be passed holds up the ones after it; creators keep their place when you put stages in another
          order.
        </p>
        <StageFields stages={stages} onChange={(change) => setStages(change)} />
        <div className="acts">
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save stages
          </Button>
        </div>
      </form>
    </Modal>
  );
}
