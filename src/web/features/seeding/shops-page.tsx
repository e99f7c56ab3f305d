import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { connectShop, disconnectShop, listShops, type Shop, syncShop, testShop } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Status } from '#web/ui/status.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import './seeding.css';

type Kind = OutputOf<typeof listShops>['kinds'][number];
const nouns = ['shops', 'products', 'seeding', 'audit'];
const busyMs = 2_000;
const restMs = 30_000;
const stateWords = {
  working: { label: 'connected', tone: 'good' },
  failing: { label: 'needs you', tone: 'bad' },
  off: { label: 'off', tone: 'plain' },
} as const;

/** Shops whose products creators may choose, and that send them. */
export function ShopsPage() {
  const query = useApiQuery(
    listShops,
    {},
    {
      refetchInterval: ({ state }) => (state.data?.shops.some((shop) => shop.sync.isRunning) ? busyMs : restMs),
    },
  );
  return (
    <div>
      <p className="settings-note">
        Everything here is off until you connect it; without a shop you add <AppLink to="/products">products</AppLink>{' '}
        yourself and print a packing list. A key is tried once, then kept sealed on this machine and never shown again.
      </p>
      <QueryState query={query}>
        {({ shops, kinds }) => (
          <>
            {shops.map((shop) => (
              <ConnectedShop key={shop.id} shop={shop} kind={kinds.find((kind) => kind.kind === shop.kind)} />
            ))}
            {kinds.map((kind) => (
              <KindCard key={kind.kind} kind={kind} isFirst={!shops.some((shop) => shop.kind === kind.kind)} />
            ))}
          </>
        )}
      </QueryState>
    </div>
  );
}

function ConnectedShop({ shop, kind }: { shop: Shop; kind: Kind | undefined }) {
  const mayWrite = useCan('campaigns:write');
  const mayConnect = useCan('workspace:write');
  const [open, setOpen] = useState<'key' | 'end' | null>(null);
  const word = stateWords[shop.state];
  const test = useApiMutation(testShop, {
    invalidate: nouns,
    onSuccess: (answer) =>
      answer.isWorking ? sayDone(answer.message) : sayFailed(`${shop.name} does not work`, new Error(answer.message)),
    onError: (error) => sayFailed('Not tried', error),
  });
  const sync = useApiMutation(syncShop, {
    invalidate: nouns,
    onSuccess: () => sayDone('Its products are read'),
    onError: (error) => sayFailed('Not started', error),
  });
  const end = useApiMutation(disconnectShop, { invalidate: nouns, onSuccess: () => sayDone(`${shop.name} is off`) });
  return (
    <section className="seeding-shop" aria-label={shop.name}>
      <div className="spread">
        <h2>{shop.name}</h2>
        <Status tone={word.tone}>{word.label}</Status>
      </div>
      {shop.message !== null && <p className="bad">{shop.message}</p>}
      {shop.sync.message !== null && <p className="bad">{shop.sync.message}</p>}
      <KeyValues
        items={[
          { term: 'Address', value: shop.address },
          { term: 'Currency', value: shop.currency },
          { term: 'Products on sale', value: formatCount(shop.products) },
          {
            term: 'Last read',
            value: shop.sync.isRunning
              ? 'being read now'
              : shop.sync.endedAt === null
                ? 'not yet'
                : formatWhen(shop.sync.endedAt),
          },
        ]}
      />
      <div className="acts">
        {shop.state !== 'off' && mayWrite && (
          <Button
            variant="filled"
            loading={sync.isPending || shop.sync.isRunning}
            onClick={() => sync.mutate({ shopId: shop.id })}
          >
            Read products now
          </Button>
        )}
        {shop.state !== 'off' && mayWrite && (
          <Button loading={test.isPending} onClick={() => test.mutate({ shopId: shop.id })}>
            Test
          </Button>
        )}
        {mayConnect && (
          <Button onClick={() => setOpen('key')}>{shop.state === 'off' ? 'Connect again' : 'New key'}</Button>
        )}
        {mayConnect && shop.state !== 'off' && (
          <Button variant="subtle" color="gray" onClick={() => setOpen('end')}>
            Disconnect
          </Button>
        )}
      </div>
      {open === 'key' && kind !== undefined && (
        <ConnectDialog kind={kind} address={shop.address} onClose={() => setOpen(null)} />
      )}
      <ConfirmDialog
        isOpen={open === 'end'}
        onClose={() => setOpen(null)}
        title={`Disconnect ${shop.name}?`}
        confirmLabel="Disconnect"
        onConfirm={() => end.mutateAsync({ shopId: shop.id })}
        isDangerous
      >
        The key is forgotten. Its products can no longer be chosen, and orders that wait for it fail; parcels on their
        way and their history stay.
      </ConfirmDialog>
    </section>
  );
}

function KindCard({ kind, isFirst }: { kind: Kind; isFirst: boolean }) {
  const mayConnect = useCan('workspace:write');
  const [isOpen, setOpen] = useState(false);
  const { about, name } = kind;
  return (
    <section className="seeding-shop" aria-label={name}>
      {isFirst && (
        <>
          <h2>{name}</h2>
          <p className="ink-2">{about.gives[1]}</p>
        </>
      )}
      <div className="acts">
        {mayConnect ? (
          <Button leftSection={<IconPlugConnected size={16} stroke={1.6} aria-hidden />} onClick={() => setOpen(true)}>
            {isFirst ? `Connect ${name}` : `Connect another ${name} shop`}
          </Button>
        ) : (
          <p className="meta">An owner or admin can connect it.</p>
        )}
      </div>
      <details>
        <summary>What {name} gives and needs</summary>
        <div>
          <Points title="It does" points={about.gives} />
          <Points title="It does not give" points={about.lacks} />
          <h3>How to get the key</h3>
          <ol>
            {about.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p>Permissions: {about.scopes.join(', ')}</p>
          <Points title="Documents" points={about.documents} />
        </div>
      </details>
      {isOpen && <ConnectDialog kind={kind} address={null} onClose={() => setOpen(false)} />}
    </section>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  );
}

/** Enters what a shop needs; a secret is never shown again. */
function ConnectDialog({ kind, address, onClose }: { kind: Kind; address: string | null; onClose: () => void }) {
  const { about, name } = kind;
  const connect = useApiMutation(connectShop, { invalidate: nouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      values: Object.fromEntries(about.fields.map((field) => [field.key, field.isSecret ? '' : (address ?? '')])),
    },
    send: async ({ values }) => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
      const shop = await connect.mutateAsync({ kind: kind.kind, values: filled });
      sayDone(`${shop.name} is connected; its products are read`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Connect ${name}`}
      submitLabel="Connect"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
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
    </FormDialog>
  );
}
