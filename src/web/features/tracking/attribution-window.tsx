import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { getAttributionSettings, updateAttributionSettings } from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { trackingNouns } from './words.ts';

/** The rule in one sentence, with the way to change its window. */
export function AttributionWindow() {
  const settings = useApiQuery(getAttributionSettings, {});
  const canWrite = useCan('tracking:write');
  const [isOpen, setOpen] = useState(false);
  if (settings.data === undefined) return null;
  const days = settings.data.workspace.policy?.windows.firstDays ?? 30;
  return (
    <>
      A code beats a link; else the last click within {formatPlural(days, 'day')} is credited.{' '}
      {canWrite && (
        <button type="button" className="link bare" onClick={() => setOpen(true)}>
          Change
        </button>
      )}
      {isOpen && <WindowDialog days={days} onClose={() => setOpen(false)} />}
    </>
  );
}

function WindowDialog({ days, onClose }: { days: number; onClose: () => void }) {
  const save = useApiMutation(updateAttributionSettings, { invalidate: ['attribution', ...trackingNouns] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { windowDays: days as number | string },
    send: async (values) => {
      await save.mutateAsync({ policy: { windows: { firstDays: Number(values.windowDays) } } });
      sayDone('Saved. All orders are decided anew.');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="How long a click counts"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <NumberInput
        label="Days before the order"
        min={1}
        max={365}
        allowDecimal={false}
        {...form.getInputProps('windowDays')}
      />
      <p className="meta">All orders of the workspace, old ones too, are decided anew.</p>
    </FormDialog>
  );
}
