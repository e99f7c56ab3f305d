import { Textarea } from '@mantine/core';
import { type Experiment, recordOutcomes } from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { readUnitLines } from './read-unit-lines.ts';

/** Enters what each unit of a hold-out came to. */
export function OutcomesDialog({ experiment, onClose }: { experiment: Experiment; onClose: () => void }) {
  const record = useApiMutation(recordOutcomes, { invalidate: ['experiments', 'attribution'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { outcomes: '' },
    send: async (values) => {
      const { rows, problem } = readUnitLines(values.outcomes);
      const empty = rows.find((row) => row.value === null);
      if (problem !== null || empty !== undefined) {
        form.setFieldError('outcomes', problem ?? `"${empty?.key ?? ''}" has no number.`);
        return;
      }
      await record.mutateAsync({
        experimentId: experiment.id,
        outcomes: rows.flatMap((row) => (row.value === null ? [] : [{ key: row.key, value: row.value }])),
      });
      sayDone(`Outcomes of ${formatPlural(rows.length, 'unit')} stored.`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Outcomes of ${experiment.name}`}
      submitLabel="Store"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea
        label={`${experiment.outcome}, one unit a line`}
        description="Units that are left out stay without an outcome; they are never taken for zero."
        placeholder={'Munster, 13110.00\nFriesland, 11790.00'}
        autosize
        minRows={6}
        maxRows={14}
        required
        {...form.getInputProps('outcomes')}
      />
    </FormDialog>
  );
}
