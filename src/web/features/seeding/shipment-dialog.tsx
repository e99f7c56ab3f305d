import { TextInput } from '@mantine/core';
import { formatAmount, fromMoneyJson } from '#kernel/money.ts';
import { getCampaign } from '#modules/campaigns/api.ts';
import { type Shipment, updateShipment } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { amountProblem, readAmount, seedingNouns } from './words.ts';

/** Carrier, tracking number and postage of a parcel. */
export function ShipmentDialog({ shipment, onClose }: { shipment: Shipment; onClose: () => void }) {
  const { data: campaign } = useApiQuery(getCampaign, { campaignId: shipment.campaignId });
  const currency = campaign?.currency ?? shipment.shippingCost?.currency ?? 'USD';
  const update = useApiMutation(updateShipment, { invalidate: seedingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      carrier: shipment.tracking.carrier ?? '',
      trackingNumber: shipment.tracking.number ?? '',
      trackingUrl: shipment.tracking.url ?? '',
      shippingCost: shipment.shippingCost === null ? '' : formatAmount(fromMoneyJson(shipment.shippingCost)),
    },
    validate: { shippingCost: (text) => amountProblem(text, currency) },
    send: async (values) => {
      await update.mutateAsync({
        shipmentId: shipment.id,
        carrier: values.carrier === '' ? null : values.carrier,
        trackingNumber: values.trackingNumber === '' ? null : values.trackingNumber,
        trackingUrl: values.trackingUrl === '' ? null : values.trackingUrl,
        shippingCost: readAmount(values.shippingCost, currency),
      });
      sayDone('Saved');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Tracking and postage"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Carrier" maxLength={100} {...form.getInputProps('carrier')} />
      <TextInput label="Tracking number" maxLength={100} {...form.getInputProps('trackingNumber')} />
      <TextInput label="Tracking page" type="url" placeholder="https://" {...form.getInputProps('trackingUrl')} />
      <TextInput label={`Postage, ${currency}`} inputMode="decimal" {...form.getInputProps('shippingCost')} />
    </FormDialog>
  );
}
