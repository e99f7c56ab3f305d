import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { IconDots, IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import {
  type Brief,
  type BriefTemplate,
  type Campaign,
  listBriefTemplates,
  removeBriefTemplate,
  renameBriefTemplate,
  saveBriefTemplate,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { modelName } from './words.ts';

interface PickerProps {
  campaign: Campaign;
  onTake: (brief: Brief) => void;
  onEmpty: () => void;
}

/** Where a brief begins: a template of one's own, one that comes along, or an empty page. The campaign's model stands first. */
export function BriefTemplates({ campaign, onTake, onEmpty }: PickerProps) {
  const query = useApiQuery(listBriefTemplates, { campaignId: campaign.id });
  return (
    <QueryState query={query}>
      {(templates) => (
        <ul className="camp-templates" aria-label="Templates">
          {templates
            .toSorted((a, b) => Number(b.model === campaign.model) - Number(a.model === campaign.model))
            .map((template) => (
              <Template key={template.id} template={template} onTake={onTake} />
            ))}
          <li className="camp-template">
            <div>
              <b>Empty page</b>
              <span className="meta block">Write it from the first line</span>
            </div>
            <Button onClick={onEmpty}>Start empty</Button>
          </li>
        </ul>
      )}
    </QueryState>
  );
}

function Template({ template, onTake }: { template: BriefTemplate; onTake: (brief: Brief) => void }) {
  const [isRenaming, setIsRenaming] = useState(false);
  const remove = useApiMutation(removeBriefTemplate, {
    invalidate: ['briefTemplates'],
    onSuccess: () => sayDone('Template removed'),
    onError: (error) => sayFailed('Not removed', error),
  });
  const pieces = template.brief.deliverables.reduce((sum, item) => sum + item.count, 0);
  return (
    <li className="camp-template">
      <div>
        <b>{template.name}</b> <Tag>{modelName(template.model)}</Tag>
        <span className="meta block">
          {template.summary}. {pieces === 0 ? 'Nothing owed' : formatPlural(pieces, 'piece')}
        </span>
      </div>
      <div className="row">
        <Button onClick={() => onTake(template.brief)}>Start from it</Button>
        {!template.isBuiltIn && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="subtle" color="gray" size="compact-sm" aria-label={`More for ${template.name}`}>
                <IconDots size={16} stroke={1.6} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setIsRenaming(true)}>Rename</Menu.Item>
              <Menu.Item onClick={() => remove.mutate({ templateId: template.id })}>Remove</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {isRenaming && <RenameDialog template={template} onClose={() => setIsRenaming(false)} />}
    </li>
  );
}

function RenameDialog({ template, onClose }: { template: BriefTemplate; onClose: () => void }) {
  const rename = useApiMutation(renameBriefTemplate, { invalidate: ['briefTemplates'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: template.name },
    send: ({ name }) => rename.mutateAsync({ templateId: template.id, name }).then(onClose),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Rename the template"
      submitLabel="Rename"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required {...form.getInputProps('name')} />
    </FormDialog>
  );
}

/** Keeps the brief that is shown as a template. */
export function KeepTemplateDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const save = useApiMutation(saveBriefTemplate, { invalidate: ['briefTemplates'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: campaign.name },
    send: ({ name }) =>
      save.mutateAsync({ campaignId: campaign.id, name }).then(() => {
        sayDone('Kept as a template');
        onClose();
      }),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Keep as a template"
      submitLabel="Keep it"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">Its days move along with the first day of the campaign it is used for.</p>
      <TextInput label="Name" required {...form.getInputProps('name')} />
    </FormDialog>
  );
}

/** The templates in a dialog, for a brief that exists: it fills the form, and nothing is lost before it is saved. */
export function TemplateDialog({
  campaign,
  onClose,
  onTake,
}: {
  campaign: Campaign;
  onClose: () => void;
  onTake: (brief: Brief) => void;
}) {
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={
        <span className="row">
          <IconTemplate size={18} stroke={1.6} aria-hidden /> Start again from a template
        </span>
      }
    >
      <BriefTemplates campaign={campaign} onTake={onTake} onEmpty={onClose} />
    </Modal>
  );
}
