import { Select, Textarea } from '@mantine/core';
import { createSnippetKey, listOrderSources } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

const consents = [
  { value: 'store', label: 'Keep the click at once' },
  { value: 'wait', label: 'Wait until the visitor agrees' },
  { value: 'cookieless', label: 'Keep nothing on the device' },
];

/** A publishable key for the pages of a shop. */
export function SnippetDialog({ onClose }: { onClose: () => void }) {
  const sources = useApiQuery(listOrderSources, {});
  const create = useApiMutation(createSnippetKey, { invalidate: ['snippet-keys', 'order-sources'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { hosts: '', sourceId: '', consent: 'store' as 'store' | 'wait' | 'cookieless' },
    validate: { hosts: (value) => (value.trim() === '' ? 'Name at least one host' : null) },
    send: async (values) => {
      const hosts = values.hosts.split(/[\s,]+/).filter((host) => host !== '');
      await create.mutateAsync({
        hosts,
        consent: values.consent,
        ...(values.sourceId === '' ? {} : { sourceId: values.sourceId }),
      });
      sayDone('Made the key');
      onClose();
    },
  });
  const shops = (sources.data ?? []).filter((source) => source.revokedAt === null && source.kind !== 'till');
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="New key for shop pages"
      submitLabel="Make the key"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea
        label="Hosts"
        description="One a line; hosts below them count too"
        placeholder="shop.example.com"
        required
        autosize
        minRows={2}
        {...form.getInputProps('hosts')}
      />
      <Select
        label="The shop reports its orders by"
        description="Its word settles what browsers tell; a source of the script's own when left out"
        clearable
        data={shops.map((source) => ({ value: source.id, label: source.name }))}
        value={form.values.sourceId === '' ? null : form.values.sourceId}
        onChange={(value) => form.setFieldValue('sourceId', value ?? '')}
      />
      <Select label="Before consent" allowDeselect={false} data={consents} {...form.getInputProps('consent')} />
    </FormDialog>
  );
}
