import { Button, Modal, MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  type Campaign,
  type CampaignModel,
  type CampaignModelEntry,
  campaignModels,
  createCampaignModel,
  type GoalMetric,
  goalMetricSchema,
  updateCampaignModel,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { metricOptions } from './goal-fields.ts';
import { StageFields, toStageDrafts, toStageInputs } from './stage-fields.tsx';
import { modelName } from './words.ts';

/** Keeps stages, goals and brief of a campaign for the next ones. */
export function KeepModelDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const keep = useApiMutation(createCampaignModel, { invalidate: ['campaignModels'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: campaign.name, summary: '' },
    send: async (values) => {
      await keep.mutateAsync({ ...values, fromCampaignId: campaign.id });
      onClose();
      sayDone('Kept as a model. It can be chosen when the next campaign is planned.');
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Keep as a model"
      submitLabel="Keep it"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">
        Its {campaign.stages.length} stages, what its goals count
        {campaign.briefVersion === 0 ? '' : ' and its newest brief'} come along; targets, creators and money do not.
      </p>
      <TextInput label="Name" required maxLength={60} {...form.getInputProps('name')} />
      <TextInput label="What it is for" maxLength={160} {...form.getInputProps('summary')} />
    </FormDialog>
  );
}

/** A model of one's own that begins as one of those that come with the program. */
export function NewModelDialog({ onClose }: { onClose: () => void }) {
  const create = useApiMutation(createCampaignModel, { invalidate: ['campaignModels'], onSuccess: onClose });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '', summary: '', model: 'sponsored' as CampaignModel },
    send: (values) => create.mutateAsync(values),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="New model"
      submitLabel="Create it"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required maxLength={60} {...form.getInputProps('name')} />
      <TextInput label="What it is for" maxLength={160} {...form.getInputProps('summary')} />
      <Select
        label="Works like"
        description="Decides who posts, what is gifted and who has tiers. Stages and goals begin as its own; change them next."
        data={campaignModels.map((value) => ({ value, label: modelName(value) }))}
        allowDeselect={false}
        {...form.getInputProps('model')}
      />
    </FormDialog>
  );
}

/** Name, goals and stages of a model of one's own. */
export function EditModelDialog({ model, onClose }: { model: CampaignModelEntry; onClose: () => void }) {
  const [name, setName] = useState(model.name);
  const [summary, setSummary] = useState(model.summary);
  const [metrics, setMetrics] = useState<GoalMetric[]>(model.goals.map((goal) => goal.metric));
  const [stages, setStages] = useState(() => toStageDrafts(model.stages));
  const save = useApiMutation(updateCampaignModel, { invalidate: ['campaignModels'], onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title={`Change ${model.name}`} size="xl">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            modelId: model.id,
            name,
            summary,
            goals: metrics.map((metric) => ({ metric })),
            stages: toStageInputs(stages),
          });
        }}
      >
        {save.error && <FormAlert>{messageOf(save.error)}</FormAlert>}
        <p className="ink-2">Campaigns planned by it stay as they are. It works like {modelName(model.model)}.</p>
        <TextInput
          label="Name"
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="What it is for"
          maxLength={160}
          autosize
          value={summary}
          onChange={(event) => setSummary(event.currentTarget.value)}
        />
        <MultiSelect
          label="Usually measured by"
          description="The first one is proposed as the main goal; targets are set when a campaign is planned"
          data={metricOptions}
          value={metrics}
          onChange={(values) => setMetrics(goalMetricSchema.array().parse(values))}
        />
        <h3>Stages, in their order</h3>
        <StageFields stages={stages} onChange={(change) => setStages(change)} />
        <div className="acts">
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save the model
          </Button>
        </div>
      </form>
    </Modal>
  );
}
