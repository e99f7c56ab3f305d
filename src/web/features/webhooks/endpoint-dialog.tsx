import { Button, Modal, MultiSelect, PasswordInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import {
  createWebhookEndpoint,
  type EndpointKind,
  endpointKinds,
  listWebhookEvents,
  postbackFields,
  updateWebhookEndpoint,
  type WebhookEndpoint,
} from '#modules/webhooks/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { SigningSecret } from './signing-secret.tsx';
import { kindWords, webhookNouns } from './words.ts';

const targetWords: Record<EndpointKind, { label: string; placeholder: string; about: string }> = {
  webhook: {
    label: 'Address',
    placeholder: 'https://shop.example/hooks/rapport',
    about: 'Messages are POSTed there as JSON and signed by the Standard Webhooks convention.',
  },
  ga4: {
    label: 'Measurement id',
    placeholder: 'G-AB12CD34EF',
    about: 'Orders credited to creators arrive as purchase, their refunds as refund. Nothing about customers is sent.',
  },
  postback: {
    label: 'Address with placeholders',
    placeholder: 'https://partner.example/postback?order={order_id}&amount={amount}',
    about: `Called once for each order and creator that is credited. Placeholders: ${postbackFields.map((field) => `{${field}}`).join(', ')}.`,
  },
};

interface Props {
  /** The one that is changed; a new one when left out. */
  endpoint?: WebhookEndpoint;
  onClose: () => void;
}

/** Makes an endpoint, and shows its signing secret this once; or changes one. */
export function EndpointDialog({ endpoint, onClose }: Props) {
  const [made, setMade] = useState<OutputOf<typeof createWebhookEndpoint> | null>(null);
  const create = useApiMutation(createWebhookEndpoint, { invalidate: webhookNouns });
  const update = useApiMutation(updateWebhookEndpoint, { invalidate: webhookNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      kind: endpoint?.kind ?? ('webhook' as EndpointKind),
      name: endpoint?.name ?? '',
      target: endpoint?.target ?? '',
      events: endpoint?.events ?? [],
      secret: '',
    },
    send: async ({ kind, name, target, events, secret }) => {
      if (endpoint !== undefined) {
        await update.mutateAsync({ endpointId: endpoint.id, name, target, events });
        onClose();
        return;
      }
      const answer = await create.mutateAsync({ kind, name, target, events, ...(secret === '' ? {} : { secret }) });
      if (answer.secret === null) onClose();
      else setMade(answer);
    },
  });
  const { kind } = form.values;
  const words = targetWords[kind];
  if (made !== null) {
    return (
      <Modal opened onClose={onClose} title={`${made.endpoint.name} is told from now on`} size="lg">
        <div className="stack">
          <SigningSecret secret={made.secret ?? ''} />
          <Button variant="filled" onClick={onClose}>
            I have kept the secret
          </Button>
        </div>
      </Modal>
    );
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={endpoint === undefined ? 'New endpoint' : `Change ${endpoint.name}`}
      submitLabel={endpoint === undefined ? 'Make endpoint' : 'Save'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      {endpoint === undefined && (
        <Select
          label="Kind"
          allowDeselect={false}
          data={endpointKinds.map((value) => ({ value, label: kindWords[value] }))}
          {...form.getInputProps('kind')}
        />
      )}
      <TextInput label="Name" placeholder="Warehouse" required {...form.getInputProps('name')} />
      <TextInput
        label={words.label}
        placeholder={words.placeholder}
        description={words.about}
        required
        {...form.getInputProps('target')}
      />
      {kind === 'webhook' && <EventsInput {...form.getInputProps('events')} />}
      {kind === 'ga4' && endpoint === undefined && (
        <PasswordInput
          label="API secret of the Measurement Protocol"
          description="In Google Analytics: Admin, Data streams, Measurement Protocol API secrets. It is kept sealed."
          required
          {...form.getInputProps('secret')}
        />
      )}
    </FormDialog>
  );
}

/** Which events; none is all. */
function EventsInput(props: { value?: string[]; onChange?: (events: string[]) => void; error?: unknown }) {
  const query = useApiQuery(listWebhookEvents, {});
  const groups = Object.entries(Object.groupBy(query.data ?? [], (one) => one.group));
  return (
    <MultiSelect
      label="Events"
      description="Leave it empty for all of them."
      searchable
      clearable
      data={groups.map(([group, items = []]) => ({
        group,
        items: items.map(({ event, title }) => ({ value: event, label: `${title} (${event})` })),
      }))}
      value={props.value ?? []}
      {...(props.onChange === undefined ? {} : { onChange: props.onChange })}
      error={typeof props.error === 'string' ? props.error : undefined}
    />
  );
}
