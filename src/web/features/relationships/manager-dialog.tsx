import { Select, Textarea, TextInput } from '@mantine/core';
import { createManager, type Manager, updateManager } from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Props {
  manager: Omit<Manager, 'creators'> | null;
  /** For whom a new one speaks. */
  personIds?: readonly string[];
  onClose: () => void;
}

/** A new manager or agency, or what is known of one. */
export function ManagerDialog({ manager, personIds = [], onClose }: Props) {
  const create = useApiMutation(createManager, { invalidate: ['managers', 'relationships'] });
  const update = useApiMutation(updateManager, { invalidate: ['managers', 'relationships'] });
  const { form, onSubmit, isBusy, failure } = useApiForm<{
    kind: string;
    name: string;
    company: string;
    email: string;
    phone: string;
    note: string;
  }>({
    initialValues: {
      kind: manager?.kind ?? 'manager',
      name: manager?.name ?? '',
      company: manager?.company ?? '',
      email: manager?.email ?? '',
      phone: manager?.phone ?? '',
      note: manager?.note ?? '',
    },
    send: async (values) => {
      const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
      const about = {
        kind: values.kind === 'agency' ? ('agency' as const) : ('manager' as const),
        name: values.name,
        company: orNull(values.company),
        email: orNull(values.email),
        phone: orNull(values.phone),
        note: orNull(values.note),
      };
      if (manager === null) await create.mutateAsync({ ...about, personIds: [...personIds] });
      else await update.mutateAsync({ managerId: manager.id, ...about });
      sayDone('Saved');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={manager === null ? 'New manager or agency' : manager.name}
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="Who"
        data={[
          { value: 'manager', label: 'A manager' },
          { value: 'agency', label: 'An agency' },
        ]}
        allowDeselect={false}
        {...form.getInputProps('kind')}
      />
      <TextInput label="Name" required {...form.getInputProps('name')} />
      <TextInput label="Company" {...form.getInputProps('company')} />
      <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
      <TextInput label="Phone" {...form.getInputProps('phone')} />
      <Textarea label="Note" autosize minRows={2} {...form.getInputProps('note')} />
    </FormDialog>
  );
}
