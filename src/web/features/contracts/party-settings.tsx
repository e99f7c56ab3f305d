import { Button, Textarea, TextInput } from '@mantine/core';
import { type ContractSettings, saveContractSettings } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** Under which name and address contracts are made. */
export function PartySettings({ settings, mayManage }: { settings: ContractSettings; mayManage: boolean }) {
  const { name } = useWorkspace();
  const save = useApiMutation(saveContractSettings, {
    invalidate: ['contractSettings'],
    onSuccess: () => sayDone('Saved for contracts made from now on'),
  });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { legalName: settings.legalName ?? '', legalAddress: settings.legalAddress ?? '' },
    send: ({ legalName, legalAddress }) =>
      save.mutateAsync({ legalName: legalName.trim() || null, legalAddress: legalAddress.trim() || null }),
  });
  return (
    <Section title="Who makes contracts">
      <form className="form" onSubmit={onSubmit}>
        {failure && <FormAlert>{failure}</FormAlert>}
        <TextInput
          label="Legal name"
          placeholder={name}
          maxLength={200}
          disabled={!mayManage}
          {...form.getInputProps('legalName')}
        />
        <Textarea
          label="Address"
          autosize
          minRows={2}
          maxLength={500}
          disabled={!mayManage}
          {...form.getInputProps('legalAddress')}
        />
        {mayManage && (
          <div>
            <Button type="submit" loading={isBusy}>
              Save name and address
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}
