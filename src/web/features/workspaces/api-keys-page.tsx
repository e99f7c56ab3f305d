import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type ApiKey, listApiKeys, revokeApiKey } from '#modules/workspaces/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { ApiKeyDialog } from './api-key-dialog.tsx';

export function ApiKeysPage() {
  const query = useApiQuery(listApiKeys, {});
  const canChange = useCan('api-keys:write');
  const [isMaking, setMaking] = useState(false);
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const revoke = useApiMutation(revokeApiKey, {
    invalidate: ['api-keys', 'audit'],
    onSuccess: (key) => sayDone(`The key "${key.name}" no longer works`),
  });
  const make = canChange && (
    <Button
      size="xs"
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
      onClick={() => setMaking(true)}
    >
      New key
    </Button>
  );
  return (
    <div className="settings">
      <Section title="API keys" end={make}>
        <p className="settings-note">
          Programs sign with a key instead of a person. What they can call is in the{' '}
          <a className="link" href="/docs">
            API documentation
          </a>
          .
        </p>
        <DataTable
          label="API keys"
          columns={canChange ? [...columns, actionColumn(setEnding)] : columns}
          rows={query.data?.rows}
          rowId={(row) => row.id}
          tall
          more={{
            empty: (
              <EmptyState icon={IconKey} title="No keys yet" action={make || undefined}>
                A key lets your shop, a script or another tool read and write here, as far as its scopes go.
              </EmptyState>
            ),
            error: query.error,
            onRetry: () => void query.refetch(),
          }}
        />
      </Section>
      {isMaking && <ApiKeyDialog onClose={() => setMaking(false)} />}
      <ConfirmDialog
        isOpen={ending !== null}
        onClose={() => setEnding(null)}
        title={`Revoke the key "${ending?.name ?? ''}"?`}
        confirmLabel="Revoke"
        onConfirm={() => (ending === null ? Promise.resolve() : revoke.mutateAsync({ keyId: ending.id }))}
        isDangerous
      >
        Whatever uses it is refused from this moment on. A revoked key never works again.
      </ConfirmDialog>
    </div>
  );
}

const columns: TableColumn<ApiKey>[] = [
  {
    id: 'name',
    header: 'Key',
    cell: (key) => (
      <div className="people-name">
        <b className="clip block">{key.name}</b>
        <span className="meta">{key.prefix}…</span>
      </div>
    ),
  },
  { id: 'scopes', header: 'Scopes', from: 680, cell: (key) => <ScopeText scopes={key.scopes} /> },
  {
    id: 'made',
    header: 'Made by',
    from: 900,
    width: 168,
    cell: (key) => (
      <div className="people-name">
        <span className="clip block">{key.createdBy}</span>
        <span className="meta">{formatDate(key.createdAt)}</span>
      </div>
    ),
  },
  {
    id: 'used',
    header: 'Last used',
    width: 112,
    from: 680,
    cell: (key) => (key.lastUsedAt === null ? <span className="ink-3">never</span> : formatWhen(key.lastUsedAt)),
  },
  { id: 'state', header: 'State', width: 168, from: 680, cell: (key) => <KeyState apiKey={key} /> },
];

function actionColumn(onRevoke: (key: ApiKey) => void): TableColumn<ApiKey> {
  return {
    id: 'act',
    header: '',
    width: 96,
    align: 'end',
    cell: (key) =>
      key.revokedAt === null ? (
        <Button size="xs" onClick={() => onRevoke(key)} aria-label={`Revoke ${key.name}`}>
          Revoke
        </Button>
      ) : (
        <span className="ink-3">revoked</span>
      ),
  };
}

function ScopeText({ scopes }: { scopes: string[] }) {
  if (scopes.includes('all')) return <span>Everything</span>;
  const text = scopes.join(', ');
  return <span title={text}>{text}</span>;
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.revokedAt !== null) return <Status>ended {formatDate(apiKey.revokedAt)}</Status>;
  if (apiKey.expiresAt === null) return <Status tone="good">works</Status>;
  if (new Date(apiKey.expiresAt) <= new Date()) return <Status>expired {formatDate(apiKey.expiresAt)}</Status>;
  return <Status tone="good">until {formatDate(apiKey.expiresAt)}</Status>;
}
