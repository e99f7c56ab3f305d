import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { addTask, listCampaigns, removeTask, type Task, updateTask } from '#modules/campaigns/api.ts';
import { listMembers } from '#modules/workspaces/api.ts';
import { useSession } from '#web/api/session.tsx';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Props {
  /** Null for a new one. */
  task: Task | null;
  stale: string[];
  onClose: () => void;
}

/** A task by hand: what, who, by when, and which campaign it belongs to. */
export function TaskDialog({ task, stale, onClose }: Props) {
  const maySeeMembers = useCan('members:read');
  const members = useApiQuery(listMembers, {}, { enabled: maySeeMembers });
  const campaigns = useApiQuery(listCampaigns, { states: ['draft', 'live', 'ended'], limit: 200 });
  const session = useSession();
  const add = useApiMutation(addTask, { invalidate: stale });
  const update = useApiMutation(updateTask, { invalidate: stale });
  const remove = useApiMutation(removeTask, {
    invalidate: stale,
    onSuccess: () => {
      sayDone('Dropped');
      onClose();
    },
    onError: (error) => sayFailed('Not dropped', error),
  });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      title: task?.title ?? '',
      note: task?.note ?? '',
      ownerId: task === null ? (session.user?.id ?? null) : task.ownerId,
      dueOn: task?.dueOn ?? '',
      campaignId: task?.campaign?.id ?? null,
    },
    send: async (values) => {
      const { title, ownerId } = values;
      const note = values.note.trim() === '' ? null : values.note;
      const dueOn = values.dueOn === '' ? null : values.dueOn;
      if (task === null) await add.mutateAsync({ title, note, ownerId, dueOn, campaignId: values.campaignId });
      else await update.mutateAsync({ taskId: task.id, title, note, ownerId, dueOn });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={task === null ? 'Add a task' : 'Edit the task'}
      submitLabel={task === null ? 'Add task' : 'Save'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="What" required maxLength={200} data-autofocus {...form.getInputProps('title')} />
      <TextInput label="By" type="date" {...form.getInputProps('dueOn')} />
      <Select
        label="Who"
        placeholder="anybody"
        clearable
        data={(members.data?.rows ?? []).map((row) => ({ value: row.userId, label: row.name }))}
        {...form.getInputProps('ownerId')}
      />
      {task === null ? (
        <Select
          label="Campaign"
          placeholder="none"
          clearable
          searchable
          data={(campaigns.data?.rows ?? []).map((row) => ({ value: row.id, label: row.name }))}
          {...form.getInputProps('campaignId')}
        />
      ) : (
        <p className="meta">
          {[task.campaign?.name, task.person?.name, `written by ${task.createdBy}`].filter(Boolean).join(' · ')}
        </p>
      )}
      <Textarea label="Note" autosize minRows={2} maxRows={6} maxLength={2000} {...form.getInputProps('note')} />
      {task !== null && (
        <Button
          variant="subtle"
          color="gray"
          loading={remove.isPending}
          onClick={() => remove.mutate({ taskId: task.id })}
          style={{ justifySelf: 'start' }}
        >
          Drop the task
        </Button>
      )}
    </FormDialog>
  );
}
