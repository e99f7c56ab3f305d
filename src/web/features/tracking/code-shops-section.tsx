import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import {
  type CodeShop,
  connectCodeShop,
  disconnectCodeShop,
  listCodeShops,
  syncCodeShop,
  testCodeShop,
  updateCodeShop,
} from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { trackingNouns } from './words.ts';

type Kind = OutputOf<typeof listCodeShops>['kinds'][number];
const busyMs = 3_000;

const stateWords = {
  working: { label: 'connected', tone: 'good' },
  failing: { label: 'needs you', tone: 'bad' },
  off: { label: 'off', tone: 'plain' },
} as const;

/** Shops in which codes are made, changed and ended. */
export function CodeShopsSection() {
  const query = useApiQuery(
    listCodeShops,
    {},
    {
      refetchInterval: ({ state }) =>
        state.data?.shops.some((shop) => shop.sync.isRunning || shop.codes.waiting > 0) ? busyMs : false,
    },
  );
  const mayConnect = useCan('workspace:write');
  const [connecting, setConnecting] = useState<Kind | null>(null);
  return (
    <Section
      title="Shops for codes"
      note="codes are made, changed and ended there; nothing happens before you connect one"
      end={
        mayConnect &&
        query.data !== undefined && (
          <span className="row">
            {query.data.kinds.map((kind) => (
              <Button
                key={kind.kind}
                leftSection={<IconPlugConnected size={16} stroke={1.6} aria-hidden />}
                onClick={() => setConnecting(kind)}
              >
                {kind.name}
              </Button>
            ))}
          </span>
        )
      }
    >
      <QueryState query={query}>
        {({ shops }) =>
          shops.length === 0 ? (
            <p className="meta">
              Without a shop codes are kept here and loaded there by Export on the Codes page. A key is tried once, then
              kept sealed on this machine and never shown again.
            </p>
          ) : (
            <ul className="trk-hosts">
              {shops.map((shop) => (
                <ShopRow key={shop.id} shop={shop} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {connecting !== null && <ConnectDialog kind={connecting} onClose={() => setConnecting(null)} />}
    </Section>
  );
}

function ShopRow({ shop }: { shop: CodeShop }) {
  const canWrite = useCan('tracking:write');
  const mayConnect = useCan('workspace:write');
  const [isEnding, setEnding] = useState(false);
  const word = stateWords[shop.state];
  const onError = (error: Error) => sayFailed('Not done', error);
  const test = useApiMutation(testCodeShop, {
    invalidate: trackingNouns,
    onSuccess: (answer) =>
      answer.isWorking ? sayDone(answer.message) : sayFailed(`${shop.name} does not work`, new Error(answer.message)),
    onError,
  });
  const sync = useApiMutation(syncCodeShop, {
    invalidate: trackingNouns,
    onSuccess: () => sayDone('Its codes are read'),
    onError,
  });
  const update = useApiMutation(updateCodeShop, { invalidate: trackingNouns, onError });
  const end = useApiMutation(disconnectCodeShop, { invalidate: trackingNouns });
  const { made, waiting, failed } = shop.codes;
  return (
    <li>
      <div className="row">
        <b>{shop.name}</b>
        <Status tone={word.tone}>{word.label}</Status>
        <span className="meta">
          {formatPlural(made, 'code')} made
          {waiting > 0 && `, ${waiting} waiting`}
          {failed > 0 && `, ${failed} failed`}. {saidOfReading(shop)}
        </span>
        {shop.state !== 'off' && canWrite && (
          <span className="row trk-end">
            <Button loading={sync.isPending || shop.sync.isRunning} onClick={() => sync.mutate({ shopId: shop.id })}>
              Read its codes
            </Button>
            <Button loading={test.isPending} onClick={() => test.mutate({ shopId: shop.id })}>
              Test
            </Button>
            {mayConnect && (
              <Button variant="subtle" color="gray" onClick={() => setEnding(true)}>
                Disconnect
              </Button>
            )}
          </span>
        )}
      </div>
      {shop.message !== null && <p className="bad">{shop.message}</p>}
      {shop.sync.message !== null && <p className="bad">{shop.sync.message}</p>}
      {shop.state !== 'off' && canWrite && (
        <Checkbox
          label="Every new code is made here too"
          checked={shop.isDefault}
          disabled={update.isPending}
          onChange={(event) => update.mutate({ shopId: shop.id, isDefault: event.currentTarget.checked })}
        />
      )}
      <ConfirmDialog
        isOpen={isEnding}
        onClose={() => setEnding(false)}
        title={`Disconnect ${shop.name}?`}
        confirmLabel="Disconnect"
        onConfirm={() => end.mutateAsync({ shopId: shop.id })}
        isDangerous
      >
        The key is forgotten. Codes stay in the shop as they are, and changes made here no longer reach it.
      </ConfirmDialog>
    </li>
  );
}

function saidOfReading({ sync }: CodeShop): string {
  if (sync.isRunning) return 'Its codes are being read.';
  if (sync.endedAt === null) return 'Its codes are read within the hour.';
  return `Read ${formatWhen(sync.endedAt)}: ${formatPlural(sync.read ?? 0, 'code')}, ${sync.added ?? 0} new.`;
}

function ConnectDialog({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const { about, name } = kind;
  const connect = useApiMutation(connectCodeShop, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { values: Object.fromEntries(about.fields.map((field) => [field.key, ''])) },
    send: async ({ values }) => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
      const shop = await connect.mutateAsync({ kind: kind.kind, values: filled });
      sayDone(`${shop.name} is connected`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Make codes in ${name}`}
      submitLabel="Connect"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <ol className="trk-steps">
        {about.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="meta">Rights it needs: {about.scopes.join(', ')}. No more is asked for than codes need.</p>
      {about.fields.map((field) => {
        const props = {
          label: field.label,
          description: field.help,
          required: !field.isOptional,
          autoComplete: 'off',
          ...form.getInputProps(`values.${field.key}`),
        };
        return field.isSecret ? <PasswordInput key={field.key} {...props} /> : <TextInput key={field.key} {...props} />;
      })}
      <p className="meta">It cannot do: {about.lacks.join('; ')}.</p>
    </FormDialog>
  );
}
