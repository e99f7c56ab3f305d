import { NumberInput, PasswordInput, TextInput } from '@mantine/core';
import { type Connection, connectPlatform } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** Enters or changes what a connection needs. A secret left empty stays as it was; none is ever shown. */
export function ConnectDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { platform, name, about, settings, state } = connection;
  const isNew = state === 'off';
  const connect = useApiMutation(connectPlatform, { invalidate: ['connections', 'audit'] });
  const initial: Record<string, string | number> = {
    refreshDays: connection.refreshDays ?? (isNew ? 7 : ''),
    ...Object.fromEntries(
      about.fields.map((field) => [`values.${field.key}`, field.isSecret ? '' : (settings[field.key] ?? '')]),
    ),
  };
  // Flat names with a dot would be read as paths, so the form keeps them apart by an underscore.
  const keyOf = (key: string) => key.replace('.', '__');
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: Object.fromEntries(Object.entries(initial).map(([key, value]) => [keyOf(key), value])),
    send: async (given) => {
      const values = Object.fromEntries(
        about.fields.flatMap((field) => {
          const value = String(given[keyOf(`values.${field.key}`)] ?? '').trim();
          return value === '' ? [] : [[field.key, value]];
        }),
      );
      const days = given.refreshDays;
      const answer = await connect.mutateAsync({
        platform,
        values,
        refreshDays: typeof days === 'number' ? days : null,
      });
      sayDone(answer.account === null ? `${name} is connected` : `${name} is connected as ${answer.account}`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={isNew ? `Connect ${name}` : `Change ${name}`}
      submitLabel={isNew ? 'Connect' : 'Save'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      {about.fields.map((field) => {
        const props = {
          label: field.label,
          description: field.isSecret && !isNew ? `${field.help}. Leave empty to keep it.` : field.help,
          required: !field.isOptional && (isNew || !field.isSecret),
          autoComplete: 'off',
          ...form.getInputProps(keyOf(`values.${field.key}`)),
        };
        return field.isSecret ? <PasswordInput key={field.key} {...props} /> : <TextInput key={field.key} {...props} />;
      })}
      {about.fields.length === 0 && <p className="ink-2">{about.steps[0]}.</p>}
      <NumberInput
        label="Refresh known profiles after so many days"
        description="Empty: only when somebody asks"
        min={1}
        max={365}
        allowDecimal={false}
        {...form.getInputProps('refreshDays')}
      />
    </FormDialog>
  );
}
