import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import {
  type CampaignModelEntry,
  goalMetrics,
  listCampaignModels,
  removeCampaignModel,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Tag } from '#web/ui/tag.tsx';
import './campaigns.css';
import { EditModelDialog, NewModelDialog } from './model-dialogs.tsx';
import { modelName } from './words.ts';

type Open = { what: 'new' } | { what: 'edit' | 'remove'; model: CampaignModelEntry };

/** The models campaigns are planned by, each with its stages, what it is measured by and how its brief begins. */
export function ModelsPage() {
  const query = useApiQuery(listCampaignModels, {});
  const mayWrite = useCan('campaigns:write');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const remove = useApiMutation(removeCampaignModel, { invalidate: ['campaignModels', 'campaigns'], onSuccess: close });
  return (
    <div className="page">
      <PageHeader
        title="Campaign models"
        sub="A model brings stages, goals and the beginning of a brief. Keep your own from any campaign, by its menu."
        actions={
          mayWrite && (
            <Button
              variant="filled"
              leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
              onClick={() => setOpen({ what: 'new' })}
            >
              New model
            </Button>
          )
        }
      />
      <QueryState query={query}>
        {(models) => (
          <ul className="camp-cards" aria-label="Models">
            {models.map((model) => (
              <ModelCard key={model.id} model={model} mayWrite={mayWrite} onOpen={(what) => setOpen({ what, model })} />
            ))}
          </ul>
        )}
      </QueryState>
      {open?.what === 'new' && <NewModelDialog onClose={close} />}
      {open?.what === 'edit' && <EditModelDialog model={open.model} onClose={close} />}
      {open?.what === 'remove' && (
        <ConfirmDialog
          isOpen
          onClose={close}
          title={`Remove ${open.model.name}?`}
          confirmLabel="Remove"
          onConfirm={() => remove.mutateAsync({ modelId: open.model.id })}
          isDangerous
        >
          {open.model.campaigns === 0
            ? 'No campaign was planned by it.'
            : `${formatPlural(open.model.campaigns, 'campaign')} planned by it keep their stages, goals, brief and the name of the model.`}
        </ConfirmDialog>
      )}
    </div>
  );
}

interface CardProps {
  model: CampaignModelEntry;
  mayWrite: boolean;
  onOpen: (what: 'edit' | 'remove') => void;
}

function ModelCard({ model, mayWrite, onOpen }: CardProps) {
  const pieces = model.brief?.deliverables.reduce((sum, line) => sum + line.count, 0) ?? 0;
  return (
    <li className="camp-card">
      <div className="spread">
        <h2>{model.name}</h2>
        <Tag>{model.isBuiltIn ? 'comes with Rapport' : `like ${modelName(model.model)}`}</Tag>
      </div>
      {model.summary !== '' && <p className="ink-2">{model.summary}</p>}
      <KeyValues
        items={[
          { term: 'Stages', value: model.stages.map((stage) => stage.label).join(', ') },
          {
            term: 'Measured by',
            value: model.goals.map((goal) => goalMetrics[goal.metric].label).join(', ') || 'nothing set',
          },
          {
            term: 'Brief',
            value:
              model.brief === null
                ? 'Begins empty'
                : pieces === 0
                  ? 'A template, no pieces owed'
                  : `A template with ${formatPlural(pieces, 'piece')}`,
          },
          { term: 'Used by', value: formatPlural(model.campaigns, 'campaign') },
        ]}
      />
      {!model.isBuiltIn && mayWrite && (
        <div className="row foot">
          <Button size="compact-sm" onClick={() => onOpen('edit')}>
            Change
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onOpen('remove')}>
            Remove
          </Button>
        </div>
      )}
    </li>
  );
}
