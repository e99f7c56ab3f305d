import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import {
  listWebhookEndpoints,
  removeWebhookEndpoint,
  rotateWebhookSecret,
  testWebhookEndpoint,
  updateWebhookEndpoint,
  type WebhookEndpoint,
} from '#modules/webhooks/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useGo, useParam } from '#web/shell/use-go.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { MessageLog } from './message-log.tsx';
import { SigningSecret } from './signing-secret.tsx';
import { kindWords, standOf, webhookNouns } from './words.ts';
import './webhooks.css';

/** One endpoint: how it stands, and what was sent. */
export function EndpointPage() {
  const endpointId = useParam('endpointId');
  const query = useApiQuery(listWebhookEndpoints, {});
  const endpoint = query.data?.find((one) => one.id === endpointId);
  useCrumb(endpoint?.name);
  return (
    <div className="page">
      <QueryState query={query}>
        {() =>
          endpoint === undefined ? (
            <EmptyState title="No such endpoint">
              It may have been removed. The settings list those there are.
            </EmptyState>
          ) : (
            <>
              <Head endpoint={endpoint} />
              <MessageLog endpointId={endpoint.id} />
            </>
          )
        }
      </QueryState>
    </div>
  );
}

function Head({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { timeZone } = useWorkspace();
  const canWrite = useCan('api-keys:write');
  const { label, tone } = standOf(endpoint);
  const { delivered, waiting, failed } = endpoint.week;
  return (
    <>
      <PageHeader
        title={`${endpoint.name}: ${formatPlural(delivered, 'message')} delivered in 7 days`}
        sub={`${kindWords[endpoint.kind]}, ${endpoint.target}`}
        actions={canWrite && <Actions endpoint={endpoint} />}
      />
      <div className="row whk-stand">
        <Tag tone={tone === 'bad' ? 'bad' : tone === 'warn' ? 'warn' : tone === 'good' ? 'good' : 'plain'}>{label}</Tag>
        {endpoint.disabledBecause !== null && <span>{endpoint.disabledBecause}</span>}
        {endpoint.state === 'on' && endpoint.failingSince !== null && (
          <span>Nothing was taken since {formatWhen(endpoint.failingSince)}.</span>
        )}
        <span className="meta">
          {waiting} waiting, {failed} failed;{' '}
          {endpoint.events.length === 0 ? 'all events' : formatPlural(endpoint.events.length, 'event')}; made by{' '}
          {endpoint.createdByName}
          {endpoint.previousSecretUntil !== null &&
            `; also signed with the secret before until ${formatDateTime(endpoint.previousSecretUntil, timeZone)}`}
        </span>
      </div>
    </>
  );
}

type Open = 'edit' | 'remove' | null;

function Actions({ endpoint }: { endpoint: WebhookEndpoint }) {
  const go = useGo();
  const [open, setOpen] = useState<Open>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const endpointId = endpoint.id;
  const test = useApiMutation(testWebhookEndpoint, {
    invalidate: webhookNouns,
    onSuccess: ({ state, lastStatus, lastAnswer }) =>
      state === 'delivered'
        ? sayDone(`The test was taken${lastStatus === null ? '' : ` with ${lastStatus}`}`)
        : sayFailed('The test was not taken', new Error(`${lastStatus ?? ''} ${lastAnswer ?? ''}`.trim())),
    onError: (error) => sayFailed('Not sent', error),
  });
  const rotate = useApiMutation(rotateWebhookSecret, {
    invalidate: webhookNouns,
    onSuccess: (answer) => setSecret(answer.secret),
    onError: (error) => sayFailed('Not replaced', error),
  });
  const update = useApiMutation(updateWebhookEndpoint, {
    invalidate: webhookNouns,
    onSuccess: (after) => sayDone(after.state === 'on' ? `${after.name} is on` : `${after.name} is off`),
    onError: (error) => sayFailed('Not changed', error),
  });
  const remove = useApiMutation(removeWebhookEndpoint, { invalidate: webhookNouns });
  const isOn = endpoint.state === 'on';
  return (
    <>
      <Button variant="filled" loading={test.isPending} onClick={() => test.mutate({ endpointId })}>
        Send a test
      </Button>
      <Button onClick={() => setOpen('edit')}>Change</Button>
      {endpoint.kind === 'webhook' && (
        <Button loading={rotate.isPending} onClick={() => rotate.mutate({ endpointId })}>
          Replace the secret
        </Button>
      )}
      <Button loading={update.isPending} onClick={() => update.mutate({ endpointId, isOn: !isOn })}>
        {isOn ? 'Switch off' : 'Switch on'}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => setOpen('remove')}>
        Remove
      </Button>
      {open === 'edit' && <EndpointDialog endpoint={endpoint} onClose={() => setOpen(null)} />}
      <Modal opened={secret !== null} onClose={() => setSecret(null)} title="The new signing secret" size="lg">
        <div className="stack">
          <SigningSecret secret={secret ?? ''} />
          <p className="meta">For another day messages carry a signature of the old secret too.</p>
        </div>
      </Modal>
      <ConfirmDialog
        isOpen={open === 'remove'}
        onClose={() => setOpen(null)}
        title={`Remove ${endpoint.name}?`}
        confirmLabel="Remove"
        onConfirm={async () => {
          await remove.mutateAsync({ endpointId });
          go('/settings/webhooks');
        }}
        isDangerous
      >
        Nothing more is sent to it, and its log goes. What waits is not sent.
      </ConfirmDialog>
    </>
  );
}
