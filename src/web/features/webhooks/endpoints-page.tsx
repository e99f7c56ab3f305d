import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { listWebhookEndpoints, type WebhookEndpoint } from '#modules/webhooks/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { kindWords, standOf } from './words.ts';
import './webhooks.css';

/** Where happenings of the workspace are sent. */
export function EndpointsPage() {
  const query = useApiQuery(listWebhookEndpoints, {});
  const canWrite = useCan('api-keys:write');
  const go = useGo();
  const [isMaking, setMaking] = useState(false);
  const add = canWrite && (
    <Button
      size="xs"
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
      onClick={() => setMaking(true)}
    >
      New endpoint
    </Button>
  );
  return (
    <Section title="Webhooks" note="messages of the last 7 days" end={add}>
      <p className="ink-2">
        What happens here is sent to your own programs, to Google Analytics or to a partner’s address. A message that is
        not taken is tried again for 24 hours, with the same id.
      </p>
      <DataTable
        label="Endpoints"
        columns={columns}
        rows={query.data}
        rowId={(row) => row.id}
        tall
        more={{
          onOpen: (row) => go('/webhooks/$endpointId', { params: { endpointId: row.id } }),
          error: query.error,
          onRetry: () => void query.refetch(),
          empty: (
            <EmptyState icon={IconWebhook} title="Nothing is sent anywhere yet" action={add || undefined}>
              An endpoint hears of orders, drafts, contracts and all else that happens, as it happens.
            </EmptyState>
          ),
        }}
      />
      {isMaking && <EndpointDialog onClose={() => setMaking(false)} />}
    </Section>
  );
}

const columns: TableColumn<WebhookEndpoint>[] = [
  {
    id: 'name',
    header: 'Endpoint',
    cell: (row) => (
      <div className="whk-name">
        <b className="clip block">
          <AppLink to="/webhooks/$endpointId" params={{ endpointId: row.id }}>
            {row.name}
          </AppLink>
        </b>
        <span className="meta clip block">{row.target}</span>
      </div>
    ),
  },
  { id: 'kind', header: 'Kind', width: 160, from: 900, cell: (row) => kindWords[row.kind] },
  {
    id: 'state',
    header: 'State',
    width: 104,
    cell: (row) => {
      const { label, tone } = standOf(row);
      return <Status tone={tone}>{label}</Status>;
    },
  },
  {
    id: 'delivered',
    header: 'Delivered',
    width: 96,
    align: 'end',
    from: 680,
    cell: (row) => formatCount(row.week.delivered),
  },
  {
    id: 'waiting',
    header: 'Waiting',
    width: 88,
    align: 'end',
    from: 680,
    cell: (row) => formatCount(row.week.waiting),
  },
  { id: 'failed', header: 'Failed', width: 80, align: 'end', from: 680, cell: (row) => formatCount(row.week.failed) },
];
