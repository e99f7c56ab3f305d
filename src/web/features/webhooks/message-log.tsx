import { Button, Select } from '@mantine/core';
import { z } from 'zod';
import {
  listWebhookMessages,
  messageStates,
  replayFailedWebhooks,
  type WebhookMessage,
} from '#modules/webhooks/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { MessagePanel } from './message-panel.tsx';
import { messageWords, webhookNouns } from './words.ts';

const search = z.object({ state: z.enum(messageStates).optional(), open: z.string().optional() });
const replayedMs = 7 * 86_400_000;

/** What was sent to an endpoint and what waits; one message beside it. */
export function MessageLog({ endpointId }: { endpointId: string }) {
  const [{ state, open }, setState] = useSearchState(search);
  const { timeZone } = useWorkspace();
  const canWrite = useCan('api-keys:write');
  const { rows, query } = useApiPages(listWebhookMessages, { endpointId, ...(state === undefined ? {} : { state }) });
  const replay = useApiMutation(replayFailedWebhooks, {
    invalidate: webhookNouns,
    onSuccess: ({ replayed }) =>
      sayDone(replayed === 0 ? 'Nothing failed in the last 7 days' : `${formatPlural(replayed, 'message')} sent again`),
    onError: (error) => sayFailed('Not sent again', error),
  });
  const since = () => new Date(Date.now() - replayedMs).toISOString();
  return (
    <div className={open === undefined ? undefined : 'with-side'}>
      <Section
        title="Messages"
        note="newest first, kept for 30 days"
        end={
          <div className="row">
            <Select
              aria-label="Which messages"
              placeholder="All messages"
              size="xs"
              clearable
              data={messageStates.map((value) => ({ value, label: messageWords[value].label }))}
              value={state ?? null}
              onChange={(next) => setState({ state: messageStates.find((one) => one === next) })}
            />
            {canWrite && (
              <Button
                size="xs"
                loading={replay.isPending}
                onClick={() => replay.mutate({ endpointId, since: since() })}
              >
                Send failed again
              </Button>
            )}
          </div>
        }
      >
        <DataTable
          label="Messages"
          columns={columnsOf(timeZone)}
          rows={rows}
          rowId={(row) => row.id}
          more={{
            onOpen: (row) => setState({ open: row.id }),
            currentId: open ?? null,
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => {
              if (query.hasNextPage) void query.fetchNextPage();
            },
            height: 560,
            empty: (
              <EmptyState title={state === undefined ? 'Nothing was sent yet' : 'No such messages'}>
                Messages appear here as things happen. Send a test to see one.
              </EmptyState>
            ),
          }}
        />
      </Section>
      {open !== undefined && <MessagePanel key={open} messageId={open} onClose={() => setState({ open: undefined })} />}
    </div>
  );
}

function columnsOf(timeZone: string): TableColumn<WebhookMessage>[] {
  return [
    { id: 'event', header: 'Event', cell: (row) => <span className="clip">{row.event}</span> },
    {
      id: 'state',
      header: 'State',
      width: 108,
      cell: (row) => <Tag tone={messageWords[row.state].tone}>{messageWords[row.state].label}</Tag>,
    },
    {
      id: 'answer',
      header: 'Answer',
      width: 220,
      from: 900,
      cell: (row) => (
        <span className="meta clip">
          {row.attempts === 0 ? 'not tried yet' : `${row.lastStatus ?? 'no answer'} ${row.lastAnswer ?? ''}`}
        </span>
      ),
    },
    { id: 'tries', header: 'Tries', width: 64, align: 'end', from: 680, cell: (row) => row.attempts },
    {
      id: 'when',
      header: 'Happened',
      width: 168,
      align: 'end',
      from: 680,
      cell: (row) => <span className="meta">{formatDateTime(row.happenedAt, timeZone)}</span>,
    },
  ];
}
