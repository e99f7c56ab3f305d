import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { createExperiment, experimentUnits } from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { readUnitLines } from './read-unit-lines.ts';

type Unit = (typeof experimentUnits)[number];
const unitWords: Record<Unit, string> = { place: 'Places', code: 'Codes', customer: 'Customers' };

/** Plans a hold-out: units are put into two halves by a seed, alike in what they came to before. */
export function ExperimentDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const create = useApiMutation(createExperiment, { invalidate: ['experiments', 'attribution'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      name: '',
      unit: 'place' as Unit,
      outcome: 'net revenue',
      currency: '',
      startsOn: '',
      endsOn: '',
      seed: 7 as number | string,
      units: '',
    },
    send: async (values) => {
      const { rows, problem } = readUnitLines(values.units);
      if (problem !== null) {
        form.setFieldError('units', problem);
        return;
      }
      const made = await create.mutateAsync({
        campaignId,
        name: values.name,
        unit: values.unit,
        outcome: values.outcome,
        seed: Number(values.seed),
        units: rows.map((row) => ({ key: row.key, before: row.value })),
        ...(values.currency === '' ? {} : { currency: values.currency.toUpperCase() }),
        ...(values.startsOn === '' ? {} : { startsOn: values.startsOn }),
        ...(values.endsOn === '' ? {} : { endsOn: values.endsOn }),
      });
      sayDone(`${formatPlural(made.units, 'unit')} assigned.`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Plan a hold-out"
      submitLabel="Assign by chance"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required placeholder="Two regions without posts" {...form.getInputProps('name')} />
      <div className="trk-two">
        <Select
          label="Held out are"
          data={experimentUnits.map((unit) => ({ value: unit, label: unitWords[unit] }))}
          allowDeselect={false}
          {...form.getInputProps('unit')}
        />
        <TextInput label="Counted for each" required {...form.getInputProps('outcome')} />
        <TextInput label="Currency" placeholder="such as EUR" maxLength={3} {...form.getInputProps('currency')} />
        <NumberInput label="Seed" min={0} allowDecimal={false} {...form.getInputProps('seed')} />
        <TextInput label="From" type="date" {...form.getInputProps('startsOn')} />
        <TextInput label="To" type="date" {...form.getInputProps('endsOn')} />
      </div>
      <Textarea
        label="Units, one a line"
        description="With what each came to in the time before: it makes the halves alike, says how small an effect can be seen, and narrows the result."
        placeholder={'Munster, 12040.50\nFriesland, 11870.00'}
        autosize
        minRows={6}
        maxRows={14}
        required
        {...form.getInputProps('units')}
      />
    </FormDialog>
  );
}
